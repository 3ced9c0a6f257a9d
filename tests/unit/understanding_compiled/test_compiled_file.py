"""A compiled model is data: what is damaged, not ours or of another make is refused, in words."""

from __future__ import annotations

import hashlib
import json
import pickle
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.understanding.model import model_file as compiled_file
from bot.understanding.model.compiled_model import CompiledModel
from bot.understanding.model.model_file import FIRST_LINE, UnusableModel, read_known, read_signed, sign
from tests.unit.understanding_compiled.model_files_made import (
    KEY,
    Damage,
    a_file,
    a_header,
    content_of,
    forged,
    listed,
    some_arrays,
    unsigned,
)

BODY = len(FIRST_LINE) + 65


def load(file: Path) -> CompiledModel:
    return CompiledModel.of(read_signed(file, KEY))


def test_what_was_signed_is_read(tmp_path: Path) -> None:
    assert load(a_file(tmp_path)).header.categories == ["jalan", "sampah", "lainnya"]


def test_another_installations_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableModel, match="does not bear the signature of this installation"):
        read_signed(a_file(tmp_path, key=b"another key"), KEY)


def test_an_unsigned_model_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plain"
    file.write_bytes(unsigned(content_of(a_header(), some_arrays())))
    with pytest.raises(UnusableModel, match="signature"):
        read_signed(file, KEY)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000), change=st.integers(1, 255))
def test_a_changed_byte_anywhere_is_refused(tmp_path: Path, place: int, change: int) -> None:
    whole = bytearray(a_file(tmp_path).read_bytes())
    whole[place % len(whole)] ^= change
    (tmp_path / "changed").write_bytes(whole)
    with pytest.raises(UnusableModel):
        read_signed(tmp_path / "changed", KEY)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.99])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    whole = a_file(tmp_path).read_bytes()
    (tmp_path / "cut").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(UnusableModel):
        read_signed(tmp_path / "cut", KEY)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableModel, match=r"gone.lapor cannot be read \(No such file"):
        read_signed(tmp_path / "gone.lapor", KEY)


def test_a_file_known_by_its_hash_is_read_and_any_other_is_not(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    assert read_known(file, sha256).header.texts == 10
    with pytest.raises(UnusableModel, match="not the one that belongs to this version"):
        read_known(file, "0" * 64)


DAMAGES: dict[str, Damage] = {
    "a pickle": lambda whole: whole[:BODY] + zlib.compress(pickle.dumps({"weights": [1.0]})),
    "a bare pickle": lambda whole: whole[:BODY] + pickle.dumps({"weights": [1.0]}),
    "cut off inside": lambda whole: whole[:-9],
    "something behind": lambda whole: whole + b"more",
    "nothing inside": lambda whole: whole[:BODY],
    "a header that is a list": lambda whole: whole[:BODY] + zlib.compress(b"[]\n"),
    "a header of rubbish": lambda whole: whole[:BODY] + zlib.compress(b"\xff\xfe\n"),
    "a header nested too deep": lambda whole: whole[:BODY] + zlib.compress(b"[" * 100_000 + b"\n"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_makes_no_sense_is_refused_although_its_signature_is_right(tmp_path: Path, damage: Damage) -> None:
    whole = unsigned(content_of(a_header(), some_arrays()))
    with pytest.raises(UnusableModel):
        load(forged(tmp_path, damage(whole)))


HEADERS: list[dict[str, Any]] = [
    {"texts": 0},
    {"texts": "ten"},
    {"texts": True},
    {"texts": 1.5},
    {"words": -1},
    {"words": 99},
    {"made_from": "elsewhere"},
    {"intents": ["complaint"]},
    {"categories": ["jalan", "jalan", "sampah"]},
    {"categories": ["jalan", "sampah"]},
    {"categories": [1, 2, 3]},
    {"intent_sharpness": 0.0},
    {"category_sharpness": float("nan")},
    {"category_sharpness": float("inf")},
    {"category_sharpness": 1e300},
    {"confidence_cap": 1.5},
    {"confidence_cap": 0.5},
    {"confidence_power": 0.99},
    {"confidence_power": 1.0},
    {"threshold_sure": 1.1},
    {"threshold_sure": None},
    {"spelling": ["rsk"]},
    {"longest_text": 10**9},
    {"more": "than is known"},
    {"arrays": []},
]


@pytest.mark.parametrize("changed", HEADERS, ids=str)
def test_a_header_that_cannot_be_meant_is_refused(tmp_path: Path, changed: dict[str, Any]) -> None:
    with pytest.raises(UnusableModel):
        load(forged(tmp_path, unsigned(content_of(a_header(**changed), some_arrays()))))


ARRAYS: dict[str, dict[str, Any]] = {
    "not a number": {"idf": np.full(7, np.nan, dtype=np.float32)},
    "infinite": {"weights": np.full((7, 5), np.inf, dtype=np.float16)},
    "too few weights": {"weights": np.zeros((6, 5), dtype=np.float16)},
    "weights of other labels": {"weights": np.zeros((7, 4), dtype=np.float16)},
    "weights in a row": {"weights": np.zeros(35, dtype=np.float16)},
    "coarse weights without a step": {"weights": np.zeros((7, 5), dtype=np.int8)},
    "a step for fine weights": {"step": np.ones(1, dtype=np.float32)},
    "two steps": {"weights": np.zeros((7, 5), dtype=np.int8), "step": np.ones(2, dtype=np.float32)},
    "too large a step": {"weights": np.full((7, 5), 63, dtype=np.int8), "step": np.full(1, 1e38, dtype=np.float32)},
    "too short a bias": {"bias": np.zeros(4, dtype=np.float32)},
    "grams that are floats": {"grams": np.zeros(7, dtype=np.float32)},
    "grams that are no words": {"grams": np.full(7, 255, dtype=np.uint8)},
    "a type of another make": {"idf": np.ones(7, dtype=np.float64)},
    "pickled objects": {"idf": np.array([{}] * 7, dtype=object)},
    "a name of another make": {"code": np.ones(1, dtype=np.float32)},
}


@pytest.mark.parametrize("changed", ARRAYS.values(), ids=ARRAYS.keys())
def test_numbers_that_do_not_fit_are_refused(tmp_path: Path, changed: dict[str, Any]) -> None:
    with pytest.raises(UnusableModel):
        load(forged(tmp_path, unsigned(content_of(a_header(), some_arrays(**changed)))))


def test_numbers_that_are_listed_twice_are_refused(tmp_path: Path) -> None:
    arrays = some_arrays()
    twice = [*listed(arrays), listed(arrays)[0]]
    content = content_of(a_header(arrays=twice), arrays) + arrays["grams"].tobytes()
    with pytest.raises(UnusableModel, match="twice"):
        load(forged(tmp_path, unsigned(content)))


def test_more_numbers_than_are_listed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableModel, match="cut off, or too many"):
        load(forged(tmp_path, unsigned(content_of(a_header(), some_arrays()) + b"\0")))


def test_a_file_that_would_fill_the_memory_is_refused_before_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled_file, "_LARGEST_CONTENT_BYTES", 1_000_000)
    bomb = unsigned(b"{}\n" + bytes(50_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(UnusableModel, match="larger than any model once it is unpacked"):
        load(forged(tmp_path, bomb))


def test_a_header_larger_than_any_models_is_refused_before_it_is_read(tmp_path: Path) -> None:
    long = {f"kata{number}": "panjang" * 20 for number in range(30_000)}
    with pytest.raises(UnusableModel, match=r"header of .* is larger than any model's"):
        load(forged(tmp_path, unsigned(content_of(a_header(spelling=long), some_arrays()))))


def test_a_file_larger_than_any_model_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "large"
    with file.open("wb") as opened:
        opened.truncate(65_000_000)
    with pytest.raises(UnusableModel, match="larger than any model"):
        read_signed(file, KEY)


def test_what_makes_no_sense_is_not_signed_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(unsigned(b"{}\n"))
    with pytest.raises(UnusableModel):
        sign(tmp_path / "plain", tmp_path / "signed", KEY)
    assert [file.name for file in tmp_path.iterdir()] == ["plain"]


def test_the_message_holds_nothing_of_the_file(tmp_path: Path) -> None:
    content = json.dumps(a_header(spelling="rahasia")).encode() + b"\n"
    with pytest.raises(UnusableModel) as refused:
        load(forged(tmp_path, unsigned(content)))
    assert "rahasia" not in str(refused.value)
