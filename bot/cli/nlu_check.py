"""`lapor nlu check`: what is to be mended in the training data, before a model learns it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.cli.output import console
from bot.configuration.settings import Settings, read_settings
from bot.main.assembly import DEFAULTS, read_regency
from bot.main.failures import CommandFailed
from bot.main.understanding_wiring import model_folders
from bot.training.corpus.corpus import BASE, OWN, CorpusReader
from bot.training.corpus.examples import DataFault
from bot.training.corpus.faults import MOST_WORDS, all_faults
from bot.training.corpus.spelling_table import table_of
from bot.understanding.model.grams import Spelling
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment, require_program
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.preparation import is_installed

WORDS: Mapping[str, str] = {
    "unreadable": "this breaks the YAML ({detail}): mend it or quote it; the file must be UTF-8.",
    "no_examples": "there are no examples: a file has a list under nlu, and a block ends in examples: | and lines.",
    "no_intent": "this is no block: it begins with intent, perhaps metadata with a category, then examples.",
    "stray": "this line is no example: write '- ' and the message.",
    "empty": "there is no message behind the dash: write one or take the line out.",
    "rewritten": "written back this would not be the same: indent and quote as its neighbours do.",
    "unknown_mark": "Rasa does not read this as words: leave out the brackets or the stroke.",
    "unknown_intent": "no intent is called {detail}: nlu/domain.yml names those there are.",
    "unknown_category": "no category is called {detail}: categories.csv names those there are.",
    "category_of_small_talk": "only complaint, aspiration and information have a category: take {detail} out.",
    "personal": "this may be somebody's number or address: leave it out or write a short one.",
    "too_long": f"this has {{detail}} words: shorten it to {MOST_WORDS}.",
    "too_short": "this says too little of {detail}: write three words or more.",
    "too_few": "{0} has {1} examples only: write {2} more.",
    "conflict": "this stands in {other} too, under another label ({detail}): keep one of them.",
    "twice": "this stands in {other} already: leave it out.",
    "near": "but for one word this is {other}, of another label ({detail}): say more in one of them or leave it out.",
}


def check() -> None:
    """Check the training data: labels, twins, personal data, the files themselves, and what Rasa says to them."""
    settings = read_settings()
    settings.make_data_dir()
    folders = model_folders(settings)
    require_program(folders)
    examples, told = _read(settings, folders)
    for words in told:
        console.out(words, highlight=False)
    console.out(f"{examples} examples, {len(told) or 'none'} to mend.", highlight=False)
    if told:
        sys.exit(1)
    code, words = asyncio.run(_ask_rasa(folders))
    console.out(words, highlight=False)
    sys.exit(code)


def _read(settings: Settings, folders: ModelFolders) -> tuple[int, list[str]]:
    """How many examples there are, and a sentence for each thing to mend.

    Raises:
        CommandFailed: there is no training data.
    """
    places = {BASE: folders.base_data, OWN: folders.data_dir / "nlu"}
    corpus = CorpusReader(places[BASE], places[OWN]).read()
    if not corpus.files:
        raise CommandFailed(f"{places[BASE]} holds no category/*.yml and no intent/*.yml: name the folder that does.")
    leaves = {leaf.slug for leaf in read_regency(settings).offered()}
    known = leaves if places[BASE].parent == settings.config_dir else leaves | _slugs_of_project()
    faults = all_faults(corpus, known, leaves, Spelling(table_of(folders)))
    return sum(1 for _ in corpus.examples), [_sentence(fault, places) for fault in faults]


def _slugs_of_project() -> set[str]:
    """The categories that the project's own training data teach; a regency may do without some of them."""
    return {file.stem for file in (DEFAULTS / "nlu" / "category").glob("*.yml")}


def _sentence(fault: DataFault, places: Mapping[str, Path]) -> str:
    """File and line, what is wrong, and how to mend it."""
    file = places[fault.place.layer] / fault.place.file
    where = f"{file}:{fault.place.line}" if fault.place.line else str(file)
    other = f"{Path(fault.other.file).name}:{fault.other.line}" if fault.other else ""
    return f"{where}: {WORDS[fault.what].format(*fault.detail.split(), detail=fault.detail, other=other)}"


async def _ask_rasa(folders: ModelFolders) -> tuple[int, str]:
    """Exit code and words of Rasa's own reading; where Rasa is not installed, a line on what was left out."""
    try:
        rasa_environment = RasaEnvironment.open(folders)
        installed = await is_installed(rasa_environment)
    except PreparationFailed:
        installed = False
    if not installed:
        return 0, "Rasa's own reading is left out, for it is not installed: ./lapor nlu train brings it (2.5 GB)."
    data = [word for folder in folders.training_data() for word in ("--data", str(folder))]
    code, told = await rasa_environment.run(rasa_environment.python("check.py", *data))
    return code, told.rstrip() or "Rasa reads them without a warning."
