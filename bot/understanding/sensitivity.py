"""Whether a matter must not go to whom it accuses: bribery, abuse of office, sexual violence, violence at home.

Pure. Such a case is offered as secret and held by the inspectorate or the designated body (DOMAIN, routing 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.understanding import words
from bot.understanding.normalise import normalise


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


_MATTERS = _any_of(
    pattern for kind in ("bribery", "abuse", "violence") for pattern in words.lists("sensitive", kind)["matter"]
)
_HARMLESS = _any_of(words.lists("sensitive", "not")["matter"])


def is_sensitive(text: str) -> bool:
    """Whether the message speaks of bribery, corruption, sexual violence or violence at home or against a child."""
    return _MATTERS.search(_HARMLESS.sub(" … ", normalise(text))) is not None
