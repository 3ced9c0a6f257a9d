"""What X refuses of a message or a post, and how often one may be sent, from its documents. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

INVALID = "https://api.twitter.com/2/problems/invalid-request"
MOST_TEXT, MOST_POST = 10_000, 280
MEMBERS_OF_A_MESSAGE = frozenset({"text", "attachments"})
MEMBERS_OF_A_POST = frozenset({"text", "reply"})


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal, as RFC 9457 has it."""

    status: int
    type: str
    detail: str


def refused_message(asked: Mapping[str, Any], account: str) -> Refused | None:
    """Why this direct message is not taken; None where it is. Members that are not known are refused, too."""
    if unknown := asked.keys() - MEMBERS_OF_A_MESSAGE:
        return Refused(400, INVALID, f"$.{min(unknown)}: is not defined in the schema")
    text = asked.get("text")
    if not isinstance(text, str) or not 0 < len(text.strip()) <= len(text) <= MOST_TEXT:
        return Refused(400, INVALID, "$.text: must be 1 to 10000 characters")
    return None if account.isdecimal() else Refused(400, INVALID, "participant_id: is not valid")


def refused_post(asked: Mapping[str, Any]) -> Refused | None:
    """The same of a post that answers another."""
    if unknown := asked.keys() - MEMBERS_OF_A_POST:
        return Refused(400, INVALID, f"$.{min(unknown)}: is not defined in the schema")
    if not 0 < len(asked.get("text", "")) <= MOST_POST:
        return Refused(403, "about:blank", "Your Tweet text is too long.")
    target = asked.get("reply", {}).get("in_reply_to_tweet_id", "")
    return None if target.isdecimal() else Refused(400, INVALID, "$.reply: is not valid")


@dataclass
class RateWindow:
    """So many in any window of so many seconds, which begins with its first request."""

    most: int
    seconds: float
    began: float = 0.0
    times: deque[float] = field(default_factory=deque)

    def has_room(self, now: float) -> bool:
        """Whether one more may be sent."""
        self._turn(now)
        return len(self.times) < self.most

    def count(self, now: float) -> None:
        """One was."""
        self._turn(now)
        if not self.times:
            self.began = now
        self.times.append(now)

    def headers(self, family: str, now: float) -> dict[str, str]:
        """What every answer says."""
        self._turn(now)
        reset = (self.began if self.times else now) + self.seconds
        left = self.most - len(self.times)
        return {
            f"{family}-limit": f"{self.most}",
            f"{family}-remaining": f"{left}",
            f"{family}-reset": f"{int(reset) + 1}",
        }

    def _turn(self, now: float) -> None:
        if self.times and now >= self.began + self.seconds:
            self.times.clear()
