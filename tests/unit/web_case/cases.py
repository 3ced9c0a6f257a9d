"""Files cases whose every word of the citizen's is marked, and opens their pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx import AsyncClient, Response

from actions.cases.case import Attachment, Case, Location, ReportType, Severity, Words
from actions.cases.handlers import FiledCase, ReviewedDraft, file_case
from actions.cases.ticket import draw
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.files import KeptFile, due_files, keep_file, want_files
from bot.configuration.case_links import CaseLinks
from bot.web.case.routes import case_router
from bot.web.chat.routes import chat_router
from bot.web.shared.app import make_app
from bot.web.shared.response_headers import GuardHeaders
from tests.talks.world import World
from tests.unit.web.doors import BASE, KEY, House, a_house

REPORTER = "telegram:rahasia-chat-id"
STORY = "Ceritaku yang tertanda tentang jalan berlubang"
NAME = "Namaku Tertanda"
SPOKEN = "dekat pohon tertanda"
FILE = "berkas-tertanda"
FILE_NAME = "ab" * 16
PIN = (-1.2345678, 116.8765432)
DISTRICT, VILLAGE = "64.09.01", "64.09.01.1003"
MARKED = ("tertanda", "Tertanda", FILE, FILE_NAME, "1.23456", "116.87654", "rahasia-chat-id", "Alasan")
"""What no page for the public may hold; the village comes with the test."""


@dataclass(slots=True)
class CaseOffice:
    """A house, and its cases."""

    house: House
    world: World
    links: CaseLinks

    async def files(self, **changes: Any) -> Case:
        """Somebody files a case, with everything that one can hold."""
        service = self.house.service
        given: dict[str, Any] = {
            "draft_key": f"{len(changes)}{sorted(changes)}",
            "reporter": REPORTER,
            "channel": "telegram",
            "language": "id",
            "type": ReportType.COMPLAINT,
            "category": "jalan",
            "location": Location(district=DISTRICT, village=VILLAGE, spoken=SPOKEN, lat=PIN[0], lon=PIN[1]),
            "severity": Severity.NORMAL,
            "secret": False,
            "sensitive": False,
            "words": Words(STORY, NAME),
            "attachments": (Attachment("photo", FILE), Attachment("document", f"{FILE}-2")),
            "consent": "id-1",
        }
        async with self.house.database.writing() as connection:
            book = SqlCaseBook(connection)
            filed = await file_case(
                book,
                service.regency,
                ReviewedDraft(**{**given, **changes}),
                self.world.clock(),
                self.world.chance,
                lambda *_: "Alasan",
            )
            assert isinstance(filed, FiledCase)
            await book.flush()
        return filed.case

    async def keeps_a_photo(self) -> None:
        """The photo of the case is on the disk."""
        channel, _, chat = REPORTER.partition(":")
        row: dict[str, object] = {"channel": channel, "chat": chat, "kind": "photo", "created_at": self.world.clock()}
        async with self.house.database.writing() as connection:
            await want_files(connection, [{**row, "file_id": FILE, "name": FILE_NAME}])
            [file] = await due_files(connection, ["telegram"], 1e12, 5)
            assert await keep_file(connection, file, KeptFile("image/jpeg", 9, "00", 8, 6, thumb_bytes=3))

    def browser(self, address: str = "192.0.2.1", **headers: str) -> AsyncClient:
        """Somebody's."""
        return self.house.browser(address, **headers).client

    def unused(self) -> str:
        """A right number that no case has."""
        return draw(self.world.chance.randbelow)

    def key(self, case: Case, edition: int = 0) -> str:
        """The address of a reporter's own page; `edition`: how many links were withdrawn before."""
        return f"/t/{case.ticket}?k={self.links.key(case.ticket, edition)}"


async def an_office(folder: Path, file: Path, world: World, **wishes: Any) -> CaseOffice:
    """One on this database."""
    house = await a_house(folder, world=world, file=file, **wishes)
    links = CaseLinks(BASE, KEY)
    house.app = make_app([chat_router(house.context), case_router(house.context, links, house.service.regency)])
    house.app.add_middleware(GuardHeaders, addresses=house.context.addresses, public_url=BASE)
    return CaseOffice(house, world, links)


def bytes_of(answer: Response) -> bytes:
    """All of an answer: status, headers and body."""
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.multi_items()))
    return f"{answer.status_code}\n{headers}\n\n".encode() + answer.content
