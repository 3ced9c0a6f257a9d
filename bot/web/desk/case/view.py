"""What the page of a case at the desk shows: what happened, what a verifier is proposed, its words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.cases.actions import CaseAction
from actions.cases.case import Case, CaseEvent, Location, Status, Visibility
from actions.cases.event_words import NOTHING_SAID, Saying, read_details
from actions.cases.lifecycle import action_of
from actions.cases.routing import RoutingDecision, accused_by, route
from actions.regency.model import Regency
from actions.store.cases.queue import ModelGuess
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


def folded(steps: Sequence[HistoryStep]) -> list[list[HistoryStep]]:
    """What the clocks did in a row together, everything else by itself: a reader opens the former if she wants to."""
    found: list[list[HistoryStep]] = []
    for step in steps:
        if found and step.is_beside and found[-1][-1].is_beside:
            found[-1].append(step)
        else:
            found.append([step])
    return found


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


MOST_SHOWN = 3
OF_A_HUNDRED = 100

type InWords = Callable[[RoutingDecision, Location], str]
"""Why an agency is the one, in the language of whoever reads."""


@dataclass(frozen=True, slots=True)
class RoutingProposal:
    """Where a case may go.

    Attributes:
        agency: code of the agency.
        why: because of what, the weightiest first.
        guesses: what the understanding made of the words, best first.
        category: slug of what it is about; None where nobody knows.
    """

    agency: str
    why: tuple[Line, ...]
    guesses: tuple[Line, ...] = ()
    category: str | None = None

    @property
    def named(self) -> Label:
        """The agency, by its name."""
        return Label(LabelSource.AGENCY, self.agency)


def proposal_of(
    case: Case, suggested: str, guessed: ModelGuess | None, regency: Regency, in_words: InWords
) -> RoutingProposal | None:
    """For a case that waits to be forwarded; None for any other.

    Args:
        case: which.
        suggested: the agency that was named when it was returned; "" for none.
        guessed: what the understanding made of its words, where that was kept.
        regency: its rules.
        in_words: says why.
    """
    if case.status is not Status.RECEIVED:
        return None
    guesses = _guesses(guessed)
    best = guessed.categories[0] if guessed and guessed.categories else None
    category = next((slug for slug in (case.category, best and best[0]) if slug in regency.categories), None)
    if suggested in regency.agencies:
        return RoutingProposal(suggested, (line("desk-why-returned"),), guesses, category)
    decision = route(
        regency,
        type=case.type,
        category=category,
        location=case.location,
        severity=case.severity,
        sensitive=case.sensitive,
        secret=case.visibility is Visibility.SECRET,
        accused=accused_by(regency, case),
    )
    basis = _basis(case, best)
    if decision.reason.key == "reason-unknown-category":
        return RoutingProposal(decision.agency, (basis,), guesses, category)
    return RoutingProposal(
        decision.agency, (basis, line("desk-why", why=in_words(decision, case.location))), guesses, category
    )


def _basis(case: Case, best: tuple[str, float] | None) -> Line:
    """On which category it rests: the reporter's, the understanding's, or none."""
    if case.category:
        return line("desk-why-chosen", category=Label(LabelSource.CATEGORY, case.category))
    if best:
        percent = round(best[1] * OF_A_HUNDRED)
        return line("desk-why-guessed", category=Label(LabelSource.CATEGORY, best[0]), percent=percent)
    return line("desk-why-nothing")


def _guesses(guessed: ModelGuess | None) -> tuple[Line, ...]:
    shown = guessed.categories[:MOST_SHOWN] if guessed else ()
    return tuple(
        line("desk-guess", category=Label(LabelSource.CATEGORY, name), percent=round(sure * OF_A_HUNDRED))
        for name, sure in shown
    )


WORDS: Mapping[str, Line] = {
    "lists": line("desk-lists"),
    "empty": line("desk-empty"),
    "more": line("desk-more"),
    "keyboard": line("desk-keys"),
    "keys_about": line("desk-keys-about"),
    "key_next": line("desk-key-next"),
    "key_back": line("desk-key-back"),
    "key_open": line("desk-key-open"),
    "key_queue": line("desk-key-queue"),
    "key_note": line("desk-key-note"),
    "key_send": line("desk-key-send"),
    "key_help": line("desk-key-help"),
    "key_accept": line("desk-key-accept"),
    "key_other": line("desk-key-other"),
    "close": line("desk-close"),
    "proposal": line("desk-proposal"),
    "guesses": line("desk-guesses"),
    "nearby": line("desk-nearby"),
    "people": line("desk-nearby-people"),
    "merge_into": line("desk-merge-into"),
    "facts": line("desk-facts"),
    "clocks": line("desk-clocks"),
    "story": line("desk-story"),
    "erased": line("officer-card-erased"),
    "files": line("case-files"),
    "point": line("desk-point"),
    "history": line("desk-history"),
    "by": line("desk-by"),
    "for_reporter": line("desk-for-reporter"),
    "for_officers": line("desk-for-officers"),
    "of_reporter": line("desk-of-reporter"),
    "notes": line("desk-notes"),
    "notes_about": line("desk-notes-about"),
    "notes_none": line("desk-notes-none"),
    "note_words": line("desk-note-words"),
    "note_add": line("desk-note-add"),
    "looks": line("desk-looks"),
    "deeds": line("desk-deeds"),
    "deeds_none": line("desk-deeds-none"),
    "choose": line("desk-choose"),
    "photos": line("desk-photos"),
    "plain": line("button-officer-plain-off"),
    "preview": line("desk-preview"),
    "look_first": line("desk-look-first"),
    "send": line("button-send"),
    "not_done": line("desk-not-done"),
    "kept": line("desk-kept"),
    "reload": line("desk-reload"),
    "others_here": line("desk-others-here"),
    "queue": line("desk-queue"),
    "claimed": line("desk-claimed"),
    "xlsx": line("statistics-xlsx"),
    "csv": line("statistics-csv"),
    "examples": line("desk-examples"),
    "sheet": line("desk-sheet"),
    "reminded": line("desk-reminded"),
    "whole_list": line("desk-list-whole"),
}
