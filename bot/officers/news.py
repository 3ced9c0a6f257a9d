"""What officers must hear of, beside the card that changes without a sound: what a citizen did, and clocks. Pure.

Of a discreet case nothing is said but in private, and of a clock nothing but the number of the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.cases.actions import CaseAction
from actions.cases.case import Case, CaseEvent, Severity, Status, Words, is_in_trust
from actions.cases.clocks import ClockMark, ClockName, is_working_day
from actions.cases.event_words import Saying, read_details
from actions.cases.outcome import Done
from actions.people.people import Person
from actions.people.roles import Role
from actions.privacy.visibility import is_confidential, said_to_group
from actions.regency.agencies import parents
from actions.regency.model import Regency
from bot.conversation.screen import Button, Label, LabelSource, Line, Screen, line, screen
from bot.officers.card import action_button, look_button, over
from bot.officers.chat_bindings import OF_THE_AGENCY, ChatBinding, actors_of, chat_bindings, is_of_the_accused, may_see
from bot.officers.covering import in_the_chat

BY_CLOCK: Mapping[ClockName, Role] = {
    ClockName.VERIFY: Role.VERIFIER,
    ClockName.VERIFY_AGAIN: Role.VERIFIER,
    ClockName.RULE: Role.ARBITER,
}
"""Clocks that no agency's people are measured by."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Those in a role, of one agency or of any; where a person is named, she alone."""

    role: Role
    agency: str | None = None
    person: str = ""


def audience(done: Done, regency: Regency) -> tuple[Audience, ...]:
    """Whom a mark is for, each mark further up; nobody for anything that is no mark of an office.

    The nudge is for the one who claimed the case, or for its unit; then its admin, that of the agency above it, and in
    the end the national admins, who are the verifiers. Of a secret or sensitive case its holder's people alone.
    """
    if done.action is not CaseAction.ESCALATE:
        return ()
    details, agency = read_details(done.event.details), done.case.agency
    clock = ClockName(details.clock)
    is_verifiers = _waits_for_verifier(done)
    own = Role.VERIFIER if is_verifiers else BY_CLOCK.get(clock)
    if is_in_trust(done.case) and clock is not ClockName.RULE:
        own = None
    workers = Audience(own) if own else Audience(Role.LIAISON, agency, done.case_state.claimed_by)
    above = next(iter(parents(regency.agencies, agency)), agency) if agency in regency.agencies else agency
    admin = Audience(Role.AGENCY_ADMIN, agency)
    match ClockMark(details.mark):
        case ClockMark.NUDGE:
            return (workers,)
        case ClockMark.UNIT_HEAD | ClockMark.LATE:
            return (workers, admin)
        case ClockMark.AGENCY_HEAD:
            return (workers, admin, Audience(Role.AGENCY_ADMIN, above))
        case ClockMark.NATIONAL:
            return (workers, admin, Audience(Role.AGENCY_ADMIN, above), Audience(Role.VERIFIER))
    return ()


def _waits_for_verifier(done: Done) -> bool:
    return read_details(done.event.details).clock == ClockName.TAKE and done.case.status is Status.RECEIVED


def is_silent(case: Case, at: datetime, regency: Regency) -> bool:
    """Whether a message about a case must not make a sound then; of an urgent one as the regency has it."""
    is_ringing = case.severity is Severity.URGENT and regency.deadlines.urgent_at_any_hour
    return is_quiet(at, regency) and not is_ringing


def is_quiet(at: datetime, regency: Regency) -> bool:
    """Whether a message must not make a sound then: in the evening, at night, and on a day off."""
    there, deadlines = at.astimezone(regency.time_zone), regency.deadlines
    is_day = deadlines.morning_hour <= there.hour < deadlines.evening_hour
    return not is_day or not is_working_day(there.date(), regency.holidays)


HEARD = frozenset(
    {
        CaseAction.REPLY,
        CaseAction.ADD,
        CaseAction.DISPUTE,
        CaseAction.REOPEN,
        CaseAction.APPEAL,
        CaseAction.WITHDRAW,
        CaseAction.CONFIRM,
        CaseAction.RATE,
    }
)
"""What the reporter did that whoever has the case must hear of."""
LATE = frozenset({ClockMark.LATE, ClockMark.AGENCY_HEAD, ClockMark.NATIONAL})

NOBODY_AWAY: Mapping[str, str] = {}

type CaseNotification = tuple[Done, str, Screen]
"""What it is about, in which chat, and what is said."""


def news(
    all_done: Sequence[Done],
    words: Mapping[str, Words],
    groups: Mapping[str, str],
    people: Sequence[Person],
    regency: Regency,
    away: Mapping[str, str] = NOBODY_AWAY,
) -> Iterator[CaseNotification]:
    """All that is to be said, each once a chat; of a clock's marks that came at once only the last.

    Args:
        all_done: what happened.
        words: what reporters wrote, by their cases, with what is covered of it.
        groups: the chat of each agency that has a group.
        people: everybody whose account is tied.
        regency: its agencies and clocks.
        away: who works in whose place, by the ids of those who are away.
    """
    marks = {(one.case.ticket, read_details(one.event.details).clock): one for one in all_done if _is_mark(one)}
    for done in all_done:
        if is_heard(done.event):
            told = words.get(done.case.ticket)
            for chat_binding in _where_it_is(done, groups, people, regency):
                shown = _from_reporter(done.case, done.action, done.saying, told, is_group=chat_binding.is_group)
                yield done, chat_binding.chat, shown
        elif _is_mark(done) and done in marks.values():
            shown = screen(_mark(done, regency), rows=_answers(done))
            yield from ((done, chat, shown) for chat in _for(done, groups, people, regency, away))
        elif done.action is CaseAction.ASSIGN:
            shown = screen(line("officer-assigned", ticket=done.case.ticket), rows=[[look_button(done.case)]])
            yield from ((done, chat, shown) for chat in _given_to(done, people, away))


def is_heard(event: CaseEvent) -> bool:
    """Whether it is something that the reporter did and officers hear of."""
    return event.who is Role.REPORTER and event.action in HEARD


def is_to_be_covered(done: Done) -> bool:
    """Whether a group must not read any more what it was told before."""
    return done.action is CaseAction.REDACT or (is_confidential(done.case) and not is_confidential(done.before))


def news_name(event: CaseEvent) -> str:
    """What the message is called that tells of an event."""
    return f"{event.number}.news"


def covered_news(case: Case, event: CaseEvent, saying: Saying, words: Words | None) -> Screen:
    """What a group was told of an event, as it may read it now."""
    if is_confidential(case):
        return over(case, is_confidential=True)
    return _from_reporter(case, CaseAction(event.action), saying, words, is_group=True)


def erased_news(event: CaseEvent) -> Screen:
    """What a group was told of an event, without the words, which are erased."""
    return screen(_what_was_done(event.ticket, CaseAction(event.action)), line("officer-news-erased"))


def _is_mark(done: Done) -> bool:
    return done.action is CaseAction.ESCALATE


def _where_it_is(
    done: Done, groups: Mapping[str, str], people: Sequence[Person], regency: Regency
) -> list[ChatBinding]:
    """Wherever its card stands or stood until now, but for moderators, whom it does not concern."""
    now = chat_bindings(done.case, done.case_state, groups, people, regency)
    found = now or chat_bindings(done.before, done.case_state, groups, people, regency)
    return [
        chat_binding
        for chat_binding in found.values()
        if {actor.role for actor in chat_binding.actors} != {Role.MODERATOR}
    ]


def _from_reporter(case: Case, action: CaseAction, saying: Saying, words: Words | None, *, is_group: bool) -> Screen:
    told = [_what_was_done(case.ticket, action)]
    if saying.words:
        said = said_to_group(saying.words, words) if is_group else saying.words
        told.append(line("officer-news-words", words=in_the_chat(said, case, is_group=is_group)))
    if saying.enclosures:
        told.append(line("officer-card-files", count=len(saying.enclosures)))
    return screen(*told)


def _what_was_done(ticket: str, action: CaseAction) -> Line:
    return line("officer-news", ticket=ticket, action=Label(LabelSource.TEXT, f"deed-{action.value}"))


def _mark(done: Done, regency: Regency) -> Line:
    details = read_details(done.event.details)
    clock = done.case_state.clock(ClockName(details.clock))
    until = clock.last_day(regency.calendar) if clock else done.case.deadline
    what = Label(LabelSource.TEXT, f"clock-{details.clock}")
    if details.clock == ClockName.TAKE:
        return line("officer-mark-urgent", ticket=done.case.ticket, agency=Label(LabelSource.AGENCY, done.case.agency))
    key = "officer-mark-late" if ClockMark(details.mark) in LATE else "officer-mark"
    return line(key, ticket=done.case.ticket, what=what, date=until, agency=Label(LabelSource.AGENCY, done.case.agency))


def _answers(done: Done) -> list[list[Button]]:
    """The button that answers a reminder, and the one that shows the case."""
    action = _answering(ClockName(read_details(done.event.details).clock), done.case.status)
    return [[action_button(action, done.case)], [look_button(done.case)]]


def _answering(clock: ClockName, status: Status) -> CaseAction:
    match status:
        case Status.RECEIVED:
            return CaseAction.FORWARD
        case Status.DISPUTED_AUTHORITY:
            return CaseAction.RULE
        case Status.FORWARDED:
            return CaseAction.ACCEPT
    return CaseAction.NOTE if clock is ClockName.FOLLOW_UP else CaseAction.ANSWER


def _given_to(done: Done, people: Sequence[Person], away: Mapping[str, str]) -> list[str]:
    """The private chat of whoever has the case now, or works in her place; nobody who gave it to herself."""
    named = read_details(done.event.details).assignee
    meant = {away.get(named, named)} - {done.event.person}
    return [person.chat for person in people if person.chat and str(person.id) in meant]


def _for(
    done: Done, groups: Mapping[str, str], people: Sequence[Person], regency: Regency, away: Mapping[str, str]
) -> list[str]:
    """The chats in which a mark is heard, each once, but for those that have heard of this clock before."""
    everybody, newly = audience(done, regency), _newly_meant(done, regency)
    before = [one for one in everybody if one not in newly] if not _is_the_day(done) else []

    def chats(meant: Iterable[Audience]) -> dict[str, None]:
        found = (_of_audience(one, done, groups, people, regency, away) for one in meant)
        return {chat: None for one in found for chat in one}

    told = chats(before)
    return [chat for chat in chats(newly) if chat not in told]


def _is_the_day(done: Done) -> bool:
    """Of a day that has passed those who were reminded before hear again."""
    return ClockMark(read_details(done.event.details).mark) is ClockMark.LATE


def _newly_meant(done: Done, regency: Regency) -> tuple[Audience, ...]:
    """Those to whom no earlier mark of this clock went; of a day that has passed everybody."""
    everybody, details = audience(done, regency), read_details(done.event.details)
    match ClockMark(details.mark):
        case ClockMark.UNIT_HEAD:
            return everybody[1:]
        case ClockMark.AGENCY_HEAD:
            return everybody[2:]
        case ClockMark.NATIONAL:
            return everybody[3:]
    return everybody


IN_GROUPS = frozenset({ClockMark.LATE, ClockMark.AGENCY_HEAD})
"""Marks that a group hears of at once; the others stand in its daily digest."""


def _of_audience(
    one: Audience,
    done: Done,
    groups: Mapping[str, str],
    people: Sequence[Person],
    regency: Regency,
    away: Mapping[str, str],
) -> list[str]:
    """The one who is meant; else the agency's group; where it has none, or the case is discreet, those in this role."""
    one = replace(one, person=away.get(one.person, one.person))
    meant = [person for person in people if _is_meant(person, one, done, regency)]
    able = [person for person in people if not is_of_the_accused(person, done.case, regency)]
    claimant = [person.chat for person in able if person.chat and str(person.id) == one.person]
    group = groups.get(one.agency or "")
    alone = [person.chat for person in meant if person.chat]
    is_ring = read_details(done.event.details).clock == ClockName.TAKE and one.role is Role.AGENCY_ADMIN
    if is_ring and alone:
        return alone
    if claimant:
        return claimant
    if one.role in OF_THE_AGENCY and group and not is_confidential(done.case):
        return [group] if _is_for_a_group(done) else []
    return alone


def _is_for_a_group(done: Done) -> bool:
    """A case that nobody has taken is not followed up either: that says nothing new."""
    details = read_details(done.event.details)
    is_said = details.clock == ClockName.FOLLOW_UP and done.case.status is Status.FORWARDED
    return ClockMark(details.mark) in IN_GROUPS and not is_said


def _is_meant(person: Person, one: Audience, done: Done, regency: Regency) -> bool:
    roles = {actor.role for actor in actors_of(person)}
    is_there = one.agency is None or person.agency == one.agency
    if not (one.role in roles and is_there):
        return False
    if is_in_trust(done.case):
        return may_see(person, done.case, regency, done.case_state.contests)
    return not is_of_the_accused(person, done.case, regency)
