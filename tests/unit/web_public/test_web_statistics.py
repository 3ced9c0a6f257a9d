"""The public numbers: what is counted, what is never shown, and that a crowd costs one look."""

from __future__ import annotations

import asyncio
import csv
import io
import json

import pytest
from sqlalchemy import delete

from actions.cases.actions import CaseAction
from actions.people.roles import REPORTER, Actor, Role
from actions.store.statistics.case_statistics import case_statistics
from bot.web.public.statistics.reading import RENEW_SECONDS, RefreshedCache, StatisticsAhead
from bot.web.shared.spreadsheet import XLSX
from tests.unit.web_case.cases import MARKED
from tests.unit.web_desk.test_web_desk_paper import cells
from tests.unit.web_public.hall import Hall

MODERATOR = Actor(Role.MODERATOR, "m1")


async def table(hall: Hall, name: str) -> dict[str, dict[str, str]]:
    """A CSV by code."""
    rows = csv.DictReader(io.StringIO(await hall.reads(f"/statistik/{name}.csv")))
    return {row["code"]: row for row in rows}


async def test_nothing_is_told_of_less_than_five(hall: Hall) -> None:
    await hall.files(4)
    assert "Belum ada lima laporan terbuka" in await hall.reads("/statistik")
    assert await table(hall, "agency") == {}
    assert await table(hall, "village") == {}


@pytest.mark.thorough
async def test_what_is_answered_in_time_and_what_is_late(hall: Hall) -> None:
    await hall.files(6)
    hall.passes(30)
    await hall.answered(5, rating=4)
    total = (await table(hall, "month"))["total"]
    assert (total["received"], total["in_time"], total["late"], total["solved"]) == ("11", "5", "6", "5")
    assert (total["median_days"], total["rating"], total["voices"]) == ("0.0", "4.0", "5")


@pytest.mark.thorough
async def test_late_is_late_when_it_is_answered_after_all(hall: Hall) -> None:
    cases = await hall.files(5)
    hall.passes(30)
    for case in cases:
        liaison = Actor(Role.LIAISON, "l1", case.agency)
        await hall.does(case, CaseAction.ACCEPT, liaison)
        await hall.does(case, CaseAction.ANSWER, liaison, words="Lubang di depan pasar ditutup aspal hari Rabu")
    total = (await table(hall, "month"))["total"]
    assert (total["late"], total["in_time"]) == ("5", "0")


@pytest.mark.thorough
async def test_what_is_reopened_is_not_solved(hall: Hall) -> None:
    cases = await hall.answered(6, rating=5)
    for case in cases:
        await hall.does(case, CaseAction.REOPEN, REPORTER)
    total = (await table(hall, "month"))["total"]
    assert (total["solved"], total["reopened"], total["voices"], total["rating"]) == ("0", "6", "0", "")


async def test_small_groups_stand_together_and_cannot_be_subtracted(hall: Hall) -> None:
    await hall.files(9, category="jalan")
    await hall.files(6, category="sampah")
    await hall.files(2, category="parkir")
    told = await table(hall, "category")
    assert {code: row["received"] for code, row in told.items()} == {"jalan": "9", "other": "8", "total": "17"}


@pytest.mark.thorough
async def test_secret_sensitive_and_hidden_cases_are_in_no_table(hall: Hall) -> None:
    await hall.files(6, category="jalan")
    await hall.files(5, category="jalan", secret=True)
    await hall.files(5, category="pungli_korupsi")
    for case in await hall.files(2, category="jalan"):
        await hall.does(case, CaseAction.HIDE, MODERATOR)
    for name in ("month", "agency", "category", "district"):
        assert (await table(hall, name))["total"]["received"] == "6"
    page = await hall.reads("/statistik")
    assert "Di luar angka ini: laporan rahasia, peka, dan yang disembunyikan. Masuk: 10;" in page


@pytest.mark.thorough
@pytest.mark.parametrize(
    "path", ["/statistik", "/statistik?lang=en", "/statistik/data.jsonld", "/statistik/agency.csv"]
)
async def test_nothing_of_a_reporter_s_is_in_it(hall: Hall, path: str) -> None:
    await hall.answered(6, rating=3)
    page = await hall.reads(path)
    assert [mark for mark in MARKED if mark in page] == []


async def test_each_picture_has_its_table_and_its_csv(hall: Hall) -> None:
    await hall.files(6)
    page = await hall.reads("/statistik")
    assert page.count('<svg class="chart"') == page.count("<table>") == 4
    for name in ("month", "agency", "category", "district"):
        assert f"/statistik/{name}.csv" in page


async def test_the_data_are_described(hall: Hall) -> None:
    await hall.files(6)
    answer = await hall.browser().get("/statistik/data.jsonld")
    catalogue = json.loads(answer.text)
    assert answer.headers["content-type"] == "application/ld+json"
    assert catalogue["@type"] == "dcat:Catalog"
    addresses = [each["dcat:distribution"]["dcat:downloadURL"]["@id"] for each in catalogue["dcat:dataset"]]
    for address in addresses:
        assert (await hall.browser().get(address)).headers["content-type"] == "text/csv; charset=utf-8"


async def test_a_year_and_a_table_that_are_not_there(hall: Hall) -> None:
    await hall.files(6)
    for path in ("/statistik?tahun=1999", "/statistik?tahun=x", "/statistik/reporter.csv"):
        assert (await hall.browser().get(path)).status_code == 404


async def test_the_page_says_when_old_cases_are_still_missing(hall: Hall) -> None:
    cases = await hall.files(7)
    async with hall.office.house.database.writing() as connection:
        await connection.execute(delete(case_statistics).where(case_statistics.c.ticket == cases[0].ticket))
    assert "belum lengkap" in await hall.reads("/statistik")


async def test_a_crowd_costs_one_look() -> None:
    looks, seconds = [0], [0.0]

    async def look(key: str) -> int:
        looks[0] += 1
        return looks[0]

    kept: RefreshedCache[str, int] = RefreshedCache(look, lambda: seconds[0])
    assert [await kept.get("") for _ in range(100)] == [1] * 100
    seconds[0] += RENEW_SECONDS + 1
    assert await kept.get("") == 1
    for _ in range(3):
        await asyncio.sleep(0)
    assert (await kept.get(""), looks[0]) == (2, 2)


async def test_what_cannot_be_read_anew_is_given_as_it_was() -> None:
    seconds, failing = [0.0], [False]

    async def look(key: str) -> str:
        if failing[0]:
            raise OSError
        return "read"

    kept: RefreshedCache[str, str] = RefreshedCache(look, lambda: seconds[0])
    assert await kept.get("") == "read"
    failing[0], seconds[0] = True, RENEW_SECONDS + 1
    assert await kept.get("") == "read"
    for _ in range(3):
        await asyncio.sleep(0)
    assert await kept.get("") == "read"


async def test_after_a_start_the_first_reader_finds_what_was_counted_before(hall: Hall) -> None:
    await hall.files(6)
    house = hall.office.house
    ahead = StatisticsAhead(house.database, house.service.regency, house.service.clock)
    assert await ahead.count() == 1
    assert await ahead.count() == 0
    await hall.files(5)
    assert (await table(hall, "month"))["total"]["received"] == "6"


async def test_what_was_counted_before_is_given_while_it_is_counted_anew() -> None:
    counted = asyncio.Event()

    async def counts(key: str) -> str:
        await counted.wait()
        return f"{key} anew"

    async def before(key: str) -> str:
        return f"{key} before"

    kept = RefreshedCache(counts, read_before=before)
    assert [await kept.get("2026") for _ in range(3)] == ["2026 before"] * 3
    counted.set()
    while await kept.get("2026") == "2026 before":
        await asyncio.sleep(0)
    assert await kept.get("2026") == "2026 anew"


async def test_numbers_of_another_day_are_counted_ahead_once_more(hall: Hall) -> None:
    await hall.files(6)
    house = hall.office.house
    await StatisticsAhead(house.database, house.service.regency, house.service.clock).count()
    hall.passes(1)
    assert await StatisticsAhead(house.database, house.service.regency, house.service.clock).count() == 1


def number(cell: str) -> str | float:
    """A number where it is one: a workbook writes 4.0 as 4, and nothing where a cell is empty."""
    try:
        return float(cell)
    except ValueError:
        return cell


@pytest.mark.thorough
async def test_a_table_is_a_workbook_with_the_rows_of_its_csv(hall: Hall) -> None:
    await hall.answered(6, rating=4)
    for name in ("month", "agency", "village", "category"):
        told = await hall.reads(f"/statistik/{name}.csv")
        made = await hall.browser().get(f"/statistik/{name}.xlsx")
        assert made.headers["content-type"] == XLSX
        assert made.headers["content-disposition"].startswith(f'attachment; filename="{name}-')
        rows = csv.reader(io.StringIO(told.removeprefix("\ufeff")))
        assert [[number(cell) for cell in row if cell] for row in cells(made.content)] == [
            [number(cell) for cell in row if cell] for row in rows
        ]
    assert (await hall.browser().get("/statistik/nothing.xlsx")).status_code == 404
