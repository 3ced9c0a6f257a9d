"""Declares e-mail, and opens it over the regency's mail server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.channels.declaration import ChannelContext, ChannelDeclaration, OpenChannel
from bot.channels.email.channel import CHANNEL, EmailChannel
from bot.channels.email.composing import MailWriter
from bot.channels.email.settings import EmailSettings
from bot.conversation.screen import line
from bot.messaging.abilities import Abilities


@asynccontextmanager
async def open_email(context: ChannelContext[EmailSettings]) -> AsyncIterator[OpenChannel]:
    """E-mail, until the block ends."""
    settings = context.settings
    service = context.texts.say(context.languages[0], line("mail-service"))
    writer = MailWriter(settings.mail_address or "", service, context.key)
    channel = EmailChannel(settings.smtp, writer, context.clock)
    yield OpenChannel(channel=channel, state=lambda: channel.state)


EMAIL: Final = ChannelDeclaration(
    name=CHANNEL,
    label=line("desk-channel-email"),
    abilities=Abilities(sends_news=False),
    settings=EmailSettings,
    open=open_email,
)
