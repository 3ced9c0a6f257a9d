"""What the reporter of a case is told of what somebody else did to it: lines of the text files. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from actions.cases.actions import CaseAction
from actions.cases.case import Case, is_in_trust
from actions.cases.citizen_actions import citizen_actions, is_promised, waits_to_be_taken
from actions.cases.clocks import ClockMark, ClockName
from actions.cases.event_words import read_details
from actions.cases.outcome import Done
from actions.people.roles import Role
from actions.regency.model import Regency
from bot.conversation.own_cases.screens import URGENT
from bot.conversation.screen import Label, LabelSource, Line, line


def notice(done: Done, regency: Regency) -> Sequence[Line]:
    """What is to be said to the reporter; nothing where she need not hear of it now."""
    is_filing = done.action is CaseAction.FORWARD and done.event.who is Role.SYSTEM
    if is_filing or done.case_state.is_left or done.event.who is Role.REPORTER:
        return ()
    words = NOTICES.get(done.action)
    return words(done, regency) if words else ()


ASKING = frozenset(
    {
        CaseAction.ANSWER,
        CaseAction.ASK,
        CaseAction.REMIND,
        CaseAction.REJECT,
        CaseAction.MERGE,
        CaseAction.CLOSE_UNREPLIED,
        CaseAction.CLOSE_UNCONFIRMED,
    }
)
"""After these her word is waited for, or she may not want to leave it at that."""


def asked_of_her(done: Done, regency: Regency) -> tuple[str, ...]:
    """What the buttons of a notice offer her to do."""
    if done.action not in ASKING:
        return ()
    may = citizen_actions(done.case, done.case_state, done.event.at, regency, among=URGENT)
    return tuple(action.value for action in may)


type InLines = Callable[[Done, Regency], Sequence[Line]]


def _agency(case: Case) -> Label:
    return Label(LabelSource.AGENCY, case.agency)


def _now_with(ticket: str, agency: Label) -> Line:
    return line("notice-moved", ticket=ticket, agency=agency)


def _moved(done: Done, regency: Regency) -> Sequence[Line]:
    case = done.case
    is_ruling = done.action is CaseAction.RULE
    who = _agency(case)
    moved = line("notice-ruled", ticket=case.ticket, agency=who) if is_ruling else _now_with(case.ticket, who)
    reason = [line("status-reason", reason=case.reason)] if case.reason else []
    hours, until = regency.deadlines.take_hours, line("filed-deadline", date=case.deadline)
    return [moved, *reason, line("filed-urgent", count=hours) if waits_to_be_taken(case) else until]


def _asked(done: Done, regency: Regency) -> Sequence[Line]:
    until = _until(done, ClockName.REPLY, regency)
    asked = line("notice-asked", ticket=done.case.ticket, agency=_agency(done.case), words=done.saying.words)
    return [asked, line("notice-asked-until", date=until)]


def _rejected(done: Done, regency: Regency) -> Sequence[Line]:
    return [
        line("notice-rejected", ticket=done.case.ticket),
        line(f"rejection-{read_details(done.event.details).code}"),
        line("notice-words", words=done.saying.words),
        line("notice-mend", words=done.saying.mend),
        line("notice-appeal-until", date=_until(done, ClockName.APPEAL, regency)),
    ]


def _referred(done: Done, regency: Regency) -> Sequence[Line]:
    del regency
    if done.event.who is Role.SYSTEM:
        return _handed_over(done)
    where = line("notice-referred", ticket=done.case.ticket, body=done.saying.body, contact=done.saying.contact)
    return [where, *_words(done), line("notice-referred-national")]


def _handed_over(done: Done) -> Sequence[Line]:
    """To another system, which has given it a number of its own."""
    ticket, saying = done.case.ticket, done.saying
    return [
        line("notice-handed-over", ticket=ticket, agency=_agency(done.case), body=saying.body),
        line("notice-handed-over-number", body=saying.body, contact=saying.contact),
        line("notice-handed-over-next"),
    ]


def status_elsewhere(case: Case, body: str, number: str, status: str | Label, words: str) -> Sequence[Line]:
    """What is to be said when a case that was handed over moves there: where it stands, and what they say."""
    told = line("notice-elsewhere", ticket=case.ticket, body=body, number=number, status=status)
    return [told, *([line("notice-words", words=words)] if words else [])]


def _merged(done: Done, regency: Regency) -> Sequence[Line]:
    """Nobody is told the number of another's secret case."""
    ticket, parent = done.case.ticket, done.case_state.parent
    is_public = not is_in_trust(done.case)
    joined = line("notice-merged", ticket=ticket, parent=parent) if is_public else line("notice-joined", ticket=ticket)
    return [joined, *_words(done), line("notice-appeal-until", date=_until(done, ClockName.APPEAL, regency))]


def _noted(done: Done, regency: Regency) -> Sequence[Line]:
    del regency
    return [line("notice-noted", ticket=done.case.ticket, agency=_agency(done.case)), *_words(done)]


def _answered(done: Done, regency: Regency) -> Sequence[Line]:
    return [
        _answer_of(done),
        *_words(done),
        line("notice-answered-until", date=_until(done, ClockName.CONFIRM, regency)),
    ]


def _answer_of(done: Done) -> Line:
    """Whose answer it is: the arbiter's is the last."""
    if done.event.who is Role.ARBITER:
        return line("notice-answered-by-arbiter", ticket=done.case.ticket)
    return line("notice-answered", ticket=done.case.ticket, agency=_agency(done.case))


def _reminded(done: Done, regency: Regency) -> Sequence[Line]:
    name = ClockName(read_details(done.event.details).clock)
    reminder = "notice-remind-reply" if name is ClockName.REPLY else "notice-remind-confirm"
    return [line(reminder, ticket=done.case.ticket, date=_until(done, name, regency))]


def _escalated(done: Done, regency: Regency) -> Sequence[Line]:
    """That a day which was promised to her has passed, and whose promise it was; in the end who else looks after it."""
    details = read_details(done.event.details)
    clock = ClockName(details.clock)
    news = LATE.get((clock, ClockMark(details.mark)))
    if news is None or not is_promised(clock, done.case_state):
        return ()
    was = _until(done, clock, regency)
    return [line(news, ticket=done.case.ticket, date=was, agency=_agency(done.case))]


LATE: Mapping[tuple[ClockName, ClockMark], str] = {
    (ClockName.VERIFY, ClockMark.LATE): "notice-late-verify",
    (ClockName.FOLLOW_UP, ClockMark.LATE): "notice-late-work",
    (ClockName.RESOLVE, ClockMark.LATE): "notice-late",
    (ClockName.VERIFY, ClockMark.NATIONAL): "notice-ombudsman",
    (ClockName.FOLLOW_UP, ClockMark.NATIONAL): "notice-ombudsman",
    (ClockName.RESOLVE, ClockMark.NATIONAL): "notice-ombudsman",
}
"""What the reporter hears of the marks of offices' clocks, where the clock was promised to her."""


def _reopened(done: Done, regency: Regency) -> Sequence[Line]:
    del regency
    return [line("notice-reopened", ticket=done.case.ticket, date=done.case.deadline), *_words(done)]


def _hidden(done: Done, regency: Regency) -> Sequence[Line]:
    del regency
    return [line("notice-hidden", ticket=done.case.ticket), *_words(done)]


def _redacted(done: Done, regency: Regency) -> Sequence[Line]:
    del regency
    return [line("notice-redacted", ticket=done.case.ticket), *_words(done)]


def _closed_unreplied(done: Done, regency: Regency) -> Sequence[Line]:
    days = regency.deadlines.reopen_calendar_days
    return [line("notice-closed-unreplied", ticket=done.case.ticket, count=days)]


def _closed_unconfirmed(done: Done, regency: Regency) -> Sequence[Line]:
    days = regency.deadlines.reopen_calendar_days
    return [line("notice-closed-unconfirmed", ticket=done.case.ticket, count=days)]


def _words(done: Done) -> list[Line]:
    return [line("notice-words", words=done.saying.words)] if done.saying.words else []


def _until(done: Done, name: ClockName, regency: Regency) -> date:
    """The last day of a running clock."""
    clock = done.case_state.clock(name)
    return clock.last_day(regency.calendar) if clock else done.case.deadline


NOTICES: Mapping[CaseAction, InLines] = {
    CaseAction.FORWARD: _moved,
    CaseAction.PASS_ON: _moved,
    CaseAction.RULE: _moved,
    CaseAction.ASK: _asked,
    CaseAction.CLOSE_UNREPLIED: _closed_unreplied,
    CaseAction.REJECT: _rejected,
    CaseAction.REFER: _referred,
    CaseAction.MERGE: _merged,
    CaseAction.NOTE: _noted,
    CaseAction.ANSWER: _answered,
    CaseAction.CLOSE_UNCONFIRMED: _closed_unconfirmed,
    CaseAction.REOPEN: _reopened,
    CaseAction.HIDE: _hidden,
    CaseAction.REDACT: _redacted,
    CaseAction.REMIND: _reminded,
    CaseAction.ESCALATE: _escalated,
}
"""What each action of somebody else says to the reporter."""
