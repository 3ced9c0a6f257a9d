"""What becomes of cases that were sent to the wrong agency, and of agencies that nobody works for, over a database."""

from __future__ import annotations

from sqlalchemy import insert

from actions.acts import Deed
from actions.rerouting import Proposal, Reroute, right_first_time
from actions.store.database import Database
from actions.store.people_tables import people, people_roles
from actions.store.rerouting import count_forwarded, decide_on, decided_keys, reroutes
from tests.unit.actions.acting import ADE, ARIF, VERA
from tests.unit.actions.builders import NOON
from tests.unit.store.reports import REGENCY, a_book, a_ticket, filed
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
    await does(database, ticket, Deed.RETURN, ADE, words="Bukan kami", agency="waste")
    await does(database, ticket, Deed.FORWARD, VERA, why="x", agency="power")
    await does(database, ticket, Deed.RETURN, _admin("power"), words="Bukan kami")
    await does(database, ticket, Deed.RULE, ARIF, words="Sampah", agency="waste")
    assert [(row.came_from, row.to) for row in await kept(database)] == [("roads", "waste")]


async def test_how_many_were_routed_right_the_first_time(database: Database) -> None:
    for number in range(4):
        await a_ticket(database, draft_key=f"d{number}", reporter=f"telegram:r{number}")
    wrong = await a_ticket(database, draft_key="wrong", reporter="telegram:wrong")
    await does(database, wrong, Deed.PASS_ON, ADE, agency="waste")
    async with database.reading() as connection:
        share = right_first_time(await count_forwarded(connection), await reroutes(connection), REGENCY)
    assert share == (4, 5)


async def test_secret_and_unclear_cases_speak_for_no_rule(database: Database) -> None:
    for number, changes in enumerate(({"secret": True}, {"category": None}, {"sensitive": True})):
        ticket = await a_ticket(database, draft_key=f"d{number}", **changes)
        await does(database, ticket, Deed.FORWARD, VERA, why="x", agency="waste")
    assert await kept(database) == []


async def test_an_admin_s_decision_is_kept(database: Database) -> None:
    proposal = Proposal("jalan", None, "waste", 3)
    async with database.writing() as connection:
        await decide_on(connection, proposal, NOON, accepted=False)
        assert await decided_keys(connection) == {proposal.key}


async def test_while_nobody_is_a_liaison_every_agency_gets_its_cases(database: Database) -> None:
    outcome = await filed(database)
    assert outcome.case.agency == "roads"  # type: ignore[union-attr] - it is filed


async def test_an_agency_without_a_liaison_is_passed_over_and_whoever_has_the_case_is_alerted(
    database: Database,
) -> None:
    await a_liaison(database, "waste")
    from actions.handlers import FiledCase, file_case
    from tests.unit.store.reports import CHANCE, a_report, reason

    async with a_book(database) as book:
        to_waste = await file_case(book, REGENCY, a_report(category="sampah"), NOON, CHANCE, reason)
        to_roads = await file_case(book, REGENCY, a_report(draft_key="d2"), NOON, CHANCE, reason)
        alerts = [(done.case.agency, done.passed_over) for done in book.done if done.passed_over]
    assert isinstance(to_waste, FiledCase)
    assert isinstance(to_roads, FiledCase)
    assert (to_waste.case.agency, to_roads.case.agency) == ("waste", "admin")
    assert [agencies[0] for _, agencies in alerts] == ["roads"]


def _admin(agency: str) -> object:
    from dataclasses import replace

    return replace(ADE, agency=agency)
