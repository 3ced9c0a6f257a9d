"""Hands mails over to the mail server, one connection a mail, a few at once."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from bot.channels.declaration import ON, ChannelState
from bot.channels.email.arrivals import CHANNEL
from bot.channels.email.composing import MailWriter, kept_id
from bot.channels.email.settings import MailServer
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Documents, Impossible, NeverAgain, NotNow, Receipts, SendingFailed

log = structlog.get_logger()

AT_ONCE: Final = 4
PATIENCE_SECONDS: Final = 30.0
PERMANENT: Final = range(500, 600)
UNREACHABLE: Final = ChannelState("unreachable", is_well=False)
REFUSED: Final = ChannelState("refused", is_well=False)
NO_MAILBOX: Final = re.compile(r"\b5\.(?:1\.[0-9]|2\.1)\b")
"""RFC 3463: the address is none, or its mailbox takes nothing any more."""
ENHANCED: Final = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
NO_SUCH_USER: Final = frozenset({550, 551, 553})


@dataclass(slots=True)
class EmailChannel:
    """A `Channel` of mails. No typing, no edits."""

    server: MailServer
    writer: MailWriter
    clock: Callable[[], datetime]
    receipts: Receipts
    documents: Documents
    name: str = CHANNEL
    plain: bool = True
    state: ChannelState = ON
    _few: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Hand over one mail; returns its id.

        Raises:
            SendingFailed: with what to do about it.
        """
        if outgoing.kind is OutboxMessageKind.ANSWER:
            return ""
        document = None
        if outgoing.kind is OutboxMessageKind.DOCUMENT:
            document = await self.documents.document((CHANNEL, chat), outgoing.target)
        mail = self.writer.mail(chat, outgoing, self.clock(), document)
        async with self._few:
            await self._hand_over(chat, mail.as_bytes())
        sent = kept_id(str(mail["Message-ID"]))
        await self.receipts.sent(chat, sent, (sent,))
        return sent

    async def show_typing(self, chat: str) -> None:
        """A mailbox shows nothing."""

    async def _hand_over(self, to: str, mail: bytes) -> None:
        try:
            async with self._connection() as connection:
                if self.server.user:
                    await connection.login(self.server.user, self.server.password)
                self.state = ON
                await connection.sendmail(self.writer.address, [to], mail)
        except SMTPRecipientsRefused as refused:
            raise _of_recipient(refused) from None
        except SMTPAuthenticationError:
            self._is_in_trouble(REFUSED)
            raise NotNow(30.0, everybody=True) from None
        except SMTPConnectError:
            self._is_in_trouble(UNREACHABLE)
            raise NotNow(5.0, everybody=True) from None
        except SMTPResponseException as answer:
            raise Impossible("the server does not take it") if answer.code in PERMANENT else NotNow(5.0) from None
        except (SMTPException, OSError):
            self._is_in_trouble(UNREACHABLE)
            raise NotNow(5.0, everybody=True) from None

    def _connection(self) -> SMTP:
        """A password travels in the clear to this machine alone; elsewhere TLS is taken wherever it is offered."""
        server = self.server
        must_be_safe = bool(server.user) and not server.is_here
        return SMTP(
            hostname=server.host,
            port=server.port,
            timeout=PATIENCE_SECONDS,
            use_tls=server.is_tls,
            start_tls=False if server.is_tls else (True if must_be_safe else None),
            tls_context=ssl.create_default_context(),
        )

    def _is_in_trouble(self, state: ChannelState) -> None:
        if self.state is not state:
            log.warning("mail_server_away", state=state.name)
        self.state = state


def _of_recipient(refused: SMTPRecipientsRefused) -> SendingFailed:
    """What a refused address means: it is gone, it is full for now, or this mail is not wanted there."""
    answer = refused.recipients[0]
    if answer.code not in PERMANENT:
        return NotNow(30.0)
    is_gone = NO_MAILBOX.search(answer.message) or (answer.code in NO_SUCH_USER and not ENHANCED.search(answer.message))
    return NeverAgain("the address is gone") if is_gone else Impossible("the address does not take it")
