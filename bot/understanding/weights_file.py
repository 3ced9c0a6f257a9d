"""The file of a small model that this version brings: a first line, a header of JSON, and weights as bytes, deflated.

Nothing in it can run. The code knows its hash, and a file of another is not read.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

type Weights = npt.NDArray[np.float32]
type Told = Mapping[str, Any]
"""What the header says, as JSON has it."""

COARSEST = 63
_DIGEST_LINE = r'^{name} = "[0-9a-f]{{64}}"$'


class UnusableWeights(ValueError):
    """The file is missing, another one, or makes no sense; the message says which."""


def packed(first_line: bytes, told: Told, weights: Weights, bias: Weights) -> bytes:
    """The bytes of a file; a weight is the signed square of a whole number from -63 to 63, times one step.

    Args:
        first_line: names the format; ends with a line break.
        told: what else the header says.
        weights: by column and label.
        bias: of each label.
    """
    step = np.float32(np.abs(weights).max() / COARSEST**2)
    roots = (np.sign(weights) * np.rint(np.sqrt(np.abs(weights) / step))).astype(np.int8)
    header = {**told, "step": float(step), "bias": [round(float(one), 6) for one in bias]}
    content = json.dumps(header, ensure_ascii=False, sort_keys=True).encode() + b"\n" + roots.T.tobytes()
    return first_line + zlib.compress(content, 9)


def unpacked(first_line: bytes, whole: bytes, columns: int, most_bytes: int) -> tuple[Told, Weights, Weights]:
    """What the header says, the weights and the bias in the bytes of a file that is trusted.

    Args:
        first_line: of its format.
        whole: the bytes.
        columns: how many the weights have.
        most_bytes: that may come of it.

    Raises:
        UnusableWeights: they make no sense.
    """
    try:
        content = zlib.decompressobj().decompress(whole.removeprefix(first_line), most_bytes)
        header, _, numbers = content.partition(b"\n")
        told = json.loads(header)
        bias = np.array(told["bias"], dtype=np.float32)
        roots = np.frombuffer(numbers, dtype=np.int8).reshape(len(bias), columns).T.astype(np.float32)
        return told, np.ascontiguousarray(roots * np.abs(roots) * np.float32(told["step"])), bias
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise UnusableWeights(f"the file makes no sense ({type(error).__name__})") from error


def read_known(file: Path, sha256: str) -> bytes:
    """The bytes of a file that is known by its hash.

    Raises:
        UnusableWeights: it cannot be read, or is another one.
    """
    try:
        whole = file.read_bytes()
    except OSError as error:
        raise UnusableWeights(f"{file.name} cannot be read ({error.strerror})") from error
    if hashlib.sha256(whole).hexdigest() != sha256:
        raise UnusableWeights(f"{file.name} is not the one that belongs to this version")
    return whole


def digest_of(parts: Iterable[bytes]) -> str:
    """The digest of what a model was learned from, part by part in their order.

    Where it is another one than the code knows (`LEARNED_FROM` beside the hash), the file has to be learned again.
    """
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def ship(whole: bytes, file: Path, code: Path, learned_from: str, most_bytes: int) -> str:
    """Writes the file of a model that was learned anew, and what its code knows of it; returns its name and size.

    Args:
        whole: the bytes.
        file: where they belong.
        code: the module that knows their hash.
        learned_from: the digest of what it was learned from.
        most_bytes: that the file may have.

    Raises:
        SystemExit: it is larger.
    """
    if len(whole) > most_bytes:
        raise SystemExit(f"the model has {len(whole):,} bytes, more than {most_bytes:,}")
    file.write_bytes(whole)
    say_hash(whole, code)
    say_learned_from(learned_from, code)
    return f"{file.name}: {len(whole):,} bytes"


def say_hash(whole: bytes, code: Path) -> str:
    """Writes the hash of a file into the module that knows it, in the place of the one before, and returns it."""
    sha256 = hashlib.sha256(whole).hexdigest()
    _say(code, "SHA256", sha256)
    return sha256


def say_learned_from(digest: str, code: Path) -> None:
    """Writes what a file was learned from into the module that knows its hash, in the place of the digest before."""
    _say(code, "LEARNED_FROM", digest)


def _say(code: Path, name: str, digest: str) -> None:
    line = re.compile(_DIGEST_LINE.format(name=name), re.MULTILINE)
    code.write_text(line.sub(f'{name} = "{digest}"', code.read_text(encoding="utf-8")), encoding="utf-8")
