"""What trainers do: label, skip, take back, settle, and save. Each loads, asks the pure parts, and saves."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from actions.cases.ports import Clock
from actions.people.people import Person
from actions.store.engine.database import Database
from actions.store.training import labels as sample_labels
from actions.store.training import samples as store
from actions.store.training.data_changes import NluChange, add_change
from actions.store.training.samples import Sample, State
from bot.training.corpus.edits import Addition, CorpusChange
from bot.training.corpus.examples import Example
from bot.training.corpus.folder import DataFolder, Preview, Saved
from bot.training.samples.labelling import Labelling, LabelOutcome, said_by, trainers_labels, who
from bot.training.samples.labels import SampleLabel, checked, read_label
from bot.understanding.matters.marked import parts_of

MOST_UNSAVED = 2_000


@dataclass(frozen=True, slots=True)
class Pending:
    """Decided samples that are not in the data yet, and what saving them would do."""

    samples: tuple[Sample, ...]
    preview: Preview


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
        return await asyncio.to_thread(self._preview, found, why, person, frozenset(replaced))

    async def save(self, why: str, person: Person, replaced: Sequence[int] = ()) -> Saved:
        """Save everything that is decided.

        Raises:
            NotSaved: something stands in its way.
        """
        async with self._saving:
            pending = await self.pending(why, person, replaced)
            saved = await asyncio.to_thread(self.folder.save, pending.preview.change)
            async with self.database.writing() as connection:
                change = NluChange(self.clock(), who(person), person.name, "labels", why, saved)
                number = await add_change(connection, change)
                await store.mark_saved(connection, [sample.id for sample in pending.samples], number)
        return saved

    async def change(self, person: Person, what: str, change: CorpusChange) -> Saved:
        """Carry out a change that comes from elsewhere: a suspicious label mended, an import.

        Raises:
            NotSaved: something stands in its way.
        """
        async with self._saving:
            saved = await asyncio.to_thread(self.folder.save, change)
            async with self.database.writing() as connection:
                await add_change(connection, NluChange(change.at, who(person), person.name, what, change.why, saved))
        return saved

    async def note_rules(self, person: Person) -> None:
        """Records that somebody has changed the labelling rules."""
        extent = Saved(("README.md",), 0, 0, await asyncio.to_thread(self.folder.digest))
        async with self.database.writing() as connection:
            await add_change(connection, NluChange(self.clock(), who(person), person.name, "rules", "", extent))

    @property
    def labelling(self) -> Labelling:
        """The handler that keeps trainers' labels."""
        return Labelling(self.folder.categories)

    def _preview(self, found: Sequence[Sample], why: str, person: Person, replaced: frozenset[int]) -> Pending:
        additions = [(sample.id, addition) for sample in found for addition in additions_of(sample)]
        change = CorpusChange(person.name, why, self.clock(), tuple(addition for _, addition in additions))
        preview = self.folder.preview(change)
        wins = [addition for number, addition in additions if number in replaced]
        gone = [one for conflict in preview.conflicts if conflict.addition in wins for one in conflict.examples]
        if gone:
            preview = self.folder.preview(replace(change, removals=_once(gone)))
        return Pending(tuple(found), preview)


def additions_of(sample: Sample) -> list[Addition]:
    """What a decided sample adds: two messages where its two matters can be told apart, else one."""
    label = read_label(sample.label)
    if label is None:
        return []
    parts = parts_of(sample.text) if label.second else None
    if not parts or len(parts) != 2:  # noqa: PLR2004 - a sample has labels of two matters
        return [Addition(sample.text, label)]
    first, second = SampleLabel(label.intent, label.category), SampleLabel(label.intent, label.second)
    return [Addition(parts[0], first), Addition(parts[1], second)]


def _once(examples: Sequence[Example]) -> tuple[Example, ...]:
    return tuple(dict.fromkeys(examples))
