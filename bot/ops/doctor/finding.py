"""What a checkup finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `needed`: without it the service does not run."""

    good: bool
    words: str
    needed: bool = True
