"""Declares WhatsApp, and opens it over the Cloud API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from aiohttp import ClientSession, ClientTimeout

from bot.channels.declaration import ChannelContext, ChannelDeclaration, ChannelFinding, Examination, OpenChannel
from bot.channels.meta.arrivals import CHANNEL
from bot.channels.meta.channel import WhatsAppChannel, charges
from bot.channels.meta.composing import BUTTON_LETTERS, MOST_BUTTONS, MOST_ROWS
from bot.channels.meta.examining import examine_whatsapp
from bot.channels.meta.graph import GraphApi
from bot.channels.meta.media import WhatsAppFiles
from bot.channels.meta.routes import WhatsAppPosts, whatsapp_router
from bot.channels.meta.settings import WhatsAppSettings
from bot.channels.meta.templates import read_templates
from bot.conversation.screen import line
from bot.messaging.abilities import Abilities
from bot.messaging.rate_limiter import RateLimiter

PATIENCE: Final = ClientTimeout(total=30)
WINDOW: Final = timedelta(hours=24)


def rate_limit() -> RateLimiter:
    """80 messages a second a number, in and out together: half of them are for what comes in."""
    return RateLimiter(most=40, seconds=1.0)


@asynccontextmanager
async def open_whatsapp(context: ChannelContext[WhatsAppSettings]) -> AsyncIterator[OpenChannel]:
    """WhatsApp, until the block ends.

    Raises:
        CannotStart: a template cannot be read.
    """
    templates = read_templates(context.config_dir)
    async with ClientSession(timeout=PATIENCE) as session:
        graph = GraphApi(session, context.settings)
        posts = WhatsAppPosts(context.settings, context.inbox, context.receipts, context.clock)
        yield OpenChannel(
            channel=WhatsAppChannel(graph, context.receipts, context.documents, templates),
            routers=(whatsapp_router(posts, context.settings),),
            state=lambda: graph.state,
            file_source=WhatsAppFiles(graph),
        )


async def _examine(settings: WhatsAppSettings, given: Examination) -> Sequence[ChannelFinding]:
    return await examine_whatsapp(settings, given.config_dir)


WHATSAPP: Final = ChannelDeclaration(
    name=CHANNEL,
    label=line("desk-channel-whatsapp"),
    abilities=Abilities(
        buttons=MOST_BUTTONS,
        button_letters=BUTTON_LETTERS,
        rows=MOST_ROWS,
        takes_files=True,
        takes_places=True,
        sends_documents=True,
        sends_news=False,
        proves_sender=True,
        has_receipts=True,
        arrives_later=True,
        charges=charges,
        has_daily_line=True,
        reply_window=WINDOW,
    ),
    settings=WhatsAppSettings,
    open=open_whatsapp,
    rate_limit=rate_limit,
    routes=frozenset({"GET /whatsapp", "POST /whatsapp"}),
    examine=_examine,
)
