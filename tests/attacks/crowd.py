"""The real app with somebody of each role in front of it, and a few cases."""

from __future__ import annotations

import asyncio
import shutil
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import insert

from actions.cases.case import Location, ReportType, Severity, Words
from actions.cases.handlers import FiledCase, ReviewedDraft, file_case
from actions.people.people import OFFICER_ROLES
from actions.people.roles import Role
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine import schema
from actions.store.engine.task_lease import SoleTaskLeases
from actions.store.training.samples import samples
from bot.configuration.settings import Settings
from bot.main.assembly import DEFAULTS, Service, assemble
from bot.main.channels import open_channels
from bot.main.health import HealthWatch
from bot.main.restart import MARK, Restart
from bot.main.understanding_wiring import keywords_of, model_context_of
from bot.main.web_app import web_app
from bot.observability.metrics import Metrics
from bot.training.models.subprocesses import Commands
from bot.understanding.fallback import SteadyUnderstanding
from tests.attacks.odd_requests import SECRETS, STREAM, STREAM_SECONDS, TICKET, Ask, body_of
from tests.every_channel import EVERY_CHANNEL
from tests.unit.people.officers import PASSWORD, an_officer


@dataclass(slots=True)
class Crowd:
    """The app, and a browser of each role; whoever was signed out signs in again."""

    app: FastAPI
    tickets: Sequence[str]
    browsers: dict[Role | None, AsyncClient] = field(default_factory=dict)
    asked: int = 0
    statuses: dict[int, int] = field(default_factory=dict)

    async def comes(self, role: Role | None) -> AsyncClient:
        """The browser of somebody."""
        browser = self.browsers.get(role)
        if browser is None or (role and "lapor_session" not in browser.cookies):
            transport = ASGITransport(self.app, client=(f"192.0.2.{len(self.browsers) + 1}", 1))
            browser = self.browsers[role] = AsyncClient(transport=transport, base_url="http://lapor.test")
            if role:
                await browser.post("/sign-in", data={"name": role.value, "password": PASSWORD})
            else:
                await browser.get("/")
        return browser

    async def asks(self, ask: Ask) -> int:
        """What is answered; a fault of ours is raised."""
        browser = await self.comes(ask.role)
        headers, content = dict([*ask.headers.items(), *([SECRETS[ask.route]] if ask.route in SECRETS else [])]), None
        if ask.method == "POST":
            content, kind = body_of(ask)
            headers["content-type"] = kind.encode("latin-1")
        kept = list(browser.cookies.jar)
        try:
            async with asyncio.timeout(STREAM_SECONDS if ask.route == STREAM else 60):
                ticket = self.tickets[self.asked % len(self.tickets)]
                address = "http://lapor.test" + ask.address().decode().replace(TICKET, ticket)
                content = content and content.replace(TICKET.encode(), ticket.encode())
                answer = await browser.request(ask.method, address, content=content, headers=headers)
        except TimeoutError:
            if ask.route != STREAM:
                raise
            return 200
        finally:
            browser.cookies.clear()
            for cookie in kept:
                browser.cookies.jar.set_cookie(cookie)
        self.asked += 1
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        if answer.status_code == 303 and answer.headers.get("location", "").startswith("/sign-in?") and ask.role:
            browser.cookies.clear()
        return answer.status_code


class StillCommands(Commands):
    """Starts no process."""

    async def _start(self, *words: str) -> Process:
        return await asyncio.create_subprocess_exec("true")


@asynccontextmanager
async def a_crowd(folder: Path, database_url: str) -> AsyncIterator[Crowd]:
    """The app as `lapor start` puts it together, on data of its own, with somebody of each role."""
    config = folder / "config"
    shutil.copytree(DEFAULTS, config)
    given = Settings(
        data_dir=folder / "var",
        config_dir=config,
        database_url=database_url,
        public_url="http://lapor.test",
        nlu="off",
    )
    async with AsyncExitStack() as stack:
        service = assemble(given)
        stack.push_async_callback(service.database.close)
        await schema.upgrade_apart(service.database)
        await an_officer(service.database, "somebody to be changed", Role.AUDITOR)
        for role in OFFICER_ROLES:
            await an_officer(service.database, role.value, role, agency="dishub")
        opening = open_channels(service, EVERY_CHANNEL, SoleTaskLeases(), lambda: None)
        channels = await stack.enter_async_context(opening)
        understanding = SteadyUnderstanding(None, keywords_of(service))
        watch = HealthWatch(service.database, understanding, channels.states, Metrics(), service.clock)
        commands = StillCommands(service.settings, model_context_of(service))
        restart = Restart(service.settings.data_dir / MARK)
        tickets = [await a_case(service, number) for number in range(3)]
        yield Crowd(web_app(service, channels, watch, commands, lambda _: None, restart), tickets)


async def a_case(service: Service, number: int) -> str:
    """A citizen's case, with a sample of what was made of its words; returns its number."""
    report = ReviewedDraft(
        draft_key=f"web:v{number}:d1",
        reporter=f"web:v{number}",
        channel="web",
        language="id",
        type=ReportType.COMPLAINT,
        category="penerangan_jalan" if number else None,
        location=Location(district="64.09.01", spoken="depan pasar petung"),
        severity=Severity.NORMAL,
        secret=False,
        sensitive=False,
        words=Words("lampu jalan di depan pasar petung mati sudah dua minggu"),
        attachments=(),
        consent="id-1",
    )
    now = service.clock()
    async with service.database.writing() as connection:
        book, effect_runner = SqlCaseBook(connection), service.effect_runner
        filed = await file_case(book, service.regency, report, now, effect_runner.chance, effect_runner.in_words)
        assert isinstance(filed, FiledCase)
        row = {"ticket": filed.case.ticket, "text": "lampu jalan mati", "kin": filed.case.ticket, "channel": "web"}
        row |= {"intent": "complaint", "intent_confidence": 0.9, "category": "jalan", "is_sure": False, "at": now}
        row |= {"category_confidence": 0.4, "ranking": '[["jalan", 0.4]]', "worth": 1.0, "reason": "unsure"}
        await connection.execute(insert(samples), [row])
    return filed.case.ticket
