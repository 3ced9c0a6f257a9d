"""The words that every page of the desk has, and the links between these pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation.screen import Line, line
from bot.web.desk.access import ADMINS, AT_DESK, CLERKS, EVERYBODY, MODERATORS, READERS
from bot.web.shared.access import TRAINERS
from bot.web.shared.page import Link

NAVIGATION: Sequence[Link] = (
    Link("/desk", line("desk-queue"), AT_DESK),
    Link("/desk/search", line("desk-search-title"), READERS),
    Link("/desk/new", line("counter-title"), CLERKS),
    Link("/desk/settings", line("settings-title"), ADMINS),
    Link("/trainer", line("trainer-title"), TRAINERS),
    Link("/desk/account", line("desk-account"), EVERYBODY),
)
"""In the order in which it is shown."""

CASE_LINKS: Sequence[Link] = (Link("/desk/cases/{ticket}/redact", line("redact-link"), MODERATORS),)
"""Further pages of one case; `{ticket}` stands for its number."""

PAGE: Mapping[str, Line] = {
    "skip": line("case-skip"),
    "language": line("web-language"),
    "pages": line("desk-pages"),
    "sign_out": line("sign-out-button"),
}
