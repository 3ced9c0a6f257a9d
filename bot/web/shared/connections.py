"""Connections that end: deadlines for heads and bodies of requests, and for answers that nobody reads.

uvicorn has a time-out between requests and none within one. Behind a proxy that is trusted its own deadlines come
first (`deploy/nginx.conf`).
"""

from __future__ import annotations

import asyncio
from enum import Enum
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.web.shared.connection_limits import Connections

HEAD_SECONDS: Final = 10.0
"""So long a request's head may take, however it trickles in."""
BODY_LOOK_SECONDS: Final = 30.0
SLOWEST_BODY_BYTES_A_SECOND: Final = 500
"""As Apache's mod_reqtimeout has it: a photo over the slowest telephone comes faster."""
ANSWER_STALLS_SECONDS: Final = 120.0
"""So long whoever asked may leave an answer unread."""
TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Phase(Enum):
    """What a connection waits for from its other end."""

    HEAD = "head"
    BODY = "body"
    NOTHING = "nothing"


class GuardedProtocol(H11Protocol):
    """uvicorn's protocol, with an end to everything that it waits for."""

    def __init__(self, guard: Connections, **given: Any) -> None:  # noqa: ANN401 - uvicorn's own
        """Count against `guard`; the rest is uvicorn's."""
        super().__init__(**given)
        self._guard = guard
        self._phase = Phase.NOTHING
        self._received = 0
        self._timer: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it in, or hang up."""
        super().connection_made(transport)
        if self._guard.admit(self, self.client[0] if self.client else ""):
            self._follow()
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._enter(Phase.NOTHING)
        self._cancel_unread()
        self._guard.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Go on with a request."""
        if self.transport.is_closing():
            return
        self._received += len(data)
        super().data_received(data)
        self._follow()

    def on_response_complete(self) -> None:
        """An answer is out; the next request may come."""
        super().on_response_complete()
        self._follow()

    def pause_writing(self) -> None:
        """Whoever asked does not read; that has an end, too."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(ANSWER_STALLS_SECONDS, self.give_up)

    def resume_writing(self) -> None:
        """She reads on."""
        self._cancel_unread()
        super().resume_writing()

    def give_up(self) -> None:
        """End it without another word."""
        self.transport.abort()

    def _follow(self) -> None:
        if self.transport.is_closing():
            self._enter(Phase.NOTHING)
        elif self.conn.their_state is h11.IDLE and self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            self._enter(Phase.HEAD)
        else:
            self._enter(Phase.BODY if self.conn.their_state is h11.SEND_BODY else Phase.NOTHING)

    def _enter(self, phase: Phase) -> None:
        if phase is self._phase:
            return
        self._phase, self._received = phase, 0
        self._guard.waits(self, for_head=phase is Phase.HEAD)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if phase is Phase.HEAD:
            self._timer = self.loop.call_later(HEAD_SECONDS, self._head_is_late)
        elif phase is Phase.BODY:
            self._timer = self.loop.call_later(BODY_LOOK_SECONDS, self._look_at_body)

    def _head_is_late(self) -> None:
        self._timer = None
        if self.transport.is_closing():
            return
        if self.conn.trailing_data[0]:  # a part of a head
            self.transport.write(TOO_SLOW)
        self.transport.close()

    def _look_at_body(self) -> None:
        """While we do not read, nobody can send."""
        self._timer = None
        is_slow = self._received < BODY_LOOK_SECONDS * SLOWEST_BODY_BYTES_A_SECOND
        if is_slow and not self.flow.read_paused:
            self.give_up()
            return
        self._received = 0
        self._timer = self.loop.call_later(BODY_LOOK_SECONDS, self._look_at_body)

    def _cancel_unread(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None
