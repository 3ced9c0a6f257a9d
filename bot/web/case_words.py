"""The words of a case's page and of the form that finds one: labels, statuses and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.case import ReportType, Status
from bot.conversation.screen import Line, line

PAGE: Mapping[str, Line] = {
    "skip": line("case-skip"),
    "number": line("case-number"),
    "timeline": line("case-timeline"),
    "yours": line("case-yours"),
    "reason": line("case-reason"),
    "story": line("case-story"),
    "place": line("case-place"),
    "identity": line("case-identity"),
    "files": line("case-files"),
    "share": line("case-share"),
    "share_about": line("case-share-about"),
    "share_picture": line("case-share-picture"),
    "hers_hint": line("case-hers-hint"),
    "missing_title": line("case-missing-title"),
    "missing": line("case-missing"),
    "paused_title": line("case-paused-title"),
    "away_title": line("case-away-title"),
    "away": line("case-away"),
    "check_title": line("check-title"),
    "check_about": line("check-about"),
    "check_number": line("check-number"),
    "check_example": line("check-example"),
    "check_button": line("check-button"),
    "check_again": line("check-again"),
    "chat": line("check-chat"),
    "language": line("web-language"),
}

STATUS: Mapping[Status, Line] = {
    Status.RECEIVED: line("status-received"),
    Status.FORWARDED: line("status-forwarded"),
    Status.WITHDRAWN: line("status-withdrawn"),
}
NEXT: Mapping[Status, Line] = {
    Status.RECEIVED: line("status-next-received"),
    Status.FORWARDED: line("status-next-forwarded"),
    Status.WITHDRAWN: line("case-next-withdrawn"),
}
"""Both have every status of the lifecycle's table."""

TYPES: Mapping[ReportType, Line] = {
    ReportType.COMPLAINT: line("type-complaint"),
    ReportType.ASPIRATION: line("type-aspiration"),
    ReportType.INFORMATION: line("type-information"),
}

FILES: Mapping[str, Callable[[int], Line]] = {
    "photo": lambda number: line("case-file-photo", number=number),
    "video": lambda number: line("case-file-video", number=number),
    "voice": lambda number: line("case-file-voice", number=number),
    "document": lambda number: line("case-file-document", number=number),
}

LANGUAGES: Mapping[str, Line] = {
    "id": line("button-language-id"),
    "en": line("button-language-en"),
}
