"""What happened to a case as the desk shows it, and who has read which words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.cases.actions import Deed
from actions.cases.case import CaseEvent
from actions.cases.event_words import NOTHING_SAID, Saying, read_details
from actions.cases.lifecycle import deed_of
from actions.regency.model import Regency
from bot.conversation.screen import Label, Line, Names, line

READ_BY_REPORTER = frozenset(
    {Deed.ASK, Deed.REJECT, Deed.REFER, Deed.MERGE, Deed.NOTE, Deed.ANSWER, Deed.REOPEN, Deed.HIDE, Deed.REDACT}
)
"""Deeds whose words the reporter is told (`delivery/news.py`)."""
BESIDE = frozenset({Deed.ESCALATE, Deed.REMIND})
"""What the clocks did; it says little about the matter."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was typed; `label` says what it is where it is not simply the words."""

    label: Line | None
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a case.

    Attributes:
        by: a person's name, or the role.
        moved: where the case went; None where it stayed.
        audience: who reads what an officer typed, "reporter" or "officers"; "" where it was not an officer.
        is_beside: the clocks did it.
    """

    number: int
    what: Label
    by: str | Label
    at: Line
    iso: str
    moved: Line | None
    said: Sequence[Said]
    audience: str
    is_beside: bool


def steps_of(
    events: Sequence[CaseEvent], sayings: Mapping[int, Saying], names: Mapping[str, str], regency: Regency
) -> list[Step]:
    """Everything that happened, from the first."""
    agencies = ["", *(event.agency for event in events)]
    return [
        _step(event, agencies[place], sayings.get(event.number, NOTHING_SAID), names, regency)
        for place, event in enumerate(events)
    ]


def _step(event: CaseEvent, held_by: str, saying: Saying, names: Mapping[str, str], regency: Regency) -> Step:
    deed = deed_of(event) or Deed.ADD
    by: str | Label = names.get(event.person) or Label(Names.TEXT, f"officer-by-{event.who.value}")
    moved = line("desk-moved", agency=Label(Names.AGENCY, event.agency)) if event.agency != held_by else None
    is_officers = bool(event.person)
    audience = ("reporter" if deed in READ_BY_REPORTER else "officers") if is_officers else ""
    return Step(
        number=event.number,
        what=Label(Names.TEXT, f"deed-{deed.value}"),
        by=by,
        at=line("desk-moment", at=event.at),
        iso=_iso(event.at, regency),
        moved=moved,
        said=[*_code(event), *_said(saying)],
        audience=audience,
        is_beside=deed in BESIDE,
    )


def _code(event: CaseEvent) -> Iterator[Said]:
    details = read_details(event.details)
    if event.deed == Deed.REJECT and details.code:
        yield Said(line(f"officer-code-{details.code}"), "")


def _said(saying: Saying) -> Iterator[Said]:
    if saying.words:
        yield Said(None, saying.words)
    if saying.mend:
        yield Said(line("desk-part-mend"), saying.mend)
    if saying.body:
        yield Said(line("desk-part-body"), saying.body)
    if saying.contact:
        yield Said(line("desk-part-contact"), saying.contact)


def _iso(at: datetime, regency: Regency) -> str:
    return at.astimezone(regency.time_zone).isoformat(timespec="minutes")
