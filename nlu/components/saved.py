"""Writes and reads what a component has learned: numbers as npz, words as JSON, never pickle.

Numbers that lose nothing by it are written with 16 bits. A model file is data: reading one runs no code of
its own, and one that is damaged or of another make is refused.
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Union

import numpy as np
import numpy.typing as npt

from description import Json

Numbers = npt.NDArray[np.float32]


class UnreadableModel(ValueError):
    """A saved component is missing, damaged or of another make; the message names the file and the mend."""


@dataclass(frozen=True)
class Saved:
    """What a component has learned.

    Attributes:
        words: JSON members, by name.
        numbers: arrays of 32-bit floats, by name.
    """

    words: Mapping[str, Json]
    numbers: Mapping[str, Numbers]


def write(folder: Path, make: str, saved: Saved) -> None:
    """Writes `saved` as `words.json` and `numbers.npz` into `folder`, marked with its `make` ("tfidf/1")."""
    document = {"make": make, **saved.words}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    (folder / "words.json").write_text(text, encoding="utf-8")
    np.savez(folder / "numbers.npz", **{name: _short(array) for name, array in saved.numbers.items()})


def read(folder: Path, make: str) -> Saved:
    """What `write` left in `folder`.

    Raises:
        UnreadableModel: a file is missing, damaged, pickled, not of finite floats, or of another make.
    """
    words = _read_words(folder / "words.json")
    if words.pop("make", None) != make:
        raise UnreadableModel(f"{folder / 'words.json'} is not of the make {make}. Train the model again.")
    return Saved(words, _read_numbers(folder / "numbers.npz"))


def _short(array: Numbers) -> Union[Numbers, npt.NDArray[np.float16]]:
    """With 16 bits, if each number is one of those."""
    with np.errstate(over="ignore"):
        halves = array.astype(np.float16)
    return halves if np.array_equal(halves.astype(np.float32), array) else array


def _read_words(path: Path) -> dict[str, Json]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableModel(
            f"{path} cannot be read ({type(error).__name__}). Train the model again."
        ) from error
    if not isinstance(document, dict):
        raise UnreadableModel(f"{path} is not a JSON object. Train the model again.")
    return document


def _read_numbers(path: Path) -> dict[str, Numbers]:
    try:
        with np.load(path, allow_pickle=False) as archive:
            numbers = {name: archive[name] for name in archive.files}
    except (OSError, ValueError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        raise UnreadableModel(
            f"{path} cannot be read ({type(error).__name__}). Train the model again."
        ) from error
    for name, array in numbers.items():
        if array.dtype not in (np.float16, np.float32) or not np.isfinite(array).all():
            raise UnreadableModel(f"{path}: {name} is not an array of finite floats. Train the model again.")
    return {name: array.astype(np.float32) for name, array in numbers.items()}
