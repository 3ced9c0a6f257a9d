"""Queues what an agency's own system is to be told, in the same transaction as the event itself.

Where nobody has such a system it costs nothing but a look at the clock: addresses are read once in some seconds, and
only when something was done to a case.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.outcome import Done
from actions.privacy.visibility import is_confidential
from actions.store.integrations.webhooks import Hook, all_hooks, put_webhook_deliveries
from actions.store.messages.messages import Chat

READ_EVERY_SECONDS: Final = 5.0


@dataclass(slots=True)
class HookNotices:
    """The notifier of other systems."""

    now: Callable[[], float] = time.monotonic
    _hooks: Sequence[Hook] = ()
    _read_at: float = field(default=float("-inf"))

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """One letter for each event and each address of whoever has, or until now had, the case."""
        rows = [
            {"hook": hook.id, "ticket": done.case.ticket, "number": done.event.number, "created_at": at}
            for hook in await self._known(connection)
            for done in all_done
            if hook.agency in {done.before.agency, done.case.agency} and _is_for_others(done)
        ]
        await put_webhook_deliveries(connection, rows)
        return ()

    async def _known(self, connection: AsyncConnection) -> Sequence[Hook]:
        if self.now() - self._read_at >= READ_EVERY_SECONDS:
            self._hooks, self._read_at = await all_hooks(connection), self.now()
        return self._hooks


def _is_for_others(done: Done) -> bool:
    """A case of which a group of officers may know, or knew until now."""
    return not (is_confidential(done.case) and is_confidential(done.before))
