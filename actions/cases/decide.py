"""The one function through which a case changes: an act of somebody's at a moment, and what comes of it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import OPEN, Case, CaseEvent, Severity, Status, is_in_trust
from actions.cases.case_state import CaseState
from actions.cases.clocks import OFFICES, ClockMark, ClockName
from actions.cases.event_words import Details
from actions.cases.guards import NOT_SENSITIVE, OF_PEOPLE, Attempt, GuardContext
from actions.cases.lifecycle import ROWS_OF, Goes, StepRefused, TransitionRule
from actions.cases.replay import follow, to_start
from actions.cases.routing import handling_class, trustee
from actions.people.roles import Actor, Role
from actions.regency.agencies import highest
from actions.regency.model import AgencyKind, Deadlines, Regency


def next_act(case_state: CaseState, regency: Regency) -> tuple[datetime, CaseCommand] | None:
    """The first thing that the service itself must do, and when; None when nothing is to come.

    It is an act like any other, and the same table decides on it.
    """
    marks = [(clock.name, clock.next_mark(regency.deadlines.ladder, regency.calendar)) for clock in case_state.clocks]
    coming = [(found[0], name, found[1]) for name, found in marks if found]
    if not coming:
        return None
    moment, name, mark = min(coming, key=lambda one: (one[0], list(ClockName).index(one[1])))
    return moment, _command_at(name, mark)


def next_due_at(case_state: CaseState, regency: Regency) -> datetime | None:
    """When the service itself must next look at the case; None for never, until somebody acts."""
    found = next_act(case_state, regency)
    return found[0] if found else None


def due(case_state: CaseState, now: datetime, regency: Regency) -> CaseCommand | None:
    """The one act that is due now; after it is done, ask again, for a service that was down has several to do."""
    found = next_act(case_state, regency)
    return found[1] if found and found[0] <= now else None


def look_again(now: datetime, regency: Regency) -> datetime:
    """When to try again what the table refused for now: the next working morning."""
    calendar = regency.calendar
    return calendar.opening(calendar.after(calendar.day(now), 1))


def _command_at(name: ClockName, mark: ClockMark) -> CaseCommand:
    if name in OFFICES:
        return CaseCommand(action=CaseAction.ESCALATE, clock=name.value, mark=mark.value)
    if mark is ClockMark.SILENCE:
        is_question = name is ClockName.REPLY
        return CaseCommand(
            action=CaseAction.CLOSE_UNREPLIED if is_question else CaseAction.CLOSE_UNCONFIRMED, why="silence"
        )
    return CaseCommand(action=CaseAction.REMIND, clock=name.value, mark=mark.value)


NOTHING_LOOKED_UP = GuardContext()


@dataclass(frozen=True, slots=True)
class Decision:
    """What an act comes to: the case after it, the event to seal and to write, and where the case stands.

    `day` is that of the event, by the region's calendar.
    """

    case: Case
    event: CaseEvent
    case_state: CaseState
    day: date


def decide(
    case: Case,
    case_state: CaseState | None,
    command: CaseCommand,
    who: Actor,
    at: datetime,
    regency: Regency,
    guard_context: GuardContext = NOTHING_LOOKED_UP,
) -> Decision:
    """Take a step of the table.

    Args:
        case: as it stands; as it shall be filed before its first event.
        case_state: what its events say (`replay.replay`); None before its first.
        command: what is wanted.
        who: by whom.
        at: when, with a time zone.
        regency: its calendar, clocks, agencies and categories.
        guard_context: what the handler has looked up besides.

    Raises:
        Refused: the table does not allow it.
        ValueError: `at` has no time zone.
    """
    attempt, row = permitted(case, case_state, command, who, at, regency, guard_context)
    if command.action is CaseAction.FORWARD:
        attempt = replace(attempt, command=_with_class(case, command, regency))
        case = _read_by_verifier(case, attempt.command, regency)
    event = _event(case, case_state, attempt, row)
    after = follow(case_state, event, regency.calendar)
    return Decision(_moved(case, after, regency), event, after, regency.calendar.day(at))


def permitted(
    case: Case,
    case_state: CaseState | None,
    command: CaseCommand,
    who: Actor,
    at: datetime,
    regency: Regency,
    guard_context: GuardContext = NOTHING_LOOKED_UP,
) -> tuple[Attempt, TransitionRule]:
    """The row of the table that allows a step, after all its guards were asked; arguments and errors as of `decide`."""
    if at.tzinfo is None:
        raise ValueError(at)
    known = case_state or CaseState(status=case.status, agency=case.agency, version=0)
    attempt = Attempt(
        case=case, case_state=known, command=command, who=who, at=at, regency=regency, guard_context=guard_context
    )
    row = _row(attempt, case_state.status if case_state else None)
    for guard in row.guards:
        if key := guard(attempt):
            raise StepRefused(key, ticket=case.ticket, agency=command.agency or known.agency)
    return attempt, row


def _with_class(case: Case, command: CaseCommand, regency: Regency) -> CaseCommand:
    """Returns the command with the handling class of its new category, unless the command names one."""
    if command.handling_class or command.category in {None, case.category}:
        return command
    found = handling_class(regency.deadlines, case.type, command.category)
    return replace(command, handling_class=found if found is not case.handling_class else None)


def _read_by_verifier(case: Case, command: CaseCommand, regency: Regency) -> Case:
    """Of another category or handling class, sensitive by its category or no longer sensitive, as she has found."""
    category = command.category or case.category
    found = regency.categories.get(command.category or "")
    is_of_its_kind = found is not None and found.sensitive
    return replace(
        case,
        category=category,
        handling_class=command.handling_class or case.handling_class,
        sensitive=(case.sensitive or is_of_its_kind) and command.code != NOT_SENSITIVE,
    )


def may_take(case: Case, case_state: CaseState, action: CaseAction, who: Actor, regency: Regency) -> bool:
    """Whether an action is open to somebody now, as far as it depends on who she is and where the case stands."""
    at = datetime.min.replace(tzinfo=UTC)
    attempt = Attempt(
        case=case,
        case_state=case_state,
        command=CaseCommand(action=action),
        who=who,
        at=at,
        regency=regency,
        guard_context=NOTHING_LOOKED_UP,
    )
    try:
        row = _row(attempt, case_state.status)
    except StepRefused:
        return False
    return not any(guard(attempt) for guard in row.guards if guard in OF_PEOPLE)


def _row(attempt: Attempt, came_from: Status | None) -> TransitionRule:
    action, role = attempt.command.action, attempt.who.role
    rows = [row for row in ROWS_OF[action] if came_from in row.came_from]
    if not rows:
        raise StepRefused(
            "refused-no-such-step", action=action.value, came_from=came_from.value if came_from else "draft"
        )
    for row in rows:
        if role in row.who and row.when(attempt):
            return row
    may = {one for row in rows for one in row.who} - {Role.SYSTEM}
    only = {"only": may.pop().value} if len(may) == 1 else {}
    raise StepRefused("refused-not-yours", action=action.value, who=role.value, **only)


def _event(case: Case, before: CaseState | None, attempt: Attempt, row: TransitionRule) -> CaseEvent:
    command, known, details = attempt.command, attempt.case_state, _details(case, attempt, row)
    return CaseEvent(
        ticket=case.ticket,
        number=known.version + 1,
        came_from=before.status if before else None,
        to=_to(row, known),
        who=attempt.who.role,
        at=attempt.at,
        why=command.why or details.code or details.mark or command.action.value,
        agency=_holder(attempt, row),
        words_digest=command.words_digest,
        previous_hash="",
        hash="",
        action=command.action.value,
        person=attempt.who.person,
        details=details.written(),
    )


def _to(row: TransitionRule, case_state: CaseState) -> Status:
    if isinstance(row.to, Status):
        return row.to
    is_back = row.to is Goes.BACK and case_state.status is Status.NEEDS_INFO
    return case_state.interrupted or Status.RECEIVED if is_back else case_state.status


def _holder(attempt: Attempt, row: TransitionRule) -> str:
    """Who holds the case after the step. A return goes to whoever verifies, with the agency it names as advice."""
    if row.action is CaseAction.RETURN and is_in_trust(attempt.case):
        return trustee(attempt.regency, attempt.case)
    if row.action is CaseAction.RETURN:
        return highest(attempt.regency.agencies, AgencyKind.REGENCY_ADMIN)
    is_given = row.action in {CaseAction.FORWARD, CaseAction.PASS_ON, CaseAction.RULE}
    return attempt.command.agency or attempt.case_state.agency if is_given else attempt.case_state.agency


KEPT: Mapping[CaseAction, Collection[str]] = {
    CaseAction.FILE: ("accused",),
    CaseAction.FORWARD: ("handling_class", "category", "code"),
    CaseAction.REJECT: ("code",),
    CaseAction.MERGE: ("parent",),
    CaseAction.RETURN: ("suggested",),
    CaseAction.DISPUTE_AUTHORITY: ("suggested",),
    CaseAction.RATE: ("rating",),
    CaseAction.REMIND: ("clock", "mark"),
    CaseAction.ESCALATE: ("clock", "mark"),
    CaseAction.ASSIGN: ("assignee",),
}
"""What an event keeps of an act, which the guards of its row have looked at; nothing else gets into it."""


def _details(case: Case, attempt: Attempt, row: TransitionRule) -> Details:
    command, days = attempt.command, days_of_clocks(case, attempt.regency.deadlines)
    told: dict[str, Any] = {
        "handling_class": command.handling_class.value if command.handling_class else "",
        "category": command.category or "",
        "code": command.code if row.action is CaseAction.REJECT or command.code == NOT_SENSITIVE else "",
        "parent": command.parent,
        "suggested": command.agency or "unknown",
        "rating": command.rating,
        "clock": command.clock,
        "mark": command.mark,
        "accused": command.accused,
        "assignee": command.assignee,
    }
    started = {name.value: days[name] for name in to_start(row, attempt.case_state)}
    if case.severity is Severity.URGENT and row.action in ARRIVALS:
        started[ClockName.TAKE.value] = days[ClockName.TAKE]
    return Details(days=started, **{name: told[name] for name in KEPT.get(row.action, ())})


ARRIVALS = frozenset({CaseAction.FILE, CaseAction.FORWARD, CaseAction.PASS_ON, CaseAction.RETURN, CaseAction.RULE})
"""Whoever an urgent case comes to has so many hours to take it."""


def days_of_clocks(case: Case, deadlines: Deadlines) -> Mapping[ClockName, int]:
    """How many working days each clock allows a case, and of an urgent one's how many hours."""
    return {
        ClockName.TAKE: deadlines.take_hours,
        **deadlines.days,
        ClockName.RESOLVE: deadlines.resolve[case.handling_class],
    }


def _moved(case: Case, case_state: CaseState, regency: Regency) -> Case:
    return replace(
        case,
        status=case_state.status,
        agency=case_state.agency,
        returns=case_state.returns,
        version=case_state.version,
        is_hidden=case_state.is_hidden,
        accused=case_state.accused,
        deadline=honest_day(case, case_state, regency) or case.deadline,
        next_due_at=next_due_at(case_state, regency),
        due_on=last_day(case, case_state, regency),
        assignee=case_state.claimed_by if case_state.status in OPEN else "",
    )


def last_day(case: Case, case_state: CaseState, regency: Regency) -> date | None:
    """The day by whose end whoever's turn it is must act: the first on which a running clock ends."""
    if case_state.status not in OPEN:
        return None
    running = [clock.last_day(regency.calendar) for clock in case_state.clocks if not clock.is_paused]
    return min(running, default=case.deadline)


AWAITED_FIRST: Mapping[Status, ClockName] = {
    Status.RECEIVED: ClockName.VERIFY,
    Status.FORWARDED: ClockName.ACCEPT,
    Status.IN_PROGRESS: ClockName.FOLLOW_UP,
    Status.DISPUTED_AUTHORITY: ClockName.RULE,
    Status.NEEDS_INFO: ClockName.REPLY,
    Status.ANSWERED: ClockName.CONFIRM,
}
"""The shortest of the clocks that a status starts."""


def awaited_clock(case: Case) -> ClockName:
    """The clock whose day `due_on` is; the answer's where no other ends before it."""
    if case.severity is Severity.URGENT and case.status in {Status.RECEIVED, Status.FORWARDED}:
        return ClockName.TAKE
    is_the_answer = case.due_on == case.deadline and case.status in {Status.FORWARDED, Status.IN_PROGRESS}
    return ClockName.RESOLVE if is_the_answer else AWAITED_FIRST.get(case.status, ClockName.RESOLVE)


def honest_day(case: Case, case_state: CaseState, regency: Regency) -> date | None:
    """The day by which the reporter may expect an answer, or after a contest the next word; None while none is due.

    Before a case is forwarded nobody has that long: a verifier has her days first.
    """
    calendar, deadlines = regency.calendar, regency.deadlines
    running = {clock.name: clock.last_day(calendar) for clock in case_state.clocks if not clock.is_paused}
    for name in (ClockName.RESOLVE, ClockName.FOLLOW_UP):
        if name in running:
            return running[name]
    verified = running.get(ClockName.VERIFY) or running.get(ClockName.VERIFY_AGAIN)
    return calendar.after(verified, deadlines.resolve[case.handling_class]) if verified else None
