"""Lines become words, and what cannot is an error of ours that holds nothing of a citizen's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.conversation.screen import Label, LabelSource, line, screen
from bot.texts.words import LONGEST_PART, BrokenText, Texts, UnknownText
from tests.unit.delivery.town import assembled

TEXTS: Texts = assembled().texts


def test_a_line_says_the_same_every_time() -> None:
    first, second = TEXTS.say("id", line("button-send")), TEXTS.say("id", line("button-send"))
    assert (first, second) == ("Kirim", "Kirim")


def test_each_language_says_it_in_its_own_words() -> None:
    assert TEXTS.say("en", line("button-send")) == "Send"


def test_what_differs_from_line_to_line_is_not_remembered() -> None:
    said = [TEXTS.say("id", line("card-story", story=story)) for story in ("satu", "dua")]
    assert [words.strip("“”") for words in said] == ["satu", "dua"]


def test_a_story_longer_than_fluent_takes_is_said_whole() -> None:
    story = "lampu { $mati } " * LONGEST_PART
    assert story in TEXTS.say("id", line("card-story", story=f"{story}."))


def test_days_and_moments_are_those_of_the_region() -> None:
    late = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
    said = TEXTS.say("id", line("status-filed", date=late)), TEXTS.say("id", line("card-day", since=date(2026, 3, 2)))
    assert "Senin, 2 Maret 2026, 01.30" in said[0]
    assert "Senin, 2 Maret 2026" in said[1]


def test_a_category_that_is_no_longer_declared_is_said_by_its_slug() -> None:
    assert TEXTS.label("id", Label(LabelSource.CATEGORY, "gone")) == "gone"


def test_a_key_that_no_file_has_is_an_error() -> None:
    with pytest.raises(UnknownText, match="gone"):
        TEXTS.say("id", line("gone"))


def test_a_text_that_lacks_something_names_only_its_key() -> None:
    with pytest.raises(BrokenText) as broken:
        TEXTS.say("id", line("card-story", name="rahasia"))
    assert "card-story" in str(broken.value)
    assert "rahasia" not in str(broken.value)


@pytest.mark.parametrize(("language", "spoken"), [("en", "en"), ("id", "id"), ("jv", "id"), (None, "id"), ("", "id")])
def test_where_a_language_is_not_spoken_the_first_is(language: str | None, spoken: str) -> None:
    assert TEXTS.spoken(language) == spoken


def test_a_consent_is_named_after_its_wording() -> None:
    versions = {TEXTS.version(language, "card-consent") for language in ("id", "en", "id")}
    assert sorted(version[:3] for version in versions) == ["en-", "id-"]


def test_labels_and_numbers_of_cases_stand_out_and_nothing_that_she_wrote() -> None:
    hers, filed = line("card-story", story="jalan: rusak"), line("filed", ticket="LP-7KD3-M9XK")
    shown = screen(hers, line("card-type", type="Pengaduan"), line("card-anonymous"), filed)
    words = TEXTS.message("id", shown)
    assert [words.text[start:end] for start, end in words.bold] == ["Jenis", "Identitas", "LP-7KD3-M9XK"]
