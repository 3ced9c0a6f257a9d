"""Declares X, and opens it over its API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Final

from aiohttp import ClientSession, ClientTimeout

from bot.channels.declaration import ChannelContext, ChannelDeclaration, OpenChannel
from bot.channels.x.api import XApi
from bot.channels.x.arrivals import CHANNEL
from bot.channels.x.channel import XChannel
from bot.channels.x.composing import MOST_TEXT, charges
from bot.channels.x.examining import examine_x
from bot.channels.x.oauth import TokenExchange
from bot.channels.x.routes import XPosts, x_router
from bot.channels.x.settings import XSettings
from bot.channels.x.tokens import XTokens
from bot.conversation.screen import line
from bot.messaging.abilities import Abilities
from bot.messaging.ports import PublicPosts

PATIENCE: Final = ClientTimeout(total=20)
"""Less than `token_plan.PATIENCE`: who waits longer for new tokens is dead."""
POSTS_KEPT_FOR: Final = timedelta(days=7)
FORGET_EVERY_SECONDS: Final = 3600.0


@asynccontextmanager
async def open_x(context: ChannelContext[XSettings]) -> AsyncIterator[OpenChannel]:
    """X, until the block ends."""
    invitation = context.texts.say(context.languages[0], line("mention-invitation"))
    async with ClientSession(timeout=PATIENCE) as session:
        exchange = TokenExchange(session, context.settings)
        tokens = XTokens(context.tokens, exchange, context.settings, context.clock)
        api = XApi(session, context.settings, tokens, context.clock)
        posts = XPosts(context.settings, context.inbox, context.public_posts, context.clock, invitation)
        yield OpenChannel(
            channel=XChannel(api),
            routers=(x_router(posts, context.settings),),
            tasks=(partial(tokens.keep, context.leader),),
            leader_tasks=(partial(_forget_posts, context.public_posts),),
            state=lambda: api.state,
        )


async def _forget_posts(posts: PublicPosts) -> None:
    while True:
        await posts.forget_older(POSTS_KEPT_FOR)
        await asyncio.sleep(FORGET_EVERY_SECONDS)


X: Final = ChannelDeclaration(
    name=CHANNEL,
    label=line("desk-channel-x"),
    abilities=Abilities(
        longest_text=MOST_TEXT,
        sends_news=False,
        proves_sender=True,
        charges=charges,
        charged_arrival="dm_received",
        has_daily_line=True,
        arrives_later=True,
        joins_turn=True,
    ),
    settings=XSettings,
    open=open_x,
    routes=frozenset({"GET /x", "POST /x"}),
    examine=examine_x,
)
