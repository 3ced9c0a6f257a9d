"""What becomes of cases that were sent to the wrong agency, and of agencies that nobody works for, over a database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert

from actions.cases.actions import CaseAction
from actions.cases.handlers import FiledCase, file_case
from actions.cases.rerouting import Reroute, RuleProposal, right_first_time
from actions.people.roles import Actor
from actions.store.cases.rerouting import count_forwarded, decide_on, decided_keys, reroutes
from actions.store.engine.database import Database
from actions.store.people.tables import people, people_roles
from tests.unit.actions.acting import ADE, ARIF, VERA
from tests.unit.actions.builders import NOON
from tests.unit.store.reports import CHANCE, REGENCY, a_book, a_report, a_ticket, filed, reason
from tests.unit.store.test_store_working import does


async def kept(database: Database) -> list[Reroute]:
    async with database.reading() as connection:
        return await reroutes(connection)


async def a_liaison(database: Database, agency: str) -> None:
    row = {"name": agency, "name_key": agency, "agency": agency, "is_active": True, "created_at": NOON, "id": 1}
    async with database.writing() as connection:
        await connection.execute(insert(people), [row])
        await connection.execute(insert(people_roles), [{"person": 1, "role": "liaison"}])


async def test_a_case_is_kept_with_who_had_it_first_and_who_has_it_now(database: Database) -> None:
    ticket = await a_ticket(database)
    await does(database, ticket, CaseAction.RETURN, ADE, words="Bukan kami", agency="waste")
    await does(database, ticket, CaseAction.FORWARD, VERA, why="x", agency="power")
    await does(database, ticket, CaseAction.RETURN, _admin("power"), words="Bukan kami")
    await does(database, ticket, CaseAction.RULE, ARIF, words="Sampah", agency="waste")
    assert [(row.came_from, row.to) for row in await kept(database)] == [("roads", "waste")]


async def test_how_many_were_routed_right_the_first_time(database: Database) -> None:
    for number in range(4):
        await a_ticket(database, draft_key=f"d{number}", reporter=f"telegram:r{number}")
    wrong = await a_ticket(database, draft_key="wrong", reporter="telegram:wrong")
    await does(database, wrong, CaseAction.PASS_ON, ADE, agency="waste")
    async with database.reading() as connection:
        share = right_first_time(await count_forwarded(connection), await reroutes(connection), REGENCY)
    assert share == (4, 5)


async def test_secret_and_unclear_cases_speak_for_no_rule(database: Database) -> None:
    for number, changes in enumerate(({"secret": True}, {"category": None}, {"sensitive": True})):
        ticket = await a_ticket(database, draft_key=f"d{number}", **changes)
        await does(database, ticket, CaseAction.FORWARD, VERA, why="x", agency="waste")
    assert await kept(database) == []


async def test_an_admin_s_decision_is_kept(database: Database) -> None:
    proposal = RuleProposal("jalan", None, "waste", 3)
    async with database.writing() as connection:
        await decide_on(connection, proposal, NOON, accepted=False)
        assert await decided_keys(connection) == {proposal.key}


async def test_while_nobody_is_a_liaison_every_agency_gets_its_cases(database: Database) -> None:
    outcome = await filed(database)
    assert isinstance(outcome, FiledCase)
    assert outcome.case.agency == "roads"


async def test_an_agency_without_a_liaison_is_passed_over_and_whoever_has_the_case_is_alerted(
    database: Database,
) -> None:
    await a_liaison(database, "waste")
    async with a_book(database) as book:
        cases = [await file_case(book, REGENCY, report, NOON, CHANCE, reason) for report in (TO_WASTE, TO_ROADS)]
        alerts = [(done.case.agency, done.passed_over) for done in book.done if done.passed_over]
    assert [filed.case.agency for filed in cases if isinstance(filed, FiledCase)] == ["waste", "admin"]
    assert alerts == [("admin", ("roads",))]


TO_WASTE, TO_ROADS = a_report(category="sampah"), a_report(draft_key="d2")


@pytest.mark.parametrize(
    ("changes", "holder"),
    [({"category": None}, "admin"), ({"secret": True}, "inspectorate"), ({"sensitive": True}, "inspectorate")],
)
async def test_what_a_verifier_reads_first_stays_with_whoever_holds_it_for_her(
    database: Database, changes: dict[str, Any], holder: str
) -> None:
    await a_liaison(database, "waste")
    outcome = await filed(database, **changes)
    assert isinstance(outcome, FiledCase)
    assert outcome.case.agency == holder


def _admin(agency: str) -> Actor:
    return replace(ADE, agency=agency)
