"""What is forgotten here agencies' own systems are told to forget, too: by her own wish, and when its time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Location, Words
from actions.people.roles import REPORTER
from actions.privacy.retention import RetainedKind
from actions.store.cases.casebook import SqlCaseBook
from actions.store.integrations.webhooks import webhook_deliveries
from bot.conversation.events import Said
from bot.conversation.own_data.effects import ForgetMe
from bot.integrations.webhooks.sending import HookNotices
from bot.messaging.turn_ports import Citizen
from bot.services.retention_sweep import RetentionSweep
from tests.integration.hooks.agency_system import AgencySystem
from tests.talks.world import declared
from tests.unit.delivery.case_office import ANSWER, MODI, PROOF, admin, liaison
from tests.unit.hooks.post import Post

ROADS = "dpupr"
STORY, NAME, PLACE = "jalan zamrud berlubang", "Safirawati", "gang permata"


async def a_case(post: Post, **changes: Any) -> Case:
    """Siti has reported a road, and given her name."""
    told = {"words": Words(STORY, NAME), "location": Location(district="64.09.01", spoken=PLACE, lat=-1.2, lon=116.8)}
    return await post.office.files(**(told | changes))


async def is_mended(post: Post, case: Case) -> None:
    await post.office.does(case.ticket, CaseAction.ACCEPT, liaison(case.agency))
    await post.office.does(case.ticket, CaseAction.ANSWER, liaison(case.agency), enclosures=PROOF, **ANSWER)
    await post.office.does(case.ticket, CaseAction.CONFIRM, REPORTER)


async def she_is_forgotten(post: Post) -> None:
    """As in a turn: Siti has her data deleted, and other systems are told."""
    effect_runner, now = replace(declared().effect_runner, chance=post.office.chance), post.clock()
    async with post.database.writing() as connection:
        book = SqlCaseBook(connection)
        asked = Said(id="e1", at=now, text="ya", ref="1")
        await effect_runner.carry_out(book, Citizen("telegram", "siti", "id"), ForgetMe(), asked)
        await book.flush()
        await HookNotices().tell(connection, book.done, now)


async def time_passes(post: Post, days: int) -> None:
    post.clock.passes(timedelta(days=days))
    await RetentionSweep(post.database, post.clock, declared().regency.retention, {"web"}).sweep()


async def told(post: Post) -> None:
    async with post.sends():
        await post.all_is_told()


def left(system: AgencySystem) -> dict[str, object]:
    """What the last message still says of the reporter and her words."""
    case = system.messages[-1]["data"]["case"]
    return {name: case[name] for name in ("story", "reporter", "place", "lat") if case[name] is not None}


async def test_of_a_case_that_is_over_nothing_of_hers_is_left(post: Post, system: AgencySystem) -> None:
    await post.is_told(system)
    case = await a_case(post)
    await is_mended(post, case)
    await she_is_forgotten(post)
    await told(post)
    assert system.actions == ["case.forgotten"]
    assert system.ids[0].startswith(f"{case.ticket}.forgotten.")
    assert system.messages[0]["data"]["number"] == case.ticket
    assert left(system) == {}
    assert system.forged == 0


@pytest.mark.thorough
async def test_of_one_that_goes_on_only_who_she_is_goes_until_it_is_over(post: Post, system: AgencySystem) -> None:
    await post.is_told(system)
    case = await a_case(post)
    await she_is_forgotten(post)
    await told(post)
    assert sorted(system.actions) == ["case.forgotten", "case.withdraw"]
    assert left(system) == {"story": STORY, "place": PLACE, "lat": -1.2}
    await post.office.does(case.ticket, CaseAction.ACCEPT, liaison(case.agency))
    await post.office.does(case.ticket, CaseAction.ANSWER, liaison(case.agency), enclosures=PROOF, **ANSWER)
    await post.office.passes(30)
    await time_passes(post, 31)
    await told(post)
    assert system.actions[2:] == ["case.forgotten"]
    assert left(system) == {}
    assert len(set(system.ids)) == 3


@pytest.mark.thorough
async def test_what_goes_by_its_rule_is_told_each_time(post: Post, system: AgencySystem) -> None:
    await post.is_told(system)
    case = await a_case(post)
    await is_mended(post, case)
    await time_passes(post, 731)
    await told(post)
    assert left(system) == {"story": STORY, "place": PLACE}
    await time_passes(post, 1100)
    await told(post)
    assert system.actions == ["case.forgotten", "case.forgotten"]
    assert left(system) == {}
    assert len(set(system.ids)) == 2


async def test_whoever_had_it_before_is_told_as_well_and_nobody_else(post: Post, system: AgencySystem) -> None:
    case = await a_case(post)
    await post.office.does(case.ticket, CaseAction.PASS_ON, admin(case.agency), agency="perkimtan")
    hooks = [
        await post.is_told(replace(system, url=f"{system.url}?{code}"), code) for code in (ROADS, "perkimtan", "dlh")
    ]
    await she_is_forgotten(post)
    async with post.database.reading() as connection:
        query = (
            select(webhook_deliveries.c.hook).where(webhook_deliveries.c.number < 0).order_by(webhook_deliveries.c.hook)
        )
        assert (await connection.execute(query)).scalars().all() == hooks[:2]


async def test_a_case_that_no_system_knows_is_not_named(post: Post, system: AgencySystem) -> None:
    await post.is_told(system)
    await a_case(post, secret=True)
    await a_case(post, sensitive=True)
    await she_is_forgotten(post)
    assert await post.backlog() == []


async def test_of_a_hidden_case_only_that_it_is_to_be_removed(post: Post, system: AgencySystem) -> None:
    await post.is_told(system)
    case = await a_case(post)
    await is_mended(post, case)
    await post.office.does(case.ticket, CaseAction.HIDE, MODI, words="Ada nama orang")
    await she_is_forgotten(post)
    await told(post)
    assert system.actions == ["case.hidden"]
    assert STORY not in str(system.messages)


async def test_a_sweep_that_takes_nothing_tells_nothing(post: Post, system: AgencySystem) -> None:
    await post.is_told(system)
    await is_mended(post, await a_case(post))
    await time_passes(post, 29)
    swept = RetentionSweep(post.database, post.clock, declared().regency.retention, {"web"})
    assert (await swept.sweep())[RetainedKind.WORDS] == 0
    assert await post.backlog() == []
