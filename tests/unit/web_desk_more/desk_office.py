"""The desk with people of every role at it, and cases that citizens have filed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx import AsyncClient

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Attachment, Case, Location, ReportType, Severity, Words
from actions.cases.handlers import FiledCase, ReviewedDraft, file_case
from actions.cases.officer_handlers import Wish, act_on_case
from actions.cases.outcome import Done
from actions.people.roles import Actor, Role
from actions.store.cases.casebook import SqlCaseBook
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse

ROADS = "dpupr"
STORY = "Jalan berlubang di depan rumah Pak Budi, sudah dua minggu"
DISTRICT, VILLAGE = "64.09.01", "64.09.01.1003"
STAFF = {
    "Vera": (Role.VERIFIER, None),
    "Lina": (Role.LIAISON, ROADS),
    "Hadi": (Role.LIAISON, "dishub"),
    "Ida": (Role.VERIFIER, "inspektorat"),
    "Modi": (Role.MODERATOR, None),
    "Ayu": (Role.AUDITOR, None),
    "Tia": (Role.ADMIN, None),
}


@dataclass(slots=True)
class DeskOffice:
    """The pages, their people, and their cases."""

    gate: Gatehouse
    _filed: int = 0

    async def browser_of(self, name: str) -> AsyncClient:
        """Somebody of the staff, signed in."""
        if name not in self.gate.people:
            role, agency = STAFF[name]
            await self.gate.hires(name, role, agency=agency)
        return await self.gate.signed_in(name)

    async def files(self, story: str = STORY, **changes: Any) -> Case:
        """A citizen files a case."""
        self._filed += 1
        service = self.gate.house.service
        given: dict[str, Any] = {
            "draft_key": f"telegram:{self._filed}",
            "reporter": f"telegram:{self._filed}",
            "channel": "telegram",
            "language": "id",
            "type": ReportType.COMPLAINT,
            "category": "jalan",
            "location": Location(district=DISTRICT, village=VILLAGE, spoken="Gang Mawar", lat=-1.2345, lon=116.8765),
            "severity": Severity.NORMAL,
            "secret": False,
            "sensitive": False,
            "words": Words(story),
            "attachments": (Attachment("photo", f"foto-{self._filed}"),),
            "consent": "id-1",
        }
        async with self.gate.database.writing() as connection:
            book = SqlCaseBook(connection)
            report = ReviewedDraft(**{**given, **changes})
            filed = await file_case(
                book,
                service.regency,
                report,
                self.gate.now(),
                service.effect_runner.chance,
                service.effect_runner.in_words,
            )
            assert isinstance(filed, FiledCase)
            await book.flush()
        return filed.case

    async def does(self, ticket: str, action: CaseAction, who: Actor, **command: Any) -> Done:
        """Somebody does something to a case, elsewhere than at the desk."""
        service = self.gate.house.service
        beside = {name: command.pop(name) for name in ("enclosures", "reporter") if name in command}
        wish = Wish(ticket=ticket, command=CaseCommand(action=action, **command), who=who, **beside)
        async with self.gate.database.writing() as connection:
            book = SqlCaseBook(connection)
            done = await act_on_case(book, service.regency, wish, self.gate.now(), service.effect_runner.chance)
            await book.flush()
        return done


async def a_desk_office(folder: Path, file: Path | None = None, **wishes: Any) -> DeskOffice:
    """One on this database."""
    return DeskOffice(await a_gatehouse(folder, file, **wishes))
