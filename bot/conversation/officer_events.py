"""What officers do in a chat, in the past tense. None of it ever touches a citizen's talk."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.events import Event

GROUP_COMMANDS = frozenset({"ikat", "lepas", "tugas"})
"""What officers can tell the bot in a group without answering a message of its."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedAsOfficer(Event):
    """A button of a case's card, or any button in a group. `account`: the id of whoever pressed it."""

    press: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WroteAsOfficer(Event):
    """Words or a file in a group: an answer to a message of the bot's, or a command for officers.

    Attributes:
        account: the id of whoever wrote.
        reply_to: the channel's name of the message that it answers; "" for none.
        kind, file_id: of the file that came along; "" for none.
        has_topics: the group is divided into topics.
    """

    account: str
    text: str = ""
    reply_to: str = ""
    kind: str = ""
    file_id: str = ""
    has_topics: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMoved(Event):
    """A group has become a supergroup, whose id is `to`."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftGroup(Event):
    """The bot was put out of a group."""


PREFIX = "o:"
"""How the data of a button begins that is for officers."""
