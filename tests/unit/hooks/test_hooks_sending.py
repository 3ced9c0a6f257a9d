"""What waits is sent in the order of each case, again and again until it arrives, and given up after days."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.store.integrations.webhooks import (
    Hook,
    HookBacklog,
    all_hooks,
    due_webhook_deliveries,
    remove_hook,
    try_given_up_again,
)
from bot.integrations.webhooks.addresses import Allowed
from bot.integrations.webhooks.sending import GIVEN_UP_AFTER, PAUSES_SECONDS
from tests.integration.hooks.agency_system import AgencySystem, agency_system
from tests.integration.process.surroundings import until
from tests.patience import PATIENCE_SECONDS
from tests.unit.delivery.case_office import MODI
from tests.unit.hooks.post import Post


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

        monkeypatch.setattr("bot.integrations.webhooks.sending.all_hooks", arrives_meanwhile)
        await post.all_is_told()
    assert system.ids == [f"{case.ticket}.1", f"{case.ticket}.2"]


@pytest.mark.thorough
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
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with post.database.reading() as connection:
                [letter] = await due_webhook_deliveries(connection, 1, 1e12, 5, [])
            if letter.attempts == attempts:
                return
            await asyncio.sleep(0.01)


@pytest.mark.thorough
async def test_after_days_it_is_given_up_and_sent_again_only_when_that_is_asked(
    post: Post, system: AgencySystem
) -> None:
    hook = await post.is_told(system)
    case = await post.office.files()
    await post.waits(hook, case)
    system.fails = -1
    post.clock.passes(GIVEN_UP_AFTER)
    async with post.sends():
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await post.backlog() != [HookBacklog(hook, waiting=0, given_up=2)]:
                await asyncio.sleep(0.01)
        assert system.refused == 2
        system.fails = 0
        async with post.database.writing() as connection:
            assert await try_given_up_again(connection, hook, post.clock()) == 2
        await post.all_is_told()
    assert system.ids == [f"{case.ticket}.1", f"{case.ticket}.2"]


@pytest.mark.thorough
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
    await post.office.does(case.ticket, CaseAction.HIDE, MODI, words="Ada nama orang")
    async with post.sends():
        await post.all_is_told()
    assert system.actions == ["case.hidden", "case.hidden"]
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
