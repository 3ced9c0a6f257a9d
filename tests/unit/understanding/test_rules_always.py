"""What holds for the rules whatever is typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from actions.regency.files import load
from bot.understanding.danger.rules import is_emergency, is_sensitive
from bot.understanding.keywords import KeywordUnderstanding
from bot.understanding.normalise import mask, normalise, tokens
from bot.understanding.place.finder import PlaceFinder
from bot.understanding.time.finder import find_when

DATA = Path(__file__).parents[3] / "data"
REGENCY = load(DATA, DATA)
FINDER = PlaceFinder(REGENCY.regions.values(), REGENCY.neighbours)
KEYWORDS = KeywordUnderstanding(leaf.slug for leaf in REGENCY.leaves())
TODAY = date(2026, 6, 10)
PIECES = (
    "jl.", "jalan", "gang", "depan", "dekat", "rumah", "di", "desa", "kel.", "rt", "rw", "km", "05/02", "5,5", "2",
    "h", "petung", "nipah2", "waru", "Penajam", "paser", "kota", "kab.", "balikpapan", "masjid", "al-ikhlas",
    "SDN010", "-", ".", ",", "\n", "sudah", "sejak", "tgl", "31", "februari", "12/13/2026", "setengah", "minggu",
    "yang lalu", "lebaran", "kebakaran", "tolong", "pungli", "kabel", "putus", "sampai", "sekarang", "dua", "puluh",
    "sep", "an.", "'", "é", "😡", "000", "99", "2026-02-30", "jam", "ago", "for", "since",
)  # fmt: skip
a_message = some.one_of(some.text(max_size=80), some.lists(some.sampled_from(PIECES), max_size=14).map(" ".join))


@given(a_message)
def test_no_message_breaks_a_rule(text: str) -> None:
    FINDER.find(text)
    find_when(text, TODAY)
    is_emergency(text)
    is_sensitive(text)
    mask(text)


@given(a_message)
def test_a_village_never_comes_without_its_district(text: str) -> None:
    place = FINDER.find(text)
    assert place.village is None or place.district is not None


@given(a_message)
def test_a_place_is_inside_or_outside_never_both(text: str) -> None:
    place = FINDER.find(text)
    assert place.outside is None or place.district is None


@given(a_message)
def test_a_time_has_both_ends_in_order(text: str) -> None:
    when = find_when(text, TODAY)
    assert (when.since is None) == (when.until is None)
    assert when.since is None or when.until is None or when.since <= when.until


@given(a_message)
def test_tokens_stand_where_they_say(text: str) -> None:
    assert all(text[token.start : token.end] == token.raw for token in tokens(text))


@given(a_message)
def test_plain_spelling_shouts_no_more_and_has_no_gaps(text: str) -> None:
    spoken = normalise(text)
    assert spoken == spoken.lower()
    assert "  " not in spoken


@given(a_message)
def test_keywords_always_offer_three_and_are_never_sure(text: str) -> None:
    ranked = KEYWORDS.rank(text)
    assert len(ranked) >= 3
    assert len({guess.name for guess in ranked}) == len(ranked)
    assert all(guess.confidence <= 0.5 for guess in (*ranked, KEYWORDS.intent(text)))
