"""How long X wants to be left alone, by the headers of an answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FAMILIES: Final = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
"""Each with `-limit`, `-remaining` and `-reset`, the last in seconds since 1970."""
LONGEST_SECONDS: Final = 86_400.0
SHORTEST_SECONDS: Final = 1.0


def seconds_until_more(headers: Mapping[str, str], now: float) -> float | None:
    """How long until another request may be made; None where one may be made at once, or nothing is said.

    Args:
        headers: of the answer, whose names are looked up in any case.
        now: seconds since 1970.
    """
    used_up = [family for family in FAMILIES if _number(headers, f"{family}-remaining") == 0]
    resets = [reset for family in used_up if (reset := _number(headers, f"{family}-reset")) is not None]
    return min(max(max(resets) - now, SHORTEST_SECONDS), LONGEST_SECONDS) if resets else None


def _number(headers: Mapping[str, str], name: str) -> int | None:
    value = headers.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= len(f"{2**63}") else None
