"""What is to be done with rotating tokens now. Pure: tokens and a moment in, a step or other tokens out.

A refresh token is good for one use. Before it is used that is written down (`refreshing_since`): who dies between use
and storing leaves a note of it, and the access token from before, which X lets live until its own end. So tokens are
exchanged long before that end, an exchange of which nobody knows the end is not tried again until then, and whoever
runs the service is told at once.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.messaging.ports import RotatingTokens

PATIENCE: Final = timedelta(seconds=25)
"""So long another process may still be waiting for X's answer."""
LONGEST_MARGIN: Final = timedelta(seconds=30)
MOST_SEEDS: Final = 50


class TokenStep(StrEnum):
    """What is to be done."""

    USE = "use"
    REFRESH = "refresh"
    WAIT = "wait"
    LOST = "lost"


def digest_of(token: str) -> str:
    """Stands for a token, so that it is known again and cannot be used."""
    return hashlib.sha256(token.encode()).hexdigest()


def beginning_with(token: str, stored: RotatingTokens | None) -> RotatingTokens:
    """The tokens in force: the stored ones, but for a token in the settings that was never seen before."""
    seed = digest_of(token)
    if stored and seed in stored.seeds:
        return stored
    seeds = (*(stored.seeds if stored else ()), seed)
    return RotatingTokens(seeds[-MOST_SEEDS:], token, version=stored.version if stored else 0)


def is_usable(tokens: RotatingTokens, now: datetime) -> bool:
    """Whether the access token is still good."""
    return bool(tokens.access_token and tokens.ends_at and now < tokens.ends_at)


def is_in_doubt(tokens: RotatingTokens, now: datetime) -> bool:
    """Whether the refresh token was used and nobody is left who could learn what came of it."""
    return tokens.refreshing_since is not None and now - tokens.refreshing_since >= PATIENCE


def next_step(tokens: RotatingTokens, now: datetime) -> TokenStep:
    """What is to be done at this moment."""
    usable = is_usable(tokens, now)
    if tokens.is_lost:
        return TokenStep.USE if usable else TokenStep.LOST
    if tokens.refreshing_since:
        if usable:
            return TokenStep.USE
        return TokenStep.REFRESH if is_in_doubt(tokens, now) else TokenStep.WAIT
    is_due = not usable or tokens.renew_at is None or now >= tokens.renew_at
    return TokenStep.REFRESH if is_due else TokenStep.USE


def exchanged(tokens: RotatingTokens, access: str, refresh: str, lifetime: timedelta, now: datetime) -> RotatingTokens:
    """The tokens after X has exchanged them; half of its life before its end the access token is exchanged again."""
    margin = min(LONGEST_MARGIN, lifetime / 10)
    return replace(
        tokens,
        refresh_token=refresh,
        access_token=access,
        renew_at=now + lifetime / 2,
        ends_at=now + lifetime - margin,
        refreshing_since=None,
        is_lost=False,
    )
