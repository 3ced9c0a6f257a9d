"""Tokens that a provider exchanges, kept in the database: sealed, and changed by one process at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions.people.sign_in import BrokenSeal, Seals
from actions.store.engine.database import Database
from actions.store.messages.channel_tokens import TokenRow, tokens_of, write_tokens
from bot.messaging.ports import RotatingTokens, TokensUnavailable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SqlTokenStore:
    """`TokenStore` of one channel."""

    database: Database
    channel: str
    seals: Seals

    async def load(self) -> RotatingTokens | None:
        """Implements the method of `TokenStore`."""
        try:
            async with self.database.reading() as connection:
                row = await tokens_of(connection, self.channel)
        except (SQLAlchemyError, OSError) as error:
            raise TokensUnavailable(type(error).__name__) from error
        return self._opened(row) if row else None

    def _opened(self, row: TokenRow) -> RotatingTokens:
        try:
            refresh, access = self.seals.opened(row.refresh_token), self.seals.opened(row.access_token)
        except BrokenSeal:
            log.error("channel_tokens_unreadable", channel=self.channel)
            return RotatingTokens(tuple(row.seeds.split()), "", is_lost=True, version=row.version)
        return RotatingTokens(
            tuple(row.seeds.split()),
            refresh,
            access,
            row.renew_at,
            row.ends_at,
            row.refreshing_since,
            row.is_lost,
            row.version,
        )

    async def write(self, tokens: RotatingTokens) -> RotatingTokens | None:
        """Implements the method of `TokenStore`."""
        following = replace(tokens, version=tokens.version + 1)
        row = TokenRow(
            following.version,
            " ".join(following.seeds),
            self.seals.sealed(following.refresh_token),
            self.seals.sealed(following.access_token),
            following.renew_at,
            following.ends_at,
            following.refreshing_since,
            following.is_lost,
        )
        try:
            async with self.database.writing() as connection:
                is_written = await write_tokens(connection, self.channel, row, tokens.version)
        except (SQLAlchemyError, OSError) as error:
            raise TokensUnavailable(type(error).__name__) from error
        return following if is_written else None
