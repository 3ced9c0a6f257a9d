"""Takes the words of somebody who is forgotten out of what groups of officers were told of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.casebook import SqlCaseBook
from actions.store.messages.groups import SqlGroups
from actions.store.messages.messages import put_in_outbox
from actions.store.messages.officer_cards import sent_under
from bot.officers.news import erased_news, is_heard, news_name
from bot.officers.session import OfficersService, ref_of


async def take_words_out(
    officers_service: OfficersService, connection: AsyncConnection, tickets: Sequence[str], at: datetime
) -> None:
    """Change the messages about these cases where they stand, as far as they are still known by name.

    Cards need nothing: that of a case at its end holds no words.
    """
    chats = (await SqlGroups(connection).chats()).values()
    book, rows = SqlCaseBook(connection), list[dict[str, object]]()
    for ticket in tickets if chats else ():
        meaning = {ref_of(ticket, news_name(event)): event for event in await book.events(ticket) if is_heard(event)}
        for chat, ref in await sent_under(connection, chats, meaning):
            message = officers_service.message(chat, erased_news(meaning[ref]), is_edit=True)
            name = ref_of(ticket, f"{news_name(meaning[ref])}.erased")
            rows.append(officers_service.row(chat, name, replace(message, is_silent=True), at, edits=ref))
    await put_in_outbox(connection, rows)
