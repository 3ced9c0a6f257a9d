"""A secret key, with those before it that are still good for what was made with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class SecretKey(bytes):
    """The installation's key. What is made is made with it; what is read may be of a former one.

    Attributes:
        former: keys before it that are still accepted, the newest first.
        chain_keys: of all former keys, those from which the chain of events was made; they are kept for good.
    """

    former: tuple[bytes, ...]
    chain_keys: tuple[bytes, ...]

    def __new__(cls, key: bytes, former: Iterable[bytes] = (), chain_keys: Iterable[bytes] = ()) -> Self:
        """A key beside its predecessors."""
        made = super().__new__(cls, key)
        made.former, made.chain_keys = tuple(former), tuple(chain_keys)
        return made


def accepted(key: bytes) -> tuple[bytes, ...]:
    """The key, and those before it that are still good."""
    return (key, *key.former) if isinstance(key, SecretKey) else (key,)


def former_chain_keys(key: bytes) -> tuple[bytes, ...]:
    """The chain keys of all keys before this one."""
    return key.chain_keys if isinstance(key, SecretKey) else ()
