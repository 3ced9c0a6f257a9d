"""Connections that end: deadlines for heads and bodies of requests and for answers, and limits of how many are open.

uvicorn has a time-out between requests and none within one. Behind a proxy that is trusted its own deadlines come
first (`deploy/nginx.conf`), and only the limit of all connections counts here.
"""

from __future__ import annotations

import asyncio
import resource
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.web.shared.client_address import Addresses, counted_address

HEAD_SECONDS: Final = 10.0
"""So long a request's head may take, however it trickles in."""
BODY_LOOK_SECONDS: Final = 30.0
SLOWEST_BODY_BYTES_A_SECOND: Final = 500
"""As Apache's mod_reqtimeout has it: a photo over the slowest telephone comes faster."""
ANSWER_STALLS_SECONDS: Final = 120.0
"""So long whoever asked may leave an answer unread."""
OTHER_DESCRIPTORS: Final = 256
"""For the database, files, children and our own requests to others, whatever strangers hold open."""
MOST_CONNECTIONS: Final = 4_096
TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Phase(Enum):
    """What a connection waits for from its other end."""

    HEAD = "head"
    BODY = "body"
    NOTHING = "nothing"


@dataclass(slots=True)
class Group:
    """Connections that are counted together; `waiting`: those without a whole head, the oldest first."""

    count: int = 0
    waiting: OrderedDict[GuardedProtocol, None] = field(default_factory=OrderedDict)


@dataclass(slots=True)
class Connections:
    """All that are open, and those of each address.

    Where there are as many as there may be, the one that has waited longest for its head makes room: who floods us
    with unfinished requests pushes out her own.

    Attributes:
        most: of all together.
        most_of_address: of one address that is no trusted proxy's.
        is_proxy: whether this address is one.
    """

    most: int
    most_of_address: int
    is_proxy: Callable[[str], bool]
    _all: Group = field(default_factory=Group)
    _of_address: dict[str, Group] = field(default_factory=dict)
    _address_of: dict[GuardedProtocol, str] = field(default_factory=dict)

    @classmethod
    def allowed(cls, addresses: Addresses) -> Connections:
        """As many as the descriptors of this process allow; one address has half of them."""
        descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        left = max(descriptors - OTHER_DESCRIPTORS, descriptors // 2, 2)
        most = MOST_CONNECTIONS if descriptors == resource.RLIM_INFINITY else min(left, MOST_CONNECTIONS)
        return cls(most, most // 2, addresses.is_trusted)

    def __len__(self) -> int:
        """How many are open."""
        return self._all.count

    def admit(self, connection: GuardedProtocol, peer: str) -> bool:
        """Count one more; False where there is no room, and none can be made."""
        address = "" if self.is_proxy(peer) else counted_address(peer)
        limits = [(self._all, self.most)]
        if address:
            limits.append((self._of_address.get(address, Group()), self.most_of_address))
        for group, most in limits:
            if group.count >= most and not self._makes_room(group):
                return False
        self._address_of[connection] = address
        for group in self._groups(address):
            group.count += 1
        return True

    def waits(self, connection: GuardedProtocol, *, for_head: bool) -> None:
        """Note whether a connection is without a whole head."""
        if (address := self._address_of.get(connection)) is None:
            return
        for group in self._groups(address):
            if for_head:
                group.waiting[connection] = None
            else:
                group.waiting.pop(connection, None)

    def leave(self, connection: GuardedProtocol) -> None:
        """It is closed, or will be at once."""
        self.waits(connection, for_head=False)
        if (address := self._address_of.pop(connection, None)) is None:
            return
        for group in self._groups(address):
            group.count -= 1
        if address and not self._of_address[address].count:
            del self._of_address[address]

    def _makes_room(self, group: Group) -> bool:
        oldest = next(iter(group.waiting), None)
        if oldest is None:
            return False
        self.leave(oldest)
        oldest.give_up()
        return True

    def _groups(self, address: str) -> list[Group]:
        return [self._all, self._of_address.setdefault(address, Group())] if address else [self._all]


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
