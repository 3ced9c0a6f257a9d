"""Pauses after failed tries: they grow, end, and survive a restart and another process."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.people.sign_in import (
    FIRST_PAUSE,
    FORGOTTEN_AFTER,
    LONGEST_PAUSE,
    OF_A_CODE,
    OF_A_KNOWN_BROWSER,
    OF_A_NAME,
    OF_A_NAME_AT_AN_ADDRESS,
    OF_AN_ADDRESS,
    Allowance,
    Tries,
    pause_after,
)
from actions.store.engine.database import Database
from actions.store.people.sign_in import count_try, forget_tries, forgive_try
from tests.databases import rows_seen
from tests.unit.people.officers import NOON

WHO = {"name": OF_A_CODE, "address": OF_AN_ADDRESS}


async def tries(database: Database, who: dict[str, Allowance], at: datetime) -> datetime | None:
    async with database.writing() as connection:
        return await count_try(connection, who, at)


def test_pauses_grow_to_a_quarter_of_an_hour_and_no_further() -> None:
    pauses = [pause_after(failed, OF_A_CODE).total_seconds() for failed in range(1, 13)]
    assert pauses == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert pause_after(10**9, OF_A_CODE) == LONGEST_PAUSE


def test_who_types_a_password_is_slowed_down_by_a_minute_at_most_and_in_her_own_browser_by_seconds() -> None:
    longest = [
        pause_after(10**9, allowance).total_seconds()
        for allowance in (OF_A_NAME_AT_AN_ADDRESS, OF_AN_ADDRESS, OF_A_NAME, OF_A_KNOWN_BROWSER)
    ]
    assert longest == [60, 60, 5, 10]


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=2)), max_size=60))
def test_whatever_was_tried_a_right_password_is_looked_at_within_a_quarter_of_an_hour(gaps: list[timedelta]) -> None:
    known, now = Tries.none(NOON), NOON
    for gap in gaps:
        now += gap
        if known.not_before <= now:
            known = known.counted(OF_A_CODE, now)
    assert known.not_before - now <= LONGEST_PAUSE


def test_a_day_without_a_try_begins_anew() -> None:
    known = Tries(40, NOON, NOON)
    assert known.counted(OF_A_CODE, NOON + FORGOTTEN_AFTER).failed == 1
    assert known.counted(OF_A_CODE, NOON + FORGOTTEN_AFTER - FIRST_PAUSE).failed == 41


async def test_five_tries_and_then_a_pause_that_says_when(database: Database) -> None:
    untils = [await tries(database, WHO, NOON) for _ in range(7)]
    assert untils == [None] * 5 + [NOON + FIRST_PAUSE] * 2


@pytest.mark.thorough
async def test_what_is_tried_in_a_pause_makes_it_no_longer(database: Database) -> None:
    for _ in range(200):
        await tries(database, WHO, NOON)
    after = NOON + FIRST_PAUSE
    assert [await tries(database, WHO, after) for _ in range(2)] == [None, after + 2 * FIRST_PAUSE]


async def test_another_process_knows_of_it(database: Database, another_process: Database) -> None:
    for _ in range(5):
        await tries(database, WHO, NOON)
    assert await tries(another_process, WHO, NOON) == NOON + FIRST_PAUSE


async def test_many_at_once_are_no_more_than_many_in_a_row(database: Database, another_process: Database) -> None:
    both = (database, database) if database.is_sqlite else (database, another_process)  # SQLite's other would not wait
    many = [tries(one, WHO, NOON) for one in both for _ in range(4)]
    untils = await asyncio.gather(*many)
    assert sorted(untils, key=str) == [NOON + FIRST_PAUSE] * 3 + [None] * 5


async def test_an_address_has_more_tries_than_a_name(database: Database) -> None:
    untils = [
        await tries(database, {f"name {number}": OF_A_CODE, "address": OF_AN_ADDRESS}, NOON) for number in range(32)
    ]
    assert untils == [None] * 30 + [NOON + FIRST_PAUSE] * 2


@pytest.mark.thorough
async def test_a_right_try_is_taken_back(database: Database) -> None:
    for _ in range(50):
        assert await tries(database, WHO, NOON) is None
        async with database.writing() as connection:
            await forget_tries(connection, "name")
            await forgive_try(connection, "address", NOON)


async def test_what_is_a_day_old_is_thrown_away(database: Database, database_url: str) -> None:
    await tries(database, WHO, NOON)
    await tries(database, {"another": OF_A_CODE}, NOON + FORGOTTEN_AFTER)
    assert rows_seen(database_url, "people_tries") == 1
