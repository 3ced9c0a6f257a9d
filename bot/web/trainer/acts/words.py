"""What was asked before a message, by the names of `data/nlu/acts/README.md`, as people read it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.screen import Line, line

ASKED_WORDS: Mapping[str, Line] = {
    "nothing": line("asked-nothing"),
    "story": line("asked-story"),
    "place": line("asked-place"),
    "category": line("asked-category"),
    "name": line("asked-name"),
    "photo": line("asked-photo"),
    "card": line("asked-card"),
    "cancel": line("asked-cancel"),
    "filed": line("asked-filed"),
    "secret": line("asked-secret"),
    "type": line("asked-type"),
    "matters": line("asked-matters"),
    "stale": line("asked-stale"),
    "put_aside": line("asked-put-aside"),
    "contribute": line("asked-contribute"),
    "withdraw": line("asked-withdraw"),
    "ticket": line("asked-ticket"),
    "forget": line("asked-forget"),
    "weekly": line("asked-weekly"),
}

TALKS: Mapping[str, Line] = {
    "about": line("acts-about"),
    "key_help": line("acts-keys"),
    "empty": line("acts-empty"),
    "no_more": line("inbox-no-more"),
    "from_the_top": line("inbox-from-the-top"),
    "more": line("inbox-more"),
    "message": line("inbox-message"),
    "choices": line("acts-choices"),
    "other": line("acts-other"),
    "choose": line("inbox-choose"),
    "other_use": line("acts-other-use"),
    "skip": line("acts-skip"),
    "put_away": line("acts-put-away"),
    "undo": line("inbox-undo"),
    "unsaved": line("inbox-unsaved"),
    "kinds": line("acts-kinds"),
    "of_reports": line("acts-of-reports"),
}
