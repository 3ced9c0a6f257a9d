"""Turns secrets into what may be kept: passwords with argon2id, one-time codes and session tokens as digests."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from actions.cases.ticket import SYMBOLS
from actions.people.passwords import composed

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, 2 iterations, 1 degree of parallelism."""
AT_ONCE = 2
"""Passwords looked at in the same moment: more would only take memory from the chat."""
CODE_GROUPS, SYMBOLS_A_GROUP = 3, 4
CODE_LASTS = timedelta(hours=24)
TOKEN_BYTES = 32


@dataclass(slots=True)
class Passwords:
    """Hashes and compares, in a thread of its own, a few at once."""

    _hasher: PasswordHasher = field(
        default_factory=lambda: PasswordHasher(
            time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID
        )
    )
    _nobodys: str = ""
    _chat_bindings: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def hashed(self, password: str) -> str:
        """What is kept of a password."""
        async with self._chat_bindings:
            return await asyncio.to_thread(self._hasher.hash, composed(password))

    async def is_right(self, password: str, kept: str | None) -> bool:
        """Whether this is the password; with nothing kept it takes as long, and it is not."""
        if not self._nobodys:
            self._nobodys = await self.hashed(secrets.token_hex(TOKEN_BYTES))
        async with self._chat_bindings:
            same = await asyncio.to_thread(self._compare, composed(password), kept or self._nobodys)
        return same and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed with other numbers than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _compare(self, password: str, kept: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def draw_code(randbelow: Callable[[int], int]) -> str:
    """A one-time code, `XXXX-XXXX-XXXX` over the ticket's symbols: 54 bits, far more than a day of tries finds.

    Args:
        randbelow: a number from 0 to below its argument, from a cryptographic source (`secrets.randbelow`).
    """
    groups = ("".join(SYMBOLS[randbelow(len(SYMBOLS))] for _ in range(SYMBOLS_A_GROUP)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def code_digest(typed: str) -> str:
    """What is kept of a code, however it is written."""
    symbols = "".join(symbol for symbol in typed.upper() if symbol.isalnum())
    return _digest(f"code {symbols}")


def draw_token() -> str:
    """A new session's token, 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_digest(token: str) -> str:
    """What is kept of a token: who reads the table cannot sign in with it."""
    return _digest(f"token {token}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
