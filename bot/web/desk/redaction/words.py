"""The words of the page on which a moderator says what others read of a case."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line

WORDS: Mapping[str, Line] = {
    "about": line("redact-about"),
    "back": line("redact-back"),
    "discreet": line("redact-discreet"),
    "title": line("redact-title-label"),
    "title_hint": line("redact-title-hint"),
    "story": line("desk-story"),
    "erased": line("officer-card-erased"),
    "parts": line("redact-parts"),
    "parts_hint": line("redact-parts-hint"),
    "cover_chosen": line("redact-cover-chosen"),
    "answer": line("case-answer"),
    "answer_none": line("redact-answer-none"),
    "answer_out": line("redact-answer-out"),
    "files": line("redact-files"),
    "files_hint": line("redact-files-hint"),
    "reason": line("redact-reason"),
    "look": line("redact-look"),
    "apply": line("redact-apply"),
    "preview": line("redact-preview"),
    "preview_public": line("redact-preview-public"),
    "preview_answer_none": line("redact-preview-answer-none"),
    "preview_group": line("redact-preview-group"),
    "preview_reporter": line("redact-preview-reporter"),
    "history": line("redact-history"),
    "clear": line("redact-clear"),
}
