"""What a chat of officers may read of a reporter's words. Pure."""

from __future__ import annotations

from actions.cases.case import Case, Identity
from bot.understanding.normalise import mask


def in_the_chat(words: str, case: Case, *, is_group: bool) -> str:
    """What a reporter wrote, as it is shown: in a group nothing that tells who is anonymous."""
    return mask(words) if is_group and case.identity is Identity.ANONYMOUS else words
