"""What an arrival may not be. A channel that hands over such a one is at fault, so it is told, and nothing is kept."""

from __future__ import annotations

import re
from typing import Final

from actions.cases.case import NOBODY
from bot.messaging.ports import Arrival

CHANNEL: Final = re.compile(r"[a-z][a-z0-9_]{0,14}")
LONGEST: Final = 64
"""Letters that a chat, an update and a press have room for."""


class InvalidArrival(ValueError):
    """An arrival that cannot be worked or answered. Names the field and the reason, and repeats no chat and no words.

    Attributes:
        field: of `Arrival`.
    """

    def __init__(self, field: str, reason: str) -> None:
        """Remember which field it is."""
        super().__init__(f"Arrival.{field} {reason}")
        self.field = field


def check_arrival(arrival: Arrival) -> None:
    """Make sure that it can be kept, worked and answered.

    Raises:
        InvalidArrival: it cannot.
    """
    if not CHANNEL.fullmatch(arrival.channel):
        raise InvalidArrival("channel", "must be 1 to 15 small letters, digits and _, and begin with a letter")
    for field, value in (("chat", arrival.chat), ("update_id", arrival.update_id)):
        if not value:
            raise InvalidArrival(field, "is empty")
        if len(value) > LONGEST:
            raise InvalidArrival(field, f"has {len(value)} letters, and {LONGEST} at most are kept")
        if not value.isprintable():
            raise InvalidArrival(field, "has control characters or halves of letters")
    if any(f":{mark}" in f":{arrival.chat}" for mark in NOBODY):
        raise InvalidArrival("chat", f"begins with {' or '.join(NOBODY)}, which stands for citizens who were forgotten")
