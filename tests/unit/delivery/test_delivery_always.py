"""Whatever is delivered, however often, and wherever it is cut: the same cases are filed, each once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.event import listen

from actions.store.engine.database import Database
from actions.store.engine.lease_tables import chat_leases
from bot.conversation.events import Event, Pressed, Said, SentPhoto
from bot.messaging.ports import Arrival, InboxUnavailable
from tests.unit.delivery.town import NOON, STORY, Town, assembled

pytestmark = pytest.mark.thorough

CHATS = ("siti", "budi", "tono")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does; `old`: the button is that of the report before."""

    chat: str
    kind: str
    old: bool = False


kinds = st.sampled_from(["story", "send", "story", "send", "kirim", "words", "photo"])
commands = st.builds(Act, st.sampled_from(CHATS), kinds, st.booleans())


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a delivery reaches, where work is cut then, and from where all is delivered again."""

    upto: int
    cut_after_steps: int
    again_from: int


deliveries = st.lists(st.builds(Delivery, st.integers(0, 9), st.integers(0, 70), st.integers(0, 9)), max_size=3)


def arrivals_of(commands: Sequence[Act]) -> list[Arrival]:
    """Each act as the update that it is, the same in every run."""
    arrivals, drafts = list[Arrival](), {chat: ["none", "none"] for chat in CHATS}
    for number, command in enumerate(commands, 1):
        key, common = drafts[command.chat], {"id": f"e{number}", "at": NOON}
        if command.kind in {"story", "words", "photo"} and key[-1] == "none":
            key[-1] = f"e{number}"
        arrivals.append(Arrival("telegram", command.chat, f"u{number}", number, _event(command, key, common)))
        if command.kind in {"send", "kirim"} and key[-1] != "none":
            key.append("none")
    return arrivals


def _event(command: Act, drafts: Sequence[str], common: dict[str, Any]) -> Event:
    name = common["id"]
    match command.kind:
        case "story":
            return Said(**common, text=f"{STORY} {name}", ref=name)
        case "words":
            return Said(**common, text=f"trotoarnya rusak juga {name}", ref=name)
        case "photo":
            return SentPhoto(**common, kind="photo", file_id=name, ref=name)
        case "send":
            press = f"send@{drafts[-2 if command.old else -1]}"
            return Pressed(**common, press=assembled().signer.sign(command.chat, press))
        case _:
            return Said(**common, text="Kirim", ref=name)


type Mishap = Callable[[str, Sequence[Arrival], Delivery], Awaitable[None]]
"""What becomes of a delivery before all of it is worked."""


async def nothing_happens(url: str, arrivals: Sequence[Arrival], delivery: Delivery) -> None:
    """It arrives, and is worked."""
    await _arrive(url, arrivals[: delivery.upto])


async def work_is_cut(url: str, arrivals: Sequence[Arrival], delivery: Delivery) -> None:
    """It arrives, its work is cancelled somewhere, and a part of it arrives again."""
    async with _opened(url) as town:
        await town.arrives(*arrivals[: delivery.upto])
        await town.is_cut(delivery.cut_after_steps)
    await _arrive(url, arrivals[delivery.again_from : delivery.upto])


async def the_process_dies(url: str, arrivals: Sequence[Arrival], delivery: Delivery) -> None:
    """The process dies at some statement or commit, be it of the inbox or of a turn; the channel brings again what
    was not acknowledged, and perhaps what was."""
    acknowledged = 0
    async with _opened(url) as town:
        dies_at(town.database, delivery.cut_after_steps)
        with suppress(Died, InboxUnavailable):
            for arrival in arrivals[: delivery.upto]:
                await town.arrives(arrival)
                acknowledged += 1
            await town.works()
    await _leases_run_out(url)
    await _arrive(url, arrivals[min(delivery.again_from, acknowledged) : delivery.upto])


async def _leases_run_out(url: str) -> None:
    """The ten seconds pass for which nobody else works what the process had in hand when it died."""
    async with _opened(url) as town, town.database.writing() as connection:
        await connection.execute(update(chat_leases).values(until=datetime(2000, 1, 1, tzinfo=UTC)))


class Died(Exception):
    """Nothing that the process does reaches the database any more."""


def dies_at(database: Database, step: int) -> None:
    """Let every statement and every commit fail from this one on, counted from 0; what is open is rolled back."""
    steps = count()

    def lives(*_: object) -> None:
        if next(steps) >= step:
            raise Died

    for engine in {database._reading.sync_engine, database._writing.sync_engine}:
        listen(engine, "before_cursor_execute", lives)
        listen(engine, "commit", lives)


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Town]:
    """A process of its own on this database."""
    database = Database(url)
    try:
        yield Town(database)
    finally:
        await database.close()


async def _arrive(url: str, arrivals: Sequence[Arrival]) -> None:
    async with _opened(url) as town:
        await town.arrives(*arrivals)
        await town.works()


async def filed(
    url: str, arrivals: Sequence[Arrival], deliveries: Sequence[Delivery], mishap: Mishap
) -> tuple[list[str], int]:
    """The drafts that became cases, and how often somebody was told of it."""
    for delivery in deliveries:
        await mishap(url, arrivals, delivery)
    await _arrive(url, arrivals)
    database = Database(url)
    town = Town(database)
    letters = [letter.text for chat in CHATS for letter in await town.letters(chat)]
    cases = await town.cases()
    told = sum(f"tiket Anda: {case.ticket}" in letter for case in cases for letter in letters)
    await database.close()
    return sorted(case.draft_key for case in cases), told


@pytest.mark.parametrize("mishap", [work_is_cut, the_process_dies])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(commands, min_size=4, max_size=9), deliveries)
def test_any_updates_cut_and_delivered_again_anywhere_file_the_same_cases_once(
    new_url: Callable[[], str], mishap: Mishap, commands: list[Act], deliveries: list[Delivery]
) -> None:
    arrivals = arrivals_of(commands)
    expected, _ = asyncio.run(filed(new_url(), arrivals, deliveries, nothing_happens))
    cases, told = asyncio.run(filed(new_url(), arrivals, deliveries, mishap))
    assert (cases, told) == (expected, len(expected))
    assert len(set(cases)) == len(cases)


@pytest.mark.parametrize("step", range(0, 60, 5))
async def test_a_process_that_died_at_any_statement_has_filed_all_or_nothing(
    new_url: Callable[[], str], step: int
) -> None:
    url, story = new_url(), [Act(chat, kind) for kind in ("story", "send") for chat in CHATS]
    async with _opened(url) as town:
        dies_at(town.database, step)
        with suppress(Died, InboxUnavailable):
            await town.arrives(*arrivals_of(story))
            await town.works()
    async with _opened(url) as town:
        done = {update for update, state in await town.states() if state == "done"}
        sent = {f"u{number}" for number in range(len(CHATS) + 1, len(story) + 1)}
        assert len(await town.cases()) == len(done & sent)
