"""Tells the reporter of a case what somebody else has done to it: messages of their own, where she must know or act.

What she did herself the talk answers. A notice is called "<ticket>.<number of its event>" in the outbox, so that none
is sent twice and a reminder can be looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.acts import Deed
from actions.case import Case, Visibility
from actions.clocks import ClockName, Mark
from actions.details import read_details
from actions.done import Done
from actions.regency.model import Regency
from actions.roles import Role
from actions.store.letters import Chat, put_in_outbox
from bot.conversation.screen import Label, Line, Names, line
from bot.delivery.outgoing import Outgoing, OutgoingKind
from bot.delivery.records import write_outgoing
from bot.texts.words import Texts


class Teller(Protocol):
    """Somebody who tells others of what was done to cases."""

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """Put it into the outbox of this transaction; the chats that have a message now."""
        ...


@dataclass(frozen=True, slots=True)
class ReporterNotices:
    """The teller of reporters."""

    texts: Texts
    regency: Regency

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """A message for each thing that she must hear of; one alone of the marks that came at once."""
        rows = [
            self._row(done, lines, at) for done in _worth_telling(all_done) if (lines := notice(done, self.regency))
        ]
        await put_in_outbox(connection, rows)
        return {(str(row["channel"]), str(row["chat"])) for row in rows}

    def _row(self, done: Done, lines: Sequence[Line], at: datetime) -> dict[str, object]:
        language = self.texts.spoken(done.case.language)
        words = "\n".join(self.texts.say(language, one) for one in lines)
        channel, _, chat = done.case.reporter.partition(":")
        return {
            "channel": channel,
            "chat": chat,
            "ref": f"{done.case.ticket}.{done.event.number}",
            "edits": "",
            "message": write_outgoing(Outgoing(OutgoingKind.MESSAGE, words)),
            "created_at": at,
        }


def _worth_telling(all_done: Sequence[Done]) -> list[Done]:
    """Without what is overtaken: of an office's clock only the last of the marks that came at once."""
    last = {(done.case.ticket, read_details(done.event.details).clock): done for done in all_done if _is_mark(done)}
    return [done for done in all_done if not _is_mark(done) or done in last.values()]


def _is_mark(done: Done) -> bool:
    return done.deed is Deed.ESCALATE


def notice(done: Done, regency: Regency) -> Sequence[Line]:
    """What is to be said to the reporter; nothing where she need not hear of it now."""
    is_filing = done.deed is Deed.FORWARD and done.event.who is Role.SYSTEM
    if is_filing or done.standing.is_left or done.event.who is Role.REPORTER:
        return ()
    words = NOTICES.get(done.deed)
    return words(done, regency) if words else ()


type InLines = Callable[[Done, Regency], Sequence[Line]]


def _agency(case: Case) -> Label:
    return Label(Names.AGENCY, case.agency)


def _moved(done: Done, regency: Regency) -> Sequence[Line]:
    del regency
    case = done.case
    moved = line("notice-moved", ticket=case.ticket, agency=_agency(case))
    reason = [line("status-reason", reason=case.reason)] if case.reason else []
    return [moved, *reason, line("filed-deadline", date=case.deadline)]


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
    where = line("notice-referred", ticket=done.case.ticket, body=done.saying.body, contact=done.saying.contact)
    return [where, *_words(done)]


def _merged(done: Done, regency: Regency) -> Sequence[Line]:
    """Nobody is told the number of another's secret case."""
    ticket, parent = done.case.ticket, done.standing.parent
    is_public = done.case.visibility is Visibility.PUBLIC
    joined = line("notice-merged", ticket=ticket, parent=parent) if is_public else line("notice-joined", ticket=ticket)
    return [joined, *_words(done), line("notice-appeal-until", date=_until(done, ClockName.APPEAL, regency))]


def _noted(done: Done, regency: Regency) -> Sequence[Line]:
    del regency
    return [line("notice-noted", ticket=done.case.ticket, agency=_agency(done.case)), *_words(done)]


def _answered(done: Done, regency: Regency) -> Sequence[Line]:
    return [
        line("notice-answered", ticket=done.case.ticket, agency=_agency(done.case)),
        *_words(done),
        line("notice-answered-until", date=_until(done, ClockName.CONFIRM, regency)),
    ]


def _reminded(done: Done, regency: Regency) -> Sequence[Line]:
    name = ClockName(read_details(done.event.details).clock)
    reminder = "notice-remind-reply" if name is ClockName.REPLY else "notice-remind-confirm"
    return [line(reminder, ticket=done.case.ticket, date=_until(done, name, regency))]


def _escalated(done: Done, regency: Regency) -> Sequence[Line]:
    """That a promised day has passed, and whose promise it was; and in the end who else looks after it."""
    details = read_details(done.event.details)
    news = LATE.get((ClockName(details.clock), Mark(details.mark)))
    if news is None:
        return ()
    was = _until(done, ClockName(details.clock), regency)
    return [line(news, ticket=done.case.ticket, date=was, agency=_agency(done.case))]


LATE: Mapping[tuple[ClockName, Mark], str] = {
    (ClockName.VERIFY, Mark.LATE): "notice-late-verify",
    (ClockName.VERIFY_AGAIN, Mark.LATE): "notice-late-verify",
    (ClockName.FOLLOW_UP, Mark.LATE): "notice-late-work",
    (ClockName.RESOLVE, Mark.LATE): "notice-late",
    (ClockName.VERIFY, Mark.NATIONAL): "notice-ombudsman",
    (ClockName.FOLLOW_UP, Mark.NATIONAL): "notice-ombudsman",
    (ClockName.RESOLVE, Mark.NATIONAL): "notice-ombudsman",
}
"""What the reporter hears of the marks of offices' clocks."""


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
    """The last day of a clock, which runs."""
    clock = done.standing.clock(name)
    return clock.last_day(regency.calendar) if clock else done.case.deadline


NOTICES: Mapping[Deed, InLines] = {
    Deed.FORWARD: _moved,
    Deed.PASS_ON: _moved,
    Deed.RULE: _moved,
    Deed.ASK: _asked,
    Deed.CLOSE_UNREPLIED: _closed_unreplied,
    Deed.REJECT: _rejected,
    Deed.REFER: _referred,
    Deed.MERGE: _merged,
    Deed.NOTE: _noted,
    Deed.ANSWER: _answered,
    Deed.CLOSE_UNCONFIRMED: _closed_unconfirmed,
    Deed.REOPEN: _reopened,
    Deed.HIDE: _hidden,
    Deed.REDACT: _redacted,
    Deed.REMIND: _reminded,
    Deed.ESCALATE: _escalated,
}
"""What each deed of somebody else says to the reporter."""
