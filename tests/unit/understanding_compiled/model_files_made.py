"""Compiled models as a test wants them, written by hand as docs/decisions/0010 tells the format."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.model.model_file import FIRST_LINE, sign

KEY = b"the key of this installation"
CATEGORIES = ["jalan", "sampah", "lainnya"]
INTENTS = ["complaint", "greet"]
WORDS = ["jalan rusak", "rusak", "sampah", "halo"]
PIECES = ["ja", "mpah", "usak"]

Arrays = Mapping[str, "np.ndarray[Any, Any]"]


def a_header(**changed: object) -> dict[str, object]:
    """A header that makes sense, but for what a test changes."""
    return {
        "made_from": "a" * 64,
        "longest_text": 6000,
        "texts": 10,
        "words": len(WORDS),
        "spelling": {"rsk": "rusak"},
        "intents": INTENTS,
        "categories": CATEGORIES,
        "intent_sharpness": 2.0,
        "category_sharpness": 2.0,
        "confidence_cap": 0.9,
        "confidence_power": 0.6,
        "threshold_sure": 0.6,
        "threshold_three": 0.3,
    } | changed


def some_arrays(**changed: object) -> dict[str, Any]:
    """Numbers that fit the header: "rusak" is jalan, "sampah" is sampah, "halo" greets."""
    weights = np.zeros((len(WORDS) + len(PIECES), len(INTENTS) + len(CATEGORIES)), dtype=np.float16)
    weights[[0, 1, 6], 2] = 2
    weights[[2, 5], 3] = 2
    weights[3, 1] = 3
    spelled = "\n".join(WORDS + PIECES).encode()
    return {
        "grams": np.frombuffer(spelled, dtype=np.uint8),
        "idf": np.linspace(1, 2, len(weights), dtype=np.float32),
        "bias": np.array([0.1, 0, 0, 0.05, 0], dtype=np.float32),
        "weights": weights,
    } | changed


def listed(arrays: Arrays) -> list[dict[str, object]]:
    """How a header names its numbers."""
    return [{"name": n, "type": a.dtype.name, "shape": list(a.shape)} for n, a in arrays.items()]


def content_of(header: Mapping[str, object], arrays: Arrays) -> bytes:
    """Words and numbers, one behind the other."""
    words = json.dumps({"arrays": listed(arrays), **header}).encode()
    return b"".join([words, b"\n", *(array.tobytes() for array in arrays.values())])


def unsigned(content: bytes) -> bytes:
    """The bytes of a file that nobody has signed."""
    return FIRST_LINE + b"0" * 64 + b"\n" + zlib.compress(content)


def a_file(folder: Path, name: str = "compiled-aaaaaaaaaaaa.lapor", key: bytes = KEY, **header: object) -> Path:
    """A signed model."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "plain"
    plain.write_bytes(unsigned(content_of(a_header(**header), some_arrays())))
    sign(plain, folder / name, key)
    plain.unlink()
    return folder / name


def forged(folder: Path, whole: bytes) -> Path:
    """A file whose signature is right, whatever it holds: only who has the key could have written it."""
    import hmac

    body = whole[len(FIRST_LINE) + 65 :]
    mark = hmac.new(KEY, FIRST_LINE + body, "sha256").hexdigest().encode()
    file = folder / "compiled-forged.lapor"
    file.write_bytes(FIRST_LINE + mark + b"\n" + body)
    return file


Damage = Callable[[bytes], bytes]
