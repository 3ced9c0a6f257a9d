"""Asks Meta's Graph API: one request, one answer, and what an error in it means."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ConnectionTimeoutError, FormData
from pydantic import BaseModel, Field, ValidationError

from bot.channels.declaration import ON, ChannelState
from bot.channels.meta.errors import as_sending_failed, meaning_of
from bot.channels.meta.settings import WhatsAppSettings
from bot.messaging.ports import NotNow, SendingFailed

PIECE_BYTES: Final = 256 * 1024
OK: Final = 200
CODE_OF_STATUS: Final = {401: 190, 429: 130429}
"""What an answer without a code means."""
UNREACHABLE: Final = ChannelState("unreachable", is_well=False)


class GraphError(BaseModel):
    """What the API says in the place of an answer."""

    code: int = -1


class _Refusal(BaseModel):
    error: GraphError


class SentMessage(BaseModel):
    """The id of a message that was taken."""

    id: str = Field(min_length=1)


class SentMessages(BaseModel):
    """What the API says of a message that it has taken."""

    messages: list[SentMessage] = Field(min_length=1)


class UploadedMedia(BaseModel):
    """The id of a file that was taken."""

    id: str = Field(min_length=1)


class MediaAddress(BaseModel):
    """Where a file can be fetched for some minutes."""

    url: str


class AccountTemplate(BaseModel):
    """A template as the account has it."""

    name: str
    language: str
    status: str
    components: list[dict[str, Any]] = Field(default_factory=list)


class TemplatePage(BaseModel):
    """The templates of an account; `paging` names the next page."""

    data: list[AccountTemplate]
    paging: dict[str, Any] = Field(default_factory=dict)


class SubscribedApps(BaseModel):
    """The apps that are posted what comes for an account."""

    data: list[dict[str, Any]]


class FileRefusedByGraph(Exception):
    """A file is not given out; `status` is that of HTTP, 0 where nobody answered."""

    def __init__(self, status: int) -> None:
        """Keeps the status."""
        super().__init__(f"status {status}")
        self.status = status


@dataclass(slots=True)
class GraphApi:
    """The API, with the token of the number.

    Attributes:
        state: how it stands: the trouble of the last error that an admin must mend, until something is taken again.
    """

    session: ClientSession
    settings: WhatsAppSettings
    state: ChannelState = field(default=ON)

    async def post_message(self, payload: Mapping[str, Any]) -> str:
        """Post a message; returns its id, "" where it was taken without one.

        Raises:
            SendingFailed: with what to do about it.
        """
        url = f"{self.settings.meta_api_url}/{self.settings.phone_id}/messages"
        taken = await self._ask("POST", url, json=dict(payload))
        try:
            return SentMessages.model_validate_json(taken).messages[0].id
        except ValidationError:
            return ""  # it has gone all the same: nothing is heard of what became of it

    async def upload(self, name: str, media_type: str, content: bytes) -> str:
        """Give it a file; returns the id under which it can be sent.

        Raises:
            SendingFailed: with what to do about it.
        """
        form = FormData({"messaging_product": "whatsapp", "type": media_type})
        form.add_field("file", content, filename=name, content_type=media_type)
        url = f"{self.settings.meta_api_url}/{self.settings.phone_id}/media"
        return _read(UploadedMedia, await self._ask("POST", url, data=form)).id

    async def has_webhook(self) -> bool:
        """Whether an app is subscribed to what comes for the account.

        Raises:
            SendingFailed: that cannot be read.
        """
        url = f"{self.settings.meta_api_url}/{self.settings.whatsapp_account_id}/subscribed_apps"
        return bool(_read(SubscribedApps, await self._ask("GET", url)).data)

    async def look_at_number(self) -> None:
        """Ask for the number itself: whether the token opens it.

        Raises:
            SendingFailed: it does not, or nobody answers.
        """
        await self._ask("GET", f"{self.settings.meta_api_url}/{self.settings.phone_id}?fields=id")

    async def templates(self) -> list[AccountTemplate]:
        """The templates of the account.

        Raises:
            SendingFailed: they cannot be read.
        """
        account = self.settings.whatsapp_account_id
        url: str | None = f"{self.settings.meta_api_url}/{account}/message_templates?limit=100"
        found = list[AccountTemplate]()
        while url:
            page = _read(TemplatePage, await self._ask("GET", url))
            found += page.data
            following = page.paging.get("next")
            url = following if isinstance(following, str) and self._is_ours(following) else None
        return found

    async def media(self, media_id: str) -> AsyncGenerator[bytes]:
        """A file, piece by piece; its address is asked for anew each time, since it is good for minutes only.

        Raises:
            FileRefusedByGraph: it is not given out.
        """
        try:
            async with self._request("GET", f"{self.settings.meta_api_url}/{media_id}") as answer:
                if answer.status != OK:
                    raise FileRefusedByGraph(answer.status)
                address = MediaAddress.model_validate_json(await answer.read()).url
            if not self._is_ours(address):
                raise FileRefusedByGraph(403)
            async with self._request("GET", address) as answer:
                if answer.status != OK:
                    raise FileRefusedByGraph(answer.status)
                async for piece in answer.content.iter_chunked(PIECE_BYTES):
                    yield piece
        except (ClientError, OSError, ValidationError):
            raise FileRefusedByGraph(0) from None

    def _is_ours(self, address: str) -> bool:
        """Whether the token may be shown there: over TLS, or where the API itself is."""
        asked, api = urlsplit(address), urlsplit(self.settings.meta_api_url)
        return asked.scheme == "https" or (asked.scheme, asked.netloc) == (api.scheme, api.netloc)

    def _request(
        self, method: str, url: str, json: Mapping[str, Any] | None = None, data: FormData | None = None
    ) -> AbstractAsyncContextManager[ClientResponse]:
        headers = {"Authorization": f"Bearer {self.settings.token}"}
        return self.session.request(method, url, headers=headers, allow_redirects=False, json=json, data=data)

    async def _ask(
        self, method: str, url: str, json: Mapping[str, Any] | None = None, data: FormData | None = None
    ) -> bytes:
        try:
            async with self._request(method, url, json, data) as answer:
                body: bytes = await answer.read()
                if answer.status not in range(200, 300):
                    raise self._failure(answer.status, body, answer.headers.get("Retry-After", ""))
        except (ClientError, OSError) as error:
            is_away = isinstance(error, ClientConnectorError | ConnectionTimeoutError)
            self.state = UNREACHABLE if is_away else self.state
            raise NotNow(1.0, everybody=is_away) from None
        self.state = ON
        return body

    def _failure(self, status: int, body: bytes, wait: str) -> SendingFailed:
        """What an error means: by its code, else by the status."""
        try:
            code = _Refusal.model_validate_json(body).error.code
        except ValidationError:
            code = CODE_OF_STATUS.get(status, -1)
        if trouble := meaning_of(code).trouble:
            self.state = ChannelState(trouble, is_well=False)
        return as_sending_failed(code, float(wait) if wait.isdecimal() else None)


def _read[A: BaseModel](kind: type[A], body: bytes) -> A:
    """An answer.

    Raises:
        NotNow: it cannot be read.
    """
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        raise NotNow(5.0) from None
