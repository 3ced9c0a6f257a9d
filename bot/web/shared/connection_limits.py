"""How many connections may be open: of all together, and of each address. Who waits longest makes room for others."""

from __future__ import annotations

import resource
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.web.shared.client_address import Addresses, counted_address

OTHER_DESCRIPTORS: Final = 256
"""For the database, files, children and our own requests to others, whatever strangers hold open."""
MOST_CONNECTIONS: Final = 4_096


class Connection(Protocol):
    """One that can be ended."""

    def give_up(self) -> None:
        """End it without another word."""
        ...


@dataclass(slots=True)
class Group:
    """Connections that are counted together; `waiting`: those without a whole head, the oldest first."""

    count: int = 0
    waiting: OrderedDict[Connection, None] = field(default_factory=OrderedDict)


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
    _address_of: dict[Connection, str] = field(default_factory=dict)

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

    def admit(self, connection: Connection, peer: str) -> bool:
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

    def waits(self, connection: Connection, *, for_head: bool) -> None:
        """Note whether a connection is without a whole head."""
        if (address := self._address_of.get(connection)) is None:
            return
        for group in self._groups(address):
            if for_head:
                group.waiting[connection] = None
            else:
                group.waiting.pop(connection, None)

    def leave(self, connection: Connection) -> None:
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
