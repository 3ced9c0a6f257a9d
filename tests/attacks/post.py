"""A running service whose citizens write mails, over real servers of both kinds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from actions.store.messages.messages import backlog
from tests.attacks.services import database_of
from tests.fakes.imap_server import ImapServer, an_imap_server
from tests.fakes.mail_server import MailServer, a_mail_server
from tests.integration.process.service import Service, running_service
from tests.patience import PATIENCE_SECONDS
from tests.talks.mail import ADDRESS


@dataclass(frozen=True, slots=True)
class Post:
    """The service, where its mails come from, and where they go."""

    service: Service
    imap: ImapServer
    smtp: MailServer

    async def brings(self, *mails: EmailMessage | bytes) -> None:
        """These come, and are read and answered."""
        await self.imap.brings(*(mail if isinstance(mail, bytes) else mail.as_bytes() for mail in mails))
        await self.imap.is_read()
        await until_answered(self.service)

    @property
    def receivers(self) -> list[str]:
        """Everybody to whom something was sent, as the mail server was told, once for each mail."""
        return [one for envelope in self.smtp.envelopes for one in envelope.rcpt_tos]


@asynccontextmanager
async def a_post(folder: Path) -> AsyncIterator[Post]:
    """One, until the block ends."""
    async with an_imap_server() as imap, a_mail_server() as smtp:
        settings = {"mail_imap_url": imap.url, "mail_smtp_url": smtp.url, "mail_address": ADDRESS}
        async with running_service(folder, **settings) as service:
            yield Post(service, imap, smtp)


async def until_answered(service: Service) -> None:
    """Wait until nothing is left to be worked or sent."""
    async with asyncio.timeout(PATIENCE_SECONDS), database_of(service) as database:
        while True:
            async with database.reading() as connection:
                waiting = await backlog(connection)
            if not (waiting.inbox or waiting.outbox):
                return
            await asyncio.sleep(0.05)
