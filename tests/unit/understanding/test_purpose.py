"""What a message is for, as the model that comes with this version has learned it."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bot.understanding.purpose.baseline import PROJECT, known_purposes, purpose_file
from bot.understanding.purpose.model import BESIDE, packed, unpacked
from bot.understanding.purpose.train import rows_of
from bot.understanding.weights_file import UnusableWeights, read_known
from tests.talks.world import compiled

HELD_BACK = PROJECT / "tests" / "held_back"


@cache
def purpose_of(text: str) -> str:
    return known_purposes().refined(text, compiled().read(text)).intent.name


def rows() -> list[tuple[str, str]]:
    files = ("intents", "more_intents", "other_intents")
    told = [tomllib.loads((HELD_BACK / f"{file}.toml").read_text("utf-8")) for file in files]
    return [(text, name) for groups in told for name, texts in groups.items() for text in texts]


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("terima kasih petugas kebersihan, selokan kami sudah lancar", "praise"),
        ("terima kasih sebelumnya, selokan kami mampet", "complaint"),
        ("laporan saya soal selokan sudah sampai mana", "check_status"),
        ("selokan mampet di rt 5", "complaint"),
        ("bikinin pantun dong", "out_of_scope"),
    ],
)
def test_the_same_words_serve_several_purposes(text: str, purpose: str) -> None:
    assert purpose_of(text) == purpose


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("purpose", "fewest"), [("praise", 0.85), ("check_status", 0.9), ("out_of_scope", 0.85), ("complaint", 0.9)]
)
def test_the_rows_held_back_are_heard_as_they_were_measured(purpose: str, fewest: float) -> None:
    wanted = [text for text, name in rows() if name == purpose]
    right = Counter(_is_right(purpose_of(text), purpose) for text in wanted)[True]
    assert right / len(wanted) >= fewest


def _is_right(heard: str, purpose: str) -> bool:
    return heard == purpose if purpose in BESIDE else heard not in BESIDE


@pytest.mark.thorough
def test_no_row_held_back_is_learned() -> None:
    learned = [row.text.lower() for row in rows_of(PROJECT / "data" / "nlu") if row.batch]
    texts = set(learned)
    assert len(texts) == len(learned)
    assert texts.isdisjoint(text.lower() for text, _ in rows())


def test_a_file_of_another_hash_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "purpose.lapor").write_bytes(packed(known_purposes()))
    with pytest.raises(UnusableWeights):
        read_known(tmp_path / "purpose.lapor", "0" * 64)


def test_it_is_the_same_once_it_was_written_and_read() -> None:
    assert packed(unpacked(purpose_file().read_bytes())) == purpose_file().read_bytes()
