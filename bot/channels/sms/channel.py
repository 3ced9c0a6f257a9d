"""Sends by a gateway: the words, then a line for each button. Numbers that nothing reaches are left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from bot.channels.sms.arrivals import CHANNEL
from bot.channels.sms.gsm import in_sms_letters, parts_needed
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import NeverAgain, Receipts

CHOICE: Final = "{number} = {words}"
"""A button as a line of its own."""


@dataclass(frozen=True, slots=True)
class SentSms:
    """What was sent, by the names of its parts in the receipts that may come."""

    parts: tuple[str, ...]


class Gateway(Protocol):
    """A way into the network of a mobile operator."""

    async def send(self, chat: str, text: str) -> SentSms:
        """Send a text of any length.

        Raises:
            SendingFailed: with what to do about it.
        """
        ...


@dataclass(frozen=True, slots=True)
class SmsChannel:
    """A `Channel` of short texts. No typing, no edits."""

    gateway: Gateway
    receipts: Receipts
    name: str = CHANNEL
    plain: bool = True

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Returns the name of the first part; a blank text is none."""
        if outgoing.kind is OutboxMessageKind.ANSWER:
            return ""
        if await self.receipts.is_left_alone(chat):
            raise NeverAgain("nothing has arrived there for a week")
        sent = await self.gateway.send(chat, written(outgoing))
        if not sent.parts:
            return ""
        await self.receipts.sent(chat, sent.parts[0], sent.parts)
        return sent.parts[0]

    async def show_typing(self, chat: str) -> None:
        """A phone shows nothing."""


def charges(outgoing: OutboxMessage) -> Mapping[str, int]:
    """Each part is billed as an SMS."""
    parts = 0 if outgoing.kind is OutboxMessageKind.ANSWER else parts_needed(written(outgoing))
    return {"part": parts} if parts else {}


def written(outgoing: OutboxMessage) -> str:
    """A message as it is sent: each button that can be pressed is a line with its number."""
    every = (button for row in outgoing.rows for button in row if button.number)
    buttons = [CHOICE.format(number=button.number, words=button.words) for button in every]
    return "\n".join(in_sms_letters(one) for one in [outgoing.text, *buttons])
