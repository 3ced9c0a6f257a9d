"""On a real PostgreSQL several processes work officers' turns, and each thing is done and said once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from actions.store.engine import schema
from actions.store.engine.database import Database
from bot.officers.digest import Digests
from tests.databases import postgres_url
from tests.integration.officers.bureau import ROADS, Bureau, a_bureau

__all__ = ["postgres_url"]

pytestmark = pytest.mark.postgres


@pytest.fixture
async def office(postgres_url: str) -> AsyncIterator[Bureau]:
    database = Database(postgres_url)
    await schema.upgrade(database)
    await database.close()
    async with a_bureau(postgres_url) as made:
        yield made


async def test_two_processes_in_which_two_officers_press_do_it_once(office: Bureau, postgres_url: str) -> None:
    officers = [await office.officer(name, agency=ROADS) for name in ("Rina", "Budi")]
    case = await office.files()
    presses = []
    for who in officers:
        number, button = who.private.button("Terima") or (0, {})
        presses.append(await who.presses_data(button["callback_data"], message_id=number))
    async with office.beside(postgres_url) as another:
        while office.telegram.world.updates.unconfirmed:
            await asyncio.sleep(0.001)
        while sum(await asyncio.gather(office.worker.work_batch(), another.work_batch())):
            pass
    await office.works()
    answers = sorted(office.telegram.world.answers[press] for press in presses)
    assert answers[1] == "Tercatat."
    assert "diterima untuk dikerjakan" in answers[0]
    assert (await office.actions(case.ticket))[2:] == ["accept"]
    assert all("Sedang dikerjakan" in who.private.screen[0].text for who in officers)


async def test_two_processes_write_a_digest_once(office: Bureau, postgres_url: str) -> None:
    await office.binds()
    await office.files()
    office.world.clock.now = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)
    office.news(office.group)
    another = Database(postgres_url)
    databases = (office.database, another, another)
    looks = [
        Digests(one, office.service.officers_service, office.world.clock, lambda _: None).look() for one in databases
    ]
    assert sum(await asyncio.gather(*looks)) == 1
    await another.close()
    await office.works()
    assert len(office.news(office.group)) == 1


async def test_a_case_is_answered_and_the_group_s_draft_is_kept_between(office: Bureau) -> None:
    rina = await office.officer("Rina", agency=ROADS)
    await office.binds()
    case = await office.files()
    await office.presses(rina, "Terima", office.group)
    await office.presses(rina, "Jawab", office.group)
    await office.replies(rina, "Lubang ditutup aspal pada hari Rabu", office.group, to="Jawab", photo=True)
    await office.presses(rina, "Kirim", office.group)
    assert (await office.actions(case.ticket))[2:] == ["accept", "answer"]
