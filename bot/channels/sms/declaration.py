"""Declares SMS, and opens it: over a gateway's HTTP, or with a session of its own to an SMSC."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final
from urllib.parse import urlencode

from aiohttp import ClientSession, ClientTimeout

from bot.channels.declaration import ChannelContext, ChannelDeclaration, OpenChannel
from bot.channels.sms.arrivals import CHANNEL, joined_arrival
from bot.channels.sms.channel import CHOICE, SmsChannel, charges
from bot.channels.sms.dialects.dialect import Dialect
from bot.channels.sms.dialects.generic import Generic, read_described
from bot.channels.sms.dialects.jasmin import Jasmin
from bot.channels.sms.dialects.kannel import Kannel
from bot.channels.sms.gsm import in_sms_letters
from bot.channels.sms.http_gateway import SECRET_HEADER, HttpGateway
from bot.channels.sms.incoming import IncomingMessages, sms_router
from bot.channels.sms.segments import MOST_LETTERS
from bot.channels.sms.settings import SmsDialect, SmsSettings
from bot.channels.sms.smpp.gateway import SmppGateway
from bot.channels.sms.waiting import release_what_waited
from bot.conversation.screen import line
from bot.messaging.abilities import Abilities

PATIENCE: Final = ClientTimeout(total=20, sock_connect=5)


@asynccontextmanager
async def open_sms(context: ChannelContext[SmsSettings]) -> AsyncIterator[OpenChannel]:
    """SMS, until the block ends."""
    messages = IncomingMessages(context.parts(joined_arrival), context.clock)
    waited = partial(release_what_waited, messages.parts, context.clock)
    if context.settings.dialect is SmsDialect.SMPP:
        gateway = SmppGateway(context.settings.url, messages, context.receipts)
        yield OpenChannel(
            channel=SmsChannel(gateway, context.receipts),
            leader_tasks=(gateway.run, waited),
            state=partial(gateway.state, context.leader),
        )
        return
    secret, dialect = context.settings.secret, _dialect(context)
    receipts_url = f"{context.public_url}/sms/receipts?{urlencode({'key': secret})}"
    async with ClientSession(timeout=PATIENCE, headers={SECRET_HEADER: secret}) as session:
        yield OpenChannel(
            channel=SmsChannel(HttpGateway(session, dialect, context.settings.url, receipts_url), context.receipts),
            routers=(sms_router(messages, context.receipts, dialect, secret),),
            leader_tasks=(waited,),
        )


def _dialect(context: ChannelContext[SmsSettings]) -> Dialect:
    match context.settings.dialect:
        case SmsDialect.KANNEL:
            return Kannel()
        case SmsDialect.JASMIN:
            return Jasmin()
    described = read_described(context.config_dir)
    return Generic(acknowledgement=described.receive.answer, described=described)


SMS: Final = ChannelDeclaration(
    name=CHANNEL,
    label=line("desk-channel-sms"),
    abilities=Abilities(
        longest_text=MOST_LETTERS,
        letters=in_sms_letters,
        sends_news=False,
        is_brief=True,
        has_receipts=True,
        arrives_later=True,
        joins_turn=True,
        choice=CHOICE,
        charges=charges,
    ),
    settings=SmsSettings,
    open=open_sms,
    routes=frozenset({"POST /sms", "GET /sms/receipts", "POST /sms/receipts"}),
)
