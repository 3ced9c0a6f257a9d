"""`/draf`, the page of a report that is not sent yet: whoever has its link reads it there and can do nothing with it.

Once it is sent the link leads to the page of the case, for as long as the first link to that one is in force; once it
is cancelled, or its reporter forgotten, it leads nowhere. All links that lead nowhere answer the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import SQLAlchemyError

from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from actions.store.messages.messages import load_records
from bot.configuration.case_links import CaseLinks
from bot.configuration.draft_links import DraftLinks, DraftPlace
from bot.conversation.draft import Draft
from bot.conversation.screen import Line
from bot.conversation.talk import Talk
from bot.messaging.abilities import AbilitiesOf
from bot.messaging.records import UnreadableRow, read_record
from bot.messaging.rendering import worded_for
from bot.messaging.turn_ports import Citizen
from bot.texts.words import Texts
from bot.web.case.context import OWN, UNLISTED, CasePageContext, answer, reader
from bot.web.chat.visit import visit_of

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DraftReading:
    """What stands behind a link: the draft, or the address of the case that it has become."""

    draft: Draft | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """What the page is made of.

    Attributes:
        links: opens its links.
        talk: says what a card shows.
        abilities_of: in which words, as in the channel in which she writes.
    """

    links: DraftLinks
    talk: Talk
    abilities_of: AbilitiesOf

    def lines(self, draft: Draft, channel: str, texts: Texts, language: str) -> list[Line]:
        """The draft as its card shows it."""
        abilities = self.abilities_of(channel)
        card = self.talk.flow.card_lines(draft, self.talk.catalogue)
        return [worded_for(abilities, texts, language, one) for one in card]


async def read_draft(database: Database, place: DraftPlace, links: CaseLinks) -> DraftReading:
    """What a link opens now; nothing of either for one that leads nowhere."""
    chat = (place.channel, place.chat)
    async with database.reading() as connection:
        book = SqlCaseBook(connection)
        case = await book.filed_from(f"{Citizen(*chat, language='').reporter}:{place.key}")
        if case is not None:
            is_first = not await book.link_edition(case.ticket)
            return DraftReading(address=links.reporters_own(case.ticket) if is_first else "")
        stored = (await load_records(connection, [chat])).get(chat)
    try:
        draft = read_record(stored).dialogue.draft
    except UnreadableRow:
        return DraftReading()
    return DraftReading(draft if draft is not None and draft.key == place.key else None)


def draft_router(context: CasePageContext, page: DraftPage) -> APIRouter:
    """The route `/draf`."""
    router = APIRouter()

    @router.get("/draf")
    async def draft(request: Request) -> Response:
        visit = visit_of(request, context.chat)
        key = request.query_params.get("k", "")
        who, place = reader(context, visit, key), page.links.opened(key)
        try:
            read = await read_draft(context.chat.around.database, place, context.links) if place else DraftReading()
        except (SQLAlchemyError, OSError) as error:
            log.warning("draft_not_read", error=type(error).__name__)
            return answer(context, visit, context.page.away(who), 503, UNLISTED)
        if read.address:
            return RedirectResponse(read.address, 303, headers=OWN)
        if place is None or read.draft is None:
            return answer(context, visit, context.page.ended(reader(context, visit)), 404, UNLISTED)
        lines = page.lines(read.draft, place.channel, context.chat.around.texts, who.language)
        return answer(context, visit, context.page.draft(lines, who), 200, OWN)

    return router
