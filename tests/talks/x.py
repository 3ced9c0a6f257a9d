"""A talk by X: real delivery on SQLite, and an API that brings every direct message twice."""

from __future__ import annotations

import re
from functools import partial
from typing import Any, override

from httpx import AsyncClient

from actions.people.sign_in import Seals
from actions.regency.prices import Prices
from bot.channels.declaration import ChannelContext, ChannelState, OpenChannel
from bot.channels.x.declaration import X
from bot.channels.x.settings import XSettings
from bot.configuration.settings import ChannelSettings
from bot.messaging.channel_inbox import ChannelInbox
from bot.messaging.public_posts import SqlPublicPosts
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.reply_gate import ReplyGate, budget_of
from bot.messaging.sender import Sender
from bot.messaging.token_store import SqlTokenStore
from tests.fakes.channel_context import a_context
from tests.fakes.x import SITI, FakeX
from tests.talks.acts import Act, DaysPass, OfficeActs, Presses, Restarts
from tests.talks.database import days_pass, office_acts
from tests.talks.messages import Message
from tests.talks.plain_text import PlainChannel, PlainTextStage
from tests.talks.world import World, declared

NO_PRICES = Prices()
PLENTY = 100_000
BY_NUMBER = re.compile(r"Untuk menjawab, kirim (LP-[\w*]{4}-[\w*]{4}) ke sini")
"""Below news that can be answered: what can be pressed is shown once she sends that."""


def settings_of(provider: FakeX) -> XSettings:
    """Those that open the channel over this provider."""
    return XSettings(_env_file=None, **provider.settings)


class XStage(PlainTextStage):
    """Where a talk is held in direct messages; nobody waits for the provider's limits unless the test says so."""

    def __init__(self, world: World, prices: Prices = NO_PRICES, messages_a_quarter: int = PLENTY) -> None:
        self._prices = prices
        wall = lambda: world.clock().timestamp()  # noqa: E731 - as short as it is clear
        gateway = partial(FakeX, wall, messages_a_quarter=messages_a_quarter, messages_a_day=PLENTY)
        super().__init__(world, PlainChannel(X, gateway, settings_of, SITI), sends_codes_back=False)
        self._first_settings: XSettings | None = None
        self._answered_by = ""

    @property
    def provider(self) -> FakeX:
        """The other side."""
        found = self._gateway
        assert isinstance(found, FakeX)
        return found

    @property
    def web(self) -> AsyncClient:
        """Where the provider posts."""
        return self._web

    @property
    def state(self) -> ChannelState:
        """How it stands with the channel."""
        return self._opened.state()

    @property
    def opened(self) -> OpenChannel:
        """The channel."""
        return self._opened

    @property
    def posts(self) -> SqlPublicPosts:
        """Her public posts."""
        return SqlPublicPosts(self._database, X.name, self._world.clock, declared().regency.time_zone)

    def forgets_pauses(self) -> None:
        """Whole channels pause by a clock of the machine, which nobody here waits for."""
        self._sender.rate_limiter = RateLimiter()

    async def restarts(self) -> None:
        """End, and begin anew with the same settings."""
        await self._does(Restarts())

    async def sends(self) -> None:
        """Send what waits."""
        while await self._sender.send_waiting():
            await self._sender.settle()

    async def reads(self) -> list[Message]:
        """What the service answers to all that came."""
        return await self._is_answered()

    @override
    def _context(self, settings: ChannelSettings, inbox: ChannelInbox) -> ChannelContext[Any]:
        self._first_settings = self._first_settings or XSettings.model_validate(settings)
        return a_context(
            self._first_settings,
            inbox,
            self._world.clock,
            public_posts=self.posts,
            tokens=SqlTokenStore(self._database, X.name, Seals(b"a key", b"tokens of x")),
        )

    @override
    def _a_sender(self, opened: OpenChannel) -> Sender:
        self._opened = opened
        return Sender(
            self._database,
            opened.channel,
            RateLimiter(),
            self._sent_at,
            charges=X.abilities.charges,
            gate=ReplyGate(self._database, X.abilities.reply_window, budget_of(X.name, self._prices)),
        )

    @override
    async def _does(self, command: Act) -> None:
        match command:
            case OfficeActs():
                await office_acts(self._world, self._database, command)
            case DaysPass():
                await days_pass(self._world, self._database, command.days, self.sends)
            case Presses() if command.label not in self._numbers and self._answered_by:
                await self._writes(self._answered_by)
                await self._is_answered()
                await super()._does(command)
            case _:
                await super()._does(command)

    @override
    def _read(self) -> list[Message]:
        read = super()._read()
        for found in (BY_NUMBER.search(one.text) for one in read):
            self._answered_by = found[1] if found else self._answered_by
        return read
