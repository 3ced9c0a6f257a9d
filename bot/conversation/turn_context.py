"""What one step of the talk knows about the words it was given, gathered at the rim and handed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.understanding.understood import Meaning

SURE = 0.5
"""So sure an intent must be to be acted upon."""
MATTERS = frozenset({"complaint", "aspiration"})
"""Intents whose words tell of something, also where they are put as a question."""


@dataclass(frozen=True, slots=True)
class TicketSeen:
    """A ticket number in the words, as it should be written. `mistyped`: its check symbol is wrong."""

    number: str
    mistyped: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of an event's words.

    Attributes:
        message: these words alone. For a pin, `message.place` is where it lies.
        stories: what whole stories mean that these words may become part of, by story.
        answer: key of the answer, when the words ask about the service itself.
        corrects: the words put something right that was said before ("eh bukan, di …").
        asks, scolds: the words are a question; they are an insult and nothing else.
        pauses: they begin with asking for a moment ("bentar ya"). fears: they only say that she is afraid to report.
        follows_up: they are about a report that was sent: how it goes, or something to add ("kapan diperbaiki").
        wish: what she wants done with her report, as the verb of its button ("mau dirahasiakan aja").
        opens_with_place: the first of them says where, or is a kind of place ("belakang …", "warung …").
        answer_is_exact: they ask for that answer almost word by word.
        announces: the words only say that a report will come ("mau lapor pak").
    """

    message: Meaning = field(default_factory=Meaning.nothing)
    stories: Mapping[str, Meaning] = field(default_factory=dict)
    tickets: tuple[TicketSeen, ...] = ()
    answer: str | None = None
    corrects: bool = False
    announces: bool = False
    asks: bool = False
    scolds: bool = False
    pauses: bool = False
    fears: bool = False
    follows_up: bool = False
    wish: str | None = None
    opens_with_place: bool = False
    answer_is_exact: bool = False

    @classmethod
    def nothing(cls) -> Understood:
        """For an event without words."""
        return cls()

    def story(self, text: str) -> Meaning:
        """What this story means; where only the last words were understood, what those mean."""
        return self.stories.get(text, self.message)

    def surely_means(self, intents: Collection[str]) -> bool:
        """Whether the intent of these words is one of these, and sure enough to be acted upon."""
        return self.message.intent.name in intents and self.message.intent.confidence >= SURE
