"""Takes a mail that came: a person's words into the inbox, a report about a mail of ours to whoever must know it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog

from bot.channels.email.arrivals import mail_arrivals
from bot.channels.email.bounces import returned_mails
from bot.channels.email.composing import MailWriter
from bot.channels.email.files import MailFiles
from bot.channels.email.incoming import IncomingMail, read_mail
from bot.messaging.machine_watch import MachineWatch
from bot.messaging.ports import Inbox, Receipt, Receipts

log = structlog.get_logger()

MOST_AN_HOUR: Final = 60
"""Mails of one address: more than anybody writes, and few for two machines that answer each other."""


@dataclass(slots=True)
class MailTaker:
    """What becomes of each mail.

    Attributes:
        gone: hears of each address that is gone, and returns once that is kept.
    """

    writer: MailWriter
    inbox: Inbox
    receipts: Receipts
    files: MailFiles
    gone: Callable[[str], Awaitable[None]]
    clock: Callable[[], datetime]
    machines: MachineWatch = field(default_factory=MachineWatch)

    async def take(self, octets: bytes, uid: str) -> None:
        """Keep what there is to keep; returns after the commit.

        Raises:
            InboxUnavailable: nothing was written; it must be taken again.
        """
        mail = await asyncio.to_thread(read_mail, octets, uid, self.writer)
        for address, message in (await asyncio.to_thread(returned_mails, octets, self.writer)).items():
            await self.receipts.put(message, Receipt.FAILED)
            await self.gone(address)
        if mail.refused:
            log.info("mail_not_for_us", why=mail.refused.value)
        else:
            await self._take(mail)

    async def _take(self, mail: IncomingMail) -> None:
        at = self.clock()
        if self.machines.is_machine(mail.sender, mail.words, mail.key, at):
            log.info("mail_of_a_machine")
            return
        file_ids = await asyncio.to_thread(self.files.keep, mail)
        await self.inbox.put(mail_arrivals(mail, file_ids, at))
        self.machines.was_kept(mail.sender, mail.words, mail.key, at)
