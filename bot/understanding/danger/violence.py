"""Whether words tell of violence at home or against a child: such a report is secret unless she opens it."""

from __future__ import annotations

from bot.understanding import words
from bot.understanding.normalise import normalise

_VIOLENCE = words.pattern("sensitive", "violence.matter")
_HARMLESS = words.pattern("sensitive", "not.matter")


def is_violence(text: str) -> bool:
    """Whether the message tells of violence at home, against a child, or of sexual violence."""
    return _VIOLENCE.search(_HARMLESS.sub(" … ", normalise(text))) is not None
