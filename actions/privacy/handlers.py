"""Handlers of privacy: a moderator redacts a case, and a citizen has her data deleted.

A public case that is open goes on: its reporter leaves it, so that nobody asks her any more, and what waits for her is
decided by its clocks. A secret one is withdrawn. In the place of who she was there is a name that nobody can trace, one
for each case.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import LEFT, OPEN, Case, CaseEvent
from actions.cases.guards import LEAVES
from actions.cases.lifecycle import StepRefused, action_of
from actions.cases.officer_handlers import Wish, act_on_case
from actions.cases.outcome import Done
from actions.cases.ports import Chance, WorkBook
from actions.people.roles import REPORTER
from actions.privacy.redaction import Redaction, WrongRedaction, fitted
from actions.regency.model import Regency


class Redactions(Protocol):
    """What moderators have decided, within the same transaction."""

    async def of_case(self, ticket: str) -> Redaction:
        """Returns the redaction of a case that is in force."""
        ...

    async def keep(self, ticket: str, number: int, redaction: Redaction) -> None:
        """From this event on this one holds, for whoever was to be shown the words later as well."""
        ...


async def redact_case(
    book: WorkBook,
    redactions: Redactions,
    regency: Regency,
    wish: Wish,
    redaction: Redaction,
    at: datetime,
    chance: Chance,
) -> Done:
    """Do it, once, as `act_on_case` does; `wish.command` is the action, with the reason that the reporter reads.

    Raises:
        NoSuchCase, Overtaken, Refused: as `act_on_case` does; Refused as well where it changes nothing, or fits not.
    """
    case, events = await book.by_ticket(wish.ticket), await book.events(wish.ticket)
    words = await book.words(wish.ticket)
    answer = await _answer(book, wish.ticket, events, redaction.answer)
    try:
        kept = fitted(redaction, words.story if words else "", answer, len(case.attachments) if case else 0)
    except WrongRedaction as error:
        raise StepRefused("refused-redaction-wrong", what=str(error)) from error
    if kept == await redactions.of_case(wish.ticket):
        raise StepRefused("refused-redaction-same")
    done = await act_on_case(book, regency, wish, at, chance)
    await redactions.keep(wish.ticket, done.event.number, kept)
    return done


def latest_answer(events: Sequence[CaseEvent]) -> int:
    """Number of the event with which the case was last answered; 0 for none."""
    return next((event.number for event in reversed(events) if action_of(event) is CaseAction.ANSWER), 0)


async def _answer(book: WorkBook, ticket: str, events: Sequence[CaseEvent], number: int) -> str | None:
    """The words of this event, where it is the last answer."""
    return (await book.said(ticket, number)).words if number and number == latest_answer(events) else None


TOKEN_BYTES = 12
MOST_CASES = 100_000


def another_name(reporter: str, chance: Chance, mark: str = LEFT) -> str:
    """A name in the place of a reporter, in her channel, that tells nothing of her."""
    channel = reporter.partition(":")[0]
    return f"{channel}:{mark}{chance.token_bytes(TOKEN_BYTES).hex()}"


class CitizensBook(WorkBook, Protocol):
    """Cases, and all else that is kept of a citizen, within one transaction."""

    async def rename_reporter(self, names: Mapping[str, str]) -> Mapping[str, str]:
        """Each of these cases (by number) has another name in its reporter's place, and so have its files.

        Returns the names that were given: cases which share a file share one.
        """
        ...

    async def erase_hers(self, tickets: Collection[str]) -> None:
        """What she told, sent and said about these cases, which are at their end, goes; what officers said stays."""
        ...

    async def received_from(self, reporter: str) -> Sequence[str]:
        """What is still kept of what she sent, as rows of the inbox."""
        ...

    async def joined_channels(self, reporter: str) -> Sequence[str]:
        """The channels of the chats that this one is joined with."""
        ...

    async def forget_sample(self, reporter: str, at: datetime, texts: Collection[str]) -> None:
        """What she said then in a talk, as one of these texts, is nothing for trainers any more."""
        ...

    async def forget_citizen(self, reporter: str, tickets: Collection[str], at: datetime) -> None:
        """All else of her goes: messages, draft, files, what she supports and takes weekly, samples of these cases."""
        ...

    async def take_weekly(self, citizen: str, village: str, language: str, told_until: date, at: datetime) -> None:
        """She takes the news of this village (its code) in the place of any other, from that day on."""
        ...

    async def stop_weekly(self, citizen: str) -> bool:
        """Ends a citizen's weekly news; returns False where she had none."""
        ...


@dataclass(frozen=True, slots=True)
class ForgottenCases:
    """What became of her cases, by their numbers: some go on without her, the others are at their end."""

    going_on: tuple[str, ...]
    ended: tuple[str, ...]


async def forget_reporter(
    book: CitizensBook, regency: Regency, reporter: str, at: datetime, chance: Chance
) -> ForgottenCases:
    """Delete what is kept of a citizen, and let her public cases go on without her; all of it in one transaction."""
    hers = await book.of_reporter(reporter, MOST_CASES)
    await book.hold([case.ticket for case in hers])
    names = await book.rename_reporter({case.ticket: another_name(reporter, chance) for case in hers})
    for case in hers:
        if case.status in OPEN:
            await _leave(book, regency, case.ticket, names[case.ticket], at, chance)
    stands = [await book.by_ticket(case.ticket) for case in hers]
    going_on = _open([case for case in stands if case])
    ended = names.keys() - set(going_on)
    await book.erase_hers(ended)
    await book.forget_citizen(reporter, names.keys(), at)
    return ForgottenCases(going_on, tuple(sorted(ended)))


async def _leave(book: WorkBook, regency: Regency, ticket: str, name: str, at: datetime, chance: Chance) -> None:
    """As if she had withdrawn it; one that she had left before stays as it is."""
    case = await book.by_ticket(ticket)
    events = await book.events(ticket)
    if case is None or any(event.action == CaseAction.WITHDRAW for event in events):
        return
    leaving = CaseCommand(action=CaseAction.WITHDRAW, code=LEAVES, why=LEAVES)
    await act_on_case(book, regency, Wish(ticket=ticket, command=leaving, who=REPORTER, reporter=name), at, chance)


def _open(cases: Sequence[Case]) -> tuple[str, ...]:
    return tuple(case.ticket for case in cases if case.status in OPEN)
