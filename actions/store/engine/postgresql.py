"""How a PostgreSQL server is spoken to: nothing outlives a transaction, so that any pooler may stand between.

A pooler may give each transaction another session of the server. So what holds in a session is said anew in the message
that begins a transaction, no statement is prepared, and no start-up parameter is sent that poolers do not know.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from sqlalchemy import URL, ExceptionContext, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECT_SECONDS = 3
"""How long a server may take to be reached; whoever connects tries again later."""
GONE_AFTER: Final = {"idle": "5", "interval": "2", "count": "2"}
"""Seconds, seconds and times after which either end notices that the other's machine is gone: a process does not wait
for it, and a server ends a transaction and lets go of what it held."""
GONE_AFTER_MILLISECONDS: Final = "8000"
CONNECTION: Final = {
    "connect_timeout": str(CONNECT_SECONDS),
    "application_name": "lapor",
    "client_encoding": "UTF8",
    **{f"keepalives_{name}": value for name, value in GONE_AFTER.items()},
    "tcp_user_timeout": GONE_AFTER_MILLISECONDS,
}
"""How a server is connected to, unless the address says otherwise."""
DRIVER: Final = {"autocommit": True, "prepare_threshold": None}
"""Transactions are begun by us, and nothing is prepared that another session would not know."""
TRANSACTION: Final = {
    "timezone": "UTC",
    "statement_timeout": "30000",
    "idle_in_transaction_session_timeout": "30000",
    **{f"tcp_keepalives_{name}": value for name, value in GONE_AFTER.items()},
    "tcp_user_timeout": GONE_AFTER_MILLISECONDS,
}
"""What holds in each transaction, whatever the session is; times in milliseconds."""
NO_PRIMARY: Final = "25006"
"""SQLSTATE of a write on a server that can only be read, such as one that was the primary until now."""


def postgresql_engine(url: URL, busy_seconds: float) -> AsyncEngine:
    """The engine of this address, whose transactions wait so long for what another holds."""
    missing = {name: value for name, value in CONNECTION.items() if name not in url.query}
    engine = create_async_engine(
        url.update_query_dict(missing),
        pool_size=5,
        max_overflow=10,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=DRIVER,
    )
    event.listen(engine.sync_engine, "begin", partial(_begin, _beginning(busy_seconds)))
    event.listen(engine.sync_engine, "handle_error", _leave_who_is_no_primary)
    return engine


def _beginning(busy_seconds: float) -> str:
    """One message with all that is said at the start of a transaction: no way to the server more than `BEGIN` takes."""
    wanted = TRANSACTION | {"lock_timeout": f"{busy_seconds * 1000:.0f}"}
    return "; ".join(("BEGIN", *(f"SET LOCAL {name} = '{value}'" for name, value in wanted.items())))


def _begin(beginning: str, connection: Any) -> None:  # noqa: ANN401 - as SQLAlchemy hands it to listeners
    connection.exec_driver_sql(beginning)


def _leave_who_is_no_primary(context: ExceptionContext) -> None:
    """The database is away, and no connection to that server is used again: the next may lead to the primary."""
    if getattr(context.original_exception, "sqlstate", None) == NO_PRIMARY:
        context.is_disconnect = True
