"""The service spells as the language model's own Python does: both are held to `tests/spelling.json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.understanding.model.grams import Spelling

GOLDEN = json.loads((Path(__file__).resolve().parents[2] / "spelling.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("written", "even"), GOLDEN["cases"], ids=ascii)
def test_a_text_is_spelt_as_the_model_learned_it(written: str, even: str) -> None:
    assert " ".join(Spelling(GOLDEN["table"]).words(written)) == even


@pytest.mark.parametrize("piece", ["[", "a", "[a", "www.", "'", "\u0301", "@"])
def test_a_text_of_one_thing_over_and_over_is_spelt(piece: str) -> None:
    assert len(set(Spelling({}).words(piece * 10_000))) <= 1
