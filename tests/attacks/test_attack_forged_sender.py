"""Threat: somebody writes SMS or e-mail in another's name, which nobody can tell from hers, to end reports or links."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest

from actions.cases.case import Status
from actions.store.cases.page_links import link_editions
from tests.attacks.post import a_post, until_answered
from tests.attacks.services import browser, database_of
from tests.fakes.sms import FakeGateway
from tests.integration.process.service import Service, running_service
from tests.talks.database import all_cases
from tests.talks.mail import DRAFT_LINK, SITI, a_mail
from tests.talks.sms import joined

pytestmark = pytest.mark.slow

NUMBER = "+6281234567890"
STORY = "lampu jalan di depan pasar petung mati sudah dua minggu"
DIGITS = re.compile(r"^\d{6}$", re.MULTILINE)
WITHDRAWS = ("laporan saya", "1", "tarik laporan", "ya, tarik")
DELETES = ("hapus data saya", "1")
ENDS_HER_LINK = ("tautan baru",)
TRIES = ("000000", "111111", "222222")


@dataclass(frozen=True, slots=True)
class Door:
    """A service behind one door, and somebody who writes in her name.

    Attributes:
        reporter: she, as cases name her; `address`: as the door does.
        writes: brings words as hers, and returns once the service was told.
        read: what was sent to her, message by message; a forger is blind, and reads nothing of it.
        receivers: everybody to whom something was sent.
    """

    service: Service
    reporter: str
    address: str
    writes: Callable[[str], Awaitable[object]]
    read: Callable[[], Sequence[str]]
    receivers: Callable[[], set[str]]

    async def forges(self, *texts: str) -> None:
        """Write these, each once the one before is answered."""
        for text in texts:
            await self.writes(text)
            await until_answered(self.service)


@asynccontextmanager
async def by_sms(folder: Path) -> AsyncIterator[Door]:
    async with (
        FakeGateway() as gateway,
        running_service(folder, sms_gateway_url=gateway.url, sms_secret=gateway.secret) as service,
        browser(service) as carrier,
    ):
        yield Door(
            service,
            f"sms:{NUMBER}",
            NUMBER,
            lambda text: gateway.brings(carrier, NUMBER, text),
            lambda: joined([one.text for one in gateway.sent]),
            lambda: {one.to for one in gateway.sent},
        )


@asynccontextmanager
async def by_mail(folder: Path) -> AsyncIterator[Door]:
    """Each mail asks to be answered elsewhere, in every header that could."""
    numbers = count()
    elsewhere = ("Reply-To", "Sender", "Cc", "Return-Path", "Disposition-Notification-To")

    def forged(text: str) -> EmailMessage:
        mail = a_mail(text, message_id=f"<{next(numbers)}@lain.test>")
        for header in elsewhere:
            mail[header] = "jahat@lain.test"
        return mail

    async with a_post(folder) as post:
        yield Door(
            post.service,
            f"email:{SITI}",
            SITI,
            lambda text: post.brings(forged(text)),
            lambda: ["\n".join(mail.get_content().splitlines()) for mail in post.smtp.mails(SITI)],
            lambda: set(post.receivers),
        )


type Opens = Callable[[Path], AbstractAsyncContextManager[Door]]
DOORS = {"sms": by_sms, "mail": by_mail}


async def how_it_is(service: Service) -> list[tuple[Status, str]]:
    async with database_of(service) as database:
        return [(case.status, case.reporter) for case in await all_cases(database)]


async def ended_links(service: Service) -> Mapping[str, int]:
    async with database_of(service) as database, database.reading() as connection:
        return await link_editions(connection, [case.ticket for case in await all_cases(database)])


@pytest.mark.parametrize("opens", DOORS.values(), ids=DOORS)
async def test_a_forged_sender_ends_nothing_and_whoever_has_the_number_or_address_does(
    tmp_path: Path, opens: Opens
) -> None:
    async with opens(tmp_path) as door:
        await door.forges(STORY, "1", "kirim")
        filed = await how_it_is(door.service)
        assert [reporter for _, reporter in filed] == [door.reporter]
        await door.forges(*DELETES, *TRIES, *WITHDRAWS, *TRIES, *ENDS_HER_LINK, *TRIES)
        assert await how_it_is(door.service) == filed
        assert not await ended_links(door.service)
        assert door.receivers() == {door.address}
        await door.forges(*DELETES)
        [digits] = DIGITS.findall(door.read()[-1])
        await door.forges(digits)
        assert [reporter for _, reporter in await how_it_is(door.service)] != [door.reporter]
        assert digits not in door.service.stderr + door.service.stdout


async def test_of_a_draft_that_he_forged_he_reads_nothing_and_the_link_to_it_goes_to_her(tmp_path: Path) -> None:
    async with by_mail(tmp_path) as door:
        await door.forges(STORY)
        [link] = DRAFT_LINK.findall(door.read()[0])
        key = link.partition("?k=")[2]
        async with browser(door.service) as whoever:
            pages = {one: await whoever.get(f"/draf?k={one}") for one in (key, key[:-2] + "AA", SITI, "<0@lain.test>")}
        assert [STORY in page.text for page in pages.values()] == [True, False, False, False]
        assert len({page.text for one, page in pages.items() if one != key}) == 1
        assert door.receivers() == {SITI}
        assert await door.service.end() == 0
        assert key not in door.service.stderr + door.service.stdout
