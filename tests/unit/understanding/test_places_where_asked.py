"""Every village, however it is named where the place was asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.conversation.draft import Draft
from bot.conversation.questions.place import PLACE
from bot.messaging.understanding_service import understood_of
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess, Place
from tests.talks.world import TUESDAY, declared, known_listener

LEVELS_OF_A_VILLAGE = 4
VILLAGES = sorted(
    region.name for region in declared().regency.regions.values() if region.code.count(".") + 1 == LEVELS_OF_A_VILLAGE
)
ALSO_DISTRICTS = {"Penajam", "Waru", "Sepaku"}
"""Names of a district as well: without "desa" or "kelurahan" the district is meant at least."""
UNREAD = ModelAnswer(Guess("none", 0.0), ())


def heard(text: str) -> tuple[bool, Place]:
    """Whether the question takes these words, and which place they name; without any model."""
    service = known_listener()
    meaning = service.rules.hear(text, UNREAD, date(2026, 11, 24), at_place=True)
    understood = understood_of(text, {text: meaning}, service.answers)
    return PLACE.accepts(text, Draft("d", TUESDAY, TUESDAY), understood), meaning.place


def bare(name: str) -> str:
    return name


def small(name: str) -> str:
    return name.lower()


def in_it(name: str) -> str:
    return f"di {name.lower()}"


def desa(name: str) -> str:
    return f"desa {name}"


def kelurahan(name: str) -> str:
    return f"kelurahan {name.lower()} pak"


def put_right(name: str) -> str:
    return f"bukan Tengin Baru, {name}" if name != "Tengin Baru" else "bukan Sotek, Tengin Baru"


def test_a_kilometre_is_put_right() -> None:
    assert heard("eh bukan km 9, km 11")[1].km == float("11")


@pytest.mark.parametrize("form", [bare, small, in_it, desa, kelurahan, put_right])
def test_each_village_is_known(form: Callable[[str], str]) -> None:
    unknown = []
    for name in VILLAGES:
        taken, place = heard(form(name))
        is_district = name in ALSO_DISTRICTS and place.district == name
        if not taken or not (place.village == name or is_district):
            unknown.append((form(name), taken, place.village))
    assert unknown == []


@pytest.mark.parametrize(
    "text",
    [
        "terserah",
        "sampah",
        "kan sudah saya tulis",
        "kantornya buka sampai jam berapa",
        "di mana kantor pelni kak",
        "orang babulu laut juga mengeluh sama",
        "kontraktornya dari rintik",
        "kebakaran mas deket pangkalan",
        "jangan sampai suami saya tau",
        "itu air PDAM di Gunung Seteleng udah 6 hari mati",
    ],
)
def test_what_is_no_place_is_not_taken(text: str) -> None:
    assert not heard(text)[0]
