"""Redacts a case: row 22 of DOMAIN's table, and with its event what others may read of the case from now on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from actions.cases.actions import CaseAction
from actions.cases.case import CaseEvent
from actions.cases.lifecycle import StepRefused, action_of
from actions.cases.officer_handlers import Wish, act_on_case
from actions.cases.outcome import Done
from actions.cases.ports import Chance, WorkBook
from actions.privacy.redaction import Redaction, WrongRedaction, fitted
from actions.regency.model import Regency


class Redactions(Protocol):
    """What moderators have decided, within the same transaction."""

    async def of_case(self, ticket: str) -> Redaction:
        """The one that holds."""
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
