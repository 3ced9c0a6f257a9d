"""How long fetching waits for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TelegramTimeouts:
    """How long to wait for what, in seconds.

    Attributes:
        start: how long the start waits for Telegram before it goes on without.
        poll: how long Telegram may hold an answer until an update comes.
        conflict: how long, after the start, another process may be fetching before we give up.
        first_pause, longest_pause: between two tries to fetch; pauses grow from one to the other.
        longest_commit_pause: between two tries to commit; shorter, since messages wait in our hands.
    """

    start: float = 5.0
    poll: int = 25
    conflict: float = 15.0
    first_pause: float = 0.5
    longest_pause: float = 30.0
    longest_commit_pause: float = 5.0
