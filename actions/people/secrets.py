"""Which passwords are accepted, and how passwords, codes and session tokens are kept: as hashes only.

Passwords follow NIST SP 800-63B (5.1.1.2): length and a list of what is tried first, no rules about kinds of symbols.
They are hashed with argon2id; codes and tokens are random, and kept as SHA-256 digests.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from actions.cases.ticket import SYMBOLS

SHORTEST = 12
LONGEST = 256
"""Symbols; so that nobody has us hash a book."""
FEWEST_DIFFERENT = 5
GUESSED_FIRST = frozenset(
    {
        "administrator",
        "adminadminadmin",
        "assalamualaikum",
        "bismillahirrahmanirrahim",
        "indonesiaraya",
        "indonesiamerdeka",
        "kabupatenpenajam",
        "katasandikatasandi",
        "merdekamerdeka",
        "laporlaporlapor",
        "lapor",
        "password",
        "passwordpassword",
        "penajampaserutara",
        "qwertyuiop",
        "qwertyuiopas",
        "qwertyuiopasdfghjkl",
        "asdfghjkl",
        "rahasiarahasia",
        "sayangkusayang",
        "sayasayasaya",
        "letmein",
        "welcome",
        "selamatdatang",
        "indonesia",
        "bismillah",
        "rahasia",
        "katasandi",
        "sayang",
        "merdeka",
        "admin",
        "penajam",
    }
)
"""What is left of such a password when its digits and signs are taken away: `Indonesia1945!` is none the better."""
ROWS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


class WeakPassword(Exception):
    """A password that is not taken; the message says why, and never what it was."""


def composed(password: str) -> str:
    """One form of what different keyboards send for the same symbols (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, name: str) -> None:
    """Whether this person may have this password.

    Raises:
        WeakPassword: it is too short, too long, the person's name, or among the first that anybody would try.
    """
    typed = composed(password)
    if len(typed) < SHORTEST:
        raise WeakPassword(f"the password is too short; take {SHORTEST} symbols or more, a few words are best")
    if len(typed) > LONGEST:
        raise WeakPassword(f"the password is too long; take at most {LONGEST} symbols")
    folded = typed.casefold()
    letters = _letters(folded)
    if letters and _is_made_of(letters, {_letters(name.casefold()), *_words(name.casefold())}):
        raise WeakPassword("the password is the person's name; take other words")
    is_row = any(folded in row for row in ROWS)
    if letters in GUESSED_FIRST or is_row or len(set(folded)) < FEWEST_DIFFERENT:
        raise WeakPassword("the password is among the first that anybody would try; take a few words of your own")


def _letters(text: str) -> str:
    return "".join(symbol for symbol in composed(text) if symbol.isalpha())


def _words(name: str) -> set[str]:
    return {_letters(word) for word in name.split()}


def _is_made_of(letters: str, words: set[str]) -> bool:
    """Whether nothing is left when these words are taken out."""
    for word in sorted(words - {""}, key=len, reverse=True):
        letters = letters.replace(word, "")
    return not letters


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
        """Returns the hash that is stored of a password."""
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
