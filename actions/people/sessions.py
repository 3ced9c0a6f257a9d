"""How long somebody stays signed in. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

IDLE = timedelta(hours=12)
"""Without a page: longer than a working day, shorter than a night and a morning on a shared computer."""
LONGEST = timedelta(days=7)
"""Whatever is done meanwhile: who works daily signs in once a week, and a stolen cookie ends with the week."""
NOTED_EVERY = timedelta(minutes=5)
"""A page is noted as the last one this often, so that reading does not mean writing."""


def is_alive(began: datetime, seen: datetime, now: datetime) -> bool:
    """Whether a session that began then, and had its last page then, still holds."""
    return now - seen < IDLE and now - began < LONGEST


def is_to_be_noted(seen: datetime, now: datetime) -> bool:
    """Whether the time of the last page is worth writing down anew."""
    return now - seen >= NOTED_EVERY
