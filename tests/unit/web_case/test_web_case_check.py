"""The form that finds a case, and the limit on numbers that are not found."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.web.case.context import FailedLookups
from tests.talks.talk_file import Settings
from tests.talks.world import TUESDAY, World, mistyped
from tests.unit.web_case.cases import CaseOffice, an_office, bytes_of
from tests.unit.web_case.test_web_case_page import NUMBERS


async def fails(office: CaseOffice, browser: object, times: int, *, at: str = "/t/") -> list[int]:
    statuses = []
    for _ in range(times):
        number = office.unused()
        if at == "/t/":
            answer = await browser.get(f"/t/{number}")  # type: ignore[attr-defined]
        else:
            answer = await browser.post("/cek", data={"ticket": number})  # type: ignore[attr-defined]
        statuses.append(answer.status_code)
    return statuses


@pytest.mark.parametrize("written", NUMBERS)
async def test_the_form_takes_a_number_as_it_is_written(office: CaseOffice, written: object) -> None:
    case = await office.files()
    assert callable(written)
    browser = office.browser()
    for answer in (
        await browser.post("/cek", data={"ticket": written(case.ticket)}),
        await browser.get("/cek", params={"ticket": written(case.ticket)}),
    ):
        assert (answer.status_code, answer.headers["location"]) == (303, f"/t/{case.ticket}")


async def test_the_form_says_what_a_number_looks_like(office: CaseOffice) -> None:
    answer = await office.browser().get("/cek")
    assert answer.status_code == 200
    assert '<label for="ticket">Nomor tiket</label>' in answer.text
    assert "LP-2345-67CX" in answer.text
    assert answer.headers["referrer-policy"] == "same-origin"


async def test_a_mistyped_number_is_told_from_an_unknown_one_and_never_counted(office: CaseOffice) -> None:
    wrong, browser = mistyped(office.unused()), office.browser()
    answers = [await browser.post("/cek", data={"ticket": wrong}) for _ in range(15)]
    assert {answer.status_code for answer in answers} == {422}
    assert "sepertinya salah ketik" in answers[0].text
    unknown = await browser.post("/cek", data={"ticket": office.unused()})
    assert unknown.status_code == 404
    assert "tidak ditemukan" in unknown.text


async def test_a_secret_number_reads_as_an_unknown_one(office: CaseOffice) -> None:
    secret, unused, browser = await office.files(secret=True), office.unused(), office.browser()
    answers = [
        bytes_of(await browser.post("/cek", data={"ticket": number})).replace(number.encode(), b"#")
        for number in (secret.ticket, unused)
    ]
    assert answers[0] == answers[1]


@pytest.mark.thorough
@pytest.mark.parametrize("typed", ["", "   ", "halo", "12345678", '"><script>', "9" * 5000, "\x00", "LP"])
async def test_what_is_no_number_is_said_in_words(office: CaseOffice, typed: str) -> None:
    answer = await office.browser().post("/cek", data={"ticket": typed})
    assert answer.status_code == 422
    assert "Itu belum berupa nomor tiket" in answer.text
    assert "<script" not in answer.text


async def test_a_form_without_its_field_is_no_number(office: CaseOffice) -> None:
    for body in (b"", b"x=1", b"\xff\xfe", b"ticket"):
        assert (await office.browser().post("/cek", content=body)).status_code == 422


async def test_another_sites_form_is_refused(office: CaseOffice) -> None:
    browser = office.browser(origin="https://evil.example")
    assert (await browser.post("/cek", data={"ticket": office.unused()})).status_code == 403


@pytest.mark.thorough
@pytest.mark.parametrize("at", ["/t/", "/cek"])
async def test_ten_an_hour_fail_and_then_there_is_a_pause(office: CaseOffice, at: str) -> None:
    case, browser = await office.files(), office.browser()
    assert await fails(office, browser, 12, at=at) == [404] * 10 + [429] * 2
    paused = await browser.get(f"/t/{case.ticket}")
    assert paused.status_code == 429
    assert "Terlalu banyak nomor yang tidak ditemukan" in paused.text
    assert paused.headers["retry-after"] == "3600"
    assert (await browser.post("/cek", data={"ticket": case.ticket})).status_code == 429
    office.world.clock.passes(timedelta(hours=1))
    assert (await browser.get(f"/t/{case.ticket}")).status_code == 200


async def test_both_ways_count_together(office: CaseOffice) -> None:
    browser = office.browser()
    await fails(office, browser, 5)
    assert await fails(office, browser, 6, at="/cek") == [404] * 5 + [429]


async def test_a_pause_says_the_same_of_every_number(office: CaseOffice) -> None:
    public, secret, browser = await office.files(), await office.files(secret=True), office.browser()
    await fails(office, browser, 10)
    numbers = (public.ticket, secret.ticket, office.unused(), "x", f"{secret.ticket}?k=x")
    assert len({bytes_of(await browser.get(f"/t/{number}")) for number in numbers}) == 1


async def test_her_own_page_is_never_held_up(office: CaseOffice) -> None:
    case, browser = await office.files(secret=True), office.browser()
    await fails(office, browser, 11)
    assert (await browser.get(office.key(case))).status_code == 200


@pytest.mark.thorough
async def test_what_is_found_is_not_counted(office: CaseOffice) -> None:
    case, browser = await office.files(), office.browser()
    assert {(await browser.get(f"/t/{case.ticket}")).status_code for _ in range(25)} == {200}
    assert await fails(office, browser, 11) == [404] * 10 + [429]


async def test_many_at_once_are_no_more_than_many_in_a_row(office: CaseOffice) -> None:
    import asyncio

    browser = office.browser()
    answers = await asyncio.gather(*(browser.get(f"/t/{office.unused()}") for _ in range(30)))
    assert sorted(answer.status_code for answer in answers) == [404] * 10 + [429] * 20


async def test_who_throws_her_cookie_away_keeps_her_address(office: CaseOffice) -> None:
    for _ in range(10):
        browser = office.browser()
        await browser.get("/")
        await fails(office, browser, 1)
    assert await fails(office, office.browser(), 1) == [429]


async def test_who_changes_her_address_keeps_her_cookie(office: CaseOffice) -> None:
    first, second = office.browser(), office.browser("198.51.100.7")
    await first.get("/")
    second.cookies = first.cookies
    await fails(office, first, 10)
    assert await fails(office, second, 1) == [429]
    assert await fails(office, office.browser("198.51.100.7"), 1) == [404]


async def test_a_forwarding_header_of_nobody_trusted_counts_for_nothing(office: CaseOffice) -> None:
    statuses = [
        status
        for number in range(11)
        for status in await fails(office, office.browser(x_forwarded_for=f"203.0.113.{number}"), 1)
    ]
    assert statuses == [404] * 10 + [429]


async def test_behind_a_trusted_proxy_each_citizen_counts_alone(tmp_path: Path, database_file: Path) -> None:
    office = await an_office(tmp_path, database_file, World(Settings()), proxies=("192.0.2.1",))
    await fails(office, office.browser(x_forwarded_for="203.0.113.1"), 10)
    assert await fails(office, office.browser(x_forwarded_for="203.0.113.1"), 1) == [429]
    assert await fails(office, office.browser(x_forwarded_for="203.0.113.1, 203.0.113.2"), 1) == [404]
    await office.house.closes()


def test_forgiving_takes_back_one_and_old_ones_go_by_themselves() -> None:
    failed = FailedLookups(2)
    failed.begin(["a"], TUESDAY)
    failed.begin(["a"], TUESDAY)
    assert failed.paused_until(["a"], TUESDAY) == TUESDAY + timedelta(hours=1)
    failed.forgive(["a"], TUESDAY)
    assert failed.paused_until(["a"], TUESDAY) is None
    failed.forgive(["a", "b"], TUESDAY)
    assert not failed._failed
