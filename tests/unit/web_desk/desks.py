"""A desk for tests: the real pages, officers who sign in, and cases filed by the handler that files citizens' own."""

from __future__ import annotations

import html
import io
import itertools
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from httpx import ASGITransport, AsyncClient, Response
from openpyxl import load_workbook
from sqlalchemy import insert

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Location, ReportType, Severity, Words
from actions.cases.event_words import Enclosure
from actions.cases.handlers import FiledCase, ReviewedDraft, file_case
from actions.cases.officer_handlers import Wish, act_on_case
from actions.people.roles import REPORTER, Actor, Role
from actions.store.training.samples import samples
from bot.web.case.routes import case_router
from bot.web.shared.app import make_app
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse

STORY = "lampu jalan di depan pasar petung mati sudah dua minggu, gelap sekali kalau malam"
PLACE = Location(district="64.09.01", spoken="depan pasar petung")
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass(slots=True)
class StaffedDesk:
    """The pages, and who works there."""

    gate: Gatehouse
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    browsers: dict[str, AsyncClient] = field(default_factory=dict)

    async def has(self, name: str, *roles: Role, agency: str | None = None) -> AsyncClient:
        """Somebody at the desk, signed in."""
        await self.gate.hires(name, *roles, agency=agency)
        self.browsers[name] = await self.gate.signed_in(name)
        return self.browsers[name]

    async def files(self, story: str = STORY, **changes: Any) -> str:
        """A citizen's case; returns its number."""
        number = next(self._numbers)
        known: dict[str, Any] = {
            "draft_key": f"web:v{number}:d1",
            "reporter": f"web:v{number}",
            "channel": "web",
            "language": "id",
            "type": ReportType.COMPLAINT,
            "category": "penerangan_jalan",
            "location": PLACE,
            "severity": Severity.NORMAL,
            "secret": False,
            "sensitive": False,
            "words": Words(story),
            "attachments": (),
            "consent": "id-1",
        }
        context = self.gate.desk
        async with context.working() as work:
            in_words = self.gate.house.service.effect_runner.in_words
            report = ReviewedDraft(**(known | changes))
            filed = await file_case(work.book, context.regency, report, work.at, context.office.chance, in_words)
        assert isinstance(filed, FiledCase)
        return filed.case.ticket

    async def reporters_page(self, ticket: str) -> str:
        """What the reporter reads behind her link."""
        key = self.gate.house.service.effect_runner.links.key(ticket)
        return await self._page_of_case(f"/t/{ticket}?k={key}")

    async def public_page(self, ticket: str) -> str:
        """What anybody reads of a case."""
        return await self._page_of_case(f"/t/{ticket}")

    async def _page_of_case(self, path: str) -> str:
        house = self.gate.house
        app = make_app([case_router(house.context, house.service.effect_runner.links, house.service.regency)])
        async with AsyncClient(transport=ASGITransport(app), base_url="http://lapor.test") as browser:
            return (await browser.get(path)).text

    async def understands(self, ticket: str, ranking: list[Any]) -> None:
        """This was made of a case's words when it was filed."""
        row = {"ticket": ticket, "text": STORY, "kin": ticket, "channel": "web", "at": self.gate.now()}
        row |= {"intent": "complaint", "intent_confidence": 0.9, "category": ranking[0][0], "is_sure": False}
        row |= {"category_confidence": ranking[0][1], "ranking": json.dumps(ranking), "worth": 1.0, "reason": "unsure"}
        async with self.gate.database.writing() as connection:
            await connection.execute(insert(samples), [row])

    async def does(
        self, ticket: str, action: CaseAction, who: Actor = REPORTER, sent: tuple[Enclosure, ...] = (), **command: Any
    ) -> None:
        """Something happens to a case elsewhere."""
        context = self.gate.desk
        async with context.working() as work:
            case = await work.book.by_ticket(ticket)
            assert case
            wish = Wish(
                ticket=ticket,
                command=CaseCommand(action=action, **command),
                who=who,
                reporter=case.reporter,
                enclosures=sent,
            )
            await act_on_case(work.book, context.regency, wish, work.at, context.office.chance)

    async def status(self, ticket: str) -> str:
        """Where a case stands, and with whom."""
        case, _ = await self.read(ticket)
        return f"{case.status} {case.agency}"

    async def read(self, ticket: str) -> tuple[Any, Any]:
        """A case and what happened to it."""
        from actions.store.cases.casebook import SqlCaseBook

        async with self.gate.database.reading() as connection:
            book = SqlCaseBook(connection)
            return await book.by_ticket(ticket), await book.events(ticket)


async def a_desk(folder: Path, file: Path | None = None, **wishes: Any) -> StaffedDesk:
    """One on this database."""
    return StaffedDesk(await a_gatehouse(folder, file, **wishes))


def tickets_on(page: Response) -> list[str]:
    """The cases of a list, in its order."""
    return re.findall(r'id="case-(LP-\w{4}-\w{4})"', page.text)


def text_of(page: Response) -> str:
    """What is to be read on a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def form_of(page: Response, form: str) -> dict[str, str]:
    """The hidden fields of the form of this id, or of the first one whose tag holds these words."""
    found = re.search(rf"<form[^>]*{re.escape(form)}.*?</form>", page.text, re.DOTALL)
    assert found, form
    return {name: html.unescape(value) for name, value in FIELD.findall(found[0])}


async def sends(browser: AsyncClient, ticket: str, action: str, **typed: str) -> Response:
    """Fill in a form, look at how it will be, and send it."""
    address = f"/desk/cases/{ticket}"
    fields = form_of(await browser.get(address), f'id="form-{action}"') | typed
    shown = await browser.post(address, data={**fields, "act": "show"})
    assert shown.status_code == 200, text_of(shown)
    return await browser.post(address, data={**fields, **form_of(shown, f'id="form-{action}"'), "act": "send"})


def cells(made: bytes) -> list[list[str]]:
    """What stands in a workbook, row by row; no formula and nothing to click on among it."""
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet
    found = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in found)
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
