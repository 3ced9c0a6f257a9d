"""What trainers do with messages of talks: say what each does after what was asked, take it back, and save it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from actions.cases.ports import Clock
from actions.people.people import Person
from actions.store.engine.database import Database
from actions.store.people.people import SqlPeople
from actions.store.training import act_samples as store
from actions.store.training.act_samples import ActSample
from actions.store.training.data_changes import UNDONE, NluChange, RecordedDataChange, add_change
from actions.store.training.samples import State
from bot.training.corpus.act_folder import ActFolder, ActsPreview
from bot.training.corpus.act_rows import ActAddition
from bot.training.corpus.edits import Addition, CorpusChange, marked
from bot.training.corpus.folder import Saved
from bot.training.samples.labelling import LabelOutcome, who
from bot.training.samples.labels import SampleLabel
from bot.understanding.acts.baseline import known_acts
from bot.understanding.acts.features import SEVERAL

ACTS = "acts"
"""What a change of the data is called that adds messages of talks."""
MOST_UNSAVED = 2_000


class WrongAct(ValueError):
    """An act that does not occur after what was asked."""


@dataclass(frozen=True, slots=True)
class PendingActs:
    """Decided messages that are not in the data yet, who labelled each of them, and what saving them would do."""

    samples: tuple[ActSample, ...] = ()
    labelled_by: Mapping[int, str] = field(default_factory=dict)
    preview: ActsPreview = field(default_factory=ActsPreview)


@dataclass(frozen=True, slots=True)
class ActLabelling:
    """The handlers of what trainers do with messages of talks."""

    database: Database
    folder: ActFolder
    clock: Clock

    async def label(self, person: Person, number: int, label: str) -> LabelOutcome:
        """A trainer says what a message does.

        Raises:
            WrongAct: nothing of what was asked is answered with this act.
        """
        async with self.database.writing() as connection:
            sample = await store.act_by_id(connection, number)
            if sample is None or sample.state != State.OPEN:
                return LabelOutcome.TOO_LATE
            if label not in acts_at(sample.asked):
                raise WrongAct
            await store.decide_act(connection, number, label, who(person), self.clock())
            return LabelOutcome.DONE

    async def skip(self, number: int) -> None:
        """A message comes behind all others, for whoever gets there."""
        async with self.database.writing() as connection:
            await store.put_act_last(connection, number)

    async def put_away(self, person: Person, number: int) -> LabelOutcome:
        """A message teaches nothing, does several things, or nobody should read it."""
        async with self.database.writing() as connection:
            sample = await store.act_by_id(connection, number)
            if sample is None or sample.state != State.OPEN:
                return LabelOutcome.TOO_LATE
            await store.decide_act(connection, number, "", who(person), self.clock())
            return LabelOutcome.DONE

    async def take_back(self, person: Person, number: int | None = None) -> int | None:
        """A trainer takes back what she said last, or of this message; returns which is open again."""
        async with self.database.writing() as connection:
            last = number or await store.last_decided(connection, who(person))
            sample = await store.act_by_id(connection, last) if last else None
            if sample is None or sample.change is not None:
                return None
            await store.reopen_act(connection, sample.id)
            return sample.id

    async def pending(self) -> PendingActs:
        """What is decided and not saved, and what saving it would do."""
        async with self.database.reading() as connection:
            found = await store.unsaved_acts(connection, MOST_UNSAVED)
            if not found:
                return PendingActs()
            names = {f"person:{person.id}": person.name for person in await SqlPeople(connection).everybody()}
        by = {sample.id: names.get(sample.decided_by, "") for sample in found}
        preview = await asyncio.to_thread(self.folder.preview, _additions(found, by))
        return PendingActs(tuple(found), by, preview)

    async def save(self, why: str, person: Person) -> Saved:
        """Saves everything that is decided.

        Raises:
            ActsNotSaved: something stands in its way.
        """
        pending = await self.pending()
        additions = _additions(pending.samples, pending.labelled_by)
        change = _marked(CorpusChange(person.name, why, self.clock()), additions)
        saved = await asyncio.to_thread(self.folder.save, additions, change)
        async with self.database.writing() as connection:
            made = NluChange(change.at, who(person), person.name, ACTS, why, saved, change.mark)
            number = await add_change(connection, made)
            await store.mark_acts_saved(connection, [sample.id for sample in pending.samples], number)
        return saved

    async def undo(self, person: Person, change: RecordedDataChange, why: str) -> Saved:
        """Takes a change back: what it added goes, and its messages wait to be saved anew."""
        saved = await asyncio.to_thread(self.folder.undo, change.mark)
        async with self.database.writing() as connection:
            made = NluChange(self.clock(), who(person), person.name, UNDONE, why, saved, change.mark)
            await add_change(connection, made)
            await store.acts_wait_again(connection, change.id)
        return saved


def acts_at(asked: str) -> Collection[str]:
    """The acts that occur after what was asked, as the version's rows have it."""
    acts = known_acts()
    return [name for name in acts.possible.get(asked, acts.acts) if name != SEVERAL]


def _additions(found: Sequence[ActSample], by: Mapping[int, str]) -> list[ActAddition]:
    return [ActAddition(one.asked, one.words, one.label, by.get(one.id, "")) for one in found]


def _marked(change: CorpusChange, additions: Sequence[ActAddition]) -> CorpusChange:
    """The change with a mark of all that it adds."""
    lines = tuple(Addition(f"{one.asked} {one.label} {one.line}", SampleLabel(one.label)) for one in additions)
    return replace(change, mark=marked(replace(change, additions=lines)).mark)
