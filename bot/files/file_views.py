"""The files of a draft or a case as a page shows them: how far each is, and where to open it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from actions.cases.ports import Clock
from actions.store.cases.files import FileRow, files_of_case, files_of_chat
from actions.store.engine.database import Database
from actions.store.messages.messages import Chat
from bot.files.kinds import KINDS
from bot.files.links import FileLinks


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as a page shows it.

    Attributes:
        kind: as it was sent: photo, video, voice, document.
        state: wanted (on its way), kept, refused, or gone.
        refusal: key of the sentence that says why it was refused.
        address, thumb: where to open it; "" where there is nothing to open.
        is_shown: a page may show or play it; else it is only downloaded.
        width, height: of a picture, in dots.
    """

    kind: str
    state: str
    refusal: str = ""
    media_type: str = ""
    bytes: int = 0
    width: int = 0
    height: int = 0
    address: str = ""
    thumb: str = ""
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class FileRegistry:
    """Finds files. Who may see them is for the page to know: an address opens for whoever has it."""

    database: Database
    links: FileLinks
    clock: Clock

    async def of_chat(self, chat: Chat, file_ids: Collection[str]) -> dict[str, OpenedFile]:
        """Files of a chat by the channel's own names; those that nobody has recorded yet are left out."""
        if not file_ids:
            return {}
        async with self.database.reading() as connection:
            rows = await files_of_chat(connection, chat, file_ids)
        now = self.clock()
        return {row.file_id: opened(row, self.links, now) for row in rows}

    async def of_case(self, ticket: str) -> list[OpenedFile]:
        """The files of a case, in the order in which they were attached."""
        async with self.database.reading() as connection:
            rows = await files_of_case(connection, ticket)
        now = self.clock()
        return [opened(row, self.links, now) for row in rows]


def opened(row: FileRow, links: FileLinks, now: datetime) -> OpenedFile:
    """A file as a page shows it now. Pure."""
    if row.state != "kept" or row.media_type not in KINDS:
        return OpenedFile(row.kind, row.state, row.refusal)
    return OpenedFile(
        kind=row.kind,
        state=row.state,
        media_type=row.media_type,
        bytes=row.bytes,
        width=row.width,
        height=row.height,
        address=links.file(row.name, now),
        thumb=links.thumb(row.name, now) if row.thumb_bytes else "",
        is_shown=KINDS[row.media_type].shown,
    )
