"""The words that every page of the trainers has, and the links between these pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.roles import Role
from bot.conversation.screen import Line, line
from bot.web.guard_roles import TRAINERS


@dataclass(frozen=True, slots=True)
class Link:
    """A page in the navigation, and for whom it is."""

    address: str
    words: Line
    roles: frozenset[Role] = TRAINERS


NAVIGATION: Sequence[Link] = (
    Link("/trainer", line("trainer-inbox")),
    Link("/trainer/settle", line("trainer-settle")),
    Link("/trainer/data", line("trainer-data")),
    Link("/trainer/suspicious", line("trainer-suspicious")),
    Link("/trainer/rules", line("trainer-rules")),
    Link("/trainer/import", line("trainer-import")),
    Link("/trainer/models", line("models-title")),
    Link("/trainer/watch", line("watch-title")),
)
"""In the order in which it is shown."""

PAGE: Mapping[str, Line] = {
    "skip": line("case-skip"),
    "language": line("web-language"),
    "room": line("trainer-title"),
    "pages": line("trainer-pages"),
    "sign_out": line("sign-out-button"),
}
