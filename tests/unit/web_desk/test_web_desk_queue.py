"""The lists of the desk: what is on whose, in which order, and what one key does."""

from __future__ import annotations

from datetime import timedelta

from actions.people.roles import Role
from tests.databases import on_both
from tests.unit.web_desk.desks import STORY, EffectRunner, form_of, text_of, tickets_on


@on_both
async def test_a_verifier_has_what_waits_for_her_the_longest_waiting_first(effect_runner: EffectRunner) -> None:
    first = await effect_runner.files(category=None)
    effect_runner.gate.world.clock.passes(timedelta(days=1))
    second = await effect_runner.files(category=None)
    await effect_runner.files()
    rina = await effect_runner.has("Rina", Role.VERIFIER)
    assert tickets_on(await rina.get("/desk")) == [first, second]


async def test_an_officer_of_an_agency_has_its_cases_and_no_others(effect_runner: EffectRunner) -> None:
    budi = await effect_runner.has("Budi", Role.LIAISON, agency="dishub")
    mine = await effect_runner.files()
    await effect_runner.files(category="jalan")
    assert tickets_on(await budi.get("/desk")) == [mine]


async def test_a_name_of_a_list_that_is_not_hers_opens_her_own(effect_runner: EffectRunner) -> None:
    budi = await effect_runner.has("Budi", Role.LIAISON, agency="dishub")
    await effect_runner.files(category="jalan")
    for name in ("verify", "all", "nothing"):
        assert tickets_on(await budi.get(f"/desk?list={name}")) == []


@on_both
async def test_a_list_is_read_page_by_page(effect_runner: EffectRunner) -> None:
    rina = await effect_runner.has("Rina", Role.VERIFIER)
    filed = [await effect_runner.files(category=None) for _ in range(23)]
    first = await rina.get("/desk")
    [more] = [part for part in first.text.split('"') if part.startswith("/desk?") and "after" in part]
    rest = await rina.get(more.replace("&amp;", "&"))
    assert tickets_on(first) + tickets_on(rest) == filed
    assert len(tickets_on(rest)) == 3


async def test_a_page_after_nonsense_is_the_first(effect_runner: EffectRunner) -> None:
    rina = await effect_runner.has("Rina", Role.VERIFIER)
    ticket = await effect_runner.files(category=None)
    assert tickets_on(await rina.get("/desk?after=x:y")) == [ticket]


async def test_the_proposal_is_taken_with_one_press(effect_runner: EffectRunner) -> None:
    rina = await effect_runner.has("Rina", Role.VERIFIER)
    ticket = await effect_runner.files(category="jalan", sensitive=True)
    page = await rina.get("/desk")
    assert "Teruskan ke Inspektorat Daerah" in text_of(page)
    fields = form_of(page, f'action="/desk/cases/{ticket}"')
    done = await rina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    assert done.status_code == 303
    assert done.headers["location"] == f"/desk?list=verify&done=forward:{ticket}"
    assert await effect_runner.status(ticket) == "forwarded inspektorat"
    assert f"{ticket}: diteruskan ke instansi." in text_of(await rina.get(done.headers["location"]))


@on_both
async def test_what_the_words_say_is_proposed_with_how_sure_it_is_and_becomes_the_category(
    effect_runner: EffectRunner,
) -> None:
    rina = await effect_runner.has("Rina", Role.VERIFIER)
    ticket = await effect_runner.files(category=None)
    await effect_runner.understands(ticket, [["penerangan_jalan", 0.83], ["jalan", 0.1]])
    page = await rina.get("/desk")
    assert "Terbaca dari ceritanya: Penerangan jalan, yakin 83 %." in text_of(page)
    assert "Teruskan ke Dinas Perhubungan sebagai Penerangan jalan" in text_of(page)
    fields = form_of(page, f'action="/desk/cases/{ticket}"')
    await rina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    case, events = await effect_runner.read(ticket)
    assert (case.agency, case.category) == ("dishub", "penerangan_jalan")
    assert '"category":"penerangan_jalan"' in events[-1].details


async def test_what_nobody_understood_has_no_key_that_only_keeps_it(effect_runner: EffectRunner) -> None:
    rina = await effect_runner.has("Rina", Role.VERIFIER)
    await effect_runner.files(category=None)
    page = await rina.get("/desk")
    assert "Kategorinya belum dapat dibaca" in text_of(page)
    assert 'data-key="a"' not in page.text


async def test_a_liaison_accepts_with_one_press(effect_runner: EffectRunner) -> None:
    budi = await effect_runner.has("Budi", Role.LIAISON, agency="dishub")
    ticket = await effect_runner.files()
    fields = form_of(await budi.get("/desk"), f'action="/desk/cases/{ticket}"')
    await budi.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    assert await effect_runner.status(ticket) == "in_progress dishub"


async def test_a_list_tells_of_a_secret_case_that_it_is_there_and_no_more(effect_runner: EffectRunner) -> None:
    rina = await effect_runner.has("Rina", Role.VERIFIER)
    ticket = await effect_runner.files(secret=True)
    await effect_runner.files("jalan rusak parah sekali di dekat sekolah", category=None)
    page = await rina.get("/desk")
    assert tickets_on(page)[0] == ticket
    assert STORY not in page.text
    assert "jalan rusak parah" in page.text


async def test_a_list_that_has_not_changed_is_not_sent_again(effect_runner: EffectRunner) -> None:
    rina = await effect_runner.has("Rina", Role.VERIFIER)
    await effect_runner.files(category=None)
    page = await rina.get("/desk")
    [live] = [part.replace("&amp;", "&") for part in page.text.split('"') if part.startswith("/desk/live")]
    assert (await rina.get(live)).status_code == 204
    new = await effect_runner.files(category=None)
    assert new in tickets_on(await rina.get(live))


async def test_a_list_shows_who_has_a_case_open(effect_runner: EffectRunner) -> None:
    rina, eka = await effect_runner.has("Rina", Role.VERIFIER), await effect_runner.has("Eka", Role.VERIFIER)
    ticket = await effect_runner.files(category=None)
    await eka.get(f"/desk/cases/{ticket}")
    assert "Sedang dibuka juga oleh Eka" in text_of(await rina.get("/desk"))
    effect_runner.gate.world.clock.passes(timedelta(minutes=5))
    assert "Sedang dibuka juga oleh" not in text_of(await rina.get("/desk"))


async def test_an_admin_is_at_the_desk_and_reads_no_case(effect_runner: EffectRunner) -> None:
    admin = await effect_runner.has("Ani", Role.ADMIN)
    ticket = await effect_runner.files()
    assert ticket not in (await admin.get("/desk?list=all")).text


async def test_what_is_late_says_so(effect_runner: EffectRunner) -> None:
    await effect_runner.files(category=None)
    effect_runner.gate.world.clock.passes(timedelta(days=5))
    rina = await effect_runner.has("Rina", Role.VERIFIER)
    assert "Terlambat: pemeriksaan pemeriksaan: seharusnya" in text_of(await rina.get("/desk"))


async def test_an_open_list_of_somebody_who_may_do_nothing_any_more_is_loaded_anew(effect_runner: EffectRunner) -> None:
    budi = await effect_runner.has("Budi", Role.LIAISON, agency="dishub")
    await effect_runner.files()
    await effect_runner.gate.dismisses("Budi")
    answer = await budi.get("/desk/live", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-refresh"], answer.text) == (401, "true", "")
