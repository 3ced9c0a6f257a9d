"""Words that trainers write out: checked against the model in service, kept in the table, noted in the record."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from actions.people.people import Person
from actions.store.training.data_changes import NluChange, add_change
from bot.training.corpus.folder import Saved
from bot.training.corpus.spelling_table import SpelledWord, SpellingTable, WordFault, WordRefused
from bot.training.models.model_context import ModelContext, NoModel, data_hash
from bot.training.models.unknown_words import UnknownWord, unknown_by_name
from bot.understanding.model.compiled_model import CompiledModel
from bot.understanding.model.model_file import UnusableModel
from bot.understanding.rasa.model_files import SPELLING

WORDS = "words"
"""What the record of changes calls them. It has who, when and how many, never the words: what is taken out is gone."""


@dataclass(frozen=True, slots=True)
class TaughtWord:
    """A word of the table; `is_read`: the model in service reads it so, as no training is waited for."""

    word: SpelledWord
    is_read: bool


@dataclass(frozen=True, slots=True)
class WordsAtWork:
    """What a page shows: the words that are unknown and in no table, and the installation's own table."""

    unknown: Sequence[UnknownWord]
    taught: Sequence[TaughtWord]


@dataclass(frozen=True, slots=True)
class TaughtWords:
    """The table of this installation, and the model that answers. `zone`: in whose time it is noted when."""

    bench: ModelContext
    zone: ZoneInfo

    @property
    def table(self) -> SpellingTable:
        """Where the words stand."""
        return SpellingTable(self.bench.folders)

    async def at_work(self) -> WordsAtWork:
        """Everything; without a model that can be read no word is unknown.

        Raises:
            OSError: the table cannot be read.
        """
        model = await self._model()
        taught = [TaughtWord(one, _reads(model, one)) for one in self.table.words()]
        if model is None:
            return WordsAtWork([], taught)
        named = {one.word.word for one in taught}
        unknown = await unknown_by_name(self.bench, model)
        return WordsAtWork([one for one in unknown if one.word not in named], taught)

    async def add(self, word: SpelledWord, person: Person, *, sure: bool = False) -> SpelledWord:
        """Writes a word out. `sure`: although the model in service does not know what it is written out as.

        Raises:
            WordRefused: see `SpellingTable.checked`; or no model can be read, so that nothing can be checked.
            OSError: the table cannot be read or written.
        """
        model = await self._model()
        if model is None:
            raise WordRefused(WordFault.UNREADABLE)
        at = self.bench.clock().astimezone(self.zone)
        added = await asyncio.to_thread(self.table.add, word, person.name, at, model.grams.knows, sure=sure)
        await self._note(person, added=1)
        return added

    async def remove(self, word: str, person: Person) -> SpelledWord | None:
        """Takes a word out; None where it does not stand there.

        Raises:
            OSError: the table cannot be read or written.
        """
        gone = await asyncio.to_thread(self.table.remove, word)
        if gone:
            await self._note(person, removed=1)
        return gone

    async def _model(self) -> CompiledModel | None:
        try:
            _, model = await self.bench.model_in_service()
            return await asyncio.to_thread(self.bench.read, model)
        except (NoModel, UnusableModel):
            return None

    async def _note(self, person: Person, *, added: int = 0, removed: int = 0) -> None:
        digest = await asyncio.to_thread(data_hash, self.bench.folders.training_data())
        extent = Saved((SPELLING,), added, removed, digest)
        change = NluChange(self.bench.clock(), f"person:{person.id}", person.name, WORDS, "", extent)
        async with self.bench.database.writing() as connection:
            await add_change(connection, change)


def _reads(model: CompiledModel | None, one: SpelledWord) -> bool:
    return model is not None and model.spelling.words(one.word) == one.meaning.split()
