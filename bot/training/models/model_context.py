"""Where models are worked on: the parts that training, comparing and promoting share. Opens nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from actions.cases.ports import Clock
from actions.store.engine.database import Database
from actions.store.training.models import InService, Model, SqlModels
from bot.training.models.evaluation_sets import learned_from, read_learned
from bot.training.models.gate import Gate
from bot.understanding.model import baseline as compiled_baseline
from bot.understanding.model.compiled_model import CompiledModel
from bot.understanding.model.model_file import UnusableModel, known_header, read_signed
from bot.understanding.model.model_registry import baseline_model, usable_by_hand
from bot.understanding.rasa.model_files import SPELLING, ModelFolders

BASELINE = "baseline"
"""How the registry calls the model that came with this version."""
NOBODY = "version"
LONGEST_NUMBER = 9


class NoModel(Exception):
    """There is no model to be worked with; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class ModelContext:
    """The parts.

    Attributes:
        key: the installation's secret, which signs models.
        known: the slugs of the regency's categories.
        mode: who understands, as `LAPOR_NLU` says it.
        groups: the group of each category.
    """

    database: Database
    clock: Clock
    folders: ModelFolders
    key: bytes
    known: frozenset[str]
    gate: Gate
    mode: str = "compiled"
    groups: Mapping[str, str] = field(default_factory=dict)

    def file_of(self, model: Model) -> Path:
        """Returns the path of a model's file."""
        return model_file(self.folders, model.file)

    def read(self, model: Model) -> CompiledModel:
        """A model, if it can be trusted. Takes up to 0.2 s.

        Raises:
            UnusableModel: it is not there, not ours, or another than the registry knows.
        """
        return read_model(self.folders, self.key, model)

    def learned(self, model: Model) -> set[bytes]:
        """Digests of what a model has learned from, as far as that is known."""
        if model.file == BASELINE:
            return learned_from([self.folders.project / "data" / "nlu"])
        return read_learned(learned_file(self.file_of(model)))

    async def promoted(self) -> tuple[InService, Model | None]:
        """What was promoted last; None as long as nothing was."""
        async with self.database.reading() as connection:
            book = SqlModels(connection)
            now = await book.in_service()
            return now, await book.by_id(now.model) if now.model is not None else None

    async def model_in_service(self) -> tuple[InService, Model]:
        """What answers now; a model that nobody has promoted yet is taken up into the registry.

        Raises:
            NoModel: nothing answers.
        """
        now, model = await self.promoted()
        if model is not None:
            return now, model
        found = self.found()
        async with self.database.writing() as connection:
            return now, await SqlModels(connection).add(found)

    async def model(self, named: str) -> Model:
        """The model of this number, or of this file.

        Raises:
            NoModel: there is none.
        """
        async with self.database.reading() as connection:
            book = SqlModels(connection)
            is_number = named.isdecimal() and len(named) <= LONGEST_NUMBER
            found = await (book.by_id(int(named)) if is_number else book.by_file(named))
        if found is None:
            raise NoModel(f"there is no model {named}; ./lapor nlu models lists them")
        return found

    def found(self) -> Model:
        """What a service uses before anything was promoted: the newest file put there by hand, else the baseline.

        Raises:
            NoModel: neither can be used.
        """
        by_hand = usable_by_hand(self.folders, self.key)
        file = by_hand or compiled_baseline.baseline_file(self.folders.project)
        try:
            header = read_signed(file, self.key).header if by_hand else known_header(file, compiled_baseline.SHA256)
        except UnusableModel as refusal:
            raise NoModel(f"{refusal}; git brings back the one that came with this version") from None
        return entry(
            name=file.name if by_hand else BASELINE,
            file=file,
            made_from=header.made_from,
            data_hash="",
            about={"texts": header.texts},
            who=NOBODY,
            at=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        )


def entry(
    *, name: str, file: Path, made_from: str, data_hash: str, about: dict[str, object], who: str, at: datetime
) -> Model:
    """A model as the registry keeps it; its number is not known yet."""
    whole = file.read_bytes()
    return Model(
        id=0,
        file=name,
        sha256=hashlib.sha256(whole).hexdigest(),
        made_from=made_from,
        data_hash=data_hash,
        about=about,
        bytes=len(whole),
        made_at=at,
        who=who,
    )


def model_file(folders: ModelFolders, name: str) -> Path:
    """Where the model of this name lies."""
    return compiled_baseline.baseline_file(folders.project) if name == BASELINE else folders.models / name


def learned_file(file: Path) -> Path:
    """Where the digests of what a model has learned from lie."""
    return file.with_suffix(".learned")


def read_model(folders: ModelFolders, key: bytes, model: Model) -> CompiledModel:
    """A model that this installation has signed and that is the one the registry knows, or this version's baseline.

    Raises:
        UnusableModel: it is not there, not ours, or another one.
    """
    file = model_file(folders, model.file)
    if model.file == BASELINE:
        return baseline_model(file, compiled_baseline.SHA256)
    contents = read_signed(file, key)
    if hashlib.sha256(file.read_bytes()).hexdigest() != model.sha256:
        raise UnusableModel(f"{file.name} is not the one that was trained")
    return CompiledModel.of(contents)


def data_hash(folders: Iterable[Path]) -> str:
    """One hash of all training data: names and contents, wherever the folders lie.

    Raises:
        OSError: a file cannot be read.
    """
    whole = hashlib.sha256()
    for number, folder in enumerate(folders):
        for file in sorted([*folder.rglob("*.yml"), *folder.glob(SPELLING)]):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            whole.update(f"{number}/{file.relative_to(folder).as_posix()}\0{content}\n".encode())
    return whole.hexdigest()
