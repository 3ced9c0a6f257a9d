"""Looks once a minute for mails that came back, marks them as read, and leaves every other mail alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import structlog
from imap_tools import AND, BaseMailBox, H, MailBox, MailBoxUnencrypted, MailMessage
from imap_tools.errors import ImapToolsError

from bot.channels.declaration import ON, ChannelState
from bot.channels.email.bounces import gone_addresses
from bot.channels.email.composing import MailWriter
from bot.channels.email.settings import MailServer

log = structlog.get_logger()

LOOK_EVERY_SECONDS: Final = 60.0
PATIENCE_SECONDS: Final = 5.0
MOST_AT_ONCE: Final = 50
NO_MAILBOX: Final = ChannelState("mailbox unreachable", is_well=False)
REPORTS: Final = AND(seen=False, header=H("Content-Type", "multipart/report"))


@dataclass(slots=True)
class ReturnedMail:
    """Reads one mailbox, in a thread.

    Attributes:
        folder: of the mailbox.
        gone: hears of each address that is gone, and returns once that is kept.
    """

    server: MailServer
    folder: str
    writer: MailWriter
    gone: Callable[[str], Awaitable[None]]
    state: ChannelState = ON

    async def run(self) -> None:
        """Look until cancelled. What cannot be read now is read the next time."""
        while True:
            try:
                await self.look()
                self.state = ON
            except (ImapToolsError, OSError) as error:
                if self.state.is_well:
                    log.warning("mailbox_away", error=type(error).__name__)
                self.state = NO_MAILBOX
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def look(self) -> None:
        """Each report is marked as read only after it was acted on: a kill between the two has it acted on again."""
        found = await asyncio.to_thread(self._fetch)
        for raw in found.values():
            for address in gone_addresses(raw, self.writer):
                await self.gone(address)
        if found:
            await asyncio.to_thread(self._mark, list(found))

    def _fetch(self) -> dict[str, bytes]:
        with self._open() as mailbox:
            reports = mailbox.fetch(REPORTS, mark_seen=False, limit=MOST_AT_ONCE)
            return {one.uid: _raw(one) for one in reports if one.uid}

    def _mark(self, uids: list[str]) -> None:
        with self._open() as mailbox:
            mailbox.flag(uids, "\\Seen", value=True)

    def _open(self) -> BaseMailBox:
        server = self.server
        kind = MailBox if server.is_tls else MailBoxUnencrypted
        mailbox = kind(server.host, server.port, timeout=PATIENCE_SECONDS)
        return mailbox.login(server.user, server.password, self.folder)


def _raw(mail: MailMessage) -> bytes:
    """The mail as it came; nothing of one that no parser writes back, which is then read as no report."""
    try:
        return bytes(mail.obj.as_bytes())
    except (UnicodeError, LookupError, ValueError):
        return b""
