"""Whether a message speaks of danger now, or accuses whom its case would go to. Pure.

It is better to show a hotline once too often than once too seldom, so a doubtful danger counts. A sensitive case is
offered as secret and held by the inspectorate or the designated body (docs/cases.md, routing 2). Patterns
(`patterns.py`) name what they find; the model of risks weighs that beside everything else that a message says.
"""

from __future__ import annotations

from bot.understanding.danger.baseline import known_risks
from bot.understanding.danger.patterns import tells_of_missing_child
from bot.understanding.normalise import normalise

LEAST_DANGER = 0.12
LEAST_SENSITIVE = 0.15
"""The confidence from which on a message counts, chosen on whole batches left out of training (`train.py` prints what
each would find)."""


def is_emergency(text: str) -> bool:
    """Whether someone is in danger now: fire, a live wire, rising water, violence, injury, a missing child."""
    return known_risks().shares(text)["danger"] >= LEAST_DANGER or tells_of_missing_child(normalise(text))


def is_sensitive(text: str) -> bool:
    """Whether the message accuses somebody in office, or tells of violence against a person."""
    found = known_risks().shares(text)
    return found["money"] + found["harm"] >= LEAST_SENSITIVE


def read_model() -> None:
    """Read the model now; else the first message waits for it, and everybody with it."""
    known_risks()
