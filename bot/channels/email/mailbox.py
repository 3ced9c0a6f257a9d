"""Watches the mailbox (IMAP IDLE) in a thread: every unread mail is taken, and marked as read only afterwards."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from imaplib import IMAP4
from io import BufferedReader
from ssl import SSLWantReadError
from typing import Final

import structlog
from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError, MailboxTaggedResponseError
from imap_tools.idle import get_socket_poller

from bot.channels.declaration import ON, ChannelState
from bot.channels.email.incoming import MOST_BYTES
from bot.channels.email.settings import MailServer
from bot.messaging.batching import to_the_end
from bot.messaging.ports import InboxUnavailable
from bot.observability.faults import place_of

log = structlog.get_logger()

PATIENCE_SECONDS: Final = 60.0
RENEW_SECONDS: Final = 9 * 60.0
"""IDLE is begun again after so long: servers may end it after 30 minutes (RFC 2177), routers forget it sooner."""
FIRST_IDLE_SECONDS: Final = 2.0
"""After a mail came, and twice as long each time nothing does: what comes just before IDLE some servers never tell."""
LOOK_EVERY_SECONDS: Final = 60.0
"""Where the server has no IDLE."""
SLICE_SECONDS: Final = 1.0
FIRST_PAUSE_SECONDS: Final = 1.0
LONGEST_PAUSE_SECONDS: Final = 300.0
SHORTEST_PAUSE_OF_A_REFUSAL_SECONDS: Final = 30.0
"""A server locks an account that tries a wrong password too often."""
NO_MAILBOX: Final = ChannelState("mailbox unreachable", is_well=False)
WRONG_PASSWORD: Final = ChannelState("mailbox refused", is_well=False)
AWAY: Final = (ImapToolsError, IMAP4.error, OSError, InboxUnavailable)
UNREAD: Final = AND(seen=False)
SEEN: Final = "\\Seen"
FLAGGED: Final = "\\Flagged"


@dataclass(slots=True)
class MailboxWatch:
    """Reads one mailbox for as long as it runs.

    Attributes:
        folder: of the mailbox.
        take: is given each unread mail, and the mailbox's own name of it; returns when the mail is kept.
        first_pause_seconds: before the mailbox is opened again after a fault; longer each time.
    """

    server: MailServer
    folder: str
    take: Callable[[bytes, str], Awaitable[None]]
    first_pause_seconds: float = FIRST_PAUSE_SECONDS
    state: ChannelState = ON
    _pause_seconds: float = 0.0
    _idle_seconds: float = FIRST_IDLE_SECONDS
    _is_over: threading.Event = field(default_factory=threading.Event)

    async def run(self) -> None:
        """Watch until cancelled. What cannot be read now is read the next time."""
        self._is_over.clear()
        self._pause_seconds = self.first_pause_seconds
        while True:
            try:
                await self._watch()
            except AWAY as error:
                self._is_in_trouble(error)
            await asyncio.sleep(self._pause_seconds)
            self._pause_seconds = min(self._pause_seconds * 2, LONGEST_PAUSE_SECONDS)

    def _is_in_trouble(self, error: Exception) -> None:
        if self.state.is_well:
            log.warning("mailbox_away", error=type(error).__name__)
        is_refused = isinstance(error, MailboxLoginError)
        self.state = WRONG_PASSWORD if is_refused else NO_MAILBOX
        if is_refused:
            self._pause_seconds = max(self._pause_seconds, SHORTEST_PAUSE_OF_A_REFUSAL_SECONDS)

    async def _watch(self) -> None:
        mailbox = await to_the_end(asyncio.to_thread(self._open))
        try:
            validity = await to_the_end(asyncio.to_thread(_validity, mailbox, self.folder))
            while True:
                await self._look(mailbox, validity)
                self.state, self._pause_seconds = ON, self.first_pause_seconds
                await self._wait(mailbox)
        finally:
            await to_the_end(asyncio.to_thread(_close, mailbox))

    async def _look(self, mailbox: BaseMailBox, validity: str) -> None:
        """Marks each mail as read once it was taken: after a kill between the two it comes again, and is the same."""
        unread = await to_the_end(asyncio.to_thread(_unread, mailbox))
        self._idle_seconds = FIRST_IDLE_SECONDS if unread else min(self._idle_seconds * 2, RENEW_SECONDS)
        for uid in unread:
            octets = await to_the_end(asyncio.to_thread(_octets, mailbox, uid))
            flags = [SEEN] if await self._taken(octets, f"{validity}.{uid}") else [SEEN, FLAGGED]
            await to_the_end(asyncio.to_thread(mailbox.flag, uid, flags, value=True))

    async def _taken(self, octets: bytes, name: str) -> bool:
        """False for a mail of which this program can make nothing: it stays for a person to look at, flagged."""
        try:
            await self.take(octets, name)
        except AWAY:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, every other mail would wait behind it for ever
            log.error("mail_unreadable", error=type(error).__name__, where=place_of(error))
            return False
        return True

    async def _wait(self, mailbox: BaseMailBox) -> None:
        idling = asyncio.ensure_future(asyncio.to_thread(self._idle, mailbox))
        try:
            await asyncio.shield(idling)
        except asyncio.CancelledError:
            self._is_over.set()
            await asyncio.wait({idling})
            raise

    def _open(self) -> BaseMailBox:
        server = self.server
        kind = MailBox if server.is_tls else MailBoxUnencrypted
        mailbox = kind(server.host, server.port, timeout=PATIENCE_SECONDS)
        return mailbox.login(server.user, server.password, self.folder)

    def _idle(self, mailbox: BaseMailBox) -> None:
        """Returns when there is news, when it is time to look all the same, or when this is over."""
        if not _has_idle(mailbox):
            self._is_over.wait(LOOK_EVERY_SECONDS)
        elif _has_news(mailbox):
            return
        elif _begins(mailbox):
            if not _has_news(mailbox):
                self._poll(mailbox)
            mailbox.idle.stop()  # type: ignore[no-untyped-call]

    def _poll(self, mailbox: BaseMailBox) -> None:
        """Returns when there is something to read, which is left to whoever reads whole lines, or in the end."""
        until = time.monotonic() + self._idle_seconds
        while not self._is_over.is_set() and time.monotonic() < until:
            if get_socket_poller(mailbox.client.sock, SLICE_SECONDS):  # type: ignore[arg-type] # of any length
                return


def _begins(mailbox: BaseMailBox) -> bool:
    """Whether the server waits with us from now on; not where it has something to say first."""
    try:
        mailbox.idle.start()  # type: ignore[no-untyped-call]
    except MailboxTaggedResponseError:
        mailbox.idle.stop()  # type: ignore[no-untyped-call]
        return False
    return True


def _has_news(mailbox: BaseMailBox) -> bool:
    """Whether the server has said since this was last asked that mails came, beside an answer to something else.

    What came in one packet with the answer lies in the client's buffer, where no poll of the socket finds it.
    """
    _, told = mailbox.client.response("EXISTS")
    return told != [None] or _is_buffered(mailbox.client)


def _is_buffered(client: IMAP4) -> bool:
    patience = client.sock.gettimeout()
    client.sock.settimeout(0)
    try:
        return isinstance(client.file, BufferedReader) and bool(client.file.peek(1))
    except (BlockingIOError, SSLWantReadError):
        return False
    finally:
        client.sock.settimeout(patience)


def _unread(mailbox: BaseMailBox) -> list[str]:
    """All unread mails; what comes from now on is news."""
    _has_news(mailbox)
    return list(mailbox.uids(UNREAD))


def _octets(mailbox: BaseMailBox, uid: str) -> bytes:
    """The mail as it came, and not more of it than is read."""
    _, found = mailbox.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
    return next((one[1] for one in found if isinstance(one, tuple)), b"")


def _has_idle(mailbox: BaseMailBox) -> bool:
    """Whether the server tells of news; many say so only to whoever is signed in."""
    _, told = mailbox.client.capability()
    return b"IDLE" in b" ".join(one for one in told if one).upper().split()


def _validity(mailbox: BaseMailBox, folder: str) -> str:
    return str(mailbox.folder.status(folder, ["UIDVALIDITY"]).get("UIDVALIDITY", ""))


def _close(mailbox: BaseMailBox) -> None:
    with suppress(ImapToolsError, IMAP4.error, OSError):
        mailbox.logout()
    with suppress(OSError):
        mailbox.client.shutdown()
