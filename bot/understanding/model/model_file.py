"""Reads the one file that a trained model is compiled to, and refuses what it cannot trust or understand.

The format is told in docs/decisions/0010-one-file-instead-of-rasa.md. It holds words (JSON) and numbers (their bare
bytes) and nothing that could run; how large it may become is bounded before it is unpacked.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, NoReturn, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from actions.people.secret_key import every_key

Share = Annotated[float, Field(ge=0, le=1)]
Sharpness = Annotated[float, Field(gt=0, le=1_000)]
"""Training looks for it up to 30 (nlu/components/learning.py); a score times this stays a number."""
Label = Annotated[str, Field(min_length=1, max_length=60)]
_BYTES = {"float16": 2, "float32": 4, "int8": 1, "uint8": 1}
_FEWEST_LABELS = 2
_LEAST_FIXED = 0.5


class ArrayOf(BaseModel):
    """Numbers that follow the header: their name, type and shape."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Literal["grams", "idf", "bias", "weights", "step", "acts"]
    type: Literal["float16", "float32", "int8", "uint8"]
    shape: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1, max_length=2)]

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return self.shape[0] * (self.shape[1] if self.shape[1:] else 1)

    @property
    def bytes(self) -> int:
        """How many bytes they take."""
        return self.count * _BYTES[self.type]


class Header(BaseModel):
    """The words of a compiled model; each member is told in docs/decisions/0010-one-file-instead-of-rasa.md."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    made_from: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    longest_text: Annotated[int, Field(gt=0, le=100_000)]
    texts: Annotated[int, Field(gt=0)]
    words: Annotated[int, Field(ge=0)]
    spelling: dict[str, str]
    intents: Annotated[list[Label], Field(min_length=_FEWEST_LABELS)]
    categories: Annotated[list[Label], Field(min_length=_FEWEST_LABELS)]
    intent_sharpness: Sharpness
    category_sharpness: Sharpness
    confidence_cap: Annotated[float, Field(gt=0, le=1)]
    confidence_power: Annotated[float, Field(gt=0, le=1)]
    threshold_sure: Share
    threshold_three: Share
    arrays: Annotated[list[ArrayOf], Field(max_length=6)]

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        for labels in (self.intents, self.categories):
            if len(set(labels)) < len(labels):
                raise ValueError("a label stands twice")
        if not _keeps_order(self.confidence_cap, self.confidence_power):
            raise ValueError("cap and power would change the order of labels")
        return self


def _keeps_order(cap: float, power: float) -> bool:
    """Whether no label can overtake the first one: above the confidence that stays as it is, a first label loses."""
    if power == 1:
        return cap == 1
    return bool(cap ** (1 / (1 - power)) >= _LEAST_FIXED)


FIRST_LINE = b"lapor-model 1\n"
_SIGNATURE_BYTES = 65
SIGNATURE_END = len(FIRST_LINE) + _SIGNATURE_BYTES
"""Where the first line and the signature end, and what they are of begins."""
_LARGEST_FILE_BYTES = 64_000_000
_LARGEST_CONTENT_BYTES = 256_000_000
_LARGEST_HEADER_BYTES = 4_000_000
_TYPES = {"float16": "<f2", "float32": "<f4", "int8": "|i1", "uint8": "|u1"}
Array = npt.NDArray[np.generic]


class UnusableModel(ValueError):
    """A model file is missing, damaged, not ours or of another make; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: its words, and its numbers by name."""

    header: Header
    arrays: dict[str, Array]


def read_signed(file: Path, key: bytes) -> Contents:
    """The contents of a file that this installation has signed.

    Raises:
        UnusableModel: it cannot be read, bears another signature, or makes no sense.
    """
    whole = read_whole(file)
    given = whole[len(FIRST_LINE) : SIGNATURE_END]
    if not any(hmac.compare_digest(given, _signature(whole, one)) for one in every_key(key)):
        raise UnusableModel(f"{file.name} does not bear the signature of this installation")
    return _unpacked(file.name, whole)


def read_known(file: Path, sha256: str) -> Contents:
    """The contents of a file that is known by its hash.

    Raises:
        UnusableModel: it cannot be read, is another one, or makes no sense.
    """
    whole = read_whole(file)
    if hashlib.sha256(whole).hexdigest() != sha256:
        raise UnusableModel(f"{file.name} is not the one that belongs to this version")
    return _unpacked(file.name, whole)


def known_header(file: Path, sha256: str) -> Header:
    """The words of a file that is known by its hash; it is read again only once it was written again.

    Raises:
        UnusableModel: it cannot be read, is another one, or makes no sense.
    """
    try:
        found = file.stat()
    except OSError as error:
        raise UnusableModel(f"{file.name} cannot be read ({error.strerror})") from error
    return _header_as_of(file, sha256, found.st_ino, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=4)
def _header_as_of(file: Path, sha256: str, *_written: int) -> Header:
    return read_known(file, sha256).header


def sign(unsigned: Path, signed: Path, key: bytes) -> None:
    """Write a file anew with this installation's signature, whole or not at all, and only if it makes sense.

    Raises:
        UnusableModel: it makes no sense.
        OSError: it cannot be written.
    """
    whole = read_whole(unsigned)
    _unpacked(unsigned.name, whole)
    unfinished = signed.with_name(f".{signed.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(FIRST_LINE + _signature(whole, key) + whole[SIGNATURE_END:])
        unfinished.replace(signed)
    finally:
        unfinished.unlink(missing_ok=True)


def _signature(whole: bytes, key: bytes) -> bytes:
    """Of everything but the signature itself; the first line keeps it apart from whatever else the key signs."""
    signed = FIRST_LINE + whole[SIGNATURE_END:]
    return hmac.new(key, signed, "sha256").hexdigest().encode() + b"\n"


def read_whole(file: Path) -> bytes:
    """The bytes of a file that begins as a model's, whoever signed it.

    Raises:
        UnusableModel: it cannot be read, is too large, or none of this version's make.
    """
    try:
        if file.stat().st_size > _LARGEST_FILE_BYTES:
            raise UnusableModel(f"{file.name} is larger than any model")
        whole = file.read_bytes()
    except OSError as error:
        raise UnusableModel(f"{file.name} cannot be read ({error.strerror})") from error
    if not whole.startswith(FIRST_LINE):
        raise UnusableModel(f"{file.name} is no model of this version's make")
    return whole


def _unpacked(name: str, whole: bytes) -> Contents:
    """Words and numbers of a file that is trusted, and yet may be of another make or cut off."""
    content = inflated(name, whole[SIGNATURE_END:])
    words, _, numbers = content.partition(b"\n")
    if len(words) > _LARGEST_HEADER_BYTES:
        raise UnusableModel(f"the header of {name} is larger than any model's")
    try:
        header = Header.model_validate(json.loads(words, parse_constant=_refuse))
    except (ValidationError, ValueError, RecursionError) as error:
        raise UnusableModel(f"the header of {name} makes no sense ({type(error).__name__})") from error
    if sum(array.bytes for array in header.arrays) != len(numbers):
        raise UnusableModel(f"the numbers of {name} are cut off, or too many")
    return Contents(header, _arrays(name, header, numbers))


def _arrays(name: str, header: Header, numbers: bytes) -> dict[str, Array]:
    found: dict[str, Array] = {}
    start = 0
    for listed in header.arrays:
        found[listed.name] = _array(listed, numbers, start)
        start += listed.bytes
        if not np.isfinite(found[listed.name]).all():
            raise UnusableModel(f"{listed.name} of {name} holds something that is no number")
    if len(found) < len(header.arrays):
        raise UnusableModel(f"{name} holds some numbers twice")
    return found


def _array(listed: ArrayOf, numbers: bytes, start: int) -> Array:
    array: Array = np.frombuffer(numbers, dtype=_TYPES[listed.type], count=listed.count, offset=start)
    return array.reshape(listed.shape)


def inflated(name: str, deflated: bytes) -> bytes:
    """What was deflated behind a signature, as far as that is no larger than any model.

    Raises:
        UnusableModel: it is damaged, cut off or larger.
    """
    inflating = zlib.decompressobj()
    try:
        content = inflating.decompress(deflated, _LARGEST_CONTENT_BYTES)
    except zlib.error as error:
        raise UnusableModel(f"{name} is damaged") from error
    if inflating.unconsumed_tail:
        raise UnusableModel(f"{name} would be larger than any model once it is unpacked")
    if not inflating.eof or inflating.unused_data:
        raise UnusableModel(f"{name} is cut off, or something stands behind it")
    return content


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
