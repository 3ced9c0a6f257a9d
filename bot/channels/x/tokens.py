"""Keeps the access token of the account good: exchanges it in time, and says when only a person can."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.channels.declaration import ON, ChannelState, Leader
from bot.channels.x.oauth import (
    ClientRefused,
    ExchangeFailed,
    ExchangeLost,
    IssuedTokens,
    NothingSent,
    TokenExchange,
)
from bot.channels.x.settings import XSettings
from bot.channels.x.token_plan import TokenStep, beginning_with, exchanged, is_in_doubt, is_usable, next_step
from bot.messaging.ports import NotNow, RotatingTokens, TokenStore, TokensUnavailable

log = structlog.get_logger()

LOOK_EVERY_SECONDS: Final = 5.0
LOST: Final = ChannelState("token_lost", is_well=False)
IN_DOUBT: Final = ChannelState("token_in_doubt", is_well=False)
REFUSED: Final = ChannelState("refused", is_well=False)
UNREACHABLE: Final = ChannelState("unreachable", is_well=False)


@dataclass(slots=True)
class XTokens:
    """The tokens of the account, for this process.

    Attributes:
        state: how it stands with them.
    """

    store: TokenStore
    exchange: TokenExchange
    settings: XSettings
    clock: Callable[[], datetime]
    state: ChannelState = field(default=ON)
    _trouble: ChannelState = field(default=ON)
    _known: RotatingTokens | None = None
    _unwritten: RotatingTokens | None = None
    _spent: str = ""
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def access_token(self) -> str:
        """The access token, exchanged before where that is due.

        Raises:
            NotNow: there is none that is good.
        """
        async with self._lock:
            tokens = await self._loaded()
            step = next_step(tokens, self.clock())
            if step is TokenStep.REFRESH:
                tokens = await self._refreshed(tokens)
            self._tell(tokens)
        if not self._is_good(tokens):
            raise NotNow(5.0, everybody=True)
        return tokens.access_token

    def is_spent(self, token: str) -> None:
        """X does not take this access token any more, whatever it said of its end."""
        self._spent = token

    async def look(self, *, may_refresh: bool) -> None:
        """See how it stands, and exchange what is due where this process may."""
        async with self._lock:
            try:
                tokens = await self._loaded()
                if may_refresh and next_step(tokens, self.clock()) is TokenStep.REFRESH:
                    tokens = await self._refreshed(tokens)
            except NotNow:
                return
            self._tell(tokens)

    async def keep(self, leader: Leader) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.look(may_refresh=leader.is_held)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    def _is_good(self, tokens: RotatingTokens) -> bool:
        return is_usable(tokens, self.clock())

    async def _loaded(self) -> RotatingTokens:
        """What is in force.

        Raises:
            NotNow: the database does not answer.
        """
        await self._write_what_is_not_written()
        if self._unwritten:
            return self._unwritten
        try:
            stored = await self.store.load()
        except TokensUnavailable:
            if self._known:
                return self._known
            raise NotNow(1.0, everybody=True) from None
        self._known = tokens = beginning_with(self.settings.refresh_token, stored)
        return replace(tokens, access_token="") if tokens.access_token == self._spent else tokens

    async def _refreshed(self, tokens: RotatingTokens) -> RotatingTokens:
        """The tokens after an exchange, or as they are where there was none."""
        began = await self._written(replace(tokens, refreshing_since=self.clock()))
        if began is None:
            return tokens
        try:
            issued = await self.exchange.refresh(tokens.refresh_token)
        except (NothingSent, ClientRefused) as failure:
            self._trouble = REFUSED if isinstance(failure, ClientRefused) else UNREACHABLE
            return await self._written(replace(began, refreshing_since=tokens.refreshing_since)) or began
        except ExchangeLost:
            log.error("x_token_lost")
            return await self._written(replace(began, refreshing_since=None, is_lost=True)) or began
        except ExchangeFailed as failure:
            log.error("x_token_in_doubt", error=str(failure))
            return began
        self._trouble = ON
        return await self._kept(began, issued)

    async def _kept(self, began: RotatingTokens, issued: IssuedTokens) -> RotatingTokens:
        """What X gave, written before anything else; where the database is away, tried again at each look."""
        lifetime = timedelta(seconds=issued.expires_in)
        self._unwritten = exchanged(began, issued.access_token, issued.refresh_token, lifetime, self.clock())
        await self._write_what_is_not_written()
        return self._unwritten or self._known or began

    async def _write_what_is_not_written(self) -> None:
        if self._unwritten is None:
            return
        try:
            written = await self.store.write(self._unwritten)
        except TokensUnavailable:
            log.error("x_token_not_written")
            return
        self._known, self._unwritten = written or self._unwritten, None

    async def _written(self, tokens: RotatingTokens) -> RotatingTokens | None:
        try:
            return await self.store.write(tokens)
        except TokensUnavailable:
            return None

    def _tell(self, tokens: RotatingTokens) -> None:
        """What only a person can mend; that X is away matters once there is no good token left."""
        if tokens.is_lost:
            self.state = LOST
        elif is_in_doubt(tokens, self.clock()):
            self.state = IN_DOUBT
        else:
            is_mended = self._trouble == UNREACHABLE and self._is_good(tokens)
            self.state = ON if is_mended else self._trouble
