"""Says in the log what somebody who runs the service must mend: an agency that nobody works for gets no cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.outcome import Done
from actions.store.messages.messages import Chat

log = structlog.get_logger()


class LoggedAlerts:
    """A notifier that writes to no chat."""

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """A line for each agency that was passed over."""
        del connection, at
        for done in all_done:
            for agency in done.passed_over:
                log.warning("agency_without_liaison", agency=agency, held_by=done.case.agency)
        return ()
