"""The one function through which a case changes: an act of somebody's at a moment, and what comes of it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from actions.cases.actions import Act, Deed
from actions.cases.case import OPEN, Case, CaseEvent, Status
from actions.cases.case_state import Standing
from actions.cases.clocks import OFFICES, ClockName, Mark
from actions.cases.event_words import Details
from actions.cases.guards import NOT_SENSITIVE, OF_PEOPLE, Attempt, Facts
from actions.cases.lifecycle import TABLE, Goes, Refused, Row
from actions.cases.replay import follow, to_start
from actions.cases.routing import handling_class
from actions.people.roles import Actor
from actions.regency.agencies import highest
from actions.regency.model import AgencyKind, Deadlines, Regency


def next_act(standing: Standing, regency: Regency) -> tuple[datetime, Act] | None:
    """The first thing that the service itself must do, and when; None when nothing is to come.

    It is an act like any other, and the same table decides on it.
    """
    marks = [(clock.name, clock.next_mark(regency.deadlines.ladder, regency.calendar)) for clock in standing.clocks]
    coming = [(found[0], name, found[1]) for name, found in marks if found]
    if not coming:
        return None
    moment, name, mark = min(coming, key=lambda one: (one[0], list(ClockName).index(one[1])))
    return moment, _act(name, mark)


def next_due_at(standing: Standing, regency: Regency) -> datetime | None:
    """When the service itself must next look at the case; None for never, until somebody acts."""
    found = next_act(standing, regency)
    return found[0] if found else None


def due(standing: Standing, now: datetime, regency: Regency) -> Act | None:
    """The one act that is due now; after it is done, ask again, for a service that was down has several to do."""
    found = next_act(standing, regency)
    return found[1] if found and found[0] <= now else None


def look_again(now: datetime, regency: Regency) -> datetime:
    """When to try again what the table refused for now: the next working morning."""
    calendar = regency.calendar
    return calendar.opening(calendar.after(calendar.day(now), 1))


def _act(name: ClockName, mark: Mark) -> Act:
    if name in OFFICES:
        return Act(deed=Deed.ESCALATE, clock=name.value, mark=mark.value)
    if mark is Mark.SILENCE:
        is_question = name is ClockName.REPLY
        return Act(deed=Deed.CLOSE_UNREPLIED if is_question else Deed.CLOSE_UNCONFIRMED, why="silence")
    return Act(deed=Deed.REMIND, clock=name.value, mark=mark.value)


NOTHING_LOOKED_UP = Facts()


@dataclass(frozen=True, slots=True)
class Decision:
    """What an act comes to: the case after it, the event to seal and to write, and where the case stands.

    `day` is that of the event, by the region's calendar.
    """

    case: Case
    event: CaseEvent
    standing: Standing
    day: date


def decide(
    case: Case,
    standing: Standing | None,
    act: Act,
    who: Actor,
    at: datetime,
    regency: Regency,
    facts: Facts = NOTHING_LOOKED_UP,
) -> Decision:
    """Take a step of the table.

    Args:
        case: as it stands; as it shall be filed before its first event.
        standing: what its events say (`replay.replay`); None before its first.
        act: what is wanted.
        who: by whom.
        at: when, with a time zone.
        regency: its calendar, clocks, agencies and categories.
        facts: what the handler has looked up besides.

    Raises:
        Refused: the table does not allow it.
        ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError(at)
    known = standing or Standing(status=case.status, agency=case.agency, version=0)
    attempt = Attempt(case=case, standing=known, act=act, who=who, at=at, regency=regency, facts=facts)
    row = _row(attempt, standing.status if standing else None)
    for guard in row.guards:
        if key := guard(attempt):
            raise Refused(key, ticket=case.ticket, agency=act.agency or known.agency)
    if act.deed is Deed.FORWARD:
        attempt = replace(attempt, act=_with_class(case, act, regency))
        case = _read_by_verifier(case, attempt.act, regency)
    event = _event(case, standing, attempt, row)
    after = follow(standing, event, regency.calendar)
    return Decision(_moved(case, after, regency), event, after, regency.calendar.day(at))


def _with_class(case: Case, act: Act, regency: Regency) -> Act:
    """Of the handling class that comes with another category, unless she has set one."""
    if act.handling_class or act.category in {None, case.category}:
        return act
    found = handling_class(regency.deadlines, case.type, act.category)
    return replace(act, handling_class=found if found is not case.handling_class else None)


def _read_by_verifier(case: Case, act: Act, regency: Regency) -> Case:
    """Of another category or handling class, sensitive by its category or no longer sensitive, as she has found."""
    category = act.category or case.category
    is_of_its_kind = act.category is not None and regency.categories[act.category].sensitive
    return replace(
        case,
        category=category,
        handling_class=act.handling_class or case.handling_class,
        sensitive=(case.sensitive or is_of_its_kind) and act.code != NOT_SENSITIVE,
    )


def may_take(case: Case, standing: Standing, deed: Deed, who: Actor, regency: Regency) -> bool:
    """Whether a deed is open to somebody now, as far as it depends on who she is and where the case stands."""
    at = datetime.min.replace(tzinfo=UTC)
    attempt = Attempt(
        case=case, standing=standing, act=Act(deed=deed), who=who, at=at, regency=regency, facts=NOTHING_LOOKED_UP
    )
    try:
        row = _row(attempt, standing.status)
    except Refused:
        return False
    return not any(guard(attempt) for guard in row.guards if guard in OF_PEOPLE)


def _row(attempt: Attempt, came_from: Status | None) -> Row:
    deed, role = attempt.act.deed, attempt.who.role
    rows = [row for row in TABLE if row.deed is deed and came_from in row.came_from]
    if not rows:
        raise Refused("refused-no-such-step", deed=deed.value, came_from=came_from.value if came_from else "draft")
    for row in rows:
        if role in row.who and row.when(attempt):
            return row
    raise Refused("refused-not-yours", deed=deed.value, who=role.value)


def _event(case: Case, before: Standing | None, attempt: Attempt, row: Row) -> CaseEvent:
    act, known, details = attempt.act, attempt.standing, _details(case, attempt, row)
    return CaseEvent(
        ticket=case.ticket,
        number=known.version + 1,
        came_from=before.status if before else None,
        to=_to(row, known),
        who=attempt.who.role,
        at=attempt.at,
        why=act.why or details.code or details.mark or act.deed.value,
        agency=_holder(attempt, row),
        words_digest=act.words_digest,
        previous_hash="",
        hash="",
        deed=act.deed.value,
        person=attempt.who.person,
        details=details.written(),
    )


def _to(row: Row, standing: Standing) -> Status:
    if isinstance(row.to, Status):
        return row.to
    is_back = row.to is Goes.BACK and standing.status is Status.NEEDS_INFO
    return standing.interrupted or Status.RECEIVED if is_back else standing.status


def _holder(attempt: Attempt, row: Row) -> str:
    """Who holds the case after the step. A return goes to whoever verifies, with the agency it names as advice."""
    if row.deed is Deed.RETURN:
        return highest(attempt.regency.agencies, AgencyKind.REGENCY_ADMIN)
    is_given = row.deed in {Deed.FORWARD, Deed.PASS_ON, Deed.RULE}
    return attempt.act.agency or attempt.standing.agency if is_given else attempt.standing.agency


KEPT: Mapping[Deed, Collection[str]] = {
    Deed.FORWARD: ("handling_class", "category", "code"),
    Deed.REJECT: ("code",),
    Deed.MERGE: ("parent",),
    Deed.RETURN: ("suggested",),
    Deed.DISPUTE_AUTHORITY: ("suggested",),
    Deed.RATE: ("rating",),
    Deed.REMIND: ("clock", "mark"),
    Deed.ESCALATE: ("clock", "mark"),
}
"""What an event keeps of an act, which the guards of its row have looked at; nothing else gets into it."""


def _details(case: Case, attempt: Attempt, row: Row) -> Details:
    act, days = attempt.act, days_of_clocks(case, attempt.regency.deadlines)
    told: dict[str, Any] = {
        "handling_class": act.handling_class.value if act.handling_class else "",
        "category": act.category or "",
        "code": act.code if row.deed is Deed.REJECT or act.code == NOT_SENSITIVE else "",
        "parent": act.parent,
        "suggested": act.agency or "unknown",
        "rating": act.rating,
        "clock": act.clock,
        "mark": act.mark,
    }
    started = {name.value: days[name] for name in to_start(row, attempt.standing)}
    return Details(days=started, **{name: told[name] for name in KEPT.get(row.deed, ())})


def days_of_clocks(case: Case, deadlines: Deadlines) -> Mapping[ClockName, int]:
    """How many working days each clock allows a case."""
    return {**deadlines.days, ClockName.RESOLVE: deadlines.resolve[case.handling_class]}


def _moved(case: Case, standing: Standing, regency: Regency) -> Case:
    return replace(
        case,
        status=standing.status,
        agency=standing.agency,
        returns=standing.returns,
        version=standing.version,
        is_hidden=standing.is_hidden,
        deadline=honest_day(case, standing, regency) or case.deadline,
        next_due_at=next_due_at(standing, regency),
        due_on=last_day(case, standing, regency),
    )


def last_day(case: Case, standing: Standing, regency: Regency) -> date | None:
    """The day by whose end whoever's turn it is must act: the first on which a running clock ends."""
    if standing.status not in OPEN:
        return None
    running = [clock.last_day(regency.calendar) for clock in standing.clocks if not clock.is_paused]
    return min(running, default=case.deadline)


def honest_day(case: Case, standing: Standing, regency: Regency) -> date | None:
    """The day by which the reporter may expect an answer, or after a contest the next word; None while none is due.

    Before a case is forwarded nobody has that long: a verifier has her days first.
    """
    calendar, deadlines = regency.calendar, regency.deadlines
    running = {clock.name: clock.last_day(calendar) for clock in standing.clocks if not clock.is_paused}
    for name in (ClockName.RESOLVE, ClockName.FOLLOW_UP):
        if name in running:
            return running[name]
    verified = running.get(ClockName.VERIFY) or running.get(ClockName.VERIFY_AGAIN)
    return calendar.after(verified, deadlines.resolve[case.handling_class]) if verified else None
