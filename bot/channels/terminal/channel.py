"""Writes what is said to a stream."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

from bot.channels.terminal.lines import CHANNEL, lines_of
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Document, Documents


@dataclass(slots=True)
class TerminalChannel:
    """A `Channel` whose messages are lines of a stream.

    Attributes:
        written: counts them, for whoever waits for an answer.
        documents, folder: who writes files for the citizen, and where they are put.
    """

    out: TextIO
    name: str = CHANNEL
    plain: bool = True
    written: int = field(default=0)
    documents: Documents | None = None
    folder: Path | None = None

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Write one message; there is nothing to answer when a button was pressed by its number."""
        if outgoing.kind is OutboxMessageKind.DOCUMENT and self.documents and self.folder:
            outgoing = await self._put_down(chat, outgoing, self.documents, self.folder)
        if outgoing.kind is not OutboxMessageKind.ANSWER:
            self.out.write(lines_of(outgoing) + "\n\n")
            self.out.flush()
            self.written += 1
        return ""

    async def _put_down(self, chat: str, outgoing: OutboxMessage, documents: Documents, folder: Path) -> OutboxMessage:
        """The file is in the folder, for its owner alone; the message says where."""
        document = await documents.document((self.name, chat), outgoing.target)
        path = await asyncio.to_thread(_write, folder, document)
        return replace(outgoing, text=f"{outgoing.text} {path}")

    async def show_typing(self, chat: str) -> None:
        """A terminal shows nothing."""
        del chat


def _write(folder: Path, document: Document) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / document.name
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(document.content)
    return path
