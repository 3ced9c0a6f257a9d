"""What `nlu check` finds, in words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line
from bot.training.corpus.examples import DataFault

FAULTS: Mapping[str, Line] = {
    "unreadable": line("fault-unreadable"),
    "no_examples": line("fault-no-examples"),
    "no_intent": line("fault-no-intent"),
    "unknown_mark": line("fault-unknown-mark"),
    "empty": line("fault-empty"),
    "unknown_intent": line("fault-unknown-intent"),
    "unknown_category": line("fault-unknown-category"),
    "category_of_small_talk": line("fault-category-of-small-talk"),
    "conflict": line("fault-conflict"),
    "twice": line("fault-twice"),
    "personal": line("fault-personal"),
    "rare": line("fault-rare"),
}


def fault_words(fault: DataFault) -> Line:
    """What is wrong; where it is stands beside it."""
    return FAULTS[fault.what]
