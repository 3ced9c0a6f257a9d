"""The words of the trainers' inbox."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.training.samples.labelling import LabelOutcome

SAID: Mapping[LabelOutcome, Line] = {
    LabelOutcome.DONE: line("inbox-said-done"),
    LabelOutcome.WAITS: line("inbox-said-waits"),
    LabelOutcome.DIFFERS: line("inbox-said-differs"),
    LabelOutcome.TOO_LATE: line("inbox-said-too-late"),
}

INBOX: Mapping[str, Line] = {
    "about": line("inbox-about"),
    "empty": line("inbox-empty"),
    "key_help": line("inbox-keys"),
    "rules": line("trainer-rules"),
    "type": line("inbox-type"),
    "labels": line("inbox-labels"),
    "other": line("inbox-other"),
    "other_use": line("inbox-other-use"),
    "choose": line("inbox-choose"),
    "talk": line("inbox-talk"),
    "two": line("inbox-two"),
    "two_first": line("inbox-two-first"),
    "two_second": line("inbox-two-second"),
    "skip": line("inbox-skip"),
    "put_away": line("inbox-put-away"),
    "undo": line("inbox-undo"),
    "place": line("inbox-mark-place"),
    "time": line("inbox-mark-time"),
    "more": line("inbox-more"),
    "bulk": line("inbox-bulk"),
    "bulk_pick": line("inbox-bulk-pick"),
    "bulk_use": line("inbox-bulk-use"),
    "unsaved": line("inbox-unsaved"),
    "message": line("inbox-message"),
    **{f"intent_{name}": words for name, words in INTENT_WORDS.items()},
}
