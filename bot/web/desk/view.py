"""A case as the desk shows it: on a list, and the facts and the history on its own page. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from actions.cases.case import AWAITED, Case, Identity, Severity, Status, Visibility, Words
from actions.cases.case_state import CaseState
from actions.cases.clocks import OFFICES, Clock
from actions.cases.decide import awaited_clock
from actions.regency.model import Regency
from actions.store.integrations.sp4n import Sp4nCase
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.officers.card import place_in_words
from bot.web.case.words import TYPES

LONGEST_EXCERPT = 220


@dataclass(frozen=True, slots=True)
class Tag:
    """A word about a case that must not be missed."""

    kind: str
    words: Line


def tags_of(case: Case, today: date) -> list[Tag]:
    """The tags that a case is marked with, such as a danger or a missed deadline."""
    is_late = case.status in AWAITED and case.due_on and case.due_on < today
    late = [Tag("late", line("desk-late", what=_awaited(case)))] if is_late else []
    urgent = [Tag("urgent", line("desk-urgent"))] if case.severity is Severity.URGENT else []
    secret = [Tag("secret", line("desk-secret"))] if case.visibility is Visibility.SECRET else []
    sensitive = [Tag("secret", line("desk-sensitive"))] if case.sensitive else []
    hidden = [Tag("secret", line("desk-hidden"))] if case.is_hidden else []
    returned = [Tag("", line("desk-returned", count=case.returns))] if case.returns else []
    return [*late, *urgent, *secret, *sensitive, *hidden, *returned]


def due_words(case: Case, today: date) -> Line | None:
    """The day by which something must be done with the case; None once nothing must."""
    if case.due_on is None:
        return None
    days = (case.due_on - today).days
    what = _awaited(case)
    if days < 0:
        return line("desk-due-past", what=what, date=case.due_on, days=-days)
    if days == 0:
        return line("desk-due-today", what=what)
    return line("desk-due", what=what, date=case.due_on, days=days)


def _awaited(case: Case) -> Label:
    """The clock that ends first, by its name."""
    return Label(LabelSource.TEXT, f"clock-{awaited_clock(case).value}")


def about(case: Case) -> Line | Label:
    """Its category, or that it has none yet."""
    return Label(LabelSource.CATEGORY, case.category) if case.category else Label(LabelSource.TEXT, "category-none")


def excerpt(words: Words | None) -> str:
    """The beginning of a story."""
    story = " ".join(words.story.split()) if words else ""
    return story if len(story) <= LONGEST_EXCERPT else f"{story[:LONGEST_EXCERPT].rstrip()}…"


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A label and what stands beside it."""

    label: Line
    value: Line | Label | str


def statistics_of(
    case: Case, words: Words | None, case_state: CaseState, names: Mapping[str, str], regency: Regency
) -> list[LabelledValue]:
    """What is known of a case as this reader sees it; `names` of persons by what events call them."""
    facts = [
        LabelledValue(line("case-type"), TYPES[case.type]),
        LabelledValue(line("case-category"), about(case)),
        LabelledValue(line("case-agency"), Label(LabelSource.AGENCY, case.agency)),
        *([LabelledValue(line("case-reason"), case.reason)] if case.reason else []),
        LabelledValue(line("case-place"), place_in_words(case, regency) or line("desk-no-place")),
        LabelledValue(line("case-filed"), line("desk-moment", at=case.filed_at)),
        LabelledValue(line("desk-class"), line(f"desk-class-{case.handling_class.value}")),
        LabelledValue(line("desk-reporter"), _reporter(case, words)),
    ]
    if case.status in AWAITED:
        facts.append(LabelledValue(line("desk-answer-due"), line("case-day", date=case.deadline)))
    if case_state.claimed_by in names:
        facts.append(LabelledValue(line("desk-claimed"), names[case_state.claimed_by]))
    if case_state.parent:
        facts.append(LabelledValue(line("desk-parent"), case_state.parent))
    if case_state.rating:
        facts.append(LabelledValue(line("desk-rating"), str(case_state.rating)))
    return facts


def elsewhere_of(known: Sp4nCase | None, regency: Regency) -> list[LabelledValue]:
    """Its number at the other system, and where it stands there by their own word."""
    if known is None:
        return []
    told = line("desk-elsewhere-status", number=known.tracking_id, word=known.their_status)
    shown = told if known.their_status else known.tracking_id
    return [LabelledValue(line("desk-elsewhere", body=regency.sp4n.name), shown)]


def _reporter(case: Case, words: Words | None) -> Line | str:
    if case.identity is Identity.NAMED and words and words.name:
        return words.name
    return line("desk-anonymous")


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A clock of a case, in words."""

    words: Line
    is_late: bool


def clocks_of(case_state: CaseState, regency: Regency, today: date) -> list[ShownClock]:
    """The clocks that run or are paused, the next to end first."""
    ends = sorted(((clock.last_day(regency.calendar), clock) for clock in case_state.clocks), key=lambda pair: pair[0])
    return [_clock(clock, last, today) for last, clock in ends if case_state.status is not Status.CLOSED]


def _clock(clock: Clock, last: date, today: date) -> ShownClock:
    name = Label(LabelSource.TEXT, f"clock-{clock.name.value}")
    if clock.is_paused:
        return ShownClock(line("desk-clock-paused", what=name), is_late=False)
    is_late = last < today and clock.name in OFFICES
    return ShownClock(line("desk-clock-late" if is_late else "desk-clock", what=name, date=last), is_late)
