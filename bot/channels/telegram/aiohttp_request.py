"""python-telegram-bot's calls over aiohttp, which take a fraction of the processor time that httpx takes.

What goes wrong is told by its kind alone: the address of every call holds the token.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from typing import Any, override
from urllib.parse import urlencode

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    TCPConnector,
)
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

PIECE_BYTES = 64 * 1024
AS_A_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OK, GONE = 200, frozenset({400, 404, 410})


class Unreached(NetworkError):
    """No connection came about, so Telegram has heard nothing of this call, nor would it of another."""


class AiohttpRequest(BaseRequest):
    """Calls the Bot API, sends files to it, and fetches files from it.

    Args:
        connections: how many calls may be under way at once; more wait for their turn.
        connect: seconds to wait for a connection.
        read: seconds of silence after which an answer is given up.
        proxy: address of the proxy to go through, if any.
    """

    def __init__(self, *, connections: int, connect: float, read: float, proxy: str | None = None) -> None:
        """Remember the limits; connections are opened by `initialize`."""
        self._connections = connections
        self._connect = connect
        self._read = read
        self._proxy = proxy
        self._session: ClientSession | None = None

    @property
    @override
    def read_timeout(self) -> float:
        return self._read

    @override
    async def initialize(self) -> None:
        if self._session is None:
            connector = TCPConnector(limit=self._connections)
            self._session = ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})

    @override
    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("the connections to Telegram are not open")
        connect = _seconds(connect_timeout, self._connect)
        limits = ClientTimeout(sock_connect=connect, sock_read=_seconds(read_timeout, self._read))
        data, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=limits, proxy=self._proxy, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (ClientError, OSError) as failure:
            raise _as_telegram_error(failure) from None

    async def stream(self, url: str) -> AsyncGenerator[bytes]:
        """A file, piece by piece, as it comes: it is never whole in memory.

        Raises:
            BadRequest: there is no such file (any more).
            NetworkError: Telegram could not be reached, broke off, kept silent, or has a fault.
        """
        if self._session is None:
            raise NetworkError("the connections to Telegram are not open")
        limits = ClientTimeout(sock_connect=self._connect, sock_read=self._read)
        as_it_is = {"Accept-Encoding": "identity"}
        try:
            async with self._session.get(
                url, headers=as_it_is, timeout=limits, proxy=self._proxy, allow_redirects=False
            ) as answer:
                if answer.status in GONE:
                    raise BadRequest("there is no such file")
                if answer.status != OK:
                    raise NetworkError(f"no file, but a {answer.status}")
                async for piece in answer.content.iter_chunked(PIECE_BYTES):
                    yield piece
        except (ClientError, OSError) as failure:
            raise _as_telegram_error(failure) from None

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the original, which writes what it cannot read, citizens' words too, into the log."""
        try:
            parsed: object = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError("the answer is no JSON") from None
        if not isinstance(parsed, dict) or not parsed.keys() & {"result", "description"}:
            raise TelegramError("the answer is none of the Bot API's")
        return parsed


def _body(asked: RequestData | None) -> tuple[bytes | FormData | None, Mapping[str, str]]:
    """What is asked, as a form; of several parts where a file goes with it."""
    if asked is None:
        return None, AS_A_FORM
    if not asked.contains_files:
        return urlencode(asked.json_parameters).encode(), AS_A_FORM
    form = FormData()
    for name, value in asked.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in asked.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form, {}


def _seconds(asked: object, otherwise: float) -> float | None:
    return otherwise if asked is BaseRequest.DEFAULT_NONE else asked  # type: ignore[return-value]


def _as_telegram_error(failure: Exception) -> TelegramError:
    kind = type(failure).__name__
    if isinstance(failure, ClientConnectorError | ConnectionTimeoutError):
        return Unreached(f"no connection ({kind})")
    if isinstance(failure, TimeoutError):
        return TimedOut(f"no answer in time ({kind})")
    return NetworkError(f"the connection broke ({kind})")
