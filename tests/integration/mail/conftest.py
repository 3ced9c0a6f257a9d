"""A bureau whose officers have no Telegram, and a mail server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from actions.people.handlers import add_person
from actions.people.mail import confirm_address
from actions.people.people import Person
from actions.people.roles import Role
from actions.people.secrets import code_digest
from actions.store.people.mail import SqlMailBook
from actions.store.people.people import SqlPeople
from bot.channels.email.channel import EmailChannel
from bot.channels.email.composing import MailWriter
from bot.channels.email.settings import SMTP_PORTS, server_at
from bot.messaging.message_receipts import SqlReceipts
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.sender import Sender
from tests.fakes.mail_server import MailServer, a_mail_server
from tests.integration.officers.bureau import CODE, Bureau, a_bureau
from tests.talks.database import new_database

ADDRESS = "lapor@penajam.test"
KEY = b"a key of the channel"


@dataclass
class MailBureau:
    """The bureau, and what is sent from it by mail."""

    bureau: Bureau
    server: MailServer
    channel: EmailChannel
    file: Path
    now: float = 0.0

    async def officer(self, name: str, address: str, *roles: Role, agency: str | None = None) -> Person:
        """Somebody without Telegram, whose address is confirmed."""
        async with self.bureau.database.writing() as connection:
            agencies, now = self.bureau.service.regency.agencies, self.bureau.world.clock()
            people, book = SqlPeople(connection), SqlMailBook(connection)
            person = await add_person(people, name, roles or (Role.LIAISON,), agency, agencies, now, "terminal:test")
            await book.set_mail(person.id, address, code_digest(CODE), now.replace(year=2030))
            assert await confirm_address(book, person, CODE, now)
        return person

    async def hears(self, address: str) -> list[EmailMessage]:
        """What has come to this address since this was last asked."""
        await self.sends()
        found = self.server.mails(address)
        self.server.envelopes[:] = [one for one in self.server.envelopes if address not in one.rcpt_tos]
        return found

    async def sends(self) -> None:
        """Everything whose time has come."""
        sender = Sender(self.bureau.database, self.channel, RateLimiter(), wall=lambda: self.now)
        while await sender.send_waiting():
            await sender.settle()


@pytest.fixture
async def office() -> AsyncIterator[MailBureau]:
    """A bureau of its own for each test."""
    file = await new_database()
    async with a_bureau(f"sqlite:///{file}") as bureau, a_mail_server() as server:
        writer = MailWriter(ADDRESS, "LAPOR", KEY)
        service = bureau.service
        receipts = SqlReceipts(bureau.database, "email", bureau.world.clock)
        channel = EmailChannel(
            server_at(server.url, SMTP_PORTS), writer, bureau.world.clock, receipts, service.documents
        )
        yield MailBureau(bureau, server, channel, file)
    file.unlink()
