"""A model file is data: what is damaged, pickled or of another make is refused in one sentence."""

from pathlib import Path

import numpy as np
import pytest

from components import saved
from components.saved import Saved, UnreadableModel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    saved.write(tmp_path, "sample/1", Saved({"labels": ["a"]}, {"bias": np.ones(1, dtype=np.float32)}))
    return tmp_path


def test_what_was_written_is_read(folder: Path) -> None:
    found = saved.read(folder, "sample/1")

    assert found.words == {"labels": ["a"]}
    assert found.numbers["bias"].tolist() == [1.0]


def test_numbers_that_lose_nothing_by_it_are_written_with_16_bits(tmp_path: Path) -> None:
    numbers = {"short": np.array([0.5, -3], np.float32), "long": np.array([0.1, 70_000], np.float32)}
    saved.write(tmp_path, "sample/1", Saved({}, numbers))

    with np.load(tmp_path / "numbers.npz") as written:
        assert {name: written[name].dtype for name in written.files} == {
            "short": np.float16,
            "long": np.float32,
        }
    read = saved.read(tmp_path, "sample/1").numbers
    assert all(np.array_equal(read[name], numbers[name]) for name in numbers)
    assert {array.dtype.name for array in read.values()} == {"float32"}


def test_another_make_is_refused(folder: Path) -> None:
    with pytest.raises(UnreadableModel, match=r"words\.json is not of the make sample/2"):
        saved.read(folder, "sample/2")


@pytest.mark.parametrize("name", ["words.json", "numbers.npz"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(UnreadableModel, match=name):
        saved.read(folder, "sample/1")


@pytest.mark.parametrize("name", ["words.json", "numbers.npz"])
@pytest.mark.parametrize("content", [b"", b"rubbish", b"PK\x03\x04rubbish", b"[1]", b"\xff\xfe"])
def test_a_damaged_file_is_named(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)

    with pytest.raises(UnreadableModel, match=name):
        saved.read(folder, "sample/1")


@pytest.mark.parametrize(
    "numbers",
    [
        np.array([{"a": 1}], dtype=object),
        np.array([1], dtype=np.int64),
        np.array([np.nan], dtype=np.float32),
        np.array([np.inf], dtype=np.float32),
    ],
    ids=["pickled", "whole numbers", "not a number", "infinite"],
)
def test_only_finite_floats_are_read(folder: Path, numbers: object) -> None:
    np.savez(folder / "numbers.npz", bias=numbers)

    with pytest.raises(UnreadableModel, match=r"numbers\.npz"):
        saved.read(folder, "sample/1")
