"""Guessing is slowed down, for whoever guesses, and nobody else is held up."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from httpx import AsyncClient

from actions.people.roles import Role
from tests.unit.people.officers import PASSWORD
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse, signs_in


def passing(gate: Gatehouse, part: float = 1.0) -> list[float]:
    """Pauses pass at once from now on, by this part of their length; returns how long each was."""
    pauses = list[float]()

    async def passes(seconds: float) -> None:
        pauses.append(seconds)
        gate.world.clock.passes(timedelta(seconds=seconds * part))

    gate.context.checking = replace(
        gate.context.checking, attempts=replace(gate.context.checking.attempts, sleep=passes)
    )
    return pauses


async def fails(browser: AsyncClient, name: str, times: int) -> list[int]:
    return [(await signs_in(browser, name, "bukan kata sandinya")).status_code for _ in range(times)]


@pytest.mark.parametrize("name", ["Rina", "Tidak Ada"])
async def test_five_tries_and_then_a_pause_whoever_it_is(gate: Gatehouse, name: str) -> None:
    await gate.hires("Rina", Role.TRAINER)
    browser = gate.browser()
    assert await fails(browser, name, 7) == [401] * 5 + [429] * 2
    answer = await signs_in(browser, name)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "31"
    assert "Terlalu banyak percobaan. Coba lagi mulai" in answer.text


async def test_the_time_that_is_said_is_not_too_early(gate: Gatehouse) -> None:
    await fails(gate.browser(), "Rina", 5)
    answer = await signs_in(gate.browser(), "Rina")
    zone = gate.house.service.regency.time_zone
    soonest = (gate.now() + timedelta(seconds=30)).astimezone(zone)
    said = soonest.replace(second=0) + timedelta(minutes=1 if soonest.second else 0)
    assert f"{said:%H.%M}" in answer.text


@pytest.mark.thorough
async def test_after_the_pause_the_right_password_is_taken_and_all_is_forgotten(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    browser = gate.browser()
    await fails(browser, "Rina", 6)
    gate.world.clock.passes(timedelta(seconds=30))
    assert (await signs_in(browser, "Rina")).status_code == 303
    assert await fails(gate.browser(), "Rina", 6) == [401] * 5 + [429]


async def test_a_pause_outlives_a_restart(gate: Gatehouse, tmp_path: Path, database_file: Path) -> None:
    await fails(gate.browser(), "Rina", 5)
    restarted = await a_gatehouse(tmp_path, database_file)
    assert (await signs_in(restarted.browser(), "Rina")).status_code == 429
    await restarted.house.closes()


async def test_a_stranger_slows_down_the_name_at_one_address_and_nowhere_else(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    assert await fails(gate.browser("192.0.2.1"), "Rina", 7) == [401] * 5 + [429] * 2
    assert (await signs_in(gate.browser("192.0.2.2"), "Rina")).status_code == 303


@pytest.mark.alert("LaporSignInFlood")
@pytest.mark.thorough
async def test_who_guesses_one_name_from_many_addresses_has_one_try_each_five_seconds_after_a_hundred(
    gate: Gatehouse,
) -> None:
    pauses = passing(gate)
    for number in range(1, 101):
        assert await fails(gate.browser(f"192.0.2.{number}"), "Rina", 1) == [401]
    assert pauses == []
    for number in range(101, 104):
        assert await fails(gate.browser(f"192.0.2.{number}"), "Rina", 1) == [401]
    assert pauses == [5.0] * 3


@pytest.mark.thorough
async def test_other_names_do_not_help_who_guesses_from_one_address(gate: Gatehouse) -> None:
    statuses = [(await fails(gate.browser(), f"orang {number}", 1))[0] for number in range(32)]
    assert statuses == [401] * 30 + [429] * 2
    assert (await fails(gate.browser("198.51.100.7"), "orang 99", 1)) == [401]


@pytest.mark.thorough
async def test_a_forwarding_header_of_nobody_trusted_is_no_other_address(gate: Gatehouse) -> None:
    statuses = [
        (await fails(gate.browser(x_forwarded_for=f"203.0.113.{number}"), f"orang {number}", 1))[0]
        for number in range(31)
    ]
    assert statuses == [401] * 30 + [429]


async def test_strangers_who_try_her_name_do_not_hold_her_up_where_she_signed_in_before(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    hers = await gate.signed_in("Rina", address="198.51.100.7")
    await hers.post("/sign-out")
    await fails(gate.browser(), "Rina", 6)
    assert (await signs_in(gate.browser(), "Rina")).status_code == 429
    assert (await signs_in(hers, "Rina")).status_code == 303


@pytest.mark.thorough
async def test_what_colleagues_try_at_her_address_does_not_hold_her_up_where_she_signed_in_before(
    gate: Gatehouse,
) -> None:
    await gate.hires("Rina", Role.TRAINER)
    hers = await gate.signed_in("Rina")
    await hers.post("/sign-out")
    for number in range(33):
        await fails(gate.browser(), f"orang {number}", 1)
    assert (await signs_in(gate.browser(), "Rina")).status_code == 429
    assert (await signs_in(hers, "Rina")).status_code == 303


async def test_in_her_own_browser_wrong_tries_are_slow_and_the_right_password_is_always_taken(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    hers = await gate.signed_in("Rina")
    await hers.post("/sign-out")
    pauses = passing(gate)
    assert await fails(hers, "Rina", 9) == [401] * 9
    assert pauses == [10.0] * 4
    assert (await signs_in(hers, "Rina")).status_code == 303
    assert pauses == [10.0] * 5


async def test_many_at_once_in_her_own_browser_are_no_more_than_many_in_a_row(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    hers = await gate.signed_in("Rina")
    await hers.post("/sign-out")
    passing(gate, 0.0)
    answers = await asyncio.gather(*(signs_in(hers, "Rina", f"tebakan {number}") for number in range(12)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 7


async def test_the_mark_of_a_browser_is_for_one_name_and_cannot_be_made_up(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    hers = await gate.signed_in("Rina")
    await fails(gate.browser(), "Budi", 5)
    assert (await signs_in(hers, "Budi")).status_code == 429
    await fails(gate.browser(), "Rina", 5)
    forged = gate.browser()
    forged.cookies.set("lapor_device", f"{'0' * 32}.{'0' * 64}", path="/sign-in")
    assert (await signs_in(forged, "Rina")).status_code == 429


@pytest.mark.thorough
async def test_a_browser_is_known_by_all_who_share_it(gate: Gatehouse) -> None:
    shared = gate.browser()
    for name in ("Rina", "Budi"):
        await gate.hires(name, Role.TRAINER)
        await signs_in(shared, name)
        await shared.post("/sign-out")
    for name in ("Rina", "Budi"):
        await fails(gate.browser(), name, 6)
    assert [(await signs_in(shared, name)).status_code for name in ("Rina", "Budi")] == [303, 303]


@pytest.mark.thorough
async def test_tries_of_others_are_told_at_the_next_sign_in_and_on_her_own_page(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    floods = list[str]()
    gate.context.checking = replace(
        gate.context.checking, attempts=replace(gate.context.checking.attempts, flooded=lambda: floods.append("flood"))
    )
    for number in range(1, 12):
        await fails(gate.browser(f"192.0.2.{number}"), "Rina", 1)
        await fails(gate.browser(f"192.0.2.{number}"), "Tidak Ada", 1)
    assert floods == ["flood"] * 2
    hers = gate.browser("198.51.100.7")
    answer = await signs_in(hers, "Rina", next="/trainer/data")
    assert answer.headers["location"] == "/desk/account?next=%2Ftrainer%2Fdata"
    page = (await hers.get(answer.headers["location"])).text
    assert "Ada yang mencoba masuk dengan nama Anda" in page
    assert ": 10 percobaan" in page
    assert '<a class="button" href="/trainer/data">' in page
    again = await signs_in(gate.browser("198.51.100.8"), "Rina", next="/trainer/data")
    assert again.headers["location"] == "/trainer/data"
    assert ": 10 percobaan" in (await hers.get("/desk/account")).text
    gate.world.clock.passes(timedelta(days=31))
    later = await gate.signed_in("Rina", address="198.51.100.9")
    assert "percobaan" not in (await later.get("/desk/account")).text


async def test_many_at_once_are_no_more_than_many_in_a_row(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    answers = await asyncio.gather(*(signs_in(gate.browser(), "Rina", f"tebakan {number}") for number in range(12)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 7


@pytest.mark.thorough
async def test_who_has_an_account_of_her_own_cannot_clean_her_address_with_it(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    for number in range(28):
        await fails(gate.browser(), f"orang {number}", 1)
    for _ in range(3):
        assert (await signs_in(gate.browser(), "Rina")).status_code == 303
    assert await fails(gate.browser(), "orang 98", 1) + await fails(gate.browser(), "orang 99", 1) == [401, 401]
    assert (await signs_in(gate.browser(), "Rina", PASSWORD)).status_code == 429


async def test_neither_names_nor_addresses_are_kept_of_who_failed(gate: Gatehouse, database_file: Path) -> None:
    await fails(gate.browser("203.0.113.9"), "sandiku-di-kotak-yang-salah", 1)
    kept = b"".join(file.read_bytes() for file in database_file.parent.iterdir() if file.is_file())
    assert b"sandiku-di-kotak-yang-salah" not in kept
    assert b"203.0.113.9" not in kept
