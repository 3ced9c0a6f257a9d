"""A report of several matters: what a part keeps of its line on the card, and where the whole is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.draft import Draft, Matter, StoryPiece
from bot.conversation.matters import divided, joined, next_draft
from bot.conversation.place_names import place_words
from bot.understanding.understood import Guess, Meaning, Place

AT = datetime(2026, 11, 24, tzinfo=UTC)
PETUNG, SOTEK = Place(district="Penajam", village="Petung"), Place(district="Penajam", village="Sotek")


def matter(text: str, category: str, place: Place) -> Matter:
    doubtful = Meaning(Guess("complaint", 0.9), (Guess(category, 0.4), Guess("lainnya", 0.3)), place=place)
    return Matter(text, doubtful, says_where=place.is_known())


def a_draft(*matters: Matter) -> Draft:
    story = ", ".join(one.text for one in matters)
    return Draft("d", AT, AT, pieces=(StoryPiece("m1", story),), meaning=matters[0].meaning, matters=matters)


LAMPS, WASTE = matter("lampu mati di petung", "penerangan_jalan", PETUNG), matter("sampah di sotek", "sampah", SOTEK)


def test_each_part_has_the_category_that_its_line_named() -> None:
    first = divided(a_draft(LAMPS, WASTE))
    assert first.decided_category == "penerangan_jalan"
    assert first.later is not None
    assert next_draft(first, first.later, AT).decided_category == "sampah"


def test_two_matters_of_two_places_name_both_also_joined_again() -> None:
    draft = a_draft(LAMPS, WASTE)
    assert place_words(draft) == "Petung, Penajam; Sotek, Penajam"
    assert place_words(divided(draft)) == "Petung, Penajam"
    assert place_words(joined(divided(draft))) == "Petung, Penajam; Sotek, Penajam"


def test_two_matters_of_one_place_name_it_once() -> None:
    assert (
        place_words(a_draft(LAMPS, replace(WASTE, meaning=replace(WASTE.meaning, place=PETUNG)))) == "Petung, Penajam"
    )
