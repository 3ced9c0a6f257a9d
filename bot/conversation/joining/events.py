"""What became of a wish to join a chat with another one, or to part them. Channels are named by their labels' keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.conversation.events import Event


class JoinRefusal(StrEnum):
    """Why chats are not joined; each is the key of the sentence that says so, and what to do next."""

    UNKNOWN = "joining-unknown"
    OWN = "joining-own"
    ALREADY = "joining-already"
    MANY = "joining-many"
    UNPROVEN = "joining-unproven"
    LATE = "joining-late"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinCodeShown(Event):
    """A code was drawn. `joined`: the channels of the chats that this one is joined with already."""

    code: str
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinAsked(Event):
    """The code was right, and its chat is asked whether they shall be joined.

    `channel`: of that chat. `number`: stands in both chats now, so that she can compare.
    """

    channel: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRefused(Event):
    """Nothing was joined. `until`: when it may be tried again, where it was tried too often."""

    why: JoinRefusal = JoinRefusal.UNKNOWN
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatsJoined(Event):
    """This chat is joined with one in that channel."""

    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinDeclined(Event):
    """Whoever typed the code has nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatsParted(Event):
    """This chat is joined with none any more; `channels`: of those it was joined with."""

    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretSet(Event):
    """What is secret is, or is not, seen in the chats that this one is joined with (`channels`, none for no such)."""

    is_shown: bool
    channels: tuple[str, ...]
