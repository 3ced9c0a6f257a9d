"""A mail that comes back marks its address: read from a real IMAP server, and believed only of what we sent there."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from imap_tools import AND, MailBoxUnencrypted
from sqlalchemy import select

from actions.store.engine.tables import outbox
from actions.store.messages.messages import give_up_chat
from actions.store.people.mail import AddressState, kept_addresses
from bot.channels.email.bounces import gone_addresses
from bot.channels.email.composing import MailWriter
from bot.channels.email.mailbox import ReturnedMail
from bot.channels.email.settings import MailServer
from tests.integration.mail.conftest import ADDRESS, KEY, MailBureau
from tests.integration.officers.bureau import ROADS
from tests.patience import PATIENCE_SECONDS

RINA, OTHER = "rina@dinas.test", "lain@dinas.test"
WRITER = MailWriter(ADDRESS, "LAPOR", KEY)


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
    assert gone_addresses(report(sent), WRITER) == [RINA]
    assert gone_addresses(report(sent, RINA.upper()), WRITER) == [RINA]
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
        assert gone_addresses(wrong, WRITER) == [], wrong[:300]


def test_the_whole_mail_may_come_back_instead_of_its_headers() -> None:
    returned = EmailMessage()
    returned["Message-ID"] = WRITER.message_id(RINA, "officer.1")
    returned.set_content("isi")
    whole = b"Content-Type: message/rfc822\r\n\r\n" + returned.as_bytes()
    headers = report(WRITER.message_id(RINA, "officer.1")).partition(b"Content-Type: text/rfc822-headers")[0]
    assert gone_addresses(headers + whole + b"\r\n--b--\r\n", WRITER) == [RINA]


@pytest.fixture
async def mailbox(unused_tcp_port: int) -> AsyncIterator[MailServer]:
    """A real IMAP server (pymap) with one mailbox."""
    words = ["--host", "127.0.0.1", "--port", str(unused_tcp_port), "--no-tls", "dict"]
    pymap = str(Path(sys.executable).parent / "pymap")
    process = await asyncio.create_subprocess_exec(
        pymap, *words, "--demo-user", "lapor", "--demo-password", "rahasia", stderr=asyncio.subprocess.DEVNULL
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await _listens(unused_tcp_port):
            await asyncio.sleep(0.05)
    yield MailServer("127.0.0.1", unused_tcp_port, "lapor", "rahasia", is_tls=False)
    process.terminate()
    await process.wait()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


def _box(server: MailServer) -> MailBoxUnencrypted:
    return MailBoxUnencrypted(server.host, server.port).login(server.user, server.password)


@pytest.mark.slow
async def test_an_officer_whose_mail_comes_back_is_marked_and_other_mail_is_left_alone(
    office: MailBureau, mailbox: MailServer
) -> None:
    rina = await office.officer("Rina", RINA, agency=ROADS)
    await office.bureau.files()
    [mail] = await office.hears(RINA)
    async with office.bureau.database.reading() as connection:
        kept = (await connection.execute(select(outbox.c.message_id).where(outbox.c.channel == "email"))).scalar_one()
    assert kept == mail["Message-ID"]

    async def gone(address: str) -> None:
        async with office.bureau.database.writing() as connection:
            await give_up_chat(connection, "email", address)

    returned = ReturnedMail(mailbox, "INBOX", office.channel.writer, gone)
    with _box(mailbox) as box:
        box.append(report("<made@up.test>"), "INBOX")
        box.append(b"From: siti@warga.test\r\nSubject: halo\r\n\r\nlampu mati\r\n", "INBOX")
    await returned.look()
    async with office.bureau.database.reading() as connection:
        assert (await kept_addresses(connection))[rina.id].state is AddressState.CONFIRMED
    with _box(mailbox) as box:
        box.append(report(mail["Message-ID"]), "INBOX")
    await returned.look()
    async with office.bureau.database.reading() as connection:
        assert (await kept_addresses(connection))[rina.id].state is AddressState.RETURNED
    with _box(mailbox) as box:
        assert [one.subject for one in box.fetch(AND(seen=False), mark_seen=False)] == ["halo"]
