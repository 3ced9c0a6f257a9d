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
