"""Puts words and numbers into one file (docs/decisions/0010). Pure but for `write`."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from description import Json

FIRST_LINE = b"lapor-model 1\n"
UNSIGNED = b"0" * 64 + b"\n"
_TYPES = {"float16": "<f2", "float32": "<f4", "int8": "|i1", "uint8": "|u1"}


@dataclass(frozen=True)
class Parts:
    """What goes into a file.

    Attributes:
        header: JSON members, by name.
        arrays: numbers, by name; of 16-bit or 32-bit floats, or 8-bit whole numbers.
    """

    header: Mapping[str, Json]
    arrays: Mapping[str, npt.NDArray[np.generic]]


def write(out: Path, parts: Parts) -> None:
    """Writes the file, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(packed(parts))
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def packed(parts: Parts) -> bytes:
    """The bytes of an unsigned file; the same parts give the same bytes."""
    listed: list[Json] = [
        {"name": name, "type": array.dtype.name, "shape": list(array.shape)}
        for name, array in parts.arrays.items()
    ]
    header = json.dumps(
        {**parts.header, "arrays": listed}, ensure_ascii=False, sort_keys=True, allow_nan=False
    )
    numbers = [np.ascontiguousarray(array, dtype=_TYPES[array.dtype.name]) for array in parts.arrays.values()]
    content = b"".join([header.encode(), b"\n", *(array.tobytes() for array in numbers)])
    return FIRST_LINE + UNSIGNED + zlib.compress(content, 9)
