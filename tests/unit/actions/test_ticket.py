"""The ticket number: drawn, checked, and read back from what people type."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.ticket import SYMBOLS, Mistyped, Ticket, draw, likely, read_back

tickets = st.randoms(use_true_random=False).map(lambda chance: draw(chance.randrange))
places = st.integers(0, 7)
words_of_letters = st.text("abcdefghijklmnopqrstuvwxyz ,.?!", max_size=60)


def symbols(number: str) -> str:
    return number[3:].replace("-", "")


def spelled(run: str) -> str:
    return f"LP-{run[:4]}-{run[4:]}"


def test_the_check_is_the_weighted_sum_of_the_design() -> None:
    assert draw(lambda _: 0) == "LP-C222-2229"
    assert read_back("LP-2222-2222") == [Ticket("LP-2222-2222")]


@given(tickets)
def test_a_drawn_number_checks_and_holds_a_digit_and_a_letter(number: str) -> None:
    run = symbols(number)
    assert (
        sum(weight * SYMBOLS.index(symbol) for weight, symbol in zip((2, 3, 4, 5, 6, 7, 8, 1), run, strict=True)) % 23
        == 0
    )
    assert any(symbol.isdigit() for symbol in run)
    assert any(symbol.isalpha() for symbol in run)


@given(tickets, places, st.sampled_from(SYMBOLS))
def test_every_single_wrong_symbol_is_caught_and_mended(number: str, place: int, wrong: str) -> None:
    run = symbols(number)
    if run[place] != wrong:
        typed = spelled(run[:place] + wrong + run[place + 1 :])
        assert read_back(typed) == [Mistyped(typed)]
        assert likely(typed, [number]) == number


@given(tickets, places, places)
def test_every_swap_of_two_symbols_is_caught_and_mended(number: str, one: int, other: int) -> None:
    run = list(symbols(number))
    if run[one] != run[other]:
        run[one], run[other] = run[other], run[one]
        typed = spelled("".join(run))
        assert read_back(typed) == [Mistyped(typed)]
        assert likely(typed, [number]) == number


@given(tickets, places)
def test_a_symbol_left_out_or_typed_twice_is_caught_and_mended(number: str, place: int) -> None:
    run = symbols(number)
    for typed in (run[:place] + run[place + 1 :], run[:place] + run[place] + run[place:]):
        read = read_back(f"LP-{typed[:4]}-{typed[4:]}")
        assert read == [Mistyped(f"LP-{typed[:4]}-{typed[4:]}")]
        assert likely(f"LP{typed}", [number]) == number


@given(
    number=tickets,
    sentence=st.sampled_from(
        ["mau tanya {} sudah sampai mana?", "{}", "nomor saya:{}.", "({})", "\n{}\n", "{}, {} dan {}"]
    ),
    shape=st.sampled_from(
        [
            "LP-{}-{}",
            "LP {} {}",
            "LP{}{}",
            "{}-{}",
            "{} {}",
            "{}{}",
            "LP\u2013{}\u2013{}",
            "LP: {}-{}",
            "LP_{}_{}",
        ]
    ),
    typed_in=st.sampled_from([str.upper, str.lower]),
)
def test_a_number_is_found_again_inside_a_sentence(
    number: str, sentence: str, shape: str, typed_in: Callable[[str], str]
) -> None:
    run = symbols(number)
    typed = shape.format(run[:4], run[4:])
    if not typed.startswith("LP") and sentence != "{}":
        typed = f"{run[:4]}-{run[4:]}"
    assert read_back(sentence.replace("{}", typed_in(typed))) == [Ticket(number)]


@given(words_of_letters)
def test_words_are_never_numbers(text: str) -> None:
    assert read_back(text) == []


@given(tickets)
def test_letters_that_look_like_digits_are_read_as_these(number: str) -> None:
    assert read_back(number.replace("2", "Z").replace("5", "s").replace("8", "B")) == [Ticket(number)]


@pytest.mark.parametrize(
    "text",
    [
        "telepon saya 0812 3456 7896",
        "NIK 6409012345678901",
        "mobil KT 4356 WX parkir sembarangan",
        "plat KT4356WX ngebut",
        "di RT35 RW26 gelap, juga rt 25 rw 36",
        "anggaran 2023-2024 tidak jelas",
        "tanggal 23-04-2026 jam 19.45",
        "lp cipinang penuh",
        "nomor LP/B/123/IX/2026 dari polisi",
        "id pelanggan 5234 7689 dan 52347689",
        "gang 2345 blok c2",
        "",
    ],
)
def test_what_only_resembles_a_number_is_left_alone(text: str) -> None:
    assert read_back(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("LP-7KD3-M9XO", "LP-7KD3-M9XO"),
        ("lp 7kd3 m9x1", "LP-7KD3-M9X1"),
        ("L P 7KD3-M9XX", "LP-7KD3-M9XX"),
        ("7KD3M9XX", "LP-7KD3-M9XX"),
        ("kok 7KD3-M9XX tidak ada", "LP-7KD3-M9XX"),
        ("LP-7KD3-M9X 3 hari lalu", "LP-7KD3-M9X"),
        ("LP-ABCD-EFGH", "LP-A8CD-EFGH"),
    ],
)
def test_what_is_meant_as_a_number_but_is_wrong_is_said_to_be_mistyped(text: str, number: str) -> None:
    assert read_back(text) == [Mistyped(number)]


def test_several_numbers_come_in_order_and_each_once() -> None:
    one, other = draw(lambda most: most - 1), draw(lambda most: most // 2)
    assert read_back(f"{other[3:]} lalu {one} lalu {other}") == [Ticket(other), Ticket(one)]


def test_a_number_far_from_all_her_own_is_like_none_of_them() -> None:
    assert likely("LP-7KD3-M9XK", ["LP-2222-2222", "LP-C222-2229"]) is None
