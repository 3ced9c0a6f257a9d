"""A message of the outbox as the Cloud API takes it: in as few messages as it needs, each within its limits. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.conversation.screen import ButtonKind
from bot.messaging.outbox_message import OutboxMessage, WordedButton

type Payload = dict[str, Any]

MOST_TEXT: Final = 4096
MOST_BODY: Final = 1024
"""Letters above buttons or a list."""
MOST_BUTTONS: Final = 3
BUTTON_LETTERS: Final = 20
MOST_ROWS: Final = 10
ROW_LETTERS: Final = 24
DESCRIPTION_LETTERS: Final = 72
SHORT_BODY: Final = 200
"""Letters that go below a text too long for one message, together with its buttons, where no line ends before."""


def payloads(outgoing: OutboxMessage) -> list[Payload]:
    """What is posted for a message, in order; the buttons are on the last."""
    buttons = [button for row in outgoing.rows for button in row]
    if not buttons:
        return [_text(piece) for piece in divided(outgoing.text, MOST_TEXT)]
    *before, body = _with_body(outgoing.text)
    return [*map(_text, before), {"type": "interactive", "interactive": _interactive(body, buttons, outgoing)}]


def messages_needed(outgoing: OutboxMessage) -> int:
    """How many messages a text takes."""
    return len(payloads(outgoing))


def divided(text: str, most: int) -> list[str]:
    """A text in pieces of so many letters, each ending behind a line or a word where it can; none when blank."""
    rest, pieces = text.strip(), list[str]()
    while len(rest) > most:
        end = rest.rfind("\n", most // 2, most) + 1 or rest.rfind(" ", 0, most) + 1 or most
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*pieces, rest] if rest else pieces


def _with_body(text: str) -> list[str]:
    """The pieces of a text whose last has room above buttons, and is never blank."""
    pieces = divided(text, MOST_TEXT) or ["…"]
    if len(pieces[-1]) <= MOST_BODY:
        return pieces
    last = pieces.pop()
    start = last.find("\n", len(last) - MOST_BODY)
    if start < 0:
        start = last.find(" ", len(last) - SHORT_BODY)
    start = start if start >= 0 else len(last) - SHORT_BODY
    return [*pieces, last[:start].rstrip(), last[start:].strip()]


def _text(body: str) -> Payload:
    return {"type": "text", "text": {"body": body, "preview_url": False}}


def _interactive(body: str, buttons: list[WordedButton], outgoing: OutboxMessage) -> Payload:
    if any(button.kind is ButtonKind.SHARE_PLACE for button in buttons):
        return {"type": "location_request_message", "body": {"text": body}, "action": {"name": "send_location"}}
    if outgoing.list_words:
        rows = [_row(button) for button in buttons[:MOST_ROWS]]
        action = {"button": clipped(outgoing.list_words, BUTTON_LETTERS), "sections": [{"rows": rows}]}
        return {"type": "list", "body": {"text": body}, "action": action}
    replies = [
        {"type": "reply", "reply": {"id": button.press, "title": clipped(button.words, BUTTON_LETTERS)}}
        for button in buttons[:MOST_BUTTONS]
    ]
    return {"type": "button", "body": {"text": body}, "action": {"buttons": replies}}


def _row(button: WordedButton) -> Payload:
    """A row with its number, and all its words below where the title has no room for them."""
    words = f"{button.number}. {button.words}" if button.number else button.words
    title = clipped(words, ROW_LETTERS)
    row = {"id": button.press, "title": title}
    return row if title == words else row | {"description": clipped(button.words, DESCRIPTION_LETTERS)}


def clipped(words: str, most: int) -> str:
    """Words that fit, with an ellipsis where some are left out."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def addressed(chat: str, payload: Mapping[str, Any]) -> Payload:
    """A payload with whom it is for."""
    return {"messaging_product": "whatsapp", "recipient_type": "individual", "to": chat, **payload}
