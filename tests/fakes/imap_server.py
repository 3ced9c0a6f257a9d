"""A real IMAP server (pymap) in this process, with one mailbox."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from imap_tools import AND, MailBoxUnencrypted
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer
from pysasl.hashing import BuiltinHash

from tests.patience import PATIENCE_SECONDS

USER, PASSWORD = "lapor", "rahasia"
OPTIONS = {
    "host": "127.0.0.1",
    "port": "0",
    "debug": False,
    "cert": None,
    "key": None,
    "tls": False,
    "passlib_cfg": None,
    "proxy_protocol": None,
    "demo_data": False,
    "demo_user": USER,
    "demo_password": PASSWORD,
}


@dataclass
class ImapServer:
    """The mailbox, as whoever looks after it sees it."""

    port: int
    _box: MailBoxUnencrypted | None = None
    _in_turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def url(self) -> str:
        """As `LAPOR_MAIL_IMAP_URL` has it."""
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def box(self) -> MailBoxUnencrypted:
        """The mailbox, opened once."""
        if self._box is None:
            self._box = MailBoxUnencrypted("127.0.0.1", self.port)
            self._box.login(USER, PASSWORD)
        return self._box

    def close(self) -> None:
        """Leave the mailbox, without a farewell: somebody may still wait for an answer on this connection."""
        if self._box:
            self._box.client.shutdown()

    async def brings(self, *mails: bytes) -> None:
        """These mails come, in this order."""
        for mail in mails:
            await self._does(lambda box, mail=mail: box.append(mail, "INBOX"))

    async def flags(self) -> list[tuple[str, ...]]:
        """Of each mail, in order."""
        return await self._does(lambda box: [one.flags for one in box.fetch(mark_seen=False, headers_only=True)])

    async def is_read(self) -> None:
        """Wait until no mail is unread; with each that is read patience begins anew."""
        now = asyncio.get_running_loop().time
        async with asyncio.timeout(PATIENCE_SECONDS) as patience:
            left = await self._unread()
            while left:
                await asyncio.sleep(0.02)
                before, left = left, await self._unread()
                if left < before:
                    patience.reschedule(now() + PATIENCE_SECONDS)

    async def _unread(self) -> int:
        return len(await self._does(lambda box: box.uids(AND(seen=False))))

    async def _does[T](self, does: Callable[[MailBoxUnencrypted], T]) -> T:
        """One thing after the other: it is one connection."""
        async with self._in_turn:
            return await asyncio.to_thread(lambda: does(self.box()))


@asynccontextmanager
async def an_imap_server(port: int = 0) -> AsyncIterator[ImapServer]:
    """Listens until the block ends."""
    backend, config = await DictBackend.init(Namespace(**OPTIONS), hash_context=BuiltinHash(rounds=1))
    config.apply_context()
    serve = ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(backend.login, config))
    async with AsyncExitStack() as stack:
        await backend.start(stack)
        open_connections = list[asyncio.StreamWriter]()

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            open_connections.append(writer)
            await serve(reader, writer)

        listening = await asyncio.start_server(accept, "127.0.0.1", port)
        try:
            server = ImapServer(listening.sockets[0].getsockname()[1])
            await asyncio.to_thread(server.box)
            yield server
        finally:
            await asyncio.to_thread(server.close)
            listening.close()
            for writer in open_connections:
                writer.close()
            await listening.wait_closed()
