"""What Meta's error codes mean: for this message, for this chat, for everybody, and for whoever runs the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.messaging.ports import Impossible, NotNow, Receipt, SendingFailed, TemplateRefused, WindowShut


class MessageFate(StrEnum):
    """What becomes of a message."""

    WAITS = "this chat waits"
    ALL_WAIT = "everybody waits"
    ENDS = "this message ends"
    WINDOW = "it waits for her next word, or goes as a template"
    TEMPLATE = "the template is not sent; her next word brings the message"


@dataclass(frozen=True, slots=True)
class ErrorMeaning:
    """Of a code: what becomes of the message, how many seconds it waits, and the trouble that an admin must mend."""

    fate: MessageFate
    seconds: float = 1.0
    trouble: str = ""


TOKEN: Final = ErrorMeaning(MessageFate.ALL_WAIT, 30.0, "refused")
BLOCKED: Final = ErrorMeaning(MessageFate.ALL_WAIT, 60.0, "blocked")
BUSY: Final = ErrorMeaning(MessageFate.ALL_WAIT, 5.0)
BAD_TEMPLATE: Final = ErrorMeaning(MessageFate.TEMPLATE, trouble="template")
BAD: Final = ErrorMeaning(MessageFate.ENDS)

CODES: Final[Mapping[int, ErrorMeaning]] = {
    0: TOKEN,
    3: TOKEN,
    10: TOKEN,
    190: TOKEN,
    200: TOKEN,
    131005: TOKEN,
    133010: ErrorMeaning(MessageFate.ALL_WAIT, 60.0, "unregistered"),
    131045: ErrorMeaning(MessageFate.ALL_WAIT, 60.0, "unregistered"),
    368: BLOCKED,
    131031: BLOCKED,
    131048: BLOCKED,
    131042: ErrorMeaning(MessageFate.ALL_WAIT, 60.0, "payment"),
    1: ErrorMeaning(MessageFate.WAITS),
    2: BUSY,
    4: BUSY,
    80007: BUSY,
    130429: BUSY,
    131057: ErrorMeaning(MessageFate.ALL_WAIT, 30.0),
    133016: ErrorMeaning(MessageFate.ALL_WAIT, 60.0),
    131000: ErrorMeaning(MessageFate.WAITS),
    131016: ErrorMeaning(MessageFate.WAITS, 5.0),
    131056: ErrorMeaning(MessageFate.WAITS, 6.0),
    131049: ErrorMeaning(MessageFate.WAITS, 300.0),
    131047: ErrorMeaning(MessageFate.WINDOW),
    100: BAD,
    131008: BAD,
    131009: BAD,
    131021: BAD,
    131026: BAD,
    131030: BAD,
    131050: BAD,
    131051: BAD,
    131052: BAD,
    131053: BAD,
    132000: BAD_TEMPLATE,
    132001: BAD_TEMPLATE,
    132005: BAD_TEMPLATE,
    132007: BAD_TEMPLATE,
    132012: BAD_TEMPLATE,
    132015: BAD_TEMPLATE,
    132016: BAD_TEMPLATE,
    132068: BAD_TEMPLATE,
    132069: BAD_TEMPLATE,
}
"""Each code that is documented for sending (developers.facebook.com, Cloud API, error codes), as `docs/whatsapp.md`
lists them."""
UNKNOWN: Final = ErrorMeaning(MessageFate.WAITS, 5.0)
"""A code that is not documented: nothing is lost by trying again later."""


def meaning_of(code: int) -> ErrorMeaning:
    """What a code means."""
    return CODES.get(code, UNKNOWN)


def as_sending_failed(code: int, asked: float | None = None) -> SendingFailed:
    """What the outbox must do; `asked` are the seconds that Meta named itself."""
    meaning = meaning_of(code)
    match meaning.fate:
        case MessageFate.WINDOW:
            return WindowShut("the reply window is shut")
        case MessageFate.ENDS:
            return Impossible(f"error {code}")
        case MessageFate.TEMPLATE:
            return TemplateRefused(f"error {code}")
    seconds = meaning.seconds if asked is None else asked
    return NotNow(seconds, everybody=meaning.fate is MessageFate.ALL_WAIT, asked=asked is not None)


def receipt_of(status: str, codes: list[int]) -> Receipt | None:
    """What a status says of a message; None for one that is no end yet."""
    if status in {"delivered", "read"}:
        return Receipt.DELIVERED
    if status != "failed":
        return None
    fates = {meaning_of(code).fate for code in codes}
    return Receipt.WINDOW_SHUT if MessageFate.WINDOW in fates else Receipt.FAILED
