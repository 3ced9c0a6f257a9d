"""What was asked just before a message, as the rows of `data/nlu/acts/` name it. Pure."""

from __future__ import annotations

from bot.conversation.dialogue import CHOOSE, CONTRIBUTE, IDLE, Dialogue

_BY_STEP = {
    CONTRIBUTE: "contribute",
    CHOOSE: "contribute",
    "cancel": "cancel",
    "withdraw": "withdraw",
    "forget": "forget",
    "weekly": "weekly",
    "ticket": "ticket",
    "stale": "stale",
    "put-aside": "put_aside",
    "story": "story",
    "new-story": "story",
    "place": "place",
    "new-place": "place",
    "name": "name",
    "photos": "photo",
    "groups": "category",
    "leaves": "category",
    "new-type": "type",
    "type": "type",
    IDLE: "nothing",
}


def moment_of(dialogue: Dialogue) -> str:
    """The name of what stands open; `card` for a report that only has to be sent, `filed` after one was."""
    draft = dialogue.draft
    if draft is None:
        known = _BY_STEP.get(dialogue.step, "nothing")
        return "filed" if known == "nothing" and dialogue.filed else known
    if dialogue.step in _BY_STEP and dialogue.step != IDLE:
        return _BY_STEP[dialogue.step]
    return "card" if draft.decided_category else "category"
