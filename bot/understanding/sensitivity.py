"""Whether a matter must not go to whom it accuses: bribery, abuse of office, sexual violence, violence at home.

Pure. Such a case is offered as secret and held by the inspectorate or the designated body (DOMAIN, routing 2).
"""

from __future__ import annotations

from bot.understanding import words
from bot.understanding.normalise import normalise

_MATTERS = words.pattern("sensitive", "bribery.matter", "abuse.matter", "violence.matter")
_HARMLESS = words.pattern("sensitive", "not.matter")


def is_sensitive(text: str) -> bool:
    """Whether the message speaks of bribery, corruption, sexual violence or violence at home or against a child."""
    return _MATTERS.search(_HARMLESS.sub(" … ", normalise(text))) is not None
