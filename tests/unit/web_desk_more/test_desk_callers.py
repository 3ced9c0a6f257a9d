"""Whoever calls about something that is reported already supports it, and may leave a number: sealed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.store.cases.callers import case_callers, drop_callers_without_case
from actions.store.cases.supporters import case_supporters, count_supporters_of, end_supports
from tests.databases import on_both
from tests.unit.web_desk_more.counter_forms import cases_of, enters, looks, posts
from tests.unit.web_desk_more.desk_office import DeskOffice

NUMBER = "081234567890"


async def rows_of(office: DeskOffice) -> list[tuple[str, str]]:
    async with office.gate.database.reading() as connection:
        query = select(case_callers.c.supporter, case_callers.c.sealed)
        return [(row.supporter, row.sealed) for row in await connection.execute(query)]


async def reported(office: DeskOffice) -> str:
    """The number of a road that is reported."""
    await enters(await office.browser_of("Vera"))
    [case] = await cases_of(office)
    return case.ticket


@pytest.mark.thorough
@on_both
async def test_a_caller_supports_what_is_there_and_her_number_is_sealed(office: DeskOffice) -> None:
    ticket, vera = await reported(office), await office.browser_of("Vera")
    shown, sent = await looks(vera)
    assert f'name="support" value="{ticket}"' in shown.text
    for _ in range(2):
        done = await posts(vera, {**sent, "act": "", "support": ticket, "phone": "0812-3456 7890"})
        assert f"pendukung {ticket}" in (await vera.get(done.headers["location"])).text
    [(supporter, sealed)] = await rows_of(office)
    assert supporter.startswith("phone:")
    assert NUMBER not in sealed
    assert len(await cases_of(office)) == 1
    async with office.gate.database.reading() as connection:
        assert await count_supporters_of(connection, ticket) == 1


@pytest.mark.thorough
async def test_only_people_of_the_agency_open_the_numbers(office: DeskOffice) -> None:
    ticket, vera = await reported(office), await office.browser_of("Vera")
    _, sent = await looks(vera)
    await posts(vera, {**sent, "act": "", "support": ticket, "phone": NUMBER})
    address = f"/desk/cases/{ticket}/callers"
    assert (await vera.get(address)).status_code == 403
    lina = await office.browser_of("Lina")
    assert f'href="tel:{NUMBER}"' in (await lina.get(address)).text
    assert NUMBER not in (await lina.get(f"/desk/cases/{ticket}")).text


@pytest.mark.thorough
@pytest.mark.parametrize("typed", ["", "  "])
async def test_without_a_number_nothing_is_kept_of_her(office: DeskOffice, typed: str) -> None:
    ticket, vera = await reported(office), await office.browser_of("Vera")
    _, sent = await looks(vera)
    await posts(vera, {**sent, "act": "", "support": ticket, "phone": typed})
    assert await rows_of(office) == []


@pytest.mark.thorough
async def test_a_number_that_is_none_is_said_and_what_cannot_be_supported_as_well(office: DeskOffice) -> None:
    ticket, vera = await reported(office), await office.browser_of("Vera")
    _, sent = await looks(vera)
    for changes in ({"support": ticket, "phone": "12ab"}, {"support": "LP-2222-2222", "phone": NUMBER}):
        answer = await posts(vera, {**sent, "act": "", **changes})
        assert answer.status_code == 422
    assert await rows_of(office) == []


async def test_the_number_goes_with_her_support(office: DeskOffice) -> None:
    ticket, vera = await reported(office), await office.browser_of("Vera")
    _, sent = await looks(vera)
    await posts(vera, {**sent, "act": "", "support": ticket, "phone": NUMBER})
    office.gate.world.clock.passes(timedelta(days=1))
    async with office.gate.database.writing() as connection:
        await drop_callers_without_case(connection)
        kept = (await connection.execute(select(case_callers.c.supporter))).scalars().all()
        supporters = (await connection.execute(select(case_supporters.c.supporter))).scalars().all()
        assert set(kept) <= set(supporters)
        await end_supports(connection, [(ticket, one) for one in kept])
        await drop_callers_without_case(connection)
    assert await rows_of(office) == []
