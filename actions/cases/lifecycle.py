"""How a case moves: the table of docs/cases.md as data, which `decide.py` takes steps of. Pure; no words for people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from actions.cases import guards as must
from actions.cases.actions import CaseAction
from actions.cases.case import OPEN, TERMINAL, Case, CaseEvent, Status, is_in_trust
from actions.cases.clocks import OFFICES, ClockName
from actions.cases.guards import Guard, Health
from actions.people.roles import Role

EVER = frozenset(Status)
WORKABLE = frozenset({Status.RECEIVED, Status.FORWARDED, Status.IN_PROGRESS})
ALL = frozenset(ClockName)


class StepRefused(Exception):
    """A step that the table does not allow.

    Attributes:
        reason_key: of the sentence that says why.
        data: what that sentence names.
    """

    def __init__(self, reason_key: str, **data: str) -> None:
        """Takes the key and the names."""
        super().__init__(reason_key)
        self.reason_key: str = reason_key
        self.data: Mapping[str, str] = data


class Goes(Enum):
    """Where a row leads that has no status of its own: nowhere, or back to where a question came in between."""

    NOWHERE = "nowhere"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class TransitionRule:
    """A row of the table in docs/cases.md.

    Attributes:
        number: as in that table; 0 for what moves nothing.
        came_from: the statuses it leaves; None is a draft, which is not a case yet.
        to: the status it reaches.
        who: the roles that may take it.
        guards: what must hold besides; a refusal where it does not.
        when: what chooses between rows of one action; the first row for which it holds is taken.
        starts, stops: clocks; one that already runs is not started again, unless it is also stopped.
        pauses, resumes: all that run, all that are paused.
    """

    number: int
    action: CaseAction
    came_from: Collection[Status | None]
    to: Status | Goes
    who: Collection[Role]
    guards: tuple[Guard, ...] = ()
    starts: tuple[ClockName, ...] = ()
    stops: Collection[ClockName] = frozenset()
    pauses: bool = False
    resumes: bool = False
    when: Health = must.hold_always


__all__ = ["OPEN", "TABLE", "TERMINAL", "Goes", "StepRefused", "TransitionRule", "action_of", "row_of"]

R, C = Role, ClockName
TABLE = (
    TransitionRule(1, CaseAction.FILE, {None}, Status.RECEIVED, {R.REPORTER}, starts=(C.VERIFY,)),
    TransitionRule(
        2,
        CaseAction.FORWARD,
        {Status.RECEIVED},
        Status.FORWARDED,
        {R.VERIFIER, R.SYSTEM, R.LIAISON, R.AGENCY_ADMIN},
        (
            must.verify_what_is_in_trust,
            must.have_a_reason,
            must.leave_the_held_to_people,
            must.be_another_verifier,
            must.name_a_known_agency,
            must.name_a_known_category,
            must.spare_the_accused,
        ),
        starts=(C.ACCEPT, C.FOLLOW_UP, C.RESOLVE),
        stops={C.VERIFY, C.VERIFY_AGAIN},
    ),
    TransitionRule(
        3,
        CaseAction.ASK,
        WORKABLE,
        Status.NEEDS_INFO,
        {R.VERIFIER, R.LIAISON, R.AGENCY_ADMIN},
        (must.act_for_the_holder, must.be_another_verifier, must.say_something, must.ask_twice_at_most, must.be_heard),
        starts=(C.REPLY,),
        pauses=True,
    ),
    TransitionRule(
        4,
        CaseAction.REPLY,
        {Status.NEEDS_INFO},
        Goes.BACK,
        {R.REPORTER},
        (must.be_still_the_reporter, must.say_or_show_something),
        stops={C.REPLY},
        resumes=True,
    ),
    TransitionRule(
        5,
        CaseAction.CLOSE_UNREPLIED,
        {Status.NEEDS_INFO},
        Status.CLOSED,
        {R.SYSTEM},
        (must.have_waited, must.have_reminded_twice),
        stops=ALL,
    ),
    TransitionRule(
        6,
        CaseAction.REJECT,
        {Status.RECEIVED},
        Status.REJECTED,
        {R.VERIFIER, R.LIAISON, R.AGENCY_ADMIN},
        (
            must.verify_what_is_in_trust,
            must.be_another_verifier,
            must.have_a_code,
            must.say_something,
            must.say_how_to_mend,
        ),
        starts=(C.APPEAL,),
        stops=ALL,
    ),
    TransitionRule(
        7,
        CaseAction.REFER,
        WORKABLE,
        Status.REFERRED,
        {R.VERIFIER, R.ARBITER, R.LIAISON, R.AGENCY_ADMIN, R.SYSTEM},
        (must.verify_what_is_in_trust, must.keep_what_is_in_trust, must.be_another_verifier, must.name_a_body),
        stops=ALL,
    ),
    TransitionRule(
        8,
        CaseAction.MERGE,
        WORKABLE,
        Status.MERGED,
        {R.VERIFIER, R.AGENCY_ADMIN},
        (
            must.act_for_the_holder,
            must.be_another_verifier,
            must.name_an_open_parent,
            must.be_as_visible,
            must.not_circle,
        ),
        starts=(C.APPEAL,),
        stops=ALL,
    ),
    TransitionRule(
        9,
        CaseAction.ACCEPT,
        {Status.FORWARDED},
        Status.IN_PROGRESS,
        {R.LIAISON, R.AGENCY_ADMIN},
        (must.act_for_the_holder,),
        stops={C.ACCEPT, C.TAKE},
    ),
    TransitionRule(
        9,
        CaseAction.ACCEPT,
        {Status.RECEIVED},
        Status.IN_PROGRESS,
        {R.LIAISON, R.AGENCY_ADMIN},
        (must.verify_what_is_in_trust, must.be_another_verifier),
        starts=(C.FOLLOW_UP, C.RESOLVE),
        stops={C.VERIFY, C.VERIFY_AGAIN, C.TAKE},
    ),
    TransitionRule(
        10,
        CaseAction.PASS_ON,
        {Status.FORWARDED},
        Status.FORWARDED,
        {R.AGENCY_ADMIN},
        (
            must.act_for_the_holder,
            must.name_another_agency,
            must.stay_in_the_government,
            must.spare_the_accused,
        ),
        starts=(C.ACCEPT,),
        stops={C.ACCEPT},
    ),
    TransitionRule(
        11,
        CaseAction.RETURN,
        {Status.FORWARDED},
        Status.RECEIVED,
        {R.AGENCY_ADMIN},
        (
            must.act_for_the_holder,
            must.have_a_reason,
            must.be_the_first_return,
            must.not_be_bound,
            must.not_suggest_itself,
        ),
        starts=(C.VERIFY_AGAIN,),
        stops={C.ACCEPT, C.FOLLOW_UP},
    ),
    TransitionRule(
        12,
        CaseAction.DISPUTE_AUTHORITY,
        {Status.FORWARDED},
        Status.DISPUTED_AUTHORITY,
        {R.SYSTEM},
        (
            must.act_for_the_holder,
            must.have_a_reason,
            must.be_a_second_return,
            must.not_be_bound,
            must.not_suggest_itself,
        ),
        starts=(C.RULE,),
        stops={C.ACCEPT},
        pauses=True,
    ),
    TransitionRule(
        13,
        CaseAction.RULE,
        {Status.DISPUTED_AUTHORITY},
        Status.FORWARDED,
        {R.ARBITER},
        (must.have_a_reason, must.name_an_agency, must.name_a_known_agency, must.spare_the_accused),
        starts=(C.ACCEPT,),
        stops={C.RULE},
        resumes=True,
    ),
    TransitionRule(
        14,
        CaseAction.NOTE,
        {Status.IN_PROGRESS},
        Status.IN_PROGRESS,
        {R.LIAISON, R.AGENCY_ADMIN, R.ARBITER},
        (must.be_the_reviewer, must.act_for_the_holder, must.say_something, must.say_more_than_a_template),
        stops={C.FOLLOW_UP},
        when=must.have_an_end,
    ),
    TransitionRule(
        14,
        CaseAction.NOTE,
        {Status.IN_PROGRESS},
        Status.IN_PROGRESS,
        {R.LIAISON, R.AGENCY_ADMIN, R.ARBITER},
        (must.be_the_reviewer, must.act_for_the_holder, must.say_something, must.say_more_than_a_template),
        starts=(C.FOLLOW_UP,),
        stops={C.FOLLOW_UP},
    ),
    TransitionRule(
        15,
        CaseAction.ANSWER,
        {Status.IN_PROGRESS},
        Status.ANSWERED,
        {R.LIAISON, R.AGENCY_ADMIN, R.ARBITER},
        (
            must.be_the_reviewer,
            must.act_for_the_holder,
            must.say_something,
            must.say_more_than_a_template,
            must.show_a_proof,
        ),
        starts=(C.CONFIRM,),
        stops=OFFICES,
    ),
    TransitionRule(
        16, CaseAction.CONFIRM, {Status.ANSWERED}, Status.CLOSED, {R.REPORTER}, (must.be_still_the_reporter,), stops=ALL
    ),
    TransitionRule(
        16,
        CaseAction.RATE,
        {Status.CLOSED},
        Status.CLOSED,
        {R.REPORTER},
        (must.be_still_the_reporter, must.have_confirmed, must.rate_from_one_to_five_once),
    ),
    TransitionRule(
        17,
        CaseAction.DISPUTE,
        {Status.ANSWERED},
        Status.IN_PROGRESS,
        {R.REPORTER},
        (must.be_still_the_reporter, must.have_a_reason, must.accept_the_arbiter_s_answer),
        starts=(C.FOLLOW_UP,),
        stops={C.CONFIRM},
    ),
    TransitionRule(
        18,
        CaseAction.CLOSE_UNCONFIRMED,
        {Status.ANSWERED},
        Status.CLOSED,
        {R.SYSTEM},
        (must.have_waited, must.have_reminded_twice),
        stops=ALL,
    ),
    TransitionRule(
        19,
        CaseAction.REOPEN,
        {Status.CLOSED},
        Status.IN_PROGRESS,
        {R.REPORTER, R.ARBITER},
        (must.be_still_the_reporter, must.have_a_reason, must.be_in_time_to_reopen, must.reopen_once_directly),
        starts=(C.FOLLOW_UP,),
    ),
    TransitionRule(
        20,
        CaseAction.APPEAL,
        {Status.REJECTED, Status.MERGED},
        Status.RECEIVED,
        {R.REPORTER},
        (must.be_still_the_reporter, must.have_a_reason, must.appeal_once, must.appeal_in_time),
        starts=(C.VERIFY,),
        stops={C.APPEAL},
    ),
    TransitionRule(
        21,
        CaseAction.WITHDRAW,
        OPEN,
        Status.WITHDRAWN,
        {R.REPORTER},
        (must.be_still_the_reporter,),
        stops=ALL,
        when=must.concern_nobody_else,
    ),
    TransitionRule(
        21,
        CaseAction.WITHDRAW,
        OPEN,
        Goes.BACK,
        {R.REPORTER},
        (must.be_still_the_reporter,),
        stops={C.REPLY},
        resumes=True,
    ),
    TransitionRule(22, CaseAction.HIDE, EVER, Goes.NOWHERE, {R.MODERATOR}, (must.have_a_reason, must.be_seen)),
    TransitionRule(22, CaseAction.REDACT, EVER, Goes.NOWHERE, {R.MODERATOR}, (must.have_a_reason,)),
    TransitionRule(
        0,
        CaseAction.ADD,
        OPEN - {Status.NEEDS_INFO},
        Goes.NOWHERE,
        {R.REPORTER},
        (must.be_still_the_reporter, must.say_or_show_something),
    ),
    TransitionRule(
        0,
        CaseAction.ADD,
        {Status.CLOSED},
        Goes.NOWHERE,
        {R.REPORTER},
        (must.be_still_the_reporter, must.have_rated, must.say_or_show_something),
    ),
    TransitionRule(
        0,
        CaseAction.ASSIGN,
        {Status.FORWARDED, Status.IN_PROGRESS},
        Goes.NOWHERE,
        {R.LIAISON, R.AGENCY_ADMIN},
        (must.act_for_the_holder, must.hand_over_her_own, must.name_a_colleague),
    ),
    TransitionRule(
        0, CaseAction.REMIND, {Status.NEEDS_INFO, Status.ANSWERED}, Goes.NOWHERE, {R.SYSTEM}, (must.be_due,)
    ),
    TransitionRule(0, CaseAction.ESCALATE, OPEN, Goes.NOWHERE, {R.SYSTEM}, (must.be_due,)),
)

ROWS_OF: Mapping[CaseAction, tuple[TransitionRule, ...]] = {
    action: tuple(row for row in TABLE if row.action is action) for action in CaseAction
}
"""The rows of the table by their action."""

ACTIONS_OF: Mapping[tuple[Status, Role], tuple[CaseAction, ...]] = {
    (status, role): tuple(
        action for action, rows in ROWS_OF.items() if any(status in row.came_from and role in row.who for row in rows)
    )
    for status in Status
    for role in Role
}
"""What the table lets a role do where a case stands so, before anything else is asked, in the order of the actions."""


def has_row(action: CaseAction, roles: Collection[Role], case: Case) -> bool:
    """Whether the table lets somebody with these roles do this to such a case of hers; guards ask more of each.

    One guard is asked here: people of an agency verify only what is in trust.
    """
    for row in ROWS_OF[action]:
        may = {role for role in row.who if role in roles}
        if must.verify_what_is_in_trust in row.guards and not is_in_trust(case):
            may -= must.OF_AN_AGENCY
        if may and case.status in row.came_from:
            return True
    return False


_BEFORE_DEEDS: Mapping[tuple[Status | None, Status], CaseAction] = {
    (None, Status.RECEIVED): CaseAction.FILE,
    (Status.RECEIVED, Status.FORWARDED): CaseAction.FORWARD,
    (Status.FORWARDED, Status.FORWARDED): CaseAction.PASS_ON,
    (Status.FORWARDED, Status.RECEIVED): CaseAction.RETURN,
    (Status.RECEIVED, Status.WITHDRAWN): CaseAction.WITHDRAW,
    (Status.FORWARDED, Status.WITHDRAWN): CaseAction.WITHDRAW,
}


def action_of(event: CaseEvent) -> CaseAction | None:
    """What was done; None for an event of no version of this program."""
    if not event.action:
        return _BEFORE_DEEDS.get((event.came_from, event.to))
    try:
        return CaseAction(event.action)
    except ValueError:
        return None


def row_of(event: CaseEvent) -> TransitionRule | None:
    """The row that an event took; None where the table has none."""
    action = action_of(event)
    taken = ROWS_OF[action] if action else ()
    rows = [row for row in taken if event.came_from in row.came_from and event.who in row.who]
    exact = [row for row in rows if row.to is event.to]
    open_ended = [row for row in rows if isinstance(row.to, Goes) and _may_lead(row.to, event)]
    return next(iter([*exact, *open_ended]), None)


def _may_lead(goes: Goes, event: CaseEvent) -> bool:
    if goes is Goes.NOWHERE or event.came_from is not Status.NEEDS_INFO:
        return event.to is event.came_from
    return event.to in WORKABLE
