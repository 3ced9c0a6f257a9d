"""Exchanges a refresh token for the next pair (RFC 6749, section 6), and tells apart what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from aiohttp import ClientConnectorError, ClientError, ClientSession, ConnectionTimeoutError, encode_basic_auth
from pydantic import BaseModel, Field, ValidationError

from bot.channels.x.settings import XSettings

OF_THE_CLIENT: Final = frozenset({"invalid_client", "unauthorized_client"})


class ExchangeFailed(Exception):
    """It is not known whether the token was used: no answer came, or one that says nothing."""


class NothingSent(ExchangeFailed):
    """Nobody heard of it: the token is as good as before."""


class ClientRefused(ExchangeFailed):
    """The app's id or secret is wrong: the token is as good as before."""


class ExchangeLost(ExchangeFailed):
    """The token is good no more."""


class IssuedTokens(BaseModel):
    """What X gives for a refresh token."""

    access_token: str = Field(min_length=1)
    refresh_token: str = Field(min_length=1)
    expires_in: float = Field(default=7200.0, gt=0)


class OAuthRefusal(BaseModel):
    """What it says in the place of tokens."""

    error: str = ""


@dataclass(frozen=True, slots=True)
class TokenExchange:
    """The token endpoint, for one app."""

    session: ClientSession
    settings: XSettings

    async def refresh(self, refresh_token: str) -> IssuedTokens:
        """Use a refresh token.

        Raises:
            ExchangeFailed: as its subclasses say, or without one: it is not known what became of it.
        """
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": self.settings.client_id}
        headers = {"Authorization": encode_basic_auth(self.settings.client_id, self.settings.client_secret, "utf-8")}
        url = f"{self.settings.x_api_url}/oauth2/token"
        try:
            async with self.session.post(url, data=form, headers=headers, allow_redirects=False) as answer:
                status, body = answer.status, await answer.read()
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise NothingSent(type(error).__name__) from None
        except (ClientError, OSError) as error:
            raise ExchangeFailed(type(error).__name__) from None
        if status == HTTPStatus.OK:
            return _issued(body)
        raise _failure(status, body)


def _issued(body: bytes) -> IssuedTokens:
    try:
        return IssuedTokens.model_validate_json(body)
    except ValidationError:
        raise ExchangeFailed("an answer without tokens") from None


def _failure(status: int, body: bytes) -> ExchangeFailed:
    try:
        error = OAuthRefusal.model_validate_json(body).error
    except ValidationError:
        error = ""
    if error in OF_THE_CLIENT or status == HTTPStatus.UNAUTHORIZED:
        return ClientRefused(error)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return NothingSent(f"status {status}")
    return ExchangeLost(error) if status == HTTPStatus.BAD_REQUEST else ExchangeFailed(f"status {status}")
