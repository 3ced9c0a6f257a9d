"""Signing in and out: what is answered, what the browser keeps, and where it goes on to."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from httpx import Response

from actions.people.handlers import PeopleBook
from actions.people.roles import Role
from actions.people.secrets import Passwords
from actions.store.people.people import SqlPeople
from bot.web.account.context import wanted_page
from tests.databases import rows_seen
from tests.unit.people.officers import PASSWORD
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse, signs_in

WRONG = "Nama dan kata sandi itu tidak cocok"
SESSION = re.compile(r"lapor_session=([^;]*);")


def cookie(answer: Response, name: str = "lapor_session") -> str:
    return next(line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}="))


def token(answer: Response) -> str:
    found = SESSION.match(cookie(answer))
    assert found
    return found[1]


def without_names(answer: Response, *names: str) -> str:
    return re.sub("|".join(names), "NAME", answer.text)


@pytest.mark.manual("verifier-sign-in", "officer-desk")
async def test_the_form_is_there_for_everybody(gate: Gatehouse) -> None:
    answer = await gate.browser().get("/sign-in")
    assert answer.status_code == 200
    assert '<label for="name">Nama</label>' in answer.text
    assert 'type="password"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert '<a href="/panduan/id/index.html">Panduan</a>' in answer.text  # whose manual it is, she chooses there


@pytest.mark.thorough
@pytest.mark.parametrize("typed", ["Rina Dewi", "rina  DEWI "])
@pytest.mark.manual("verifier-sign-in")
async def test_the_right_password_opens_the_first_page(gate: Gatehouse, typed: str) -> None:
    await gate.hires("Rina Dewi", Role.TRAINER)
    browser = gate.browser()
    answer = await signs_in(browser, typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/trainer")
    page = await browser.get("/trainer")
    assert page.status_code == 200
    assert "<h1>Kotak masuk</h1>" in page.text
    assert "<span>Rina Dewi</span>" in page.text


async def test_the_cookie_is_out_of_scripts_and_of_other_sites_reach(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    kept = cookie(await signs_in(gate.browser(), "Rina"))
    assert kept.partition(";")[2].strip() == "HttpOnly; Path=/; SameSite=lax"


async def test_over_tls_the_cookie_travels_over_tls_alone(tmp_path: Path, database_file: Path) -> None:
    gate = await a_gatehouse(tmp_path, database_file, public_url="https://lapor.test")
    await gate.hires("Rina", Role.TRAINER)
    answer = await signs_in(gate.browser(), "Rina")
    assert all("; Secure" in line for line in answer.headers.get_list("set-cookie"))
    await gate.house.closes()


async def test_the_database_holds_no_token(gate: Gatehouse, database_file: Path) -> None:
    await gate.hires("Rina", Role.TRAINER)
    secret = token(await signs_in(gate.browser(), "Rina"))
    files = [file.read_bytes() for file in database_file.parent.iterdir() if file.is_file()]
    assert len(secret) == 43
    assert not any(secret.encode() in content or PASSWORD.encode() in content for content in files)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Rina", "bukan kata sandinya"),
        ("Rina", PASSWORD.upper()),
        ("Rina", ""),
        ("Siapa Itu", PASSWORD),
        ("", PASSWORD),
        ("\x00", PASSWORD),
        ("Budi", PASSWORD),
        ("Tono", PASSWORD),
        ("R" * 3000, PASSWORD),
        ("Rina", "x" * 5000),
    ],
)
async def test_what_is_wrong_is_answered_alike_and_opens_nothing(gate: Gatehouse, name: str, password: str) -> None:
    await gate.hires("Rina", Role.TRAINER)
    await gate.hires("Budi", Role.TRAINER, password=None)
    await gate.hires("Tono", Role.TRAINER)
    await gate.dismisses("Tono")
    browser = gate.browser()
    answer = await signs_in(browser, name, password)
    assert answer.status_code == 401
    assert WRONG in answer.text
    assert "set-cookie" not in answer.headers
    assert (await browser.get("/trainer")).status_code == 303


async def test_a_wrong_password_and_an_unknown_name_read_the_same(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    known, unknown = await signs_in(gate.browser(), "Rina", "x"), await signs_in(gate.browser(), "Dono", "x")
    assert without_names(known, "Rina") == without_names(unknown, "Dono")
    assert known.headers == unknown.headers


@pytest.mark.thorough
@pytest.mark.usefixtures("costly_passwords")
@pytest.mark.parametrize("name", ["Rina", "Dono", "Budi"])
async def test_every_name_costs_one_comparison_with_the_same_numbers(
    gate: Gatehouse, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await gate.hires("Rina", Role.TRAINER)
    await gate.hires("Budi", Role.TRAINER, password=None)
    compared: list[str] = []
    compare = Passwords._compare
    monkeypatch.setattr(Passwords, "_compare", lambda *given: compared.append(given[2]) or compare(*given))
    await signs_in(gate.browser(), name, "x")
    assert [kept.rpartition("$")[0].rpartition("$")[0] for kept in compared] == ["$argon2id$v=19$m=19456,t=2,p=1"]


async def test_a_name_comes_back_into_the_form_and_a_password_does_not(gate: Gatehouse) -> None:
    answer = await signs_in(gate.browser(), '"><script>x</script>', "rahasia yang panjang")
    assert "&#34;&gt;&lt;script&gt;" in answer.text
    assert "<script>x" not in answer.text
    assert "rahasia yang panjang" not in answer.text


async def test_a_sign_in_gives_a_token_that_was_not_there_before(gate: Gatehouse, database_file: Path) -> None:
    await gate.hires("Rina", Role.TRAINER)
    browser = gate.browser()
    browser.cookies.set("lapor_session", "chosen-by-somebody-else")
    first = token(await signs_in(browser, "Rina"))
    second = token(await signs_in(browser, "Rina"))
    assert len({"chosen-by-somebody-else", first, second}) == 3
    assert rows_seen(f"sqlite:///{database_file}", "people_sessions") == 1


@pytest.mark.manual("verifier-sign-in")
async def test_signing_out_ends_the_session_and_not_only_the_cookie(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    browser = await gate.signed_in("Rina")
    kept = browser.cookies["lapor_session"]
    answer = await browser.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert 'lapor_session=""' in cookie(answer)
    thief = gate.browser()
    thief.cookies.set("lapor_session", kept)
    assert (await thief.get("/trainer")).status_code == 303


async def test_who_is_not_signed_in_can_sign_out(gate: Gatehouse) -> None:
    assert (await gate.browser().post("/sign-out")).status_code == 303


@pytest.mark.thorough
@pytest.mark.parametrize("address", ["/sign-in", "/sign-out"])
async def test_another_sites_form_is_refused(gate: Gatehouse, address: str) -> None:
    await gate.hires("Rina", Role.TRAINER)
    browser = await gate.signed_in("Rina")
    browser.headers["origin"] = "https://evil.example"
    answer = await browser.post(address, data={"name": "Rina", "password": PASSWORD})
    assert answer.status_code == 403
    del browser.headers["origin"]
    assert (await browser.get("/trainer")).status_code == 200


@pytest.mark.thorough
@pytest.mark.parametrize("ending", ["dismisses", "gives_password"])
async def test_disabling_and_a_new_password_sign_out_everywhere(gate: Gatehouse, ending: str) -> None:
    await gate.hires("Rina", Role.TRAINER)
    browsers = [await gate.signed_in("Rina") for _ in range(2)]
    if ending == "dismisses":
        await gate.dismisses("Rina")
    else:
        await gate.gives_password("Rina", "lima sapi merah tertawa")
    assert [(await browser.get("/trainer")).status_code for browser in browsers] == [303, 303]


async def test_a_session_ends_after_twelve_hours_without_a_page(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    browser = await gate.signed_in("Rina")
    for _ in range(3):
        gate.world.clock.passes(timedelta(hours=11))
        assert (await browser.get("/trainer")).status_code == 200
    gate.world.clock.passes(timedelta(hours=12))
    assert (await browser.get("/trainer")).status_code == 303


@pytest.mark.thorough
async def test_a_session_ends_after_a_week_whatever_is_done(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    browser = await gate.signed_in("Rina")
    statuses = []
    for _ in range(15):
        gate.world.clock.passes(timedelta(hours=11.5))
        statuses.append((await browser.get("/trainer")).status_code)
    assert statuses == [200] * 14 + [303]


@pytest.mark.thorough
@pytest.mark.usefixtures("costly_passwords")
async def test_a_password_that_was_hashed_with_other_numbers_is_hashed_anew(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    rina = gate.people["Rina"].id
    async with gate.database.writing() as connection:
        await SqlPeople(connection).set_password(rina, old)
    first = await gate.signed_in("Rina")
    async with gate.database.reading() as connection:
        kept = await SqlPeople(connection).password_of(rina)
    assert kept
    assert "$m=19456,t=2,p=1$" in kept
    await gate.signed_in("Rina")
    assert (await first.get("/trainer")).status_code == 200


async def test_who_is_disabled_while_the_password_is_compared_is_not_let_in(
    gate: Gatehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    await gate.hires("Rina", Role.TRAINER)
    is_right = Passwords.is_right

    async def slow(*given: object) -> bool:
        found = await is_right(*given)  # type: ignore[arg-type]
        await gate.dismisses("Rina")
        return found

    monkeypatch.setattr(Passwords, "is_right", slow)
    assert (await signs_in(gate.browser(), "Rina")).status_code == 401


async def test_signing_in_and_out_are_lines_of_the_person(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.TRAINER)
    browser = await gate.signed_in("Rina")
    await browser.post("/sign-out")
    rina = gate.people["Rina"].id
    async with gate.database.reading() as connection:
        book: PeopleBook = SqlPeople(connection)
        assert isinstance(book, SqlPeople)
        lines = [(line.what, line.who) for line in await book.events(rina)]
    assert lines[-2:] == [("signed_in", f"person:{rina}"), ("signed_out", f"person:{rina}")]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/desk", "/desk"),
        ("/trainer/inbox?page=2&order=unsure", "/trainer/inbox?page=2&order=unsure"),
        ("", "/trainer"),
        ("/", "/trainer"),
        ("/sign-out", "/trainer"),
        ("/deskimpostor", "/trainer"),
        ("https://evil.example/desk", "/trainer"),
        ("//evil.example/desk", "/trainer"),
        ("/\\evil.example", "/trainer"),
        ("/desk//evil.example", "/trainer"),
        ("/desk/../chat", "/trainer"),
        ("/desk\r\nset-cookie: a=b", "/trainer"),
        ("/desk" + "a" * 600, "/trainer"),
        ("javascript:alert(1)", "/trainer"),
    ],
)
async def test_one_goes_on_to_the_wanted_page_only_if_it_is_inside(gate: Gatehouse, wanted: str, goes: str) -> None:
    await gate.hires("Rina", Role.TRAINER)
    answer = await signs_in(gate.browser(), "Rina", next=wanted)
    assert (answer.status_code, answer.headers["location"]) == (303, goes)


async def test_a_wanted_page_is_kept_through_the_form_an_error_and_another_language(gate: Gatehouse) -> None:
    browser = gate.browser()
    sent = await browser.get("/trainer")
    assert sent.headers["location"] == "/sign-in?next=%2Ftrainer"
    form = await browser.get(sent.headers["location"])
    assert '<input type="hidden" name="next" value="/trainer">' in form.text
    assert "/sign-in?lang=en&amp;next=/trainer" in form.text
    again = await signs_in(browser, "Rina", "x", next="/trainer")
    assert '<input type="hidden" name="next" value="/trainer">' in again.text


async def test_who_is_signed_in_is_not_asked_again(gate: Gatehouse) -> None:
    await gate.hires("Rina", Role.VERIFIER)
    answer = await (await gate.signed_in("Rina")).get("/sign-in")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")


async def test_the_form_is_there_in_english(gate: Gatehouse) -> None:
    browser = gate.browser()
    assert "<h1>Sign in</h1>" in (await browser.get("/sign-in?lang=en")).text
    assert "do not match" in (await signs_in(browser, "Rina", "x")).text


async def test_who_goes_away_in_the_middle_leaves_no_session(gate: Gatehouse, database_file: Path) -> None:
    await gate.hires("Rina", Role.TRAINER)
    sending = asyncio.ensure_future(signs_in(gate.browser(), "Rina", "x"))
    await asyncio.sleep(0)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert rows_seen(f"sqlite:///{database_file}", "people_sessions") == 0


def test_no_wanted_page_leads_to_another_host() -> None:
    for start in ("", "/", "//", "/desk", "/trainer/"):
        for end in ("\\@evil.example", "//evil.example", "%0d%0a", "\t/evil", "?next=//evil.example", "#//evil"):
            page = wanted_page(start + end)
            assert page == "" or (page.startswith(("/desk", "/trainer")) and "//" not in page)
