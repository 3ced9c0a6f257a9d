"""Asking for a moment, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.understanding.cues import pauses


@pytest.mark.parametrize(
    "text",
    [
        "wkwk bentar ya anak saya nangis",
        "Sebentar",
        "bntr dlu min",
        "tunggu dulu pak",
        "maaf, tunggu sebentar ya",
        "one moment please",
    ],
)
def test_who_asks_for_a_moment(text: str) -> None:
    assert pauses(text)


@pytest.mark.parametrize(
    "text",
    [
        "hujan sebentar saja sudah banjir",
        "sebentar lagi jembatannya roboh",
        "bentar lagi ambruk pak",
        "lampunya mati, tunggu apa lagi",
    ],
)
def test_what_happens_soon_is_no_pause(text: str) -> None:
    assert not pauses(text)
