"""One-time codes: asked for after the password, each good once, turned on and off by whoever has them."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pyotp
import pytest
from httpx import AsyncClient, Response

from actions.people.roles import Role
from actions.people.sign_in import BrokenSeal, Seals, draw_secret, step_of
from actions.store.people.people import SqlPeople
from actions.store.people.sign_in import people_totp
from tests.unit.people.officers import NOON
from tests.unit.sign_in.gatehouse import Gatehouse, signs_in

SECRET = draw_secret(lambda count: bytes(range(count)))


def code_at(gate: Gatehouse, secret: str) -> str:
    return pyotp.TOTP(secret).at(gate.now())


def pending_of(page: Response) -> str:
    found = re.search(r'name="pending" value="([^"]+)"', page.text)
    assert found, page.text
    return html.unescape(found[1])


async def turned_on(gate: Gatehouse, name: str = "Rina") -> tuple[AsyncClient, str]:
    """Somebody with an app on her phone; her browser, and the secret that the app knows."""
    await gate.hires(name, Role.VERIFIER)
    browser = await gate.signed_in(name)
    await browser.post("/desk/account/codes", data={"act": "begin"})
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", (await browser.get("/desk/account")).text)
    assert found
    secret = found[1].replace(" ", "")
    done = await browser.post("/desk/account/codes", data={"act": "confirm", "code": code_at(gate, secret)})
    assert done.status_code == 303, done.text
    gate.world.clock.passes(timedelta(seconds=30))
    return browser, secret


@pytest.mark.manual("verifier-sign-in")
async def test_a_code_is_asked_for_after_the_password(gate: Gatehouse) -> None:
    _, secret = await turned_on(gate)
    browser = gate.browser()
    asked = await signs_in(browser, "Rina", next="/desk?list=all")
    assert (asked.status_code, "lapor_session" in browser.cookies) == (200, False)
    assert "enam angka" in asked.text
    fields = {"pending": pending_of(asked), "code": code_at(gate, secret), "next": "/desk?list=all"}
    done = await browser.post("/sign-in", data=fields)
    assert (done.status_code, done.headers["location"]) == (303, "/desk?list=all")
    assert (await browser.get("/desk")).status_code == 200


async def test_a_wrong_password_asks_for_no_code(gate: Gatehouse) -> None:
    await turned_on(gate)
    assert "pending" not in (await signs_in(gate.browser(), "Rina", "salah sama sekali")).text


@pytest.mark.thorough
async def test_a_code_is_good_once(gate: Gatehouse) -> None:
    _, secret = await turned_on(gate)
    code = code_at(gate, secret)
    answers = []
    for _ in range(2):
        browser = gate.browser()
        asked = await signs_in(browser, "Rina")
        answers.append(await browser.post("/sign-in", data={"pending": pending_of(asked), "code": code}))
    assert [answer.status_code for answer in answers] == [303, 401]
    assert "sudah dipakai" in answers[1].text


async def test_the_code_that_turned_them_on_signs_nobody_in(gate: Gatehouse) -> None:
    _, secret = await turned_on(gate)
    gate.world.clock.passes(timedelta(seconds=-30))
    browser = gate.browser()
    asked = await signs_in(browser, "Rina")
    again = await browser.post("/sign-in", data={"pending": pending_of(asked), "code": code_at(gate, secret)})
    assert again.status_code == 401


@pytest.mark.thorough
async def test_guessing_codes_is_slowed_down(gate: Gatehouse) -> None:
    _, secret = await turned_on(gate)
    browser = gate.browser()
    pending = pending_of(await signs_in(browser, "Rina"))
    wrong = [await browser.post("/sign-in", data={"pending": pending, "code": f"00000{n}"}) for n in range(6)]
    assert [answer.status_code for answer in wrong] == [401] * 5 + [429]
    right = await browser.post("/sign-in", data={"pending": pending, "code": code_at(gate, secret)})
    assert right.status_code == 429
    elsewhere = gate.browser("198.51.100.7")
    pending = pending_of(await signs_in(elsewhere, "Rina"))
    assert (await elsewhere.post("/sign-in", data={"pending": pending, "code": "000009"})).status_code == 429


@pytest.mark.thorough
async def test_who_has_her_password_and_guesses_codes_does_not_hold_her_up_where_she_signed_in_before(
    gate: Gatehouse,
) -> None:
    hers, secret = await turned_on(gate)
    await hers.post("/sign-out")
    thief = gate.browser("198.51.100.7")
    pending = pending_of(await signs_in(thief, "Rina"))
    for number in range(7):
        await thief.post("/sign-in", data={"pending": pending, "code": f"00000{number}"})
    pending = pending_of(await signs_in(hers, "Rina"))
    done = await hers.post("/sign-in", data={"pending": pending, "code": code_at(gate, secret)})
    assert done.status_code == 303


@pytest.mark.thorough
async def test_what_no_password_was_given_for_blocks_no_codes(gate: Gatehouse) -> None:
    _, secret = await turned_on(gate)
    stranger = gate.browser("198.51.100.7")
    number, until = gate.people["Rina"].id, int(gate.now().timestamp()) + 300
    forged = [f"{number}.{until}.{'0' * 63}{last}" for last in range(9)]
    answers = [await stranger.post("/sign-in", data={"pending": one, "code": "000000"}) for one in forged]
    assert {answer.status_code for answer in answers} == {401}
    browser = gate.browser()
    pending = pending_of(await signs_in(browser, "Rina"))
    done = await browser.post("/sign-in", data={"pending": pending, "code": code_at(gate, secret)})
    assert done.status_code == 303


async def test_a_password_that_was_right_long_ago_is_asked_for_again(gate: Gatehouse) -> None:
    _, secret = await turned_on(gate)
    browser = gate.browser()
    pending = pending_of(await signs_in(browser, "Rina"))
    gate.world.clock.passes(timedelta(minutes=6))
    late = await browser.post("/sign-in", data={"pending": pending, "code": code_at(gate, secret)})
    assert late.status_code == 401


@pytest.mark.thorough
@pytest.mark.parametrize(
    "form", ["9{}", "{}0", "", "1.2", "...", "1.99999999999.{}", "²." * 2 + "{}", f"{'9' * 99}.1.{{}}"]
)
async def test_nobody_is_let_in_without_a_password(gate: Gatehouse, form: str) -> None:
    _, secret = await turned_on(gate)
    browser = gate.browser()
    pending = form.format(pending_of(await signs_in(browser, "Rina")))
    answer = await browser.post("/sign-in", data={"pending": pending, "code": code_at(gate, secret)})
    assert answer.status_code == 401
    assert "lapor_session" not in browser.cookies


async def test_another_password_makes_a_new_start(gate: Gatehouse) -> None:
    _, secret = await turned_on(gate)
    browser = gate.browser()
    pending = pending_of(await signs_in(browser, "Rina"))
    await gate.gives_password("Rina", "lima ekor kuda tenang")
    answer = await browser.post("/sign-in", data={"pending": pending, "code": code_at(gate, secret)})
    assert answer.status_code == 401


@pytest.mark.thorough
async def test_signing_in_every_day_is_no_row_of_failures(gate: Gatehouse) -> None:
    _, secret = await turned_on(gate)
    for _ in range(8):
        gate.world.clock.passes(timedelta(hours=20))
        browser = gate.browser()
        asked = await signs_in(browser, "Rina")
        done = await browser.post("/sign-in", data={"pending": pending_of(asked), "code": code_at(gate, secret)})
        assert done.status_code == 303


async def test_codes_are_turned_off_with_a_code(gate: Gatehouse) -> None:
    browser, secret = await turned_on(gate)
    refused = await browser.post("/desk/account/codes", data={"act": "off", "code": "000000"})
    assert refused.status_code == 422
    done = await browser.post("/desk/account/codes", data={"act": "off", "code": code_at(gate, secret)})
    assert done.status_code == 303
    assert (await signs_in(gate.browser(), "Rina")).status_code == 303


async def test_a_secret_is_not_shown_again_nor_changed_once_it_is_on(gate: Gatehouse) -> None:
    browser, secret = await turned_on(gate)
    await browser.post("/desk/account/codes", data={"act": "begin"})
    page = await browser.get("/desk/account")
    assert secret not in page.text.replace(" ", "")
    assert "sudah aktif" in page.text


async def test_the_database_alone_knows_no_secret(gate: Gatehouse) -> None:
    _, secret = await turned_on(gate)
    async with gate.database.reading() as connection:
        [row] = (await connection.execute(people_totp.select())).all()
        book = SqlPeople(connection)
        person = await book.by_name("Rina")
        assert person
        lines = [event.what for event in await book.events(person.id)]
    assert secret not in row.sealed
    assert "totp_on" in lines
    with pytest.raises(BrokenSeal):
        Seals(b"another key").opened(row.sealed)


def test_a_phone_may_be_half_a_minute_wrong_and_no_more() -> None:
    codes = pyotp.TOTP(SECRET)
    moments = [step_of(SECRET, codes.at(NOON, counter_offset=away), NOON) is not None for away in (-2, -1, 0, 1, 2)]
    assert moments == [False, True, True, True, False]


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert step_of(SECRET, typed, NOON) is None


@pytest.mark.thorough
async def test_a_role_that_demands_codes_opens_nothing_before_they_are_on(gate: Gatehouse) -> None:
    gate.context.totp_roles = frozenset({Role.VERIFIER})
    await gate.hires("Rina", Role.VERIFIER)
    await gate.hires("Budi", Role.LIAISON, agency="dishub")
    rina, budi = await gate.signed_in("Rina"), await gate.signed_in("Budi")
    for page in ("/desk", "/desk/search", "/desk/new"):
        assert (await rina.get(page)).headers["location"] == "/desk/account"
        assert (await budi.get(page)).status_code == 200
    part = await rina.get("/desk/live", headers={"hx-request": "true"})
    assert (part.status_code, part.headers["hx-refresh"]) == (401, "true")
    assert "Peran Anda memerlukan kode sekali pakai" in (await rina.get("/desk/account")).text
    await rina.post("/desk/account/codes", data={"act": "begin"})
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", (await rina.get("/desk/account")).text)
    assert found
    await rina.post("/desk/account/codes", data={"act": "confirm", "code": code_at(gate, found[1].replace(" ", ""))})
    assert (await rina.get("/desk")).status_code == 200
    assert "Peran Anda memerlukan" not in (await rina.get("/desk/account")).text
