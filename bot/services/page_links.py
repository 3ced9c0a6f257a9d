"""Withdraws the link to the page of a citizen's own case, and makes the one that follows it."""

from __future__ import annotations

from dataclasses import dataclass

from actions.cases.ports import WorkBook
from bot.configuration.case_links import CaseLinks
from bot.conversation.events import Event
from bot.conversation.own_cases.effects import RenewLink
from bot.conversation.own_cases.events import LinkRenewed, LinkToChoose, StatusMissing

MOST_OFFERED = 10


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The handler of what a citizen asks of the links to her cases; `reporter` is how cases name her."""

    links: CaseLinks
    reporter: str

    async def renew(self, book: WorkBook, asked: RenewLink, cause: Event) -> Event:
        """End the link of a case of hers: of the one that she named, or of the only one that she has."""
        own = [case.ticket for case in await book.of_reporter(self.reporter, MOST_OFFERED)]
        if not asked.ticket and len(own) != 1:
            return LinkToChoose(id=cause.id, at=cause.at, tickets=tuple(own))
        ticket = asked.ticket or own[0]
        case = await book.by_ticket(ticket)
        if case is None or case.reporter != self.reporter:
            return StatusMissing(id=cause.id, at=cause.at, number=ticket, mistyped=False)
        edition = await book.withdraw_link(ticket)
        return LinkRenewed(id=cause.id, at=cause.at, ticket=ticket, link=self.links.reporters_own(ticket, edition))
