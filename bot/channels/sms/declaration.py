"""Declares SMS, and opens it over a gateway's HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import ClientSession, ClientTimeout

from bot.channels.declaration import ChannelContext, ChannelDeclaration, OpenChannel
from bot.channels.sms.channel import CHANNEL, SECRET_HEADER, SmsChannel
from bot.channels.sms.incoming import sms_router
from bot.channels.sms.segments import MOST_LETTERS, in_gsm
from bot.channels.sms.settings import SmsSettings
from bot.conversation.screen import line
from bot.messaging.abilities import Abilities

PATIENCE: Final = ClientTimeout(total=20, sock_connect=5)


@asynccontextmanager
async def open_sms(context: ChannelContext[SmsSettings]) -> AsyncIterator[OpenChannel]:
    """SMS, until the block ends."""
    secret = context.settings.secret
    async with ClientSession(timeout=PATIENCE, headers={SECRET_HEADER: secret}) as session:
        yield OpenChannel(
            channel=SmsChannel(session, context.settings.sms_gateway_url or ""),
            routers=(sms_router(context.inbox, secret, context.clock),),
        )


SMS: Final = ChannelDeclaration(
    name=CHANNEL,
    label=line("desk-channel-sms"),
    abilities=Abilities(longest_text=MOST_LETTERS, letters=in_gsm, sends_news=False),
    settings=SmsSettings,
    open=open_sms,
    routes=frozenset({"POST /sms"}),
)
