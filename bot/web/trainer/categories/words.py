"""What the pages of categories say."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.training.categories.proposal import LONGEST_ABOUT, LONGEST_LABEL
from bot.understanding.understood import REPORT_TYPES

WORDS: Mapping[str, Line] = {
    "about": line("categories-about"),
    "new": line("categories-new"),
    "proposals": line("categories-proposals"),
    "name": line("categories-name"),
    "agency": line("categories-agency"),
    "agency_hint": line("categories-agency-hint"),
    "examples": line("categories-examples"),
    "model": line("categories-model"),
    "known": line("categories-known"),
    "unknown": line("categories-unknown"),
    "retired": line("categories-retired"),
    "change": line("categories-change"),
    "group": line("categories-group"),
    "physical": line("categories-physical"),
    "border": line("categories-border"),
    "border_hint": line("categories-border-hint"),
    "beside": line("categories-beside"),
    "words": line("categories-words"),
    "words_hint": line("categories-words-hint"),
    "why": line("data-why"),
    "save": line("categories-save"),
    "save_changes": line("categories-save-changes"),
    "rename": line("categories-rename"),
    "rename_about": line("categories-rename-about"),
    "merge": line("categories-merge"),
    "merge_about": line("categories-merge-about"),
    "into": line("categories-into"),
    "retire": line("categories-retire"),
    "retire_about": line("categories-retire-about"),
    "propose": line("categories-propose"),
    "edit": line("categories-edit"),
    "found_title": line("categories-found-title"),
    "seek": line("categories-seek"),
    "seek_button": line("words-seek-button"),
    "alike": line("categories-alike"),
    "found_none": line("categories-found-none"),
    "take": line("categories-take"),
    "write_title": line("categories-write-title"),
    "write": line("categories-write"),
    "write_button": line("categories-write-button"),
    "type": line("categories-type"),
    "leave_out": line("categories-leave-out"),
    "submit": line("categories-submit"),
    "drop": line("categories-drop"),
    "take_back": line("categories-take-back"),
    "decide": line("categories-decide"),
    "accept": line("categories-accept"),
    "refuse": line("categories-refuse"),
    "reason": line("categories-reason"),
    "admin_decides": line("categories-admin-decides"),
    "own": line("categories-own"),
    "next": line("categories-next"),
    "next_train": line("categories-next-train"),
    "restarting": line("categories-restarting"),
    "back": line("categories-back"),
}
LIMITS: Mapping[str, int] = {"longest_label": LONGEST_LABEL, "longest_about": LONGEST_ABOUT}
TYPES = [(name, INTENT_WORDS[name]) for name in REPORT_TYPES]
