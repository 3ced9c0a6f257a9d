"""Several cases at once: each shown before, nothing done for ten seconds, and nothing at all where the page is left."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from httpx import AsyncClient, Response

from actions.cases.actions import CaseAction
from actions.cases.case import Location, Severity, Visibility
from actions.cases.guards import REJECTIONS
from actions.people.roles import Actor, Role
from tests.unit.web_desk.desks import StaffedDesk, form_of, text_of, tickets_on

SECONDS = timedelta(seconds=10)


async def begins(browser: AsyncClient, action: str, *tickets: str, **typed: str) -> tuple[Response, dict[str, object]]:
    """Mark cases, choose what to do, and look at it."""
    sent = {"deed": action, "case": list(tickets), "back": "list=verify", "act": "show", **typed}
    return await browser.post("/desk/bulk", data=sent), sent


async def holds(browser: AsyncClient, shown: Response, sent: dict[str, object]) -> dict[str, object]:
    """Send what was looked at; returns what the page that waits would send."""
    fields = form_of(shown, 'id="several"')
    held = await browser.post("/desk/bulk", data={**sent, "seen": fields["seen"], "act": "hold"})
    assert "Belum ada yang dikirim" in text_of(held)
    waits = form_of(held, 'id="held"')
    return {**sent, "seen": waits["seen"], "mark": waits["mark"], "act": "send"}


@pytest.mark.thorough
@pytest.mark.manual("verifier-several")
async def test_proposals_are_shown_each_then_wait_and_are_then_taken(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    tickets = [await desk.files(category=None) for _ in range(2)]
    for ticket in tickets:
        await desk.understands(ticket, [["penerangan_jalan", 0.83]])
    shown, sent = await begins(rina, "proposal", *tickets)
    assert "2 laporan akan dikirim." in text_of(shown)
    assert all(f'href="/desk/cases/{ticket}"' in shown.text for ticket in tickets)
    waits = await holds(rina, shown, sent)
    early = await rina.post("/desk/bulk", data=waits)
    assert "Belum sepuluh detik" in text_of(early)
    assert [await desk.status(ticket) for ticket in tickets] == ["received admin_ppu"] * 2
    desk.gate.world.clock.passes(SECONDS)
    done = await rina.post("/desk/bulk", data=waits)
    assert "2 laporan selesai dikirim." in text_of(done)
    assert [await desk.status(ticket) for ticket in tickets] == ["forwarded dishub"] * 2


async def test_what_moved_while_it_waited_is_shown_once_more_and_nothing_is_done(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    tickets = [await desk.files(category=None) for _ in range(2)]
    shown, sent = await begins(rina, "forward", *tickets, agency="Dinas Perhubungan")
    waits = await holds(rina, shown, sent)
    await desk.does(tickets[0], CaseAction.ASK, Actor(Role.VERIFIER, "9", None), words="Di sebelah mana?")
    desk.gate.world.clock.passes(SECONDS)
    again = await rina.post("/desk/bulk", data=waits)
    assert "Ada yang berubah sejak Anda melihatnya" in text_of(again)
    assert await desk.status(tickets[1]) == "received admin_ppu"


@pytest.mark.thorough
async def test_a_mark_of_somebody_else_or_of_long_ago_sends_nothing(desk: StaffedDesk) -> None:
    rina, sari = await desk.has("Rina", Role.VERIFIER), await desk.has("Sari", Role.VERIFIER)
    ticket = await desk.files(category=None)
    shown, sent = await begins(rina, "forward", ticket, agency="dishub")
    waits = await holds(rina, shown, sent)
    desk.gate.world.clock.passes(SECONDS)
    for browser, changes in ((sari, {}), (rina, {"mark": "1.0"}), (rina, {"mark": ""}), (rina, {"seen": "x"})):
        await browser.post("/desk/bulk", data=waits | changes)
        assert await desk.status(ticket) == "received admin_ppu"
    desk.gate.world.clock.passes(timedelta(minutes=11))
    await rina.post("/desk/bulk", data=waits)
    assert await desk.status(ticket) == "received admin_ppu"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("action", "typed", "status"),
    [
        ("ask", {"words": "Di sebelah mana tepatnya?"}, "needs_info admin_ppu"),
        (
            "reject",
            {
                "code": next(iter(REJECTIONS)),
                "words": "Ini bukan laporan.",
                "mend": "Kirim laporan baru dengan tempatnya.",
            },
            "rejected admin_ppu",
        ),
    ],
)
@pytest.mark.manual("verifier-ask", "verifier-several")
async def test_several_are_asked_or_rejected_with_the_same_words(
    desk: StaffedDesk, action: str, typed: dict[str, str], status: str
) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    tickets = [await desk.files(category=None) for _ in range(2)]
    shown, sent = await begins(rina, action, *tickets, **typed)
    assert text_of(shown).count(typed["words"]) >= 2
    waits = await holds(rina, shown, sent)
    desk.gate.world.clock.passes(SECONDS)
    await rina.post("/desk/bulk", data=waits)
    assert [await desk.status(ticket) for ticket in tickets] == [status] * 2


async def test_what_cannot_be_done_to_one_of_them_is_said_and_it_is_left_out(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    waiting, gone = await desk.files(category=None), await desk.files()
    shown, sent = await begins(rina, "forward", waiting, gone, agency="dishub")
    assert "1 laporan akan dikirim, 1 dilewati." in text_of(shown)
    waits = await holds(rina, shown, sent)
    desk.gate.world.clock.passes(SECONDS)
    await rina.post("/desk/bulk", data=waits)
    assert [await desk.status(one) for one in (waiting, gone)] == ["forwarded dishub", "forwarded dishub"]
    _, events = await desk.read(gone)
    assert {event.person for event in events} == {""}


async def test_without_marks_words_or_an_agency_of_the_list_nothing_is_shown_to_send(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    none, _ = await begins(rina, "forward", agency="dishub")
    assert none.status_code == 422
    for typed in ({}, {"agency": "Dinas Kebahagiaan"}):
        shown, _ = await begins(rina, "forward", ticket, **typed)
        assert (shown.status_code, 'value="hold"' in shown.text) == (422, False)


async def test_a_case_that_she_may_not_read_is_not_there(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    mine, other = await desk.files(), await desk.files(category="jalan")
    shown, _ = await begins(budi, "proposal", mine, other)
    assert (mine in shown.text, f"/desk/cases/{other}" in shown.text) == (True, False)


@pytest.mark.thorough
async def test_a_liaison_takes_up_several(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    tickets = [await desk.files() for _ in range(2)]
    waits = await holds(budi, *await begins(budi, "proposal", *tickets))
    desk.gate.world.clock.passes(SECONDS)
    await budi.post("/desk/bulk", data=waits)
    assert [await desk.status(ticket) for ticket in tickets] == ["in_progress dishub"] * 2


def offered(page: Response) -> list[str]:
    """What may be done with several cases of a list."""
    form = re.search(r'<form[^>]*id="bulk".*?</form>', page.text, re.DOTALL)
    return re.findall(r'name="deed" value="(\w+)"', form[0]) if form else []


@pytest.mark.thorough
@pytest.mark.manual("verifier-several")
async def test_with_several_is_offered_what_may_be_done_with_one_of_them(desk: StaffedDesk) -> None:
    """An admin of an agency takes up nothing that has a liaison, only what lies below her with nobody."""
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    ade = await desk.has("Ade", Role.AGENCY_ADMIN, agency="dishub")
    tuti = await desk.has("Tuti", Role.AGENCY_ADMIN, agency="admin_ppu")
    rina, rudi = await desk.has("Rina", Role.VERIFIER), await desk.has("Rudi", Role.AUDITOR)
    ida = await desk.has("Ida", Role.LIAISON, agency="inspektorat")
    ticket = await desk.files()
    unmanned = await desk.files(category=None)
    await desk.does(unmanned, CaseAction.FORWARD, Actor(Role.VERIFIER, "9"), agency="dpupr", why="by-hand")
    await desk.files(category="pungli_korupsi", sensitive=True, secret=True)
    assert offered(await budi.get("/desk?list=agency")) == ["proposal", "ask"]
    assert offered(await ade.get("/desk?list=agency")) == ["ask"]
    assert offered(await tuti.get("/desk?list=below")) == ["proposal", "ask"]
    assert offered(await rudi.get("/desk?list=all")) == []
    assert offered(await rina.get("/desk?list=verify")) == []
    assert offered(await rina.get("/desk?list=all")) == ["ask"]
    assert offered(await ida.get("/desk?list=agency")) == ["proposal", "forward", "ask", "reject"]
    await desk.does(ticket, CaseAction.ACCEPT, Actor(Role.LIAISON, str(desk.gate.people["Budi"].id), "dishub"))
    assert offered(await budi.get("/desk?list=agency")) == ["ask"]
    await desk.files(category=None)
    assert offered(await rina.get("/desk?list=verify")) == ["forward", "ask", "reject"]
    assert offered(await tuti.get("/desk?list=agency")) == ["ask"]


@pytest.mark.thorough
async def test_who_holds_several_secret_cases_forwards_them_and_they_stay_secret(desk: StaffedDesk) -> None:
    await desk.has("Budi", Role.LIAISON, agency="dishub")
    ida = await desk.has("Ida", Role.LIAISON, agency="inspektorat")
    tickets = [await desk.files(category="penerangan_jalan", secret=True) for _ in range(2)]
    waits = await holds(ida, *await begins(ida, "forward", *tickets, agency="Dinas Perhubungan"))
    desk.gate.world.clock.passes(SECONDS)
    await ida.post("/desk/bulk", data=waits)
    assert [await desk.status(ticket) for ticket in tickets] == ["forwarded dishub"] * 2
    assert {(await desk.read(ticket))[0].visibility for ticket in tickets} == {Visibility.SECRET}


@pytest.mark.thorough
async def test_lists_are_narrowed_by_agency_category_place_urgency_and_person(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    lamp = await desk.files()
    road = await desk.files(category="jalan", severity=Severity.URGENT, location=Location(district="64.09.02"))
    for query, expected in (
        ("agency=Dinas+Perhubungan", [lamp]),
        ("agency=dishub", [lamp]),
        ("category=jalan", [road]),
        ("place=64.09.02", [road]),
        ("urgent=ya", [road]),
        ("person=none&agency=dishub", [lamp]),
        ("category=jalan&agency=dishub", []),
        ("category=nothing&place=nowhere", [road, lamp]),
    ):
        assert tickets_on(await rina.get(f"/desk?list=all&{query}")) == expected, query


@pytest.mark.thorough
async def test_a_part_of_a_list_is_opened_again_by_its_name_until_it_is_dropped(desk: StaffedDesk) -> None:
    rina, sari = await desk.has("Rina", Role.VERIFIER), await desk.has("Sari", Role.VERIFIER)
    saved = await rina.post("/desk/filters", data={"name": " Lampu  Petung ", "query": "list=all&category=jalan&x=1"})
    assert saved.headers["location"] == "/desk?list=all&category=jalan"
    assert "Lampu Petung" in (await rina.get("/desk")).text
    assert "Lampu Petung" not in (await sari.get("/desk")).text
    await rina.post("/desk/filters", data={"drop": "Lampu Petung"})
    assert "Lampu Petung" not in (await rina.get("/desk")).text
    for number in range(12):
        await rina.post("/desk/filters", data={"name": f"n{number}", "query": "category=jalan"})
    assert (await rina.post("/desk/filters", data={"name": "more", "query": ""})).status_code == 422


async def test_the_table_is_remembered_and_has_the_same_key(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    await desk.understands(ticket, [["penerangan_jalan", 0.83]])
    chosen = await rina.get("/desk?list=verify&view=table")
    assert chosen.headers["location"] == "/desk?list=verify"
    page = await rina.get("/desk")
    assert "<table" in page.text
    assert tickets_on(page) == [ticket]
    fields = form_of(page, f'action="/desk/cases/{ticket}"')
    await rina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    assert await desk.status(ticket) == "forwarded dishub"
    await rina.get("/desk?view=cards")
    assert "<table" not in (await rina.get("/desk")).text


@pytest.mark.thorough
async def test_an_agency_is_found_by_its_name_inside_a_case_and_the_proposal_stands_there(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    await desk.understands(ticket, [["penerangan_jalan", 0.83]])
    page = await rina.get(f"/desk/cases/{ticket}")
    assert 'name="agency" list="forward-agency-options" value="Dinas Perhubungan"' in page.text
    fields = form_of(page, 'id="form-forward"')
    wrong = await rina.post(f"/desk/cases/{ticket}", data={**fields, "agency": "Dinas Apa Saja", "act": "show"})
    assert wrong.status_code == 422
    assert 'value="Dinas Apa Saja"' in wrong.text
    shown = await rina.post(f"/desk/cases/{ticket}", data={**fields, "agency": "dinas perhubungan", "act": "show"})
    sent = {**fields, **form_of(shown, 'id="form-forward"'), "agency": "Dinas Perhubungan", "act": "send"}
    await rina.post(f"/desk/cases/{ticket}", data=sent)
    assert await desk.status(ticket) == "forwarded dishub"


@pytest.mark.thorough
async def test_a_similar_case_is_a_button_that_shows_the_merge(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    parent, ticket = await desk.files(), await desk.files()
    page = await rina.get(f"/desk/cases/{ticket}")
    assert f'<button name="near" value="{parent}">' in page.text
    fields = form_of(page, 'id="form-merge"')
    shown = await rina.post(f"/desk/cases/{ticket}", data={**fields, "parent": "", "near": parent})
    assert shown.status_code == 200
    sent = {**fields, **form_of(shown, 'id="form-merge"'), "parent": parent, "act": "send"}
    await rina.post(f"/desk/cases/{ticket}", data=sent)
    assert await desk.status(ticket) == "merged dishub"
