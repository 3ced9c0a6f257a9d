"""What must hold before a case may take a step, besides who takes it from where to where. Pure.

A guard answers the key of a refusal, which is a sentence of the text files, or None. In the table they read as
`must.have_a_reason`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.cases.accused import keeps_out
from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import TERMINAL, Case, HandlingClass, Status, Visibility, is_in_trust, is_public
from actions.cases.case_state import CaseState
from actions.cases.clocks import REMINDERS, ClockMark, ClockName
from actions.cases.event_words import is_bare
from actions.cases.outcome import is_reachable
from actions.cases.routing import accused_by, may_review
from actions.people.roles import Actor, Role
from actions.regency.agencies import parents, siblings
from actions.regency.model import Regency

OF_AN_AGENCY = frozenset({Role.LIAISON, Role.AGENCY_ADMIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardContext:
    """What a handler has looked up for a step beside the case itself.

    Attributes:
        parent: the case that it shall be merged into; None where there is none of that number.
        ancestors: tickets of the cases that the parent was merged into itself.
        supporters: how many citizens support the case, its reporter apart.
        reminders_delivered: how many of the reminders that the running clock has sent have reached the reporter.
        assignee_agency: the agency of the officer to whom the case shall be given, who works on its cases; None where
            there is no such officer.
    """

    parent: Case | None = None
    ancestors: frozenset[str] = frozenset()
    supporters: int = 0
    reminders_delivered: int = 0
    assignee_agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A step that someone wants to take, as the guards see it."""

    case: Case
    case_state: CaseState
    command: CaseCommand
    who: Actor
    at: datetime
    regency: Regency
    guard_context: GuardContext


type Guard = Callable[[Attempt], str | None]
type Health = Callable[[Attempt], bool]


def hold_always(attempt: Attempt) -> bool:
    """A guard that always holds."""
    del attempt
    return True


def have_a_reason(attempt: Attempt) -> str | None:
    """Whoever asks later must be able to read why."""
    command = attempt.command
    return None if command.why.strip() or command.words.strip() else "refused-no-reason"


def be_seen(attempt: Attempt) -> str | None:
    """What is hidden already is not hidden again."""
    return "refused-hidden" if attempt.case.is_hidden else None


def say_something(attempt: Attempt) -> str | None:
    """Requires words; a picture alone does not do."""
    return None if attempt.command.words.strip() else "refused-no-words"


def say_or_show_something(attempt: Attempt) -> str | None:
    """Requires words or a picture."""
    return None if attempt.command.words.strip() or attempt.command.photos else "refused-no-words"


def leave_the_held_to_people(attempt: Attempt) -> str | None:
    """The system forwards what the citizen has categorised, and never a secret or sensitive case."""
    case = attempt.case
    is_open = case.category is not None and not is_in_trust(case)
    return None if is_open or attempt.who.role is not Role.SYSTEM else "refused-held-back"


def keep_what_is_in_trust(attempt: Attempt) -> str | None:
    """The system hands over to nobody outside what is secret, sensitive or hidden."""
    is_open = is_public(attempt.case)
    return None if is_open or attempt.who.role is not Role.SYSTEM else "refused-held-back"


def be_another_verifier(attempt: Attempt) -> str | None:
    """Who rejected or merged a case does not judge the appeal."""
    case_state, who = attempt.case_state, attempt.who
    is_judge = bool(who.person) and who.person == case_state.judged_by
    is_verifying = who.role is Role.VERIFIER or case_state.status is Status.RECEIVED
    return "refused-own-judgement" if case_state.appeals and is_verifying and is_judge else None


def verify_what_is_in_trust(attempt: Attempt) -> str | None:
    """People of an agency verify only what it holds that is secret or sensitive; all else is for the verifiers."""
    if attempt.who.role not in OF_AN_AGENCY:
        return None
    is_own = attempt.who.agency == attempt.case_state.agency
    return None if is_own and is_in_trust(attempt.case) else "refused-not-yours"


def be_still_the_reporter(attempt: Attempt) -> str | None:
    """She who has withdrawn has no more to say of a case that goes on."""
    is_gone = attempt.case_state.is_left and attempt.who.role is Role.REPORTER
    return "refused-left" if is_gone else None


def act_for_the_holder(attempt: Attempt) -> str | None:
    """A liaison acts for the agency that holds the case, an agency admin also from above it."""
    who, holder = attempt.who, attempt.case_state.agency
    if who.role not in OF_AN_AGENCY or who.agency == holder:
        return None
    above = parents(attempt.regency.agencies, holder) if holder in attempt.regency.agencies else ()
    return None if who.role is Role.AGENCY_ADMIN and who.agency in above else "refused-other-agency"


def hand_over_her_own(attempt: Attempt) -> str | None:
    """A liaison gives away what is hers, or what is nobody's yet; the agency's admin gives and takes any case."""
    claimed_by, who = attempt.case_state.claimed_by, attempt.who
    is_free = not claimed_by or claimed_by == who.person
    return None if is_free or who.role is Role.AGENCY_ADMIN else "refused-not-claimed"


def name_a_colleague(attempt: Attempt) -> str | None:
    """Requires an officer of the agency that holds the case, or of one above it."""
    holder, agency = attempt.case_state.agency, attempt.guard_context.assignee_agency
    above = parents(attempt.regency.agencies, holder) if holder in attempt.regency.agencies else ()
    return None if agency is not None and agency in {holder, *above} else "refused-no-colleague"


def name_an_agency(attempt: Attempt) -> str | None:
    """Requires an agency that holds the case from now on."""
    return None if attempt.command.agency else "refused-no-agency"


def name_a_known_agency(attempt: Attempt) -> str | None:
    """The agency is one of the regency's; none is named where it stays with its holder."""
    agency = attempt.command.agency
    return None if agency is None or agency in attempt.regency.agencies else "refused-unknown-agency"


def name_a_known_category(attempt: Attempt) -> str | None:
    """A category is one that is offered, or the case's own; none is named where it stays as it is."""
    category = attempt.command.category
    may_be = {attempt.case.category, None, *(leaf.slug for leaf in attempt.regency.offered())}
    is_known = category in may_be
    return None if is_known else "refused-unknown-category"


def spare_the_accused(attempt: Attempt) -> str | None:
    """What is about an agency never comes before it or one below it, unless a verifier finds it is no such matter."""
    command, agencies = attempt.command, attempt.regency.agencies
    case = replace(attempt.case, category=command.category or attempt.case.category)
    if command.agency is None or command.agency not in agencies or command.code == NOT_SENSITIVE:
        return None
    is_kept_out = keeps_out(agencies, command.agency, accused_by(attempt.regency, case))
    return "refused-accused" if is_kept_out else None


NOT_SENSITIVE = "not_sensitive"
"""The code with which a verifier forwards what only sounded like bribery or violence."""


def name_another_agency(attempt: Attempt) -> str | None:
    """It is said who holds the case from now on, and it is someone else."""
    if not attempt.command.agency:
        return "refused-no-agency"
    return "refused-same-agency" if attempt.command.agency == attempt.case_state.agency else None


def stay_in_the_government(attempt: Attempt) -> str | None:
    """An agency admin moves a case among the units of one government only."""
    related = siblings(attempt.regency.agencies, attempt.case_state.agency)
    return None if attempt.command.agency in related else "refused-other-government"


def be_the_first_return(attempt: Attempt) -> str | None:
    """A second return is a dispute about authority."""
    return "refused-returned-before" if attempt.case_state.returns else None


def be_a_second_return(attempt: Attempt) -> str | None:
    """The first one goes back to the verifier."""
    return None if attempt.case_state.returns else "refused-not-returned-before"


def not_be_bound(attempt: Attempt) -> str | None:
    """The agency on which an arbiter has ruled keeps the case."""
    return "refused-bound" if attempt.case_state.bound == attempt.case_state.agency else None


def not_suggest_itself(attempt: Attempt) -> str | None:
    """An agency that sends a case back names another one, or none."""
    agency = attempt.command.agency
    if agency == attempt.case_state.agency:
        return "refused-same-agency"
    return name_a_known_agency(attempt)


def ask_twice_at_most(attempt: Attempt) -> str | None:
    """Refuses a question once the reporter was asked as often as the regency allows."""
    most = attempt.regency.deadlines.questions
    return "refused-asked-enough" if attempt.case_state.questions >= most else None


def be_heard(attempt: Attempt) -> str | None:
    """A reporter who has withdrawn is asked nothing, nor is one to whom nobody can write: the offices' clocks go on."""
    if attempt.case_state.is_left:
        return "refused-left"
    return None if is_reachable(attempt.case.channel) else "refused-unreachable"


def have_a_code(attempt: Attempt) -> str | None:
    """A rejection names one of the known reasons."""
    return None if attempt.command.code in REJECTIONS else "refused-no-code"


REJECTIONS = ("no_complaint", "unclear", "twice", "insulting", "in_court", "untrue")
"""Why a case is rejected. Each has its sentence in the text files."""


def say_how_to_mend(attempt: Attempt) -> str | None:
    """Whoever is rejected is told what she can do."""
    return None if attempt.command.mend.strip() else "refused-no-mend"


def name_a_body(attempt: Attempt) -> str | None:
    """Whoever is sent elsewhere is told to whom, and how to reach them."""
    return None if attempt.command.body.strip() and attempt.command.contact.strip() else "refused-no-body"


def name_an_open_parent(attempt: Attempt) -> str | None:
    """A case goes into one that is still being worked on."""
    parent = attempt.guard_context.parent
    if parent is None:
        return "refused-no-parent"
    return "refused-parent-over" if parent.status in TERMINAL else None


def be_as_visible(attempt: Attempt) -> str | None:
    """A secret case never becomes part of a public one, nor the other way round."""
    parent = attempt.guard_context.parent
    case = attempt.case
    is_same = parent is None or (parent.visibility, parent.sensitive) == (case.visibility, case.sensitive)
    return None if is_same else "refused-other-visibility"


def not_circle(attempt: Attempt) -> str | None:
    """No case is merged into itself, however far round."""
    parent, ticket = attempt.guard_context.parent, attempt.case.ticket
    is_circle = parent is not None and (parent.ticket == ticket or ticket in attempt.guard_context.ancestors)
    return "refused-circle" if is_circle else None


def be_the_reviewer(attempt: Attempt) -> str | None:
    """Who answers depends on the handling class, and on how often an answer was contested."""
    handling = attempt.case.handling_class is HandlingClass.SUPERVISORY
    return may_review(
        attempt.case_state, attempt.who, is_supervisory=handling, is_answer=attempt.command.action is CaseAction.ANSWER
    )


def say_more_than_a_template(attempt: Attempt) -> str | None:
    """A sentence such as "we will follow it up" is no progress."""
    return "refused-template" if is_bare(attempt.command.words, attempt.regency.templates) else None


def show_a_proof(attempt: Attempt) -> str | None:
    """Requires a photo where the category is of something that can be seen."""
    category = attempt.regency.categories.get(attempt.case.category or "")
    needs_one = category is not None and category.physical
    return "refused-no-photo" if needs_one and not attempt.command.photos else None


def accept_the_arbiter_s_answer(attempt: Attempt) -> str | None:
    """There is nobody above the arbiter in this service."""
    return "refused-arbiter-answered" if attempt.case_state.answered_as == Role.ARBITER else None


def have_confirmed(attempt: Attempt) -> str | None:
    """Silence is no rating, and invites none."""
    return None if attempt.case_state.is_confirmed else "refused-not-confirmed"


def have_rated(attempt: Attempt) -> str | None:
    """What is said of a case that is closed are the words to its rating."""
    return None if attempt.case_state.rating else "refused-over"


def rate_from_one_to_five_once(attempt: Attempt) -> str | None:
    """Requires a rating from 1 to 5, and that none was given before."""
    if attempt.case_state.rating:
        return "refused-rated"
    return None if 1 <= attempt.command.rating <= 5 else "refused-no-rating"  # noqa: PLR2004 - that is the scale


def be_in_time_to_reopen(attempt: Attempt) -> str | None:
    """Refuses reopening a case after the days that the regency allows."""
    ended, days = attempt.case_state.ended_at, attempt.regency.deadlines.reopen_calendar_days
    calendar = attempt.regency.calendar
    is_in_time = ended is None or calendar.day(attempt.at) <= calendar.day(ended) + timedelta(days=days)
    return None if is_in_time else "refused-too-late-to-reopen"


def reopen_once_directly(attempt: Attempt) -> str | None:
    """The reporter reopens once; a second time only the arbiter does."""
    is_second = attempt.case_state.reopenings > 0
    if attempt.who.role is Role.ARBITER:
        return None if is_second else "refused-reporter-reopens"
    return "refused-reopened-before" if is_second else None


def appeal_once(attempt: Attempt) -> str | None:
    """Refuses a second appeal of a case."""
    return "refused-appealed-before" if attempt.case_state.appeals else None


def appeal_in_time(attempt: Attempt) -> str | None:
    """Until the end of the last day of the appeal's clock."""
    clock, calendar = attempt.case_state.clock(ClockName.APPEAL), attempt.regency.calendar
    is_in_time = clock is not None and attempt.at < calendar.end(clock.last_day(calendar))
    return None if is_in_time else "refused-too-late-to-appeal"


LEAVES = "leaves"
"""The code with which a reporter leaves a public case to go on without her, though nobody supports it."""


def concern_nobody_else(attempt: Attempt) -> bool:
    """No one but the reporter would miss it: it is secret, or nobody supports it, and she does not just leave it."""
    is_missed = attempt.guard_context.supporters > 0 or attempt.command.code == LEAVES
    return attempt.case.visibility is Visibility.SECRET or not is_missed


def have_an_end(attempt: Attempt) -> bool:
    """A day is promised by which it is answered, so that following it up is done once it was done."""
    return attempt.case_state.clock(ClockName.RESOLVE) is not None


def have_reminded_twice(attempt: Attempt) -> str | None:
    """Silence counts only where both reminders have reached her, or where there is nobody whom they could reach."""
    is_nobody = attempt.case_state.is_left or not is_reachable(attempt.case.channel)
    is_heard = is_nobody or attempt.guard_context.reminders_delivered >= len(REMINDERS)
    return None if is_heard else "refused-not-reminded"


def have_waited(attempt: Attempt) -> str | None:
    """Her days are over, and the reminders were sent long enough ago."""
    name = ClockName.REPLY if attempt.case_state.status is Status.NEEDS_INFO else ClockName.CONFIRM
    return _is_due(attempt, name, ClockMark.SILENCE)


def be_due(attempt: Attempt) -> str | None:
    """Each mark of a clock comes once, in its order, and not before its time."""
    return _is_due(attempt, ClockName(attempt.command.clock), ClockMark(attempt.command.mark))


def _is_due(attempt: Attempt, name: ClockName, mark: ClockMark) -> str | None:
    clock, regency = attempt.case_state.clock(name), attempt.regency
    following = clock.next_mark(regency.deadlines.ladder, regency.calendar) if clock else None
    if following is None or following[1] is not mark or following[0] > attempt.at:
        return "refused-not-due"
    return None


OF_PEOPLE = frozenset(
    {
        act_for_the_holder,
        hand_over_her_own,
        be_another_verifier,
        verify_what_is_in_trust,
        be_still_the_reporter,
        be_the_reviewer,
        ask_twice_at_most,
        be_heard,
        not_be_bound,
        accept_the_arbiter_s_answer,
        have_confirmed,
        have_rated,
        reopen_once_directly,
        appeal_once,
        be_seen,
    }
)
"""Guards that ask who it is and where the case stands, and nothing of what she is about to say."""
