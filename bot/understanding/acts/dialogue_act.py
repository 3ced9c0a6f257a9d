"""What some words of a message do in the talk, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DialogueAct:
    """What some words of a message do, and how likely that is, 0 to 1.

    Attributes:
        name: as `data/nlu/acts/README.md` names it.
        words: the part of the message that does it, as it was typed.
    """

    name: str
    confidence: float
    words: str


@dataclass(frozen=True, slots=True)
class AskedMessage:
    """A whole message after what was asked, and which acts the model takes it for.

    Attributes:
        asked: what was asked just before, as `data/nlu/acts/README.md` names it.
        words: the message as it was typed.
        likely: names of acts with their confidence, 0 to 1, the likeliest first; `several` is none of them.
    """

    asked: str
    words: str
    likely: tuple[tuple[str, float], ...]
