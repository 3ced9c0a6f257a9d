"""A real SMTP server (aiosmtpd) on a loopback port, which keeps what it takes and refuses what it was told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class MailServer:
    """Takes every mail, but for what it was told to refuse.

    Attributes:
        refuses: by address, the answers to the next tries to send there, the first first.
        at_data: the answers to the next mails, once they were read.
        on_mail: hears of each mail that was taken.
    """

    port: int = 0
    envelopes: list[Envelope] = field(default_factory=list)
    refuses: dict[str, list[str]] = field(default_factory=dict)
    at_data: list[str] = field(default_factory=list)
    on_mail: Callable[[EmailMessage], None] | None = None

    @property
    def url(self) -> str:
        """As `LAPOR_MAIL_SMTP_URL` has it."""
        return f"smtp://127.0.0.1:{self.port}"

    def mails(self, to: str = "") -> list[EmailMessage]:
        """What came, or came for this address."""
        wanted = [one for one in self.envelopes if not to or to in one.rcpt_tos]
        return [message_from_bytes(one.original_content or b"", policy=default) for one in wanted]

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuses an address as often as it was told to."""
        if waiting := self.refuses.get(address):
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Keeps a mail, or refuses it."""
        if self.at_data:
            return self.at_data.pop(0)
        self.envelopes.append(envelope)
        if self.on_mail:
            self.on_mail(message_from_bytes(envelope.original_content or b"", policy=default))
        return "250 Message accepted"


@asynccontextmanager
async def a_mail_server(
    port: int = 0, on_mail: Callable[[EmailMessage], None] | None = None
) -> AsyncIterator[MailServer]:
    """Listens until the block ends."""
    kept = MailServer(on_mail=on_mail)
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(kept, loop=loop), "127.0.0.1", port)
    kept.port = listening.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        listening.close()
        await listening.wait_closed()
