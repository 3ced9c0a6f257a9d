"""What went to SP4N-LAPOR! and came from there stands at the desk, as far as its reader may know of the cases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from actions.store.integrations.sp4n import Sp4nCase, add_sp4n_case
from tests.databases import database_url, mostly_sqlite, postgres_url
from tests.unit.sp4n.exchanges import has, in_the_way
from tests.unit.web_desk_more.desk_office import DeskOffice, a_desk_office

__all__ = ["database_url", "mostly_sqlite", "postgres_url"]
PAGE = "/desk/sp4n"


@pytest.fixture
async def office(tmp_path: Path, database_url: str) -> AsyncIterator[DeskOffice]:
    opened = await a_desk_office(tmp_path, url=database_url)
    yield opened
    await opened.gate.house.closes()


async def test_a_verifier_reads_what_went_there_what_waits_and_what_is_unknown(office: DeskOffice) -> None:
    gone, waiting, theirs = [await office.files() for _ in range(3)]
    await has(office, gone, "1916449")
    await in_the_way(office, waiting)
    async with office.gate.database.writing() as connection:
        came = Sp4nCase(theirs.ticket, "5002", is_theirs=True, topic="99", topic_name="Perkeretaapian")
        await add_sp4n_case(connection, came)
    page = (await (await office.browser_of("Vera")).get(PAGE)).text
    for words in ("1916449", gone.ticket, "Kata mereka: Diproses", "1 menunggu dikirim", "1 terhalang: timeout"):
        assert words in page
    for words in ("Topik 99 (Perkeretaapian)", "1 laporan dari sana belum terbaca", "Kategori Jalan"):
        assert words in page
    shown = (await (await office.browser_of("Vera")).get(f"/desk/cases/{gone.ticket}")).text
    assert "1916449, Diproses" in shown


async def test_of_a_case_that_she_may_not_read_nothing_is_shown(office: DeskOffice) -> None:
    secret = await office.files(secret=True)
    await has(office, secret, "1916450")
    page = (await (await office.browser_of("Vera")).get(PAGE)).text
    assert (secret.ticket in page, "1916450" in page) == (False, False)


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "status"), [("Tia", 200), ("Lina", 403), ("Modi", 403)])
async def test_it_is_for_verifiers_and_admins(office: DeskOffice, name: str, status: int) -> None:
    assert (await (await office.browser_of(name)).get(PAGE)).status_code == status
