"""The list of public cases: what stands in it, how it is filtered and paged, and what never gets in."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from actions.cases.actions import CaseAction
from actions.cases.case import Location
from actions.people.roles import Actor, Role
from bot.web.public.context import PAGES_AT_ONCE
from bot.web.public.reports.map import classes, shade
from tests.unit.web_case.cases import MARKED, VILLAGE
from tests.unit.web_public.hall import Hall

ATOM = "{http://www.w3.org/2005/Atom}"
NUMBER = re.compile(r'<li><a href="/t/(LP-[^"]+)"')


def numbers(page: str) -> list[str]:
    """The cases on a page, in their order."""
    return NUMBER.findall(page)


async def test_the_newest_stand_first(hall: Hall) -> None:
    [old] = await hall.files()
    hall.passes(3)
    [new] = await hall.files(category="sampah")
    assert numbers(await hall.reads("/laporan")) == [new.ticket, old.ticket]


async def test_secret_sensitive_and_hidden_cases_are_not_in_it(hall: Hall) -> None:
    [shown] = await hall.files()
    await hall.files(secret=True)
    await hall.files(category="pungli_korupsi")
    await hall.files(sensitive=True)
    [hidden] = await hall.files()
    await hall.does(hidden, CaseAction.HIDE, Actor(Role.MODERATOR, "m1"))
    for path in ("/laporan", "/laporan.atom", "/laporan?kategori=pungli_korupsi"):
        assert hidden.ticket not in await hall.reads(path)
    assert numbers(await hall.reads("/laporan")) == [shown.ticket]


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/laporan", "/laporan?lang=en", "/laporan.atom"])
async def test_nothing_but_what_a_number_reveals_is_in_it(hall: Hall, path: str) -> None:
    await hall.files(3)
    page = await hall.reads(path)
    village = hall.office.house.service.regency.regions[VILLAGE].name
    cases = page.partition('<ol class="cases">')[2] or page
    assert [mark for mark in MARKED if mark in page] == []
    assert village not in cases


@pytest.mark.thorough
async def test_it_is_filtered_by_what_stands_in_the_address(hall: Hall) -> None:
    [road] = await hall.files(category="jalan")
    [waste] = await hall.files(category="sampah", location=Location(district="64.09.02"))
    await hall.answered(category="parkir")
    for query, found in {
        "kategori=jalan": [road.ticket],
        "kecamatan=64.09.02": [waste.ticket],
        f"instansi={waste.agency}&status=forwarded": [waste.ticket],
        "bulan=1999-01": [],
    }.items():
        assert numbers(await hall.reads(f"/laporan?{query}")) == found
    assert len(numbers(await hall.reads("/laporan?status=closed"))) == 1
    page = await hall.reads("/laporan?kategori=jalan")
    assert '<option value="jalan" selected>' in page
    assert "/laporan.atom?kategori=jalan" in page


@pytest.mark.thorough
async def test_pages_follow_each_other_without_a_gap(hall: Hall) -> None:
    filed = {case.ticket for case in await hall.files(45)}
    seen, address = list[str](), "/laporan?kategori=jalan"
    for _ in range(3):
        page = await hall.reads(address)
        seen += numbers(page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        address = further.group(1).replace("&amp;", "&") if further else ""
    assert address == ""
    assert (len(seen), set(seen)) == (45, filed)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "query",
    [
        "status=late",
        "bulan=2026-13",
        "bulan=x",
        "sesudah=x",
        "sesudah=2026-01-01.LP-1",
        "instansi=%00",
        "kategori=a%00",
    ],
)
async def test_what_cannot_be_asked_for_is_said_so(hall: Hall, query: str) -> None:
    assert (await hall.browser().get(f"/laporan?{query}")).status_code == 404


async def test_the_feed_is_atom(hall: Hall) -> None:
    [case] = await hall.files()
    answer = await hall.browser().get("/laporan.atom?kategori=jalan")
    feed = ET.fromstring(answer.text)  # noqa: S314 - our own
    [entry] = feed.findall(f"{ATOM}entry")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert entry.findtext(f"{ATOM}id") == f"http://lapor.test/t/{case.ticket}"
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
        assert entry.findtext(f"{ATOM}{name}")
    assert "T00:00:00" in (entry.findtext(f"{ATOM}updated") or "")


@pytest.mark.thorough
async def test_the_map_colours_villages_of_five_and_more(hall: Hall) -> None:
    await hall.files(12)
    other = Location(district="64.09.01", village="64.09.01.1004")
    await hall.files(2, location=other)
    await hall.files(6, location=Location(district="64.09.02", village="64.09.02.2001"))
    page, names = await hall.reads("/laporan"), hall.office.house.service.regency.regions
    assert page.count("<path ") == sum(code.count(".") == 3 for code in names)
    assert f"<title>{names['64.09.01.1004'].name}</title>" in page


async def test_late_cases_are_marked(hall: Hall) -> None:
    await hall.files()
    assert "is-late" not in await hall.reads("/laporan")
    hall.passes(60)
    assert "is-late" in await hall.reads("/laporan")


@pytest.fixture
def nothing_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is: no page that was asked for is given back meanwhile."""
    monkeypatch.setattr("bot.web.public.context.PAGES_A_SECOND", 0.0)


@pytest.mark.thorough
@pytest.mark.usefixtures("nothing_comes_back")
async def test_whoever_asks_without_end_waits(hall: Hall) -> None:
    browser = hall.browser("198.51.100.7")
    answers = [(await browser.get("/laporan.atom")).status_code for _ in range(PAGES_AT_ONCE + 5)]
    assert answers == [200] * PAGES_AT_ONCE + [429] * 5
    assert (await hall.browser("198.51.100.8").get("/laporan.atom")).status_code == 200


async def test_when_the_database_is_away_the_pages_say_so(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise OSError

    await hall.files(6)
    monkeypatch.setattr("bot.web.public.reports.routes.list_open", away)
    monkeypatch.setattr("bot.web.public.statistics.reading.count_by", away)
    for path in ("/laporan.atom", "/statistik", "/statistik/agency.csv"):
        answer = await hall.browser().get(path)
        assert (answer.status_code, "Ada gangguan" in answer.text) == (503, True)


def test_the_classes_of_the_map_follow_its_numbers() -> None:
    assert classes([]) == (5,)
    assert classes([6, 6, 6, 6]) == (5, 6)
    assert classes(range(5, 25)) == (5, 10, 15, 20)
    assert classes([300, 320, 410, 5_000]) == (5, 320, 410, 5000)
    every = classes([7, 9, 30, 31, 32, 90, 400, 900])
    assert [shade(count, every) for count in (0, 4, 7, 31, 90, 900)] == [0, 0, 1, 2, 3, 4]


async def test_the_list_begins_with_reports_and_opens_its_filters_where_one_is_chosen(hall: Hall) -> None:
    await hall.files(5)
    page = await hall.reads("/laporan")
    assert page.index('id="found"') < page.index('class="filters"')
    assert '<details class="narrow">' in page
    assert '<details class="narrow" open>' in await hall.reads("/laporan?kategori=jalan")
