"""Which passwords are taken, and what is kept of secrets."""

from __future__ import annotations

import re
import secrets
import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters

from actions.cases.ticket import SYMBOLS
from actions.people.secrets import (
    GUESSED_FIRST,
    MEMORY_KIB,
    Passwords,
    WeakPassword,
    check_password,
    code_digest,
    draw_code,
    draw_token,
    token_digest,
)
from tests.unit.people.officers import PASSWORD

pytestmark = pytest.mark.usefixtures("costly_passwords")

NAME = "Rina Dewi Lestari"


@pytest.mark.parametrize("password", [PASSWORD, "k9$Vx!2mQz@7", "Rina suka kopi pahit", "密码很长很难猜测的一句话呢"])
def test_a_long_password_is_taken_whatever_it_is_made_of(password: str) -> None:
    check_password(password, NAME)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("sebelassim1", "too short"),
        ("", "too short"),
        ("a" * 257, "too long"),
        ("rina dewi lestari", "name"),
        ("RinaDewiLestari!2026", "name"),
        ("lestari.rina1990", "name"),
        ("rinarinarina", "name"),
        ("Password2026!", "among the first"),
        ("Indonesia1945", "among the first"),
        ("123456789012", "among the first"),
        ("qwertyuiopas", "among the first"),
        ("aaaaaaaaaaaa", "among the first"),
        ("abababababababab", "among the first"),
        ("!!!!!!!!!!!!!", "among the first"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused_without_being_repeated(password: str, why: str) -> None:
    with pytest.raises(WeakPassword, match=why) as refused:
        check_password(password, NAME)
    assert not password or password not in str(refused.value)


@pytest.mark.parametrize("word", sorted(GUESSED_FIRST))
def test_digits_and_signs_make_a_known_word_no_better(word: str) -> None:
    with pytest.raises(WeakPassword):
        check_password(f"{word}!2026-08-17", NAME)


async def test_a_password_is_kept_as_argon2id_with_the_numbers_that_owasp_gives() -> None:
    kept = extract_parameters(await Passwords().hashed(PASSWORD))
    assert (kept.type.name, kept.memory_cost, kept.time_cost, kept.parallelism) == ("ID", MEMORY_KIB, 2, 1)
    assert MEMORY_KIB == 19 * 1024


async def test_the_right_password_is_right_and_another_is_not() -> None:
    passwords = Passwords()
    kept = await passwords.hashed(PASSWORD)
    assert [await passwords.is_right(typed, kept) for typed in (PASSWORD, PASSWORD.upper(), "")] == [True, False, False]


async def test_a_password_is_the_same_however_a_keyboard_composes_it() -> None:
    passwords, typed = Passwords(), "café di tepi sungai"
    kept = await passwords.hashed(unicodedata.normalize("NFD", typed))
    assert await passwords.is_right(typed, kept)


async def test_where_nothing_is_kept_no_password_is_right_and_one_is_compared_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = []
    compare = Passwords._compare
    monkeypatch.setattr(Passwords, "_compare", lambda *given: compared.append(given[2]) or compare(*given))
    passwords = Passwords()
    assert not await passwords.is_right(PASSWORD, None)
    assert [extract_parameters(kept).memory_cost for kept in compared] == [MEMORY_KIB]


async def test_what_is_no_hash_opens_nothing() -> None:
    assert not await Passwords().is_right(PASSWORD, "no hash")


async def test_a_hash_with_other_numbers_is_outdated_and_still_right() -> None:
    passwords = Passwords()
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    assert passwords.is_outdated(old)
    assert await passwords.is_right(PASSWORD, old)
    assert not passwords.is_outdated(await passwords.hashed(PASSWORD))


def test_a_code_is_three_groups_of_four_symbols_of_a_ticket() -> None:
    for _ in range(100):
        assert re.fullmatch(rf"([{SYMBOLS}]{{4}})-([{SYMBOLS}]{{4}})-([{SYMBOLS}]{{4}})", draw_code(secrets.randbelow))


@pytest.mark.parametrize("typed", ["2345-67cd-fghj", "2345 67CD FGHJ", "234567CDFGHJ", " 2345\u201367CD\u2013FGHJ "])
def test_a_code_is_the_same_however_it_is_written(typed: str) -> None:
    assert code_digest(typed) == code_digest("2345-67CD-FGHJ")


def test_a_token_has_256_bits_and_what_is_kept_is_neither_it_nor_a_codes() -> None:
    tokens = {draw_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}
    assert all(re.fullmatch("[0-9a-f]{64}", token_digest(token)) for token in tokens)
    assert token_digest("2345") != code_digest("2345")
