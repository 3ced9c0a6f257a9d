"""What became of a citizen's wish to have, or to delete, what is kept of her."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDataGathered(Event):
    """What is kept of her can be had: in files, behind `link`, or in neither in this channel.

    `tickets`: the numbers of her cases.
    """

    tickets: tuple[str, ...]
    has_files: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten(Event):
    """What was kept of her is deleted; of her cases (numbers) some go on without her, the others have ended.

    `parted`: with how many chats of hers this one was joined; what came from those is kept.
    """

    going_on: tuple[str, ...]
    ended: tuple[str, ...] = ()
    parted: int = 0
