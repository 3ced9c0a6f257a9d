"""Opens the trainers' pages as the settings say: over the training data of this installation."""

from __future__ import annotations

from functools import partial

from bot.conversation.staff.lessons import INTENT_WORDS
from bot.main.assembly import Service
from bot.main.training_processes import import_in_a_process, look_for_suspicious
from bot.main.understanding_wiring import model_folders
from bot.training.corpus.corpus import CorpusReader
from bot.training.corpus.folder import DataFolder
from bot.training.corpus.rows import names_of
from bot.training.samples.gathering import Gatherer
from bot.training.samples.import_jobs import ImportJobs
from bot.training.samples.imports import Importer
from bot.training.samples.labelling import LabellingRules
from bot.training.samples.labelling_service import LabellingService
from bot.training.samples.suspicion import Suspicions
from bot.training.samples.worth import LearnedData
from bot.web.account.context import SignInContext
from bot.web.trainer.context import TrainerContext


def data_folder(service: Service) -> DataFolder:
    """The training data, and what this regency's categories are."""
    folders = model_folders(service.settings)
    reader = CorpusReader(folders.base_data, folders.data_dir / "nlu")
    return DataFolder(reader, frozenset(leaf.slug for leaf in service.regency.offered()))


def make_labelling_service(service: Service) -> LabellingService:
    """The trainers' handlers."""
    return LabellingService(service.database, data_folder(service), service.clock)


def gatherer(service: Service) -> Gatherer:
    """What makes samples of what turns heard."""
    return Gatherer(service.database, service.clock, LearnedData(data_folder(service)))


def open_trainers(service: Service, sign_in: SignInContext) -> TrainerContext:
    """The trainers' pages, ready to be served."""
    labelling_service = make_labelling_service(service)
    rules = LabellingRules(labelling_service.folder.reader.base, labelling_service.folder.own)
    imports = ImportJobs(importer(service, labelling_service.folder), partial(import_in_a_process, service.settings))
    folders = model_folders(service.settings)
    suspicions = Suspicions(service.settings.data_dir, partial(look_for_suspicious, folders))
    return TrainerContext(sign_in, labelling_service, rules, imports, suspicions, service.channels.labels)


def importer(service: Service, folder: DataFolder) -> Importer:
    """What reads files of labelled messages; labels may be called as people read them."""
    categories = {leaf.slug: leaf.labels for leaf in service.regency.offered()}
    texts, languages = service.texts, service.regency.languages
    types = {name: [texts.say(language, words) for language in languages] for name, words in INTENT_WORDS.items()}
    return Importer(folder, service.settings.data_dir / "imports", names_of(categories, types))
