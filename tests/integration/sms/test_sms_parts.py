"""Messages in parts: late, twice, out of order, or never; every story whole, and once."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from actions.store.engine.database import Database
from bot.channels.sms.arrivals import joined_arrival, seems_to_go_on, sms_arrival
from bot.messaging.incoming_parts import SqlMessageParts
from bot.messaging.ports import MessagePart
from tests.integration.sms.open_sms import SITI, said_in
from tests.talks.world import StandingClock

A_DAY = timedelta(days=1)
MESSAGES = 1_000


def parts_in(database: Database, clock: StandingClock) -> SqlMessageParts:
    return SqlMessageParts(database, "sms", clock, lambda: None, joined_arrival)


def a_part(clock: StandingClock, number: int, total: int, text: str, reference: str = "7") -> MessagePart:
    return MessagePart(SITI, reference, number, total, text, clock())


@pytest.mark.thorough
async def test_a_thousand_messages_in_random_parts_orders_and_repeats(database: Database, clock: StandingClock) -> None:
    dice, parts = random.Random(18), parts_in(database, clock)  # noqa: S311 - a test repeats its dice
    stories, arriving = dict[str, list[str]](), list[tuple[float, MessagePart]]()
    number = 0
    while len(arriving) < MESSAGES:
        number += 1
        chat = f"+62812{number % 23:08}"
        texts = [f"[{number}.{one}] " for one in range(dice.randint(2, 6))]
        stories.setdefault(chat, []).append("".join(texts).strip())
        for place, text in enumerate(texts, 1):
            part = MessagePart(chat, str(number // 23), place, len(texts), text, clock())
            arriving += [(dice.random(), part) for _ in range(dice.choice((1, 1, 1, 2)))]
    for _, part in sorted(arriving, key=lambda one: one[0]):
        await parts.put_part(part)
    told = await said_in(database)
    assert len(told) == number
    assert {chat: sorted(text for who, text in told if who == chat) for chat in stories} == {
        chat: sorted(texts) for chat, texts in stories.items()
    }


async def test_what_is_missing_for_a_day_is_worked_without_it_and_follows(
    database: Database, clock: StandingClock
) -> None:
    parts = parts_in(database, clock)
    await parts.put_part(a_part(clock, 1, 3, "lampu mati"))
    await parts.put_part(a_part(clock, 3, 3, "di petung"))
    clock.passes(A_DAY - timedelta(minutes=1))
    await parts.release(clock(), clock() - A_DAY)
    assert await said_in(database) == []
    clock.passes(timedelta(minutes=2))
    await parts.release(clock(), clock() - A_DAY)
    assert await said_in(database) == [(SITI, "lampu mati ... di petung")]
    for _ in range(2):
        await parts.put_part(a_part(clock, 2, 3, "sudah seminggu"))
    assert [text for _, text in await said_in(database)] == ["lampu mati ... di petung", "... sudah seminggu ..."]


async def test_a_reference_is_used_again(database: Database, clock: StandingClock) -> None:
    parts = parts_in(database, clock)
    for number, text in ((1, "lampu "), (2, "mati")):
        await parts.put_part(a_part(clock, number, 2, text))
    for number, text in ((2, "berlubang"), (1, "jalan ")):
        await parts.put_part(a_part(clock, number, 2, text))
    assert [text for _, text in await said_in(database)] == ["lampu mati", "jalan berlubang"]


async def test_another_text_in_its_place_ends_what_never_came_whole(database: Database, clock: StandingClock) -> None:
    parts = parts_in(database, clock)
    await parts.put_part(a_part(clock, 1, 2, "lampu"))
    clock.passes(timedelta(minutes=5))
    for number, text in ((1, "jalan "), (2, "berlubang")):
        await parts.put_part(a_part(clock, number, 2, text))
    assert [text for _, text in await said_in(database)] == ["lampu ...", "jalan berlubang"]


async def test_a_story_in_several_messages_waits_for_its_end(database: Database, clock: StandingClock) -> None:
    parts, full = parts_in(database, clock), "jalan di depan pasar petung rusak parah sekali " * 3 + "dan becek kalau"
    assert seems_to_go_on(full)
    first = sms_arrival(SITI, "1", full, clock())
    for _ in range(2):
        await parts.put(first, waits=True)
    await parts.release(clock() - timedelta(seconds=20), clock() - A_DAY)
    assert await said_in(database) == []
    clock.passes(timedelta(seconds=5))
    await parts.put(sms_arrival(SITI, "2", "hujan turun deras.", clock()))
    await parts.put(first, waits=True)
    assert [text for _, text in await said_in(database)] == [full, "hujan turun deras."]


async def test_a_story_that_goes_on_no_more_is_worked(database: Database, clock: StandingClock) -> None:
    parts = parts_in(database, clock)
    await parts.put(sms_arrival(SITI, "1", "jalan rusak, bersambung", clock()), waits=True)
    clock.passes(timedelta(seconds=21))
    await parts.release(clock() - timedelta(seconds=20), clock() - A_DAY)
    assert [text for _, text in await said_in(database)] == ["jalan rusak, bersambung"]


def test_only_what_fills_its_sms_seems_to_go_on() -> None:
    assert not seems_to_go_on("lampu mati di jalan provinsi")
    assert not seems_to_go_on("a" * 300)
    assert not seems_to_go_on("a" * 159 + ".")
    assert seems_to_go_on("a" * 159)
