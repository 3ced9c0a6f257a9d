"""Asks X's API: one request, one answer, and what a refusal or a used-up limit means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ConnectionTimeoutError
from pydantic import BaseModel, Field, ValidationError

from bot.channels.declaration import ON, ChannelState
from bot.channels.x.errors import RequestKind, meaning_of, read_refusal
from bot.channels.x.limits import seconds_until_more
from bot.channels.x.settings import XSettings
from bot.channels.x.tokens import XTokens
from bot.messaging.ports import NotNow, SendingFailed

UNREACHABLE: Final = ChannelState("unreachable", is_well=False)
LIMITED: Final = ChannelState("limited", is_well=False)


class _Made(BaseModel):
    id: str = Field(default="", validation_alias="dm_event_id")


class _MadePost(BaseModel):
    id: str = ""


class _MadeMessage(BaseModel):
    data: _Made


class _MadeReply(BaseModel):
    data: _MadePost


@dataclass(slots=True)
class XApi:
    """The API, as the account."""

    session: ClientSession
    settings: XSettings
    tokens: XTokens
    clock: Callable[[], datetime]
    _trouble: ChannelState = field(default=ON)
    _not_before: dict[RequestKind, float] = field(default_factory=dict)

    @property
    def state(self) -> ChannelState:
        """How it stands: what an admin must mend, or that X takes no messages for a while."""
        if self.tokens.state != ON:
            return self.tokens.state
        is_limited = self._not_before.get(RequestKind.MESSAGE, 0.0) > self._now
        return LIMITED if is_limited and self._trouble == ON else self._trouble

    @property
    def _now(self) -> float:
        return self.clock().timestamp()

    async def send_message(self, account: str, text: str) -> str:
        """Send a direct message; returns its id, "" where it was taken without one.

        Raises:
            SendingFailed: with what to do about it.
        """
        taken = await self._ask(RequestKind.MESSAGE, f"/dm_conversations/with/{account}/messages", {"text": text})
        try:
            return _MadeMessage.model_validate_json(taken).data.id
        except ValidationError:
            return ""  # it has gone all the same

    async def reply(self, post: str, text: str) -> str:
        """Answer a post where everybody reads it; returns the answer's id, "" where it was taken without one.

        Raises:
            SendingFailed: with what to do about it.
        """
        asked = {"text": text, "reply": {"in_reply_to_tweet_id": post}}
        taken = await self._ask(RequestKind.PUBLIC_REPLY, "/tweets", asked)
        try:
            return _MadeReply.model_validate_json(taken).data.id
        except ValidationError:
            return ""  # likewise

    async def _ask(self, kind: RequestKind, path: str, asked: Mapping[str, Any]) -> bytes:
        if (left := self._not_before.get(kind, 0.0) - self._now) > 0:
            raise _wait(kind, left)
        token = await self.tokens.access_token()
        try:
            async with self._request(path, asked, token) as answer:
                body: bytes = await answer.read()
        except (ClientError, OSError) as error:
            is_away = isinstance(error, ClientConnectorError | ConnectionTimeoutError)
            self._trouble = UNREACHABLE if is_away else self._trouble
            raise NotNow(1.0, everybody=is_away) from None
        wait = seconds_until_more(answer.headers, self._now)
        if wait:
            self._not_before[kind] = self._now + wait
        if answer.status not in range(200, 300):
            raise self._failure(kind, answer.status, body, wait, token)
        self._trouble = ON
        return body

    def _request(self, path: str, asked: Mapping[str, Any], token: str) -> AbstractAsyncContextManager[ClientResponse]:
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self.settings.x_api_url}{path}"
        return self.session.post(url, headers=headers, json=dict(asked), allow_redirects=False)

    def _failure(self, kind: RequestKind, status: int, body: bytes, wait: float | None, token: str) -> SendingFailed:
        meaning = meaning_of(status, read_refusal(body), kind)
        if status == HTTPStatus.UNAUTHORIZED:
            self.tokens.is_spent(token)
        if meaning.trouble:
            self._trouble = ChannelState(meaning.trouble, is_well=False)
        elif status == HTTPStatus.TOO_MANY_REQUESTS and wait:
            return _wait(kind, wait)
        return meaning.failure


def _wait(kind: RequestKind, seconds: float) -> NotNow:
    """X has named the moment; where no message may go, nobody's goes before it."""
    return NotNow(seconds, everybody=kind is RequestKind.MESSAGE, asked=True)
