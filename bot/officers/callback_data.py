"""What officers do in a chat, in the past tense, and what the data of their buttons says. Pure.

At most 55 letters, since Telegram takes 64 bytes and the signature is 9 of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from actions.cases.actions import CaseAction
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
LONGEST_ARGUMENT = 20
_SYMBOLS = 8


class Verb(StrEnum):
    """What is done with what an officer is about to say, and LOOK at a card; to begin is a `CaseAction`."""

    LOOK = "look"
    AS = "as"
    PICK = "pick"
    PAGE = "page"
    PLAIN = "plain"
    SEND = "send"
    REDO = "redo"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class CallbackData:
    """A button, taken apart.

    Attributes:
        does: an action to begin with, or what becomes of what is being written.
        ticket: of the case.
        version: of the case, when the button was shown.
        step: of what was being written then; 0 on a card.
        argument: what was chosen.
    """

    does: CaseAction | Verb
    ticket: str
    version: int
    step: int = 0
    argument: str = ""

    def written(self) -> str:
        """Returns this press as callback data."""
        symbols = self.ticket.removeprefix("LP-").replace("-", "")
        tail = f":{self.step}:{self.argument}" if self.step or self.argument else ""
        return f"{PREFIX}{self.does.value}:{symbols}:{self.version}{tail}"


def read_callback_data(press: str) -> CallbackData | None:
    """Back from `CallbackData.written`; None for any other button."""
    if not press.startswith(PREFIX):
        return None
    does, symbols, version, step, argument = (*press[len(PREFIX) :].split(":", 4), *[""] * 5)[:5]
    known = {one.value: one for one in (*CaseAction, *Verb)}
    if does not in known or len(symbols) != _SYMBOLS or not version.isdecimal():
        return None
    ticket = f"LP-{symbols[:4]}-{symbols[4:]}"
    return CallbackData(known[does], ticket, int(version), int(step) if step.isdecimal() else 0, argument)


def short(code: str) -> str:
    """Shortens a code of the regency so that it fits into callback data."""
    return code if len(code) <= LONGEST_ARGUMENT else hashlib.sha256(code.encode()).hexdigest()[:LONGEST_ARGUMENT]


def in_full(argument: str, codes: Iterable[str]) -> str | None:
    """The one of these codes that a button named; None where it is none of them any more."""
    return next((code for code in codes if short(code) == argument), None)
