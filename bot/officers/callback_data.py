"""What the data of officers' buttons says: what to do with which case, as it stood when the button was shown. Pure.

At most 55 letters, since Telegram takes 64 bytes and the signature is 9 of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from actions.cases.actions import CaseAction
from bot.conversation.officer_events import PREFIX

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
