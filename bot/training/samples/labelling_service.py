"""What trainers do: label, skip, take back, settle, and save. Each loads, asks the pure parts, and saves."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.people.people import Person
from actions.store.engine.database import Database
from actions.store.people.people import SqlPeople
from actions.store.training import labels as sample_labels
from actions.store.training import samples as store
from actions.store.training.data_changes import UNDONE, NluChange, add_change, change_to_undo
from actions.store.training.samples import Sample, State
from bot.training.corpus.act_folder import ActFolder
from bot.training.corpus.edits import Addition, CorpusChange, marked
from bot.training.corpus.examples import Example
from bot.training.corpus.folder import DataFolder, Preview, Saved
from bot.training.samples.act_labelling import ACTS, ActLabelling
from bot.training.samples.labelling import Labelling, LabelOutcome, said_by, trainers_labels, who
from bot.training.samples.labels import SampleLabel, checked, read_label
from bot.understanding.matters.marked import parts_of

MOST_UNSAVED = 2_000


@dataclass(frozen=True, slots=True)
class Pending:
    """Decided samples that are not in the data yet, who labelled each of them, and what saving them would do."""

    samples: tuple[Sample, ...]
    preview: Preview
    labelled_by: Mapping[int, str]


@dataclass(slots=True)
class LabellingService:
    """The handlers of what trainers do on their pages."""

    database: Database
    folder: DataFolder
    clock: Clock
    _saving: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def label(self, person: Person, number: int, label: SampleLabel) -> LabelOutcome:
        """A trainer says what a sample is.

        Raises:
            WrongLabel: it cannot be this.
        """
        async with self.database.writing() as connection:
            return await self.labelling.label(connection, person, number, label, self.clock())

    async def skip(self, person: Person, number: int) -> LabelOutcome:
        """Notes that a trainer leaves this sample to others."""
        async with self.database.writing() as connection:
            return await self.labelling.skip(connection, person, number, self.clock())

    async def put_away(self, person: Person, number: int) -> LabelOutcome:
        """A sample teaches nothing, or nobody should read it."""
        async with self.database.writing() as connection:
            sample = await store.by_id(connection, number)
            if sample is None or sample.state not in {State.OPEN, State.SETTLE}:
                return LabelOutcome.TOO_LATE
            await sample_labels.say(connection, said_by(person, number, None, self.clock()))
            await store.change(connection, number, state=State.GONE, decided_by=who(person), decided_at=self.clock())
            return LabelOutcome.DONE

    async def take_back(self, person: Person, number: int | None = None) -> int | None:
        """A trainer takes back what she said last, or of this sample; returns which is open again."""
        async with self.database.writing() as connection:
            last = number or await sample_labels.last_said(connection, who(person))
            sample = await store.by_id(connection, last) if last else None
            if sample is None or sample.change is not None:
                return None
            await sample_labels.unsay(connection, sample.id, who(person))
            left = await trainers_labels(connection, sample.id)
            undecided = {"label": "", "decided_by": "", "decided_at": None}
            await store.change(connection, sample.id, state=State.OPEN, given=len(left), **undecided)
            return sample.id

    async def reopen(self, number: int) -> None:
        """A decided sample goes back into the inbox, and what trainers said of it is forgotten."""
        async with self.database.writing() as connection:
            sample = await store.by_id(connection, number)
            if sample and sample.change is None and sample.state in {State.DONE, State.SETTLE}:
                for said in await trainers_labels(connection, number):
                    await sample_labels.unsay(connection, number, said.who)
                undecided = {"label": "", "decided_by": "", "decided_at": None}
                await store.change(connection, number, state=State.OPEN, given=0, **undecided)

    async def settle(self, person: Person, number: int, label: SampleLabel) -> LabelOutcome:
        """Somebody decides where two differ.

        Raises:
            WrongLabel: it cannot be this.
        """
        async with self.database.writing() as connection:
            sample = await store.by_id(connection, number)
            if sample is None or sample.state != State.SETTLE:
                return LabelOutcome.TOO_LATE
            right = checked(label, sample.text, frozenset(self.folder.categories))
            await self.labelling.done(connection, person, sample, right, self.clock())
            return LabelOutcome.DONE

    async def pending(self, why: str, person: Person, replaced: Sequence[int] = ()) -> Pending:
        """What is decided and not saved, and what saving it would do.

        Args:
            why: what the change will say of itself.
            person: who saves.
            replaced: samples that are right where the data says something else.
        """
        async with self.database.reading() as connection:
            found = await store.unsaved(connection, MOST_UNSAVED)
            labelled_by = await _labelled_by(connection, found)
        asked = CorpusChange(person.name, why, self.clock())
        return await asyncio.to_thread(self._preview, found, labelled_by, asked, frozenset(replaced))

    async def save(self, why: str, person: Person, replaced: Sequence[int] = ()) -> Saved:
        """Save everything that is decided.

        Raises:
            NotSaved: something stands in its way.
        """
        async with self._saving:
            pending = await self.pending(why, person, replaced)
            saved = await asyncio.to_thread(self.folder.save, pending.preview.change)
            async with self.database.writing() as connection:
                mark = pending.preview.change.mark
                change = NluChange(self.clock(), who(person), person.name, "labels", why, saved, mark)
                number = await add_change(connection, change)
                await store.mark_saved(connection, [sample.id for sample in pending.samples], number)
        return saved

    async def change(self, person: Person, what: str, change: CorpusChange) -> Saved:
        """Carry out a change that comes from elsewhere: a suspicious label mended, an import.

        Raises:
            NotSaved: something stands in its way.
        """
        change = marked(change)
        async with self._saving:
            saved = await asyncio.to_thread(self.folder.save, change)
            made = NluChange(change.at, who(person), person.name, what, change.why, saved, change.mark)
            async with self.database.writing() as connection:
                await add_change(connection, made)
        return saved

    async def undo(self, person: Person, number: int, why: str) -> Saved | None:
        """Takes a change of the data back, whatever came after it; None where there is none to take back.

        What it added goes, what it withdrew or replaced is learned from again, and its samples wait to be saved anew.

        Raises:
            NotSaved: what would come back is something else by now.
            TooLateToUndo: what would come back is kept no longer.
        """
        async with self._saving:
            async with self.database.reading() as connection:
                change = await change_to_undo(connection, number)
            if change is None:
                return None
            if change.what == ACTS:
                return await self.acts.undo(person, change, why)
            asked = CorpusChange(person.name, why, self.clock(), mark=change.mark)
            saved = await asyncio.to_thread(self.folder.undo, asked)
            made = NluChange(asked.at, who(person), person.name, UNDONE, why, saved, change.mark)
            async with self.database.writing() as connection:
                await add_change(connection, made)
                await store.wait_again(connection, number)
        return saved

    async def note_rules(self, person: Person) -> None:
        """Records that somebody has changed the labelling rules."""
        extent = Saved(("README.md",), 0, 0, await asyncio.to_thread(self.folder.digest))
        async with self.database.writing() as connection:
            await add_change(connection, NluChange(self.clock(), who(person), person.name, "rules", "", extent))

    @property
    def acts(self) -> ActLabelling:
        """The handlers of messages of talks, which are saved in the same folder."""
        return ActLabelling(self.database, ActFolder(self.folder.own), self.clock)

    @property
    def labelling(self) -> Labelling:
        """The handler that keeps trainers' labels."""
        return Labelling(self.folder.categories)

    def _preview(
        self, found: Sequence[Sample], labelled_by: Mapping[int, str], asked: CorpusChange, replaced: frozenset[int]
    ) -> Pending:
        additions = [(one.id, addition) for one in found for addition in additions_of(one, labelled_by[one.id])]
        change = marked(replace(asked, additions=tuple(addition for _, addition in additions)))
        preview = self.folder.preview(change)
        wins = [addition for number, addition in additions if number in replaced]
        gone = [one for conflict in preview.conflicts if conflict.addition in wins for one in conflict.examples]
        if gone:
            preview = self.folder.preview(replace(change, removals=_once(gone)))
        return Pending(tuple(found), preview, labelled_by)


async def _labelled_by(connection: AsyncConnection, found: Sequence[Sample]) -> dict[int, str]:
    """The names of those who labelled each sample, or settled what it is."""
    names = {f"person:{person.id}": person.name for person in await SqlPeople(connection).everybody()}
    said = await sample_labels.labels_of(connection, [sample.id for sample in found])
    by = dict[int, str]()
    for sample in found:
        agreeing = [one.who for one in said[sample.id] if one.label == sample.label or len(said[sample.id]) == 1]
        known = [names[one] for one in dict.fromkeys([*agreeing, sample.decided_by]) if one in names]
        by[sample.id] = ", ".join(known)
    return by


def additions_of(sample: Sample, by: str = "") -> list[Addition]:
    """What a decided sample adds: two messages where its two matters can be told apart, else one."""
    label = read_label(sample.label)
    if label is None:
        return []
    parts = parts_of(sample.text) if label.second else None
    if not parts or len(parts) != 2:  # noqa: PLR2004 - a sample has labels of two matters
        return [Addition(sample.text, label, by)]
    first, second = SampleLabel(label.intent, label.category), SampleLabel(label.intent, label.second)
    return [Addition(parts[0], first, by), Addition(parts[1], second, by)]


def _once(examples: Sequence[Example]) -> tuple[Example, ...]:
    return tuple(dict.fromkeys(examples))
