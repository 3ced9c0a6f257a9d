"""Every route of the desk, asked by every role: of one's own agency's case, another's, a secret and a sensitive one."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from actions.people.people import OFFICER_ROLES, who_may
from actions.people.people import Permission as Doing
from actions.people.roles import Role
from bot.web.desk.access import DESK
from tests.unit.web_desk.desks import StaffedDesk

pytestmark = pytest.mark.thorough

OF_A_CASE = sorted(route for route in DESK if "{ticket}" in route)
EVERYWHERE = {Role.VERIFIER, Role.ARBITER, Role.MODERATOR, Role.AUDITOR}
AT_DISHUB = {Role.LIAISON, Role.AGENCY_ADMIN}
READS = {
    "of dishub": EVERYWHERE | AT_DISHUB,
    "of dpupr": EVERYWHERE,
    "secret": set[Role](),
    "sensitive about dishub": set[Role](),
}
"""Who may read which case; all that are of an agency are of Dishub, which is what the last one is about."""


async def four_cases(desk: StaffedDesk) -> dict[str, str]:
    return {
        "of dishub": await desk.files(),
        "of dpupr": await desk.files(category="jalan"),
        "secret": await desk.files(secret=True),
        "sensitive about dishub": await desk.files(sensitive=True),
    }


async def answer_to(browser: AsyncClient, route: str, ticket: str) -> str:
    """How far somebody gets."""
    method, path = route.split(" ")
    kept = list(browser.cookies.jar)
    form = {"words": "halo"} if method == "POST" else None
    answer = await browser.request(method, path.replace("{ticket}", ticket), data=form)
    for cookie in kept:
        browser.cookies.jar.set_cookie(cookie)
    if answer.headers.get("location", "").startswith("/sign-in"):
        return "sign in first"
    return {403: "not for this role", 404: "no such case"}.get(answer.status_code, "there")


@pytest.mark.parametrize("role", OFFICER_ROLES)
async def test_every_route_of_a_case_asks_for_role_and_agency(desk: StaffedDesk, role: Role) -> None:
    cases = await four_cases(desk)
    browser = await desk.has("Rina", role, agency="dishub" if role in AT_DISHUB else None)
    expected = {
        (route, what): "not for this role"
        if role not in DESK[route]
        else "there"
        if role in READS[what]
        else "no such case"
        for route in OF_A_CASE
        for what in cases
    }
    found = {
        (route, what): await answer_to(browser, route, ticket) for route in OF_A_CASE for what, ticket in cases.items()
    }
    assert found == expected


async def test_nobody_sees_a_route_of_the_desk_without_signing_in(desk: StaffedDesk) -> None:
    ticket = await desk.files()
    browser = desk.gate.browser()
    assert {await answer_to(browser, route, ticket) for route in DESK} == {"sign in first"}


async def test_whoever_is_dismissed_is_out_at_the_next_press(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    ticket = await desk.files()
    assert await answer_to(budi, "GET /desk/cases/{ticket}", ticket) == "there"
    await desk.gate.dismisses("Budi")
    assert {await answer_to(budi, route, ticket) for route in DESK} == {"sign in first"}


@pytest.mark.parametrize("kind", ["secret", "sensitive"])
async def test_the_inspectorate_reads_what_it_holds_and_a_front_office_does_not(desk: StaffedDesk, kind: str) -> None:
    ina = await desk.has("Ina", Role.LIAISON, agency="inspektorat")
    vera = await desk.has("Vera", Role.VERIFIER)
    ticket = await desk.files(**{kind: True})
    assert await answer_to(ina, "GET /desk/cases/{ticket}", ticket) == "there"
    assert await answer_to(vera, "GET /desk/cases/{ticket}", ticket) == "no such case"


def test_whoever_reads_a_case_at_the_desk_may_see_cases() -> None:
    assert {role for route in OF_A_CASE for role in DESK[route]} <= who_may(Doing.SEE_CASE)


async def test_a_verifier_of_the_accused_agency_does_not_read_what_is_about_it(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER, agency="dishub")
    ticket = await desk.files(sensitive=True)
    assert await answer_to(rina, "GET /desk/cases/{ticket}", ticket) == "no such case"
    assert ticket not in (await rina.get("/desk")).text
