"""The words that every page of the trainers has, and the links between these pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation.screen import Line, line
from bot.web.desk.access import AT_DESK
from bot.web.shared.access import TRAINERS
from bot.web.shared.page import Link

NAVIGATION: Sequence[Link] = (
    Link("/trainer", line("trainer-inbox"), TRAINERS),
    Link("/trainer/settle", line("trainer-settle"), TRAINERS),
    Link("/trainer/data", line("trainer-data"), TRAINERS),
    Link("/trainer/suspicious", line("trainer-suspicious"), TRAINERS),
    Link("/trainer/rules", line("trainer-rules"), TRAINERS),
    Link("/trainer/import", line("trainer-import"), TRAINERS),
    Link("/trainer/models", line("models-title"), TRAINERS),
    Link("/trainer/watch", line("watch-title"), TRAINERS),
    Link("/desk", line("desk-title"), AT_DESK),
    Link("/desk/account", line("desk-account"), TRAINERS),
)
"""In the order in which it is shown."""

PAGE: Mapping[str, Line] = {
    "skip": line("case-skip"),
    "language": line("web-language"),
    "room": line("trainer-title"),
    "pages": line("trainer-pages"),
    "sign_out": line("sign-out-button"),
}
