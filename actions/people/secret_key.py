"""A secret key, with those before it that are still good for what was made with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class SecretKey(bytes):
    """The installation's key. What is made is made with it; what is read may be of a former one.

    Attributes:
        former: keys before it with which buttons, cookies and links are still accepted, the newest first.
        kept: all keys before it, for what lasts: the chain of events, sealed one-time codes, signed models.
    """

    former: tuple[bytes, ...]
    kept: tuple[bytes, ...]

    def __new__(cls, key: bytes, former: Iterable[bytes] = (), kept: Iterable[bytes] = ()) -> Self:
        """A key beside its predecessors."""
        made = super().__new__(cls, key)
        made.former, made.kept = tuple(former), tuple(kept)
        return made


def accepted(key: bytes) -> tuple[bytes, ...]:
    """The key, and those before it with which buttons, cookies and links are still good."""
    return (key, *key.former) if isinstance(key, SecretKey) else (key,)


def every_key(key: bytes) -> tuple[bytes, ...]:
    """The key, and all before it."""
    return (key, *key.kept) if isinstance(key, SecretKey) else (key,)
