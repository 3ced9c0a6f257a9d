"""Whether a matter must not go to whom it accuses: bribery, abuse of office, sexual violence, violence at home.

Pure. Such a case is offered as secret and held by the inspectorate or the designated body (DOMAIN, routing 2).
Patterns find what they name; examples find the rest.
"""

from __future__ import annotations

from functools import cache

from bot.understanding import words
from bot.understanding.danger.resemblance import Resemblance
from bot.understanding.normalise import normalise

_MATTERS = words.pattern("sensitive", "bribery.matter", "abuse.matter", "violence.matter")
_HARMLESS = words.pattern("sensitive", "not.matter")
_KINDS = ("money", "harm")
_LEAST = (6.0, 0.25)
"""From which resemblance on a message counts as sensitive."""


def is_sensitive(text: str) -> bool:
    """Whether the message speaks of bribery, corruption, sexual violence or violence at home or against a child."""
    plain = _HARMLESS.sub(" … ", normalise(text))
    return _MATTERS.search(plain) is not None or any(kind.holds(plain) for kind in likenesses())


@cache
def likenesses() -> tuple[Resemblance, ...]:
    """What the examples of each kind have in common."""
    examples = words.lists("sensitive_examples")
    ordinary = words.lists("ordinary_examples")["ordinary"]
    return tuple(Resemblance.learned(examples[kind], examples["open"], ordinary, _LEAST) for kind in _KINDS)
