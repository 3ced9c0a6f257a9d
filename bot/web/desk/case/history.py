"""What happened to a case as the desk shows it, and who has read which words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.cases.actions import CaseAction
from actions.cases.case import CaseEvent
from actions.cases.event_details import read_details
from actions.cases.event_words import NOTHING_SAID, Saying
from actions.cases.lifecycle import action_of
from actions.regency.model import Regency
from bot.conversation.screen import Label, LabelSource, Line, line

READ_BY_REPORTER = frozenset(
    {
        CaseAction.ASK,
        CaseAction.REJECT,
        CaseAction.REFER,
        CaseAction.MERGE,
        CaseAction.NOTE,
        CaseAction.ANSWER,
        CaseAction.REOPEN,
        CaseAction.HIDE,
        CaseAction.REDACT,
    }
)
"""Deeds whose words the reporter is told (`delivery/news.py`)."""
BESIDE = frozenset({CaseAction.ESCALATE, CaseAction.REMIND})
"""What the clocks did; it says little about the matter."""


@dataclass(frozen=True, slots=True)
class TypedWords:
    """Something that was typed; `label` says what it is where it is not simply the words."""

    label: Line | None
    words: str


@dataclass(frozen=True, slots=True)
class HistoryStep:
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
    said: Sequence[TypedWords]
    audience: str
    is_beside: bool


def steps_of(
    events: Sequence[CaseEvent], sayings: Mapping[int, Saying], names: Mapping[str, str], regency: Regency
) -> list[HistoryStep]:
    """Everything that happened, from the first."""
    agencies = ["", *(event.agency for event in events)]
    return [
        _step(event, agencies[place], sayings.get(event.number, NOTHING_SAID), names, regency)
        for place, event in enumerate(events)
    ]


def _step(event: CaseEvent, held_by: str, saying: Saying, names: Mapping[str, str], regency: Regency) -> HistoryStep:
    action = action_of(event) or CaseAction.ADD
    by: str | Label = names.get(event.person) or Label(LabelSource.TEXT, f"officer-by-{event.who.value}")
    moved = line("desk-moved", agency=Label(LabelSource.AGENCY, event.agency)) if event.agency != held_by else None
    is_officers = bool(event.person)
    audience = ("reporter" if action in READ_BY_REPORTER else "officers") if is_officers else ""
    return HistoryStep(
        number=event.number,
        what=Label(LabelSource.TEXT, f"deed-{action.value}"),
        by=by,
        at=line("desk-moment", at=event.at),
        iso=_iso(event.at, regency),
        moved=moved,
        said=[*_code(event), *_said(saying)],
        audience=audience,
        is_beside=action in BESIDE,
    )


def _code(event: CaseEvent) -> Iterator[TypedWords]:
    details = read_details(event.details)
    if event.action == CaseAction.REJECT and details.code:
        yield TypedWords(line(f"officer-code-{details.code}"), "")


def _said(saying: Saying) -> Iterator[TypedWords]:
    if saying.words:
        yield TypedWords(None, saying.words)
    if saying.mend:
        yield TypedWords(line("desk-part-mend"), saying.mend)
    if saying.body:
        yield TypedWords(line("desk-part-body"), saying.body)
    if saying.contact:
        yield TypedWords(line("desk-part-contact"), saying.contact)


def _iso(at: datetime, regency: Regency) -> str:
    return at.astimezone(regency.time_zone).isoformat(timespec="minutes")
