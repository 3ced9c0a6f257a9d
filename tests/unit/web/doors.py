"""The chat page through its app, with a real database and the real delivery behind it; no socket, no browser."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from actions.cases.outcome import AT_THE_DESK
from actions.store.engine.database import Database
from bot.configuration.clock import utc_now
from bot.files.fetcher import FileFetcher
from bot.files.receiving import WebFiles
from bot.files.sandbox_pool import SandboxPool
from bot.files.serving import FileLinks, files_router
from bot.files.store import FileStore
from bot.main.assembly import Service
from bot.messaging.inbox import SqlInbox
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.sender import Sender
from bot.messaging.turns import TurnWorker
from bot.web.chat.context import ChatContext, ChatDependencies
from bot.web.chat.routes import chat_router
from bot.web.shared.app import make_app
from bot.web.shared.rate_limits import ChatLimits
from bot.web.shared.response_headers import GuardHeaders
from tests.talks.database import new_database
from tests.talks.talk_file import Settings as TalkSettings
from tests.talks.worker import a_worker
from tests.talks.world import World

KEY = b"a key for tests"
BASE = "http://lapor.test"
BUTTON = re.compile(r'<button name="press" value="([^"]*)"[^>]*>([^<]*)</button>')
MESSAGE = re.compile(r'<div id="([mo][^"]+)" class="message (hers|ours)">(.*?)(?=<div id="|</section>|\Z)', re.DOTALL)
ANY_BUTTON = re.compile(r"<button[^>]*>([^<]*)</button>")
SPECIAL = re.compile(r'<button type="button"[^>]*>([^<]*)</button>')
WORDS = re.compile(r"<(p|div)>(.*?)</\1>", re.DOTALL)
"""A paragraph, or a label with what stands under it."""
TAG = re.compile(r"<[^>]*>")
LOG = re.compile(r'role="log".*?</section>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class OnPage:
    """A message as a page shows it."""

    key: str
    is_hers: bool
    text: str
    labels: tuple[str, ...]
    special: frozenset[str]
    presses: tuple[tuple[str, str], ...]


def messages_of(page: str) -> list[OnPage]:
    """What a page, or a part of one, shows of the talk."""
    return [_message(key, who, inner) for key, who, inner in MESSAGE.findall(page)]


def _message(key: str, who: str, inner: str) -> OnPage:
    text = "\n".join(TAG.sub("", words) for _, words in WORDS.findall(inner))
    return OnPage(
        key,
        who == "hers",
        html.unescape(text),
        tuple(html.unescape(label.strip()) for label in ANY_BUTTON.findall(inner)),
        frozenset(html.unescape(label.strip()) for label in SPECIAL.findall(inner)),
        tuple((html.unescape(words), html.unescape(press)) for press, words in BUTTON.findall(inner)),
    )


@dataclass(slots=True)
class Browser:
    """One visitor's browser."""

    client: AsyncClient
    answer: Response | None = field(default=None)

    async def opens(self) -> str:
        """The page, as it now is."""
        self.answer = await self.client.get("/")
        assert self.answer.status_code == 200, self.answer.text
        return self.answer.text

    async def reads(self) -> list[OnPage]:
        """The messages on it."""
        return messages_of(await self.opens())

    async def posts(self, **fields: str) -> Response:
        """Send a form, as a page without a script does."""
        return await self.client.post("/chat/messages", data=fields)

    async def presses(self, label: str) -> Response:
        """Press the last button of this label."""
        buttons = [button for message in await self.reads() for button in message.presses]
        press = next(press for words, press in reversed(buttons) if words == label)
        return await self.posts(press=press)


@dataclass(slots=True)
class House:
    """A service with nothing but a web door."""

    context: ChatContext
    _make_app: Callable[[], FastAPI]
    service: Service
    worker: TurnWorker
    sender: Sender
    fetcher: FileFetcher
    folder: Path
    _browsers: list[AsyncClient] = field(default_factory=list)
    _app: FastAPI | None = None

    @property
    def app(self) -> FastAPI:
        """What answers: the chat's own pages, made when they are first asked for, unless more were put here."""
        if self._app is None:
            self._app = self._make_app()
        return self._app

    @app.setter
    def app(self, app: FastAPI) -> None:
        self._app = app

    @property
    def database(self) -> Database:
        """Where everything is."""
        return self.service.database

    async def fetches(self) -> None:
        """Fetch every file that waits."""
        self.fetcher.store.prepare()
        while await self.fetcher.fetch_waiting():
            await self.fetcher.settle()

    async def works(self) -> None:
        """Work and send everything that waits."""
        while await self.worker.work_batch():
            pass
        while await self.sender.send_waiting():
            await self.sender.settle()

    def browser(self, address: str = "127.0.0.1", **headers: str) -> Browser:
        """A visitor who was never here, calling from this address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client = AsyncClient(
            transport=ASGITransport(self.app, client=(address, 1), raise_app_exceptions=False),
            base_url=BASE,
            headers={"accept-language": "id", **named},
        )
        self._browsers.append(client)
        return Browser(client)

    async def closes(self) -> None:
        """Everybody goes home."""
        for client in self._browsers:
            await client.aclose()
        await self.database.close()


async def a_house(
    folder: Path,
    *,
    world: World | None = None,
    file: Path | None = None,
    url: str = "",
    limits: ChatLimits | None = None,
    public_url: str = BASE,
    **wishes: Any,
) -> House:
    """Build one on a database file or what is at `url`; its clock is the machine's unless it stands in a world."""
    database = Database(url or f"sqlite:///{file or await new_database()}")
    case_state = world or World(TalkSettings())
    clock = world.clock if world else utc_now
    service = replace(case_state.service(), database=database, clock=clock)
    workers: list[TurnWorker] = []
    inbox = SqlInbox(database, clock, lambda: [worker.wake() for worker in workers] and None)
    around = ChatDependencies(
        database=database,
        inbox=inbox,
        texts=service.texts,
        signer=service.signer,
        catalogue=service.talk.catalogue,
        clock=clock,
        secret_key=KEY,
        regency=service.regency.name,
        zone=service.regency.time_zone,
        public_url=public_url,
        incoming=folder / "incoming",
        **wishes,
    )
    context = ChatContext(around, limits or ChatLimits())
    worker = a_worker(service, {context.channel.name: context.channel}, case_state.understanding_service())
    workers.append(worker)
    store = FileStore(folder / "files", reserve_bytes=0)

    def app() -> FastAPI:
        made = make_app([chat_router(context), files_router(database, store, FileLinks(KEY), clock)])
        made.add_middleware(GuardHeaders, addresses=context.addresses, public_url=public_url)
        return made

    sources = dict.fromkeys(("web", *AT_THE_DESK), WebFiles(folder / "incoming"))
    fetcher = FileFetcher(database, sources, store, SandboxPool(), clock, worker.wake)
    return House(context, app, service, worker, Sender(database, context.channel, RateLimiter()), fetcher, folder)


@asynccontextmanager
async def house(folder: Path, **wishes: object) -> AsyncIterator[House]:
    """One, for as long as the block runs."""
    built = await a_house(folder, **wishes)  # type: ignore[arg-type]
    try:
        yield built
    finally:
        await built.closes()


def now() -> datetime:
    """What time it is."""
    return utc_now()
