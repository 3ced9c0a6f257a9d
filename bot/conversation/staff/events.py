"""What became of an officer's or trainer's command in the chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTied(Event):
    """The account of this chat now belongs to this person of the service."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNotTied(Event):
    """The code holds for nobody, or too many were tried: `until` is when the next is looked at."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonShown(Event):
    """A message for a trainer, of `left` that are to come; `sample` is None when none waits.

    Attributes:
        words: what a citizen wrote, personal data covered.
        choices: the likeliest labels, "category:<slug>" or "intent:<name>".
        kind: the type of report that a label with a category says.
    """

    sample: int | None
    left: int
    words: str = ""
    choices: tuple[str, ...] = ()
    kind: str = "complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsRefused(Event):
    """Whoever asked is no trainer, or not in Telegram."""
