"""The moderator's page: a batch is held with a reason, published, or given other titles; always as it was shown."""

from __future__ import annotations

import re

import pytest
from httpx import AsyncClient, Response

from actions.cases.case import Case
from actions.privacy.publication import HeldFor, PublicationState
from actions.privacy.redaction import Moderated
from tests.databases import on_both
from tests.unit.publication.newsroom import ANSWER, TITLE, Newsroom

PAGE = "/desk/publications"
NAMED = "Jalan dekat warung Sumarni sudah kami tambal."


async def proposed(room: Newsroom, *answers: str) -> tuple[AsyncClient, list[Case]]:
    """The moderator's browser, and cases with these answers that were looked at."""
    browser = await room.office.browser_of("Modi")
    await room.crowd()
    cases = [await room.closed(answer) for answer in answers]
    await room.sweeps()
    return browser, cases


async def sends(browser: AsyncClient, state: str, act: str, *cases: Case, **fields: str) -> Response:
    """She marks these and presses a button, with everything in the form as it stands."""
    page = (await browser.get(f"{PAGE}?state={state}")).text
    shown = re.findall(r'name="((?:seen|title)-[^"]+)" value="([^"]*)"', page)
    form = {**dict(shown), "case": [case.ticket for case in cases], "act": act, **fields}
    return await browser.post(f"{PAGE}?state={state}", data=form)


@pytest.mark.thorough
@on_both
@pytest.mark.manual("verifier-publish")
async def test_what_she_holds_is_not_published_and_her_reason_stands_there(room: Newsroom) -> None:
    browser, (first, second) = await proposed(room, ANSWER, ANSWER)
    answer = await sends(browser, "proposed", "hold", first, reason="Bisa menunjuk pelapor")
    assert answer.status_code == 303
    assert "Ditahan moderator: Bisa menunjuk pelapor" in (await browser.get(f"{PAGE}?state=held")).text
    await room.comes_to_its_day(second)
    await room.sweeps()
    assert (await room.reads(first), await room.reads(second)) == (None, Moderated(TITLE, ANSWER))


@pytest.mark.thorough
@pytest.mark.manual("verifier-publish")
async def test_what_was_found_is_named_and_she_may_publish_it_all_the_same(room: Newsroom) -> None:
    browser, (case,) = await proposed(room, NAMED)
    assert "Mungkin nama atau nomor: Sumarni" in (await browser.get(f"{PAGE}?state=held")).text
    assert (await sends(browser, "held", "publish", case)).status_code == 303
    assert await room.reads(case) == Moderated(TITLE, NAMED)


@pytest.mark.thorough
async def test_a_published_answer_is_taken_back_by_the_same_form(room: Newsroom) -> None:
    case = await room.published()
    browser = await room.office.browser_of("Modi")
    assert (await sends(browser, "published", "hold", case, reason="Salah orang")).status_code == 303
    assert await room.reads(case) is None


@pytest.mark.thorough
async def test_she_gives_several_other_titles(room: Newsroom) -> None:
    browser, cases = await proposed(room, ANSWER, ANSWER)
    titles = {f"title-{case.ticket}": "Jalan berlubang, Petung" for case in cases}
    assert (await sends(browser, "proposed", "title", **titles)).status_code == 303
    stand = [await room.stands(case) for case in cases]
    assert [one and one.title for one in stand] == ["Jalan berlubang, Petung"] * 2
    await room.comes_to_its_day(cases[0])
    await room.sweeps()
    assert await room.reads(cases[0]) == Moderated("Jalan berlubang, Petung", ANSWER)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Jalan rusak depan rumah Sumarni", "Sumarni"),
        ("Jalan rusak, RT 05", "05"),
        ("Jalan rusak, Sotek", "Sotek"),
        ("", "judul harus terisi"),
        ("x" * 121, "judul harus terisi"),
    ],
)
async def test_a_title_that_may_name_somebody_or_too_small_a_place_is_refused(
    room: Newsroom, title: str, why: str
) -> None:
    browser, (case,) = await proposed(room, ANSWER)
    answer = await sends(browser, "proposed", "publish", case, **{f"title-{case.ticket}": title})
    assert (answer.status_code, why in answer.text) == (409, True)
    assert await room.reads(case) is None


async def test_where_few_reported_it_she_cannot_publish_either(room: Newsroom) -> None:
    browser = await room.office.browser_of("Modi")
    case = await room.closed()
    await room.sweeps()
    answer = await sends(browser, "held", "publish", case)
    assert (answer.status_code, "masih terlalu sedikit" in answer.text) == (409, True)
    assert await room.reads(case) is None


@pytest.mark.thorough
async def test_what_has_changed_since_she_looked_is_not_published(room: Newsroom) -> None:
    browser, (case,) = await proposed(room, ANSWER)
    form = {"case": case.ticket, "act": "publish", f"seen-{case.ticket}": "0" * 16, f"title-{case.ticket}": TITLE}
    answer = await browser.post(PAGE, data=form)
    assert (answer.status_code, "ada yang berubah" in answer.text) == (409, True)
    assert await room.reads(case) is None


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"act": "hold", "case": "LP-2222-2222"}, "Tuliskan alasan"),
        ({"act": "publish"}, "Belum ada yang ditandai"),
        ({"act": "burn"}, "tidak dapat dibaca"),
        ({"act": "publish", "case": "LP-2222-2222"}, "ada yang berubah"),
    ],
)
async def test_what_cannot_be_done_is_said(room: Newsroom, form: dict[str, str], why: str) -> None:
    browser = await room.office.browser_of("Modi")
    answer = await browser.post(PAGE, data=form)
    assert (answer.status_code in {409, 422}, why in answer.text) == (True, True)


@pytest.mark.thorough
async def test_a_redaction_holds_what_was_proposed_and_is_the_only_way_from_then_on(room: Newsroom) -> None:
    browser, (case,) = await proposed(room, ANSWER)
    address = f"/desk/cases/{case.ticket}/redact"
    page = (await browser.get(address)).text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    form = {"version": version[1], "title": "Jalan", "reason": "Ada nama", "act": "look"}
    seen = re.search(r'name="seen" value="(\w+)"', (await browser.post(address, data=form)).text)
    assert seen
    await browser.post(address, data={**form, "act": "apply", "seen": seen[1]})
    one = await room.stands(case)
    assert one is not None
    assert (one.state, one.held_for) == (PublicationState.HELD, HeldFor.DECIDED)
    answer = await sends(browser, "held", "publish", case)
    assert (answer.status_code, "Atur yang dibaca orang lain" in answer.text) == (409, True)
    assert await room.reads(case) == Moderated("Jalan", "")
