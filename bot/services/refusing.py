"""The sentence of a step that the lifecycle does not allow, for whoever wanted to take it."""

from __future__ import annotations

from actions.cases.lifecycle import StepRefused
from bot.conversation.screen import Line, line


def refusal(refused: StepRefused) -> Line:
    """Why it was not done, as something that a person can act on."""
    return line(refused.reason_key)
