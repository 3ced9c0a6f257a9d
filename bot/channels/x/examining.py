"""Looks at the account at X, as `lapor doctor` does: with the token that the service keeps, and exchanges none."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout
from pydantic import BaseModel, Field, ValidationError

from bot.channels.declaration import ChannelFinding, Examination
from bot.channels.x.routes import MENTIONED, RECEIVED
from bot.channels.x.settings import XSettings
from bot.channels.x.token_plan import beginning_with, is_in_doubt, is_usable
from bot.messaging.ports import RotatingTokens, TokensUnavailable

PATIENCE: Final = ClientTimeout(total=10)
ANEW: Final = "let the app act for the account again, and set the new LAPOR_X_REFRESH_TOKEN in .env"
WANTED: Final = (RECEIVED, MENTIONED)


class RegisteredWebhook(BaseModel):
    """An address to which the app has X post; `valid`: it answered the last challenge."""

    url: str
    valid: bool = False


class _Webhooks(BaseModel):
    data: list[RegisteredWebhook] = Field(default_factory=list)


class _Filter(BaseModel):
    user_id: str = ""


class ActivitySubscription(BaseModel):
    """What X posts, and of whom."""

    event_type: str
    filter: _Filter = Field(default_factory=_Filter)


class _Subscriptions(BaseModel):
    data: list[ActivitySubscription] = Field(default_factory=list)


class _AppUser(BaseModel):
    id: str


class _Me(BaseModel):
    data: _AppUser


async def examine_x(settings: XSettings, given: Examination) -> Sequence[ChannelFinding]:
    """The tokens, the account they open, and what X posts where."""
    try:
        stored = await given.tokens.load()
    except TokensUnavailable:
        return [_bad("the database does not tell the tokens.")]
    tokens = beginning_with(settings.refresh_token, stored)
    async with ClientSession(timeout=PATIENCE) as session:
        found = [await _token(session, settings, tokens, given)]
        if not settings.app_token:
            return [*found, _bad("set LAPOR_X_APP_TOKEN to have the webhook looked at too.")]
        return [*found, *await _webhook(session, settings, given)]


def _bad(words: str) -> ChannelFinding:
    return ChannelFinding(is_good=False, words=f"X: {words}")


def _good(words: str) -> ChannelFinding:
    return ChannelFinding(is_good=True, words=f"X: {words}")


async def _token(
    session: ClientSession, settings: XSettings, tokens: RotatingTokens, given: Examination
) -> ChannelFinding:
    now = given.clock()
    if tokens.is_lost:
        return _bad(f"takes the refresh token no more: {ANEW}.")
    if is_in_doubt(tokens, now):
        return _bad(f"a token was used and the answer never came, so it may be lost: {ANEW}, before answers stop.")
    if not tokens.access_token:
        return _good("the token is new: ./lapor start exchanges it.")
    if not is_usable(tokens, now):
        return _bad("the token has run out: is ./lapor start running? It exchanges it in time.")
    body = await _asked(session, f"{settings.x_api_url}/users/me", tokens.access_token)
    try:
        account = _Me.model_validate_json(body or b"").data.id
    except ValidationError:
        return _bad(f"does not take the token: look at the app's rights, or {ANEW}.")
    if account != settings.user_id:
        return _bad(f"the token is for the account {account}, and LAPOR_X_USER_ID is {settings.user_id}.")
    return _good("takes the token for the account.")


async def _webhook(session: ClientSession, settings: XSettings, given: Examination) -> list[ChannelFinding]:
    ours = f"{given.public_url}/x"
    try:
        hooks = _Webhooks.model_validate_json(
            await _asked(session, f"{settings.x_api_url}/webhooks", settings.app_token) or b""
        ).data
        subscribed = _Subscriptions.model_validate_json(
            await _asked(session, f"{settings.x_api_url}/activity/subscriptions", settings.app_token) or b""
        ).data
    except ValidationError:
        return [_bad("does not show the webhook: check LAPOR_X_APP_TOKEN.")]
    found = [one for one in hooks if one.url == ours]
    missing = set(WANTED) - {one.event_type for one in subscribed if one.filter.user_id == settings.user_id}
    return [
        _of_hook(found, ours),
        *(_bad(f"nobody is subscribed to {kind} of the account.") for kind in sorted(missing)),
    ]


def _of_hook(found: Sequence[RegisteredWebhook], ours: str) -> ChannelFinding:
    if not found:
        return _bad(f"no webhook leads to {ours}: register it as docs/x.md says.")
    if not any(one.valid for one in found):
        return _bad(f"{ours} did not answer the last challenge, so nothing is posted: look at the proxy.")
    return _good(f"posts to {ours}.")


async def _asked(session: ClientSession, url: str, token: str) -> bytes | None:
    """An answer; None where there is none, or it is a refusal."""
    headers = {"Authorization": f"Bearer {token}"}
    try:
        async with session.get(url, headers=headers, allow_redirects=False) as answer:
            return await answer.read() if answer.status == HTTPStatus.OK else None
    except (ClientError, OSError):
        return None
