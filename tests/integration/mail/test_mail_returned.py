"""A mail that comes back marks its address: read from a real IMAP server, and believed only of what we sent there."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.people.people import Person
from actions.store.engine.tables import outbox
from actions.store.messages.messages import give_up_chat
from actions.store.people.mail import AddressState, kept_addresses
from bot.channels.email.bounces import returned_mails
from bot.channels.email.composing import MailWriter
from bot.channels.email.files import MailFiles
from bot.channels.email.mailbox import MailboxWatch
from bot.channels.email.settings import IMAP_PORTS, server_at
from bot.channels.email.taking import MailTaker
from bot.conversation.events import Said
from tests.fakes.imap_server import ImapServer, an_imap_server
from tests.fakes.inbox import RememberingInbox
from tests.fakes.message_parts import RememberedReceipts
from tests.integration.mail.conftest import ADDRESS, KEY, MailBureau
from tests.integration.officers.bureau import ROADS

RINA, OTHER = "rina@dinas.test", "lain@dinas.test"
WRITER = MailWriter(ADDRESS, "LAPOR", KEY)
PERSONS = f"From: siti@warga.test\r\nTo: {ADDRESS}\r\n\r\nlampu mati\r\n".encode()


def report(message_id: str, to: str = RINA, status: str = "5.1.1", action: str = "failed") -> bytes:
    """What a mail server says of a mail that it could not deliver."""
    lines = [
        f"From: MAILER-DAEMON@mail.test\nTo: {ADDRESS}\nSubject: Undelivered\nMIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b',
        "Content-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n",
        f"Reporting-MTA: dns; mail.test\n\nFinal-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\n\n--b",
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\n\n--b--\n",
    ]
    return "\n".join(lines).replace("\n", "\r\n").encode()


def test_only_of_a_mail_that_went_there_and_only_an_address_that_is_gone() -> None:
    sent = WRITER.message_id(RINA, "officer.1")
    assert returned_mails(report(sent), WRITER) == {RINA: sent}
    assert returned_mails(report(sent, RINA.upper()), WRITER) == {RINA: sent}
    for wrong in (
        report(sent, OTHER),
        report(sent, status="5.7.1"),
        report(sent, status="4.1.1"),
        report(sent, action="delayed"),
        report("<made@up.test>"),
        report(MailWriter(ADDRESS, "LAPOR", b"another key").message_id(RINA, "officer.1")),
        report(sent).replace(b"rfc822;", b"x400;"),
        b"",
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n" * 1000,
    ):
        assert returned_mails(wrong, WRITER) == {}, wrong[:300]


def test_the_whole_mail_may_come_back_instead_of_its_headers() -> None:
    returned = EmailMessage()
    returned["Message-ID"] = WRITER.message_id(RINA, "officer.1")
    returned.set_content("isi")
    whole = b"Content-Type: message/rfc822\r\n\r\n" + returned.as_bytes()
    headers = report(WRITER.message_id(RINA, "officer.1")).partition(b"Content-Type: text/rfc822-headers")[0]
    assert list(returned_mails(headers + whole + b"\r\n--b--\r\n", WRITER)) == [RINA]


@pytest.mark.thorough
async def test_an_officer_whose_mail_comes_back_is_marked_by_a_true_report_alone(office: MailBureau) -> None:
    rina = await office.officer("Rina", RINA, agency=ROADS)
    await office.bureau.files()
    [mail] = await office.hears(RINA)
    async with office.bureau.database.reading() as connection:
        kept = (await connection.execute(select(outbox.c.message_id).where(outbox.c.channel == "email"))).scalar_one()
    assert kept == mail["Message-ID"]
    async with an_imap_server() as imap:
        told = await looked_at(office, imap, report("<made@up.test>"), PERSONS)
        assert (await state_of(office, rina), told) == (AddressState.CONFIRMED, ["lampu mati"])
        assert await looked_at(office, imap, report(mail["Message-ID"])) == []
    assert await state_of(office, rina) is AddressState.RETURNED


async def state_of(office: MailBureau, person: Person) -> AddressState:
    async with office.bureau.database.reading() as connection:
        return (await kept_addresses(connection))[person.id].state


async def looked_at(office: MailBureau, imap: ImapServer, *mails: bytes) -> list[str]:
    """What people say in these mails, once the service has read them."""
    inbox, writer = RememberingInbox(), office.channel.writer

    async def gone(address: str) -> None:
        async with office.bureau.database.writing() as connection:
            await give_up_chat(connection, "email", address)

    clock = office.bureau.world.clock
    taker = MailTaker(writer, inbox, RememberedReceipts(), MailFiles(Path("nowhere"), KEY), gone, clock)
    await imap.brings(*mails)
    watching = asyncio.create_task(MailboxWatch(server_at(imap.url, IMAP_PORTS), "INBOX", taker.take).run())
    await imap.is_read()
    watching.cancel()
    await asyncio.wait({watching})
    return [one.event.text for one in inbox.arrivals if isinstance(one.event, Said)]
