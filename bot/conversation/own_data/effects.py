"""What the service shall do with what is kept of a citizen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GatherOwnData:
    """All that is kept of her. Answered by `OwnDataGathered`."""


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Delete what is kept of her, now. Answered by `Forgotten`."""
