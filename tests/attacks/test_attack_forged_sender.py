"""Threat: somebody writes SMS in another's name, which no gateway can tell from hers, to end reports or her link."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from actions.cases.case import Status
from actions.store.cases.page_links import link_editions
from actions.store.engine.database import Database
from actions.store.messages.messages import backlog
from tests.attacks.services import browser, database_of
from tests.fakes.sms import FakeGateway
from tests.integration.process.service import Service, running_service
from tests.patience import PATIENCE_SECONDS
from tests.talks.database import all_cases
from tests.talks.sms import joined

pytestmark = pytest.mark.slow

SITI = "+6281234567890"
STORY = "lampu jalan di depan pasar petung mati sudah dua minggu"
DIGITS = re.compile(r"^\d{6}$", re.MULTILINE)
WITHDRAWS = ("laporan saya", "1", "tarik laporan", "ya, tarik")
DELETES = ("hapus data saya", "1")
ENDS_HER_LINK = ("tautan baru",)
TRIES = ("000000", "111111", "222222")


async def writes_as_siti(service: Service, gateway: FakeGateway, *texts: str) -> None:
    """Bring these, each once the one before is answered; a forger is blind, and reads nothing of an answer."""
    async with browser(service) as carrier, database_of(service) as database:
        for text in texts:
            assert await gateway.brings(carrier, SITI, text) == [200]
            await until_answered(database)


async def until_answered(database: Database) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with database.reading() as connection:
                waiting = await backlog(connection)
            if not (waiting.inbox or waiting.outbox):
                return
            await asyncio.sleep(0.05)


async def how_it_is(service: Service) -> list[tuple[Status, str]]:
    async with database_of(service) as database:
        return [(case.status, case.reporter) for case in await all_cases(database)]


async def ended_links(service: Service) -> Mapping[str, int]:
    async with database_of(service) as database, database.reading() as connection:
        return await link_editions(connection, [case.ticket for case in await all_cases(database)])


async def test_a_forged_sender_ends_nothing_and_whoever_has_the_number_does(tmp_path: Path) -> None:
    async with (
        FakeGateway() as gateway,
        running_service(tmp_path, sms_gateway_url=gateway.url, sms_secret=gateway.secret) as service,
    ):
        await writes_as_siti(service, gateway, STORY, "1", "kirim")
        filed = await how_it_is(service)
        assert [reporter for _, reporter in filed] == [f"sms:{SITI}"]
        await writes_as_siti(service, gateway, *DELETES, *TRIES, *WITHDRAWS, *TRIES, *ENDS_HER_LINK, *TRIES)
        assert await how_it_is(service) == filed
        assert not await ended_links(service)
        assert {one.to for one in gateway.sent} == {SITI}
        await writes_as_siti(service, gateway, *DELETES)
        [digits] = DIGITS.findall(joined([one.text for one in gateway.sent])[-1])
        await writes_as_siti(service, gateway, digits)
        assert [reporter for _, reporter in await how_it_is(service)] != [f"sms:{SITI}"]
        assert digits not in service.stderr + service.stdout
