"""What went to SP4N-LAPOR! and came from there stands at the desk, as far as its reader may know of the cases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.cases.case import Case
from actions.store.integrations.sp4n import (
    DONE,
    HANDOVER,
    REMOTE_STATUS,
    UNREADABLE,
    WHOLE,
    Sp4nCase,
    add_sp4n_case,
    put_exchanges,
)
from tests.databases import database_url, mostly_sqlite, postgres_url
from tests.unit.web_desk_more.desk_office import DeskOffice, a_desk_office

__all__ = ["database_url", "mostly_sqlite", "postgres_url"]
PAGE = "/desk/sp4n"
AT = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
async def office(tmp_path: Path, database_url: str) -> AsyncIterator[DeskOffice]:
    opened = await a_desk_office(tmp_path, url=database_url)
    yield opened
    await opened.gate.house.closes()


async def has(office: DeskOffice, case: Case, number: str) -> None:
    """A case went there, and moved."""
    rows = [
        {"ticket": case.ticket, "kind": HANDOVER, "item": WHOLE, "tracking_id": number, "created_at": AT},
        {"ticket": case.ticket, "kind": REMOTE_STATUS, "item": "Diproses", "tracking_id": number, "created_at": AT},
    ]
    async with office.gate.database.writing() as connection:
        await add_sp4n_case(connection, Sp4nCase(case.ticket, number, is_theirs=False, their_status="Diproses"))
        await put_exchanges(connection, [{**row, "state": DONE, "done_at": AT} for row in rows])


async def test_a_verifier_reads_what_went_there_what_waits_and_what_is_unknown(office: DeskOffice) -> None:
    gone, waiting, theirs = [await office.files() for _ in range(3)]
    await has(office, gone, "1916449")
    unread = {"ticket": "", "kind": "report", "item": "5005", "tracking_id": "5005", "state": UNREADABLE}
    held_up = {"ticket": waiting.ticket, "kind": HANDOVER, "item": WHOLE, "obstacle": "timeout"}
    async with office.gate.database.writing() as connection:
        await put_exchanges(connection, [{**unread, "created_at": AT}])
        await put_exchanges(connection, [{**held_up, "created_at": AT}])
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


@pytest.mark.parametrize(("name", "status"), [("Tia", 200), ("Lina", 403), ("Modi", 403)])
async def test_it_is_for_verifiers_and_admins(office: DeskOffice, name: str, status: int) -> None:
    assert (await (await office.browser_of(name)).get(PAGE)).status_code == status
