"""Declares the talk in a browser. Its page and its routes are the web server's own (`bot/web/chat`)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.channels.declaration import ChannelContext, ChannelDeclaration, OpenChannel
from bot.channels.web.arrivals import CHANNEL
from bot.configuration.settings import ChannelSettings
from bot.conversation.screen import line
from bot.messaging.abilities import Abilities

MOST_BUTTONS: Final = 1_000


@asynccontextmanager
async def open_web(context: ChannelContext[ChannelSettings]) -> AsyncIterator[OpenChannel]:
    """The talk on the page, until the block ends."""
    page = context.page
    yield OpenChannel(channel=page.channel, tasks=(page.run,), file_source=page.uploads, wake=page.wake)


WEB: Final = ChannelDeclaration(
    name=CHANNEL,
    label=line("desk-channel-web"),
    abilities=Abilities(
        buttons=MOST_BUTTONS,
        has_reply_keyboard=True,
        edits=True,
        takes_files=True,
        takes_places=True,
        opens_pages=True,
        keeps_talk_in_outbox=True,
        proves_sender=True,
        shows_typing=True,
    ),
    settings=ChannelSettings,
    open=open_web,
)
