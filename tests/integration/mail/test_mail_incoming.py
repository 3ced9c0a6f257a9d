"""Mails on their way in: read from a real IMAP server, marked as read once they are kept, and kept once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.email.composing import MailWriter
from bot.channels.email.files import MailFiles
from bot.channels.email.mailbox import NO_MAILBOX, MailboxWatch
from bot.channels.email.settings import IMAP_PORTS, server_at
from bot.channels.email.taking import MailTaker
from bot.conversation.events import Said, SentPhoto
from bot.messaging.machine_watch import MachineWatch
from bot.messaging.ports import InboxUnavailable
from tests.fakes.imap_server import ImapServer, an_imap_server
from tests.fakes.inbox import ReluctantInbox, RememberingInbox
from tests.fakes.message_parts import RememberedReceipts
from tests.patience import PATIENCE_SECONDS
from tests.talks.mail import ADDRESS, a_mail
from tests.talks.world import StandingClock

KEY = b"a key of the channel"


def taking(inbox: RememberingInbox, folder: Path) -> MailTaker:
    async def gone(address: str) -> None:
        raise AssertionError(address)

    writer = MailWriter(ADDRESS, "LAPOR", KEY)
    return MailTaker(
        writer, inbox, RememberedReceipts(), MailFiles(folder, KEY), gone, StandingClock(), MachineWatch(5)
    )


@asynccontextmanager
async def watched(url: str, taker: MailTaker) -> AsyncIterator[MailboxWatch]:
    watch = MailboxWatch(server_at(url, IMAP_PORTS), "INBOX", taker.take, first_pause_seconds=0.02)
    task = asyncio.create_task(watch.run())
    try:
        yield watch
    finally:
        task.cancel()
        await asyncio.wait({task})


@pytest.fixture
async def imap() -> AsyncIterator[ImapServer]:
    async with an_imap_server() as server:
        yield server


def said(inbox: RememberingInbox) -> list[str]:
    return [one.event.text for one in inbox.arrivals if isinstance(one.event, Said)]


async def test_a_mail_is_unread_until_the_database_has_it(imap: ImapServer, tmp_path: Path) -> None:
    inbox = ReluctantInbox(3, InboxUnavailable("away"))
    seen_at: list[tuple[str, ...]] = []
    put = inbox.put

    async def watched_put(arrivals: object) -> None:
        seen_at.extend(await imap.flags())
        await put(arrivals)  # type: ignore[arg-type]

    inbox.put = watched_put  # type: ignore[method-assign]
    await imap.brings(a_mail("lampu mati").as_bytes())
    async with watched(imap.url, taking(inbox, tmp_path)):
        await imap.is_read()
    assert (inbox.tries, said(inbox)) == (4, ["lampu mati"])
    assert [flags for flags in seen_at if "\\Seen" in flags] == []


async def test_what_comes_while_it_idles_is_taken_in_order_and_what_comes_again_is_the_same(
    imap: ImapServer, tmp_path: Path
) -> None:
    inbox, mails = (
        RememberingInbox(),
        [a_mail(f"pesan {number}", message_id=f"<{number}@b.test>") for number in range(4)],
    )
    async with watched(imap.url, taking(inbox, tmp_path)):
        for mail in mails:
            await imap.brings(mail.as_bytes())
        await inbox.holds(4)
        await imap.brings(mails[1].as_bytes(), a_mail("terakhir").as_bytes())
        await inbox.holds(5)
        await imap.is_read()
    assert said(inbox) == ["pesan 0", "pesan 1", "pesan 2", "pesan 3", "terakhir"]


async def test_a_mail_of_which_nothing_can_be_made_holds_up_nobody_and_is_flagged(
    imap: ImapServer, tmp_path: Path
) -> None:
    inbox = ReluctantInbox(1, ValueError("a fault of ours"))
    await imap.brings(a_mail("satu").as_bytes(), a_mail("dua").as_bytes())
    async with watched(imap.url, taking(inbox, tmp_path)):
        await imap.is_read()
    assert said(inbox) == ["dua"]
    assert ["\\Flagged" in flags for flags in await imap.flags()] == [True, False]


async def test_a_server_that_was_away_is_found_again(tmp_path: Path) -> None:
    inbox = RememberingInbox()
    async with an_imap_server() as gone:
        port = gone.port
    async with watched(f"imap://lapor:rahasia@127.0.0.1:{port}/INBOX", taking(inbox, tmp_path)) as watch:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while watch.state is not NO_MAILBOX:
                await asyncio.sleep(0.01)
        async with an_imap_server(port) as back:
            await back.brings(a_mail("lampu mati").as_bytes())
            await inbox.holds(1)
            await back.is_read()
            assert watch.state.is_well


@pytest.mark.thorough
async def test_files_lie_on_the_disk_before_the_words_are_kept_and_under_the_same_names_again(
    imap: ImapServer, tmp_path: Path
) -> None:
    mail, inbox = a_mail("lampu mati", message_id="<a@b.test>"), RememberingInbox()
    mail.add_attachment(b"x" * 30_000, maintype="image", subtype="jpeg", filename="../../a.jpg")
    await imap.brings(mail.as_bytes(), mail.as_bytes())
    async with watched(imap.url, taking(inbox, tmp_path / "incoming")):
        await imap.is_read()
    [name] = [one.event.file_id for one in inbox.arrivals if isinstance(one.event, SentPhoto)]
    assert [file.name for file in (tmp_path / "incoming").iterdir()] == [name]
    assert (tmp_path / "incoming" / name).read_bytes() == b"x" * 30_000


async def test_two_machines_do_not_answer_each_other_for_ever(tmp_path: Path) -> None:
    inbox = RememberingInbox()
    taker = taking(inbox, tmp_path)
    for number in range(40):
        await taker.take(a_mail("Terima kasih, email Anda sudah kami terima.").as_bytes(), f"1.{number}")
    assert len(inbox.arrivals) == 3
    for number in range(40):
        await taker.take(a_mail(f"pesan otomatis {number}", "mesin@lain.test").as_bytes(), f"2.{number}")
    assert len(inbox.arrivals) == 3 + 5
