"""The file of the model of risks: what is packed is read back, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.understanding.danger.baseline import known_risks
from bot.understanding.danger.features import COLUMNS, classes_of
from bot.understanding.danger.model import RiskModel, packed, unpacked
from bot.understanding.weights_file import UnusableWeights, read_known


def a_model() -> RiskModel:
    weights = np.zeros((COLUMNS, 3), dtype=np.float32)
    weights[7] = (1.0, -0.25, 0.0)
    return RiskModel((("calm", "danger"), ("open",)), weights, np.array([0.5, -0.5, 0.0], dtype=np.float32))


def test_what_is_packed_is_read_back() -> None:
    again = unpacked(packed(a_model()))
    assert again.questions == a_model().questions
    assert np.abs(again.weights - a_model().weights).max() < 0.01
    assert again.bias.tolist() == a_model().bias.tolist()


def test_the_shares_of_each_question_sum_to_one() -> None:
    found = known_risks().shares("rumah terbakar di gang mawar")
    assert found["calm"] + found["danger"] == pytest.approx(1)
    assert found["harm"] + found["money"] + found["open"] == pytest.approx(1)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "risks.lapor").write_bytes(packed(a_model()))
    with pytest.raises(UnusableWeights, match="not the one that belongs to this version"):
        read_known(tmp_path / "risks.lapor", "0" * 64)
    with pytest.raises(UnusableWeights, match="cannot be read"):
        read_known(tmp_path / "none.lapor", "0" * 64)
    with pytest.raises(UnusableWeights, match="makes no sense"):
        unpacked(b"nothing")


def test_a_word_is_of_its_class_whatever_stands_before_its_stem() -> None:
    assert "hits" in classes_of("dipukuli")
    assert classes_of("anak") == ("child",)
