"""What the service shall do to join a chat with another one of the same citizen, or to part them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowJoinCode:
    """Draw a code for this chat, in the place of any before. Answered by `JoinCodeShown`."""


@dataclass(frozen=True, slots=True)
class EnterJoinCode:
    """The code that another chat shows was typed here. Answered by `JoinAsked` or `JoinRefused`."""

    code: str


@dataclass(frozen=True, slots=True)
class ConfirmJoin:
    """The chat that typed this chat's code is joined with it. Answered by `ChatsJoined` or `JoinRefused`.

    `request`: which of them, as its button names it; "" for the one that waits.
    """

    request: str = ""


@dataclass(frozen=True, slots=True)
class DeclineJoin:
    """Whoever typed this chat's code was somebody else. Answered by `JoinDeclined`."""


@dataclass(frozen=True, slots=True)
class PartChats:
    """This chat is joined with no other any more. Answered by `ChatsParted`."""


@dataclass(frozen=True, slots=True)
class ShowSecretElsewhere:
    """Whether secret and sensitive reports of this chat are seen in its joined ones. Answered by `SecretSet`."""

    is_shown: bool
