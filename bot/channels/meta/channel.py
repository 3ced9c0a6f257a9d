"""Sends by the Cloud API: words, buttons, lists, files and templates. Keeps nothing between two calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.meta.arrivals import CHANNEL, row_name
from bot.channels.meta.composing import Payload, addressed, clipped, messages_needed, payloads
from bot.channels.meta.documents import in_plain_text
from bot.channels.meta.graph import GraphApi
from bot.channels.meta.templates import WhatsAppTemplates
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Documents, NeverAgain, Receipts

MOST_CAPTION = 1024


@dataclass(frozen=True, slots=True)
class WhatsAppChannel:
    """A `Channel`. Nothing can be edited: an edit is a new message."""

    graph: GraphApi
    receipts: Receipts
    documents: Documents
    templates: WhatsAppTemplates
    name: str = CHANNEL
    plain: bool = False

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send it, and return the name of its last message; a blank text is none.

        A text in several pieces that fails after the first is sent whole again when it is tried again.

        Raises:
            SendingFailed: with what to do about it.
        """
        if outgoing.kind is OutboxMessageKind.ANSWER:
            return ""
        if await self.receipts.is_left_alone(chat):
            raise NeverAgain("nothing has arrived there for a week")
        names = [
            row_name(wamid)
            for payload in await self._payloads(chat, outgoing)
            if (wamid := await self.graph.post_message(addressed(chat, payload)))
        ]
        if not names:
            return ""
        await self.receipts.sent(chat, names[-1], names)
        return names[-1]

    async def show_typing(self, chat: str) -> None:
        """Nothing is shown: it would need the message that is being answered."""

    async def _payloads(self, chat: str, outgoing: OutboxMessage) -> list[Payload]:
        match outgoing.kind:
            case OutboxMessageKind.TEMPLATE:
                return [self.templates.payload(outgoing.target, dict(outgoing.facts))]
            case OutboxMessageKind.DOCUMENT:
                return [await self._document(chat, outgoing)]
            case _:
                return payloads(outgoing)

    async def _document(self, chat: str, outgoing: OutboxMessage) -> Payload:
        document = in_plain_text(await self.documents.document((self.name, chat), outgoing.target))
        media = await self.graph.upload(document.name, document.media_type, document.content)
        caption = clipped(outgoing.text, MOST_CAPTION)
        return {"type": "document", "document": {"id": media, "filename": document.name, "caption": caption}}


def charges(outgoing: OutboxMessage) -> Mapping[str, int]:
    """Each message is billed; one that the provider gives for nothing is found out by the month's allowance."""
    match outgoing.kind:
        case OutboxMessageKind.ANSWER:
            return {}
        case OutboxMessageKind.TEMPLATE:
            return {"template": 1}
        case OutboxMessageKind.DOCUMENT:
            return {"billed": 1}
    needed = messages_needed(outgoing)
    return {"billed": needed} if needed else {}
