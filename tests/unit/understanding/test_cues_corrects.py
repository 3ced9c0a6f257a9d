"""Words that put right what was said before, told from those that only sound alike."""

from __future__ import annotations

import pytest

from bot.understanding.cues import corrects


@pytest.mark.parametrize(
    "text",
    [
        "eh bukan, di Jalan Provinsi",
        "oh iya maksudnya rt 7",
        "iya maksud saya RT 7 RW 2",
        "ralat rt 7",
        "maaf pak, ralat, lampunya tiga",
        "rt 7 yg bener",
        "yang benar itu RT 07",
        "sorry, I meant in Penajam",
    ],
)
def test_words_that_put_something_right(text: str) -> None:
    assert corrects(text)


@pytest.mark.parametrize(
    "text",
    [
        "iya bener",
        "maksudnya gimana?",
        "maksudnya apa ya",
        "ralat",
        "rumah saya rt 7",
        "yang benar saja, sudah sebulan belum diperbaiki",
        "apa maksudnya rt 7",
    ],
)
def test_words_that_only_sound_alike(text: str) -> None:
    assert not corrects(text)
