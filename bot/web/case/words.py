"""The words of a case's page and of the form that finds one: labels, statuses and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.cases.case import ReportType, Status
from bot.conversation.screen import Line, line

PAGE: Mapping[str, Line] = {
    "skip": line("case-skip"),
    "number": line("case-number"),
    "timeline": line("case-timeline"),
    "answer": line("case-answer"),
    "published": line("case-yours-published"),
    "yours": line("case-yours"),
    "reason": line("case-reason"),
    "story": line("case-story"),
    "place": line("case-place"),
    "identity": line("case-identity"),
    "files": line("case-files"),
    "proofs": line("case-proofs"),
    "chain_proof": line("case-chain-proof"),
    "chain_proof_about": line("case-chain-proof-about"),
    "share": line("case-share"),
    "share_about": line("case-share-about"),
    "share_picture": line("case-share-picture"),
    "hers_hint": line("case-hers-hint"),
    "missing_title": line("case-missing-title"),
    "missing": line("case-missing"),
    "draft_title": line("draft-title"),
    "draft_about": line("draft-about"),
    "draft_card": line("case-yours"),
    "draft_only_you": line("draft-only-you"),
    "draft_ended": line("draft-ended"),
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
    "list": line("public-title"),
    "statistics": line("public-statistics"),
    "language": line("web-language"),
}

STATUS: Mapping[Status, Line] = {
    Status.RECEIVED: line("status-received"),
    Status.NEEDS_INFO: line("status-needs_info"),
    Status.FORWARDED: line("status-forwarded"),
    Status.IN_PROGRESS: line("status-in_progress"),
    Status.ANSWERED: line("status-answered"),
    Status.DISPUTED_AUTHORITY: line("status-disputed_authority"),
    Status.CLOSED: line("status-closed"),
    Status.REJECTED: line("status-rejected"),
    Status.MERGED: line("status-merged"),
    Status.REFERRED: line("status-referred"),
    Status.WITHDRAWN: line("status-withdrawn"),
}
NEXT: Mapping[Status, Line] = {
    Status.RECEIVED: line("status-next-received"),
    Status.NEEDS_INFO: line("status-next-needs_info"),
    Status.FORWARDED: line("status-next-forwarded"),
    Status.IN_PROGRESS: line("status-next-in_progress"),
    Status.ANSWERED: line("status-next-answered"),
    Status.DISPUTED_AUTHORITY: line("status-next-disputed_authority"),
    Status.CLOSED: line("status-next-closed"),
    Status.REJECTED: line("status-next-rejected"),
    Status.MERGED: line("status-next-merged"),
    Status.REFERRED: line("status-next-referred"),
    Status.WITHDRAWN: line("status-next-withdrawn"),
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
