"""Rotating tokens without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.messaging.ports import RotatingTokens, TokensUnavailable


def _nothing_happens() -> None:
    pass


@dataclass
class RememberedTokens:
    """Remembers what was written last.

    Attributes:
        is_away: the database does not answer.
        before_writing: called before something is written: a process may die there.
    """

    kept: RotatingTokens | None = None
    is_away: bool = False
    before_writing: Callable[[], None] = _nothing_happens

    async def load(self) -> RotatingTokens | None:
        """What was written last."""
        if self.is_away:
            raise TokensUnavailable
        return self.kept

    async def write(self, tokens: RotatingTokens) -> RotatingTokens | None:
        """Remember it, unless it is of an older version."""
        if self.is_away:
            raise TokensUnavailable
        self.before_writing()
        if tokens.version != (self.kept.version if self.kept else 0):
            return None
        self.kept = replace(tokens, version=tokens.version + 1)
        return self.kept
