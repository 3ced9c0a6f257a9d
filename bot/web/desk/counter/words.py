"""The words of the counter: its form, and the slip of paper that is taken home."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line

WORDS: Mapping[str, Line] = {
    "about": line("counter-about"),
    "channel": line("counter-channel"),
    "story": line("counter-story"),
    "story_hint": line("counter-story-hint"),
    "type": line("case-type"),
    "category": line("case-category"),
    "choose": line("counter-choose"),
    "unknown": line("counter-unknown"),
    "place": line("counter-place"),
    "place_hint": line("counter-place-hint"),
    "region": line("counter-region"),
    "region_open": line("counter-region-open"),
    "identity": line("case-identity"),
    "anonymous": line("counter-anonymous"),
    "named": line("counter-named"),
    "name": line("counter-name"),
    "secret": line("counter-secret"),
    "consent": line("counter-consent"),
    "files": line("counter-files"),
    "files_hint": line("counter-files-hint"),
    "files_ticked": line("counter-files-ticked"),
    "look": line("counter-look"),
    "preview": line("counter-preview"),
    "agency": line("case-agency"),
    "reason": line("case-reason"),
    "nearby": line("desk-nearby"),
    "nearby_hint": line("counter-nearby-hint"),
    "file": line("counter-file"),
}
SLIP: Mapping[str, Line] = {
    "number": line("case-number"),
    "category": line("case-category"),
    "agency": line("case-agency"),
    "filed": line("case-filed"),
    "deadline": line("case-deadline"),
    "follow": line("slip-follow"),
    "follow_own": line("slip-follow-own"),
    "follow_number": line("slip-follow-number"),
    "follow_here": line("slip-follow-here"),
    "keep": line("slip-keep"),
    "picture": line("case-share-picture"),
    "print": line("slip-print"),
    "next": line("slip-next"),
    "open": line("slip-open"),
}
