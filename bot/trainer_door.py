"""Opens the trainers' pages as the settings say: over the training data of this installation."""

from __future__ import annotations

from bot.assembly import Service
from bot.trainers.corpus import CorpusReader
from bot.trainers.folder import DataFolder
from bot.trainers.gathering import Gatherer
from bot.trainers.learned import LearnedData
from bot.trainers.room import TrainersRoom
from bot.trainers.rules import Rules
from bot.understanding_choice import model_folders
from bot.web.sign_in_door import SignInDoor
from bot.web.trainer_door import TrainerDoor


def data_folder(service: Service) -> DataFolder:
    """The training data, and what this regency's categories are."""
    folders = model_folders(service.settings)
    reader = CorpusReader(folders.training_data()[0], folders.data_dir / "nlu")
    return DataFolder(reader, frozenset(leaf.slug for leaf in service.regency.leaves()))


def trainers_room(service: Service) -> TrainersRoom:
    """The trainers' handlers."""
    return TrainersRoom(service.database, data_folder(service), service.clock)


def gatherer(service: Service) -> Gatherer:
    """What makes samples of what turns heard."""
    return Gatherer(service.database, service.clock, LearnedData(data_folder(service)))


def open_trainers(service: Service, sign_in: SignInDoor) -> TrainerDoor:
    """The trainers' pages, ready to be served."""
    room = trainers_room(service)
    return TrainerDoor(sign_in, room, Rules(room.folder.reader.base, room.folder.own))
