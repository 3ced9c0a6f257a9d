"""A trainer's say on a sample, within a transaction that is open already: on the pages, and in the chat."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.people import Person
from actions.store.training import labels as sample_labels
from actions.store.training import samples as store
from actions.store.training.labels import SaidLabel
from actions.store.training.samples import Sample, State
from bot.training.corpus.writing import write_whole
from bot.training.samples.labels import INTENTS, SampleLabel, WrongLabel, checked, read_label, write_label
from bot.understanding.understood import REPORT_TYPES

USUAL_SMALL_TALK = ("out_of_scope", "greet", "thanks")


class LabelOutcome(StrEnum):
    """The result of a trainer's label."""

    DONE = "done"
    WAITS = "waits"
    DIFFERS = "differs"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Labelling:
    """Keeps what trainers say. `categories`: the leaves of this regency."""

    categories: Collection[str]

    async def label(
        self, connection: AsyncConnection, person: Person, number: int, label: SampleLabel, at: datetime
    ) -> LabelOutcome:
        """A trainer says what a sample is.

        Raises:
            WrongLabel: it cannot be this.
        """
        sample = await store.by_id(connection, number)
        if sample is None or sample.state != State.OPEN:
            return LabelOutcome.TOO_LATE
        right = checked(label, sample.text, frozenset(self.categories))
        if not await sample_labels.say(connection, said_by(person, number, right, at)):
            return LabelOutcome.TOO_LATE
        return await self._decide(connection, person, sample, at)

    async def skip(self, connection: AsyncConnection, person: Person, number: int, at: datetime) -> LabelOutcome:
        """Notes that a trainer leaves this sample to others."""
        sample = await store.by_id(connection, number)
        if sample is None or sample.state != State.OPEN:
            return LabelOutcome.TOO_LATE
        await sample_labels.say(connection, said_by(person, number, None, at))
        return LabelOutcome.WAITS

    async def done(
        self, connection: AsyncConnection, person: Person, sample: Sample, label: SampleLabel, at: datetime
    ) -> None:
        """Writes the label on which a sample is settled."""
        decided = {"label": write_label(label), "decided_by": who(person), "decided_at": at}
        await store.change(connection, sample.id, state=State.DONE, **decided)

    async def _decide(self, connection: AsyncConnection, person: Person, sample: Sample, at: datetime) -> LabelOutcome:
        """Done when all that were asked say the same."""
        said = await trainers_labels(connection, sample.id)
        await store.change(connection, sample.id, given=len(said))
        if len(said) < sample.wanted:
            return LabelOutcome.WAITS
        labels = [label for one in said if (label := read_label(one.label))]
        if len({label.kind for label in labels}) > 1:
            await store.change(connection, sample.id, state=State.SETTLE)
            return LabelOutcome.DIFFERS
        marked = next((label for label in labels if label.marks), labels[0])
        await self.done(connection, person, sample, marked, at)
        return LabelOutcome.DONE


async def trainers_labels(connection: AsyncConnection, number: int) -> list[SaidLabel]:
    """What was said about a sample, skips left out."""
    return (await sample_labels.labels_of(connection, [number]))[number]


def said_by(person: Person, number: int, label: SampleLabel | None, at: datetime) -> SaidLabel:
    """What a trainer says, as a row; no label is a skip."""
    intent, category = label.kind if label else ("", None)
    return SaidLabel(number, who(person), at, write_label(label) if label else "", intent, category or "")


def who(person: Person) -> str:
    """The name under which rows keep what a person has said, such as "person:7"."""
    return f"person:{person.id}"


def choices_of(sample: Sample, is_category: Callable[[str], bool], most: int) -> list[str]:
    """The likeliest labels ("category:jalan", "intent:greet"), best first; what was chosen by hand before all."""
    ranked = [name for name, _ in json.loads(sample.ranking) if is_category(name)]
    if sample.chosen_category:
        ranked = [sample.chosen_category, *(name for name in ranked if name != sample.chosen_category)]
    talk = list(dict.fromkeys([*([sample.intent] if sample.intent not in REPORT_TYPES else []), *USUAL_SMALL_TALK]))
    is_report = sample.category is not None or sample.chosen_category is not None
    few = min(most // 3, len(talk)) if is_report else min(most // 2, len(talk))
    values = [f"category:{name}" for name in ranked[: most - few]]
    small = [f"intent:{name}" for name in talk[:few]]
    return [*values, *small] if is_report else [*small, *values]


def label_said(value: str, kind: str) -> SampleLabel:
    """The label of a choice; `kind` is the type of a report.

    Raises:
        WrongLabel: it is no choice.
    """
    part, _, name = value.partition(":")
    if part == "intent" and name in INTENTS:
        return SampleLabel(name)
    if part == "category" and name:
        return SampleLabel(kind, name)
    raise WrongLabel("nothing was chosen")


def likely_type(sample: Sample) -> str:
    """The type of report that a sample most likely is."""
    likely = sample.chosen_intent or sample.intent
    return likely if likely in REPORT_TYPES else "complaint"


FILE, FOR_TRAINERS = "README.md", "aturan.md"
"""What stands beside the data, and the same in the words of the people who label."""
_SLUG = re.compile(r"`([a-z_]+)`")


@dataclass(frozen=True, slots=True)
class LabellingRules:
    """`base`: the folder of the data that comes with the project or the regency; `own`: what was changed here."""

    base: Path
    own: Path

    def text(self) -> str:
        """The rules in force, as Markdown."""
        for path in (self.own / FILE, self.base / FOR_TRAINERS, self.base / FILE):
            if path.is_file():
                return path.read_text("utf-8")
        return ""

    def save(self, text: str) -> None:
        """Writes new labelling rules, which are in force from now on."""
        write_whole(self.own / FILE, "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n")


def concerned(before: str, after: str) -> list[str]:
    """The labels that lines name which came or went: what was labelled so is to be looked at again."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    changed = (line for line in lines if line.startswith(("+ ", "- ")))
    return sorted({slug for line in changed for slug in _SLUG.findall(line)})
