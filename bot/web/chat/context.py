"""The web door: every part of the chat, put together once, and what runs beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions.cases.ports import Clock
from actions.people.secret_key import accepted
from actions.store.engine.database import Database
from actions.store.messages.visitors import Newest, newest, visitors_since, waits_for_answer
from bot.channels.web.channel import WebChannel
from bot.channels.web.sse_signals import SseSignals
from bot.channels.web.visitors import Visitors
from bot.conversation.catalogue import Catalogue
from bot.conversation.screen import Line
from bot.conversation.screens import languages, welcome
from bot.files.file_views import FileRegistry
from bot.files.serving import FileLinks
from bot.messaging.outbox_message import ButtonSigner, OutboxMessage, WordedButton
from bot.messaging.ports import Inbox
from bot.messaging.rendering import MessageRenderer
from bot.observability.supervision import keep_running
from bot.texts.words import Texts
from bot.web.chat.page import ChatPage
from bot.web.chat.push import Notices, PushKey
from bot.web.chat.transcript import ReadTalk, TalkReader
from bot.web.chat.uploads import Uploads
from bot.web.chat.words import PageWords
from bot.web.shared.assets import Assets, static_assets
from bot.web.shared.client_address import Addresses
from bot.web.shared.guests import BANNER, Guest
from bot.web.shared.rate_limits import ChatLimits

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 1.0
LOOK_FOR_ANSWER_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class ChatDependencies:
    """What the chat needs of the service around it.

    Attributes:
        public_url: LAPOR_PUBLIC_URL.
        incoming: where files wait until they are fetched.
        proxies: LAPOR_TRUSTED_PROXIES.
        regency: its name.
        guests: who may sign in by a button, for this is a demo.
    """

    database: Database
    inbox: Inbox
    texts: Texts
    signer: ButtonSigner
    catalogue: Catalogue
    clock: Clock
    secret_key: bytes
    regency: str
    zone: ZoneInfo
    public_url: str
    incoming: Path
    proxies: Sequence[str] = ()
    guests: Sequence[Guest] = ()

    @property
    def banner(self) -> Line | None:
        """What every page says above all else."""
        return BANNER if self.guests else None


@dataclass(slots=True)
class ChatContext:
    """The parts of the chat page. `channel` is what sends through it, `run` what must run while it is open."""

    around: ChatDependencies
    limits: ChatLimits = field(default_factory=ChatLimits)
    sse_signals: SseSignals = field(default_factory=SseSignals)
    visitors: Visitors = field(init=False)
    addresses: Addresses = field(init=False)
    uploads: Uploads = field(init=False)
    notices: Notices = field(init=False)
    channel: WebChannel = field(init=False)
    assets: Assets = field(init=False)
    page: ChatPage = field(init=False)
    reader: TalkReader = field(init=False)

    def __post_init__(self) -> None:
        """Put the parts together; opens nothing, and makes the folder of incoming files.

        Raises:
            WrongProxy: LAPOR_TRUSTED_PROXIES names no address.
        """
        around = self.around
        key = PushKey(around.secret_key)
        is_secure = around.public_url.startswith("https://")
        subject = around.public_url if is_secure else "mailto:lapor@localhost"
        self.visitors = Visitors(around.secret_key, accepted(around.secret_key)[1:])
        self.addresses = Addresses.trusting(around.proxies)
        self.uploads = Uploads(around.incoming)
        self.uploads.make_folder()
        self.notices = Notices(around.database, key, subject, lambda visitor: self.sse_signals.pages_of(visitor) > 0)
        self.channel = WebChannel(self.sse_signals, self.notices.give)
        self.assets = static_assets()
        self.page = ChatPage(
            PageWords(around.texts, around.regency, around.banner), self.assets, around.zone, key.public
        )
        file_registry = FileRegistry(around.database, FileLinks(around.secret_key), around.clock)
        self.reader = TalkReader(
            around.database, file_registry, around.catalogue.languages, self._welcome, self._labels
        )

    def now(self) -> datetime:
        """The current time."""
        return self.around.clock()

    async def read(self, visitor: str, asked_language: str | None) -> ReadTalk:
        """Reads a visitor's talk, and the language it is shown in."""
        return await self.reader.read(visitor, asked_language)

    def language_buttons(self, visitor: str) -> list[WordedButton]:
        """Each language in its own words."""
        catalogue = self.around.catalogue
        outgoing = self._wording(visitor, catalogue.languages[0]).message(languages(catalogue), 0)
        return [button for row in outgoing.rows for button in row]

    async def answer_comes(self, visitor: str, within_seconds: float) -> bool:
        """Wait until everything that she sent is worked; False when it is not in time."""
        try:
            async with asyncio.timeout(within_seconds):
                with self.sse_signals.listen(visitor) as bell:
                    while await self.waits(visitor):
                        await bell.rings(LOOK_FOR_ANSWER_SECONDS)
        except (TimeoutError, SQLAlchemyError, OSError):
            return False
        return True

    async def run(self) -> None:
        """Give notices, and wake open pages for what other processes wrote, until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(keep_running(self.notices.run))
                tasks.create_task(keep_running(self._look_for_others))
        finally:
            self.sse_signals.close()

    async def waits(self, visitor: str) -> bool:
        """Whether an answer is still to come."""
        async with self.around.database.reading() as connection:
            return await waits_for_answer(connection, visitor)

    def _labels(self, visitor: str) -> dict[str, str]:
        """A language that was chosen above the talk has its words, too."""
        return {button.press: button.words for button in self.language_buttons(visitor)}

    def _welcome(self, visitor: str, language: str) -> OutboxMessage:
        return self._wording(visitor, language).message(welcome(), 0)

    def _wording(self, visitor: str, language: str) -> MessageRenderer:
        return MessageRenderer(self.around.texts, self.around.signer, visitor, language, plain=False)

    async def _look_for_others(self) -> None:
        """Rows may become visible in another order than they were numbered: each is looked for more than once."""
        known = list[Newest]()
        while True:
            try:
                async with self.around.database.reading() as connection:
                    if known:
                        for visitor in await visitors_since(connection, known[0]):
                            self.sse_signals.ring(visitor)
                    known = [*known[-2:], await newest(connection)]
            except (SQLAlchemyError, OSError) as error:
                log.warning("page_waits_for_database", error=type(error).__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)
