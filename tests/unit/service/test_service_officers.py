"""`lapor officer`: an admin makes people, and a password is never on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import lapor
from bot.main.failures import CommandFailed
from tests.unit.delivery.town import a_service

PASSWORD = "empat kuda hijau menari"


@pytest.fixture(autouse=True)
def installation(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.officer.assemble", lambda _: a_service(database_file))


def officer(*words: str, told: str = "") -> Result:
    return CliRunner().invoke(lapor, ["officer", *words], input=told)


def everybody() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(officer("list", "--json").stdout)
    return found


@pytest.mark.manual("operator-people")
def test_a_person_with_a_password_may_sign_in() -> None:
    done = officer("add", "Rina Dewi", "--role", "trainer", "--password-stdin", told=f"{PASSWORD}\n")
    assert (done.exit_code, done.stdout) == (0, "Rina Dewi is added as trainer.\n")
    assert everybody() == [
        {
            "name": "Rina Dewi",
            "roles": ["trainer"],
            "agency": None,
            "active": True,
            "password": True,
            "telegram": False,
            "mail": None,
        }
    ]


@pytest.mark.thorough
def test_an_address_is_given_when_she_is_added_or_later_and_waits_for_its_code() -> None:
    added = officer("add", "Rina", "--role", "verifier", "--password-stdin", "--mail", "Rina@Dinas.test", told=PASSWORD)
    assert (added.exit_code, "A code is sent to Rina@Dinas.test" in added.stdout) == (0, True)
    officer("add", "Budi", "--role", "verifier", "--password-stdin", told=PASSWORD)
    assert [one["mail"] for one in everybody()] == [None, "unconfirmed"]
    for wrong in ("rina@dinas.test", "tanpa-at"):
        assert officer("mail", "Budi", wrong).exit_code == 1
    assert officer("mail", "Budi", "budi@dinas.test").exit_code == 0


@pytest.mark.manual("operator-code")
def test_codes_are_turned_on_for_an_app_and_off_again() -> None:
    officer("add", "Rina Dewi", "--role", "verifier", "--password-stdin", told=f"{PASSWORD}\n")
    on = officer("totp", "Rina Dewi")
    assert on.exit_code == 0
    assert re.search(r"otpauth://totp/LAPOR.*Rina%20Dewi\?secret=[A-Z2-7]{32}&issuer=LAPOR", on.stdout)
    off = officer("totp", "Rina Dewi", "--off")
    assert off.stdout == "Rina Dewi signs in without one-time codes.\n"


def test_without_a_password_a_one_time_code_is_printed_and_kept_nowhere(database_file: Path) -> None:
    done = officer("add", "Budi", "--role", "liaison", "--agency", "dishub")
    [code] = re.findall(r"sends /masuk ([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})\n", done.stdout)
    kept = b"".join(file.read_bytes() for file in database_file.parent.iterdir() if file.is_file())
    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept


@pytest.mark.thorough
@pytest.mark.parametrize(
    "words",
    [
        ("add", "Rina", "--role", "reporter"),
        ("add", "Rina", "--role", "liaison"),
        ("add", "Rina"),
        ("password", "Rina"),
    ],
)
def test_wrong_words_end_with_two_and_make_nobody(words: tuple[str, ...]) -> None:
    assert officer(*words).exit_code == 2
    assert everybody() == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "Rina", "--role", "liaison", "--agency", "tidak_ada"), ""),
        (("add", "Rina", "--role", "trainer", "--password-stdin"), "rahasia\n"),
        (("add", "Rina", "--role", "trainer", "--password-stdin"), ""),
        (("disable", "Rina"), ""),
    ],
)
def test_what_cannot_be_is_refused_and_makes_nobody(words: tuple[str, ...], told: str) -> None:
    assert isinstance(officer(*words, told=told).exception, CommandFailed)
    assert everybody() == []


def test_a_name_is_given_once_whatever_the_case_of_its_letters() -> None:
    officer("add", "Rina", "--role", "trainer")
    assert isinstance(officer("add", "rina", "--role", "admin").exception, CommandFailed)
    assert [one["name"] for one in everybody()] == ["Rina"]


@pytest.mark.thorough
def test_who_is_disabled_gets_no_code_until_enabled() -> None:
    officer("add", "Rina", "--role", "trainer")
    assert officer("disable", "Rina").exit_code == 0
    assert isinstance(officer("code", "Rina").exception, CommandFailed)
    assert officer("enable", "Rina").exit_code == 0
    assert "/masuk " in officer("code", "Rina").stdout
