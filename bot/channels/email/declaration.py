"""Declares e-mail, and opens it over the regency's mail server: officers are told by it, citizens talk by it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from bot.channels.declaration import ChannelContext, ChannelDeclaration, ChannelState, OpenChannel
from bot.channels.email.arrivals import CHANNEL
from bot.channels.email.channel import EmailChannel
from bot.channels.email.composing import MailWriter, ReplyWords
from bot.channels.email.files import MailFiles
from bot.channels.email.mailbox import MailboxWatch
from bot.channels.email.quotes import ABOVE
from bot.channels.email.settings import EmailSettings
from bot.channels.email.taking import MOST_AN_HOUR, MailTaker
from bot.conversation.screen import line
from bot.messaging.abilities import Abilities
from bot.messaging.machine_watch import MachineWatch

INCOMING: Final = "incoming"
"""The folder of the data dir where the source of browsers' uploads finds files, and so those of mails."""


@asynccontextmanager
async def open_email(context: ChannelContext[EmailSettings]) -> AsyncIterator[OpenChannel]:
    """E-mail, until the block ends."""
    settings, writer = context.settings, mail_writer(context)
    channel = EmailChannel(settings.smtp, writer, context.clock, context.receipts, context.documents)
    taker = MailTaker(
        writer,
        context.inbox,
        context.receipts,
        MailFiles(context.data_dir / INCOMING, context.key),
        context.unreachable,
        context.clock,
        MachineWatch(MOST_AN_HOUR),
    )
    watch = MailboxWatch(settings.imap, settings.folder, taker.take)
    yield OpenChannel(
        channel=channel,
        leader_tasks=[watch.run],
        state=partial(_state, channel, watch),
        file_source=context.page.uploads,
    )


def mail_writer(context: ChannelContext[EmailSettings]) -> MailWriter:
    """Writes in the first language of the regency what stands around the words of a mail."""
    said = partial(context.texts.say, context.languages[0])
    words = ReplyWords(f"{ABOVE} {said(line('mail-above'))} {ABOVE[::-1]}", said(line("mail-choose")))
    name = said(line("mail-service"))
    return MailWriter(context.settings.mail_address or "", name, context.key, words)


def _state(channel: EmailChannel, watch: MailboxWatch) -> ChannelState:
    """Of what sends, unless only reading is in trouble."""
    return channel.state if watch.state.is_well else watch.state


EMAIL: Final = ChannelDeclaration(
    name=CHANNEL,
    label=line("desk-channel-email"),
    abilities=Abilities(
        takes_files=True,
        sends_documents=True,
        has_receipts=True,
        arrives_later=True,
        joins_turn=True,
        has_draft_page=True,
    ),
    settings=EmailSettings,
    open=open_email,
)
