"""What waits is sent in the order of each case, again and again until it arrives, and given up after days."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.acts import Deed
from actions.case import Case
from actions.store.database import Database
from actions.store.hooks import (
    Hook,
    HookBacklog,
    add_hook,
    all_hooks,
    due_hook_letters,
    hook_backlog,
    put_hook_letters,
    remove_hook,
    try_given_up_again,
)
from bot.hooks.addresses import Allowed
from bot.hooks.sending import GIVEN_UP_AFTER, PAUSES_SECONDS, HookSender
from bot.hooks.signing import hook_secret, told_secret
from tests.integration.hooks.agency_system import AgencySystem, agency_system
from tests.integration.process.surroundings import until
from tests.talks.world import StandingClock
from tests.unit.delivery.case_office import MODI, Office

KEY, SALT = b"a key for tests", "5a17"
HERE = ["127.0.0.0/8"]


@dataclass(slots=True)
class Post:
    """A database with cases in it, and what sends beside it; its clock stands until it is told that time passes."""

    database: Database
    allowed: Allowed = field(default_factory=lambda: Allowed.of(HERE))
    clock: StandingClock = field(default_factory=StandingClock)
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(self.database, self.clock)

    async def is_told(self, system: AgencySystem, agency: str = "dpupr") -> int:
        """A system hears from now on; the number of its address."""
        system.secret = told_secret(hook_secret(KEY, SALT))
        async with self.database.writing() as connection:
            await add_hook(connection, agency, system.url, SALT, self.clock())
            return next(hook.id for hook in await all_hooks(connection) if hook.url == system.url)

    async def waits(self, hook: int, *cases: Case) -> None:
        """That cases were filed and forwarded is to be told there."""
        letters = [
            {"hook": hook, "ticket": case.ticket, "number": number, "created_at": self.clock()}
            for case in cases
            for number in (1, 2)
        ]
        async with self.database.writing() as connection:
            await put_hook_letters(connection, letters)

    async def backlog(self) -> list[HookBacklog]:
        async with self.database.reading() as connection:
            return await hook_backlog(connection)

    @asynccontextmanager
    async def sends(self) -> AsyncIterator[HookSender]:
        sender = HookSender(
            self.database,
            self.office.regency,
            KEY,
            self.allowed,
            lambda: self.clock().timestamp(),
            look_every_seconds=0.02,
        )
        task = asyncio.create_task(sender.run())
        try:
            yield sender
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def all_is_told(self) -> None:
        async with asyncio.timeout(20):
            while await self.backlog():
                await asyncio.sleep(0.01)


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


@pytest.fixture
async def system() -> AsyncIterator[AgencySystem]:
    async with agency_system() as opened:
        yield opened


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of these tests stands."""
    monkeypatch.setattr("tests.integration.hooks.agency_system.MOST_SECONDS_OFF", 10**9)


async def test_of_each_case_in_order(post: Post, system: AgencySystem) -> None:
    hook = await post.is_told(system)
    cases = [await post.office.files(reporter=f"telegram:{number}") for number in range(6)]
    await post.waits(hook, *cases)
    async with post.sends():
        await post.all_is_told()
    assert sorted(system.ids) == sorted(f"{case.ticket}.{number}" for case in cases for number in (1, 2))
    assert all(system.ids.index(f"{case.ticket}.1") < system.ids.index(f"{case.ticket}.2") for case in cases)
    assert system.forged == 0


async def test_what_arrives_while_is_looked_for_more_is_not_sent_again(
    post: Post, system: AgencySystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await post.office.files()
    await post.waits(await post.is_told(system), case)
    system.holds.clear()
    async with post.sends() as sender:

        async def arrives_meanwhile(connection: AsyncConnection) -> list[Hook]:
            hooks = await all_hooks(connection)
            if sender._in_flight:
                system.holds.set()
                await until(lambda: not sender._in_flight, "what was under way arrives")
            return hooks

        monkeypatch.setattr("bot.hooks.sending.all_hooks", arrives_meanwhile)
        await post.all_is_told()
    assert system.ids == [f"{case.ticket}.1", f"{case.ticket}.2"]


async def test_what_was_not_taken_waits_longer_each_time_and_keeps_its_place(post: Post, system: AgencySystem) -> None:
    hook = await post.is_told(system)
    case = await post.office.files()
    await post.waits(hook, case)
    system.fails = 3
    async with post.sends():
        for tried, pause in enumerate(PAUSES_SECONDS[:3], 1):
            await until(lambda tried=tried: system.refused == tried, "it was tried")  # type: ignore[misc] - mypy cannot infer the default
            await settled(post, attempts=tried)
            post.clock.passes(timedelta(seconds=pause - 1))
            await asyncio.sleep(0.1)
            assert (system.refused, system.ids) == (tried, [])
            post.clock.passes(timedelta(seconds=1))
        await post.all_is_told()
    assert system.ids == [f"{case.ticket}.1", f"{case.ticket}.2"]


async def settled(post: Post, attempts: int) -> None:
    """So many tries are written down."""
    async with asyncio.timeout(20):
        while True:
            async with post.database.reading() as connection:
                [letter] = await due_hook_letters(connection, 1, 1e12, 5, [])
            if letter.attempts == attempts:
                return
            await asyncio.sleep(0.01)


async def test_after_days_it_is_given_up_and_sent_again_only_when_that_is_asked(
    post: Post, system: AgencySystem
) -> None:
    hook = await post.is_told(system)
    case = await post.office.files()
    await post.waits(hook, case)
    system.fails = -1
    post.clock.passes(GIVEN_UP_AFTER)
    async with post.sends():
        async with asyncio.timeout(20):
            while await post.backlog() != [HookBacklog(hook, waiting=0, given_up=2)]:
                await asyncio.sleep(0.01)
        assert system.refused == 2
        system.fails = 0
        async with post.database.writing() as connection:
            assert await try_given_up_again(connection, hook, post.clock()) == 2
        await post.all_is_told()
    assert system.ids == [f"{case.ticket}.1", f"{case.ticket}.2"]


async def test_one_that_does_not_answer_keeps_no_other_waiting(post: Post, system: AgencySystem) -> None:
    async with agency_system() as silent:
        silent.holds.clear()
        hook, silent_hook = await post.is_told(system), await post.is_told(silent, "dlh")
        cases = [await post.office.files(reporter=f"telegram:{number}") for number in range(10)]
        await post.waits(silent_hook, *cases)
        await post.waits(hook, *cases)
        async with post.sends():
            await until(lambda: len(system.ids) == 20, "all of the other's arrive")
        assert silent.ids == []


async def test_nobody_is_followed_to_another_address(post: Post, system: AgencySystem) -> None:
    async with agency_system() as elsewhere:
        system.redirects = elsewhere.url
        await post.waits(await post.is_told(system), await post.office.files())
        async with post.sends():
            await settled(post, attempts=1)
        assert (elsewhere.messages, elsewhere.forged) == ([], 0)


async def test_a_network_that_is_allowed_no_more_is_sent_nothing(post: Post, system: AgencySystem) -> None:
    await post.waits(await post.is_told(system), await post.office.files())
    post.allowed = Allowed()
    async with post.sends():
        await settled(post, attempts=1)
    assert (system.ids, system.refused, system.forged) == ([], 0, 0)


async def test_hidden_while_it_waits_a_case_is_told_without_a_word(post: Post, system: AgencySystem) -> None:
    hook = await post.is_told(system)
    case = await post.office.files()
    await post.waits(hook, case)
    await post.office.does(case.ticket, Deed.HIDE, MODI, words="Ada nama orang")
    async with post.sends():
        await post.all_is_told()
    assert system.deeds == ["case.hidden", "case.hidden"]
    assert "jalan berlubang" not in str(system.messages)


async def test_what_waits_for_an_address_that_is_removed_is_forgotten(post: Post, system: AgencySystem) -> None:
    hook = await post.is_told(system)
    await post.waits(hook, await post.office.files())
    async with post.database.writing() as connection:
        await remove_hook(connection, hook)
    assert await post.backlog() == []
    assert await post.is_told(system) != hook


async def test_an_event_is_queued_once(post: Post, system: AgencySystem) -> None:
    hook = await post.is_told(system)
    case = await post.office.files()
    await post.waits(hook, case)
    await post.waits(hook, case)
    assert await post.backlog() == [HookBacklog(hook, waiting=2, given_up=0)]
