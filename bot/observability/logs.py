"""One event a line, on stderr. Never a citizen's words, name or number, and no token, not even inside an address.

Levels: `debug` is for whoever looks for a fault, `info` tells what became of each turn, message and file, `warning`
is what mends itself, `error` what a person should look at. What is about a turn carries its id as `turn`.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO, cast

import stamina
import structlog

QUIET = (
    "httpx",
    "httpcore",
    "telegram",
    "aiohttp",
    "uvicorn",
    "asyncio",
    "apscheduler",
    "alembic",
    "sqlalchemy",
    "py.warnings",
)
"""Libraries that log addresses or payloads: only their errors are wanted, and those without details."""

log = structlog.get_logger()

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
COUNTED = frozenset({"warning", "error", "critical"})

type Count = Callable[[str, str], None]
"""Told of the level and the name of each warning and error."""


class NoDetails(logging.Filter):
    """Lets a library say that something went wrong, and where, but not with what; our own modules may say it all."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take arguments, traceback and words of the message away."""
        if record.name.startswith(("bot.", "actions.")):
            return True
        record.msg = f"{record.name}: {record.levelname.lower()} in {record.module}:{record.lineno}"
        record.args = ()
        record.exc_info = None
        record.exc_text = None
        return True


def set_up_logs(level: str = "info", count: Count | None = None) -> None:
    """Send our events and the libraries' errors to stderr, as JSON unless a person is watching.

    Args:
        level: the least that is logged: "debug", "info", "warning" or "error"; of libraries always errors alone.
        count: is told of every warning and error.
    """
    watched, lossy = sys.stderr.isatty(), _Lossy(sys.stderr)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *([_Counting(count)] if count else []),
    ]
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if watched else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", lossy)),
    )
    handler = logging.StreamHandler(lossy)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_without_meta, last])
    )
    handler.addFilter(NoDetails())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    stamina.instrumentation.set_on_retry_hooks([])
    logging.captureWarnings(capture=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    threading.excepthook = _tell_of_thread
    sys.unraisablehook = _tell_of_unraisable


def _tell_of_thread(failed: threading.ExceptHookArgs) -> None:
    """Python would print the error's words."""
    log.error("thread_failed", error=failed.exc_type.__name__)


def _tell_of_unraisable(failed: sys.UnraisableHookArgs) -> None:
    log.error("error_nobody_could_hear", error=failed.exc_type.__name__)


class _Lossy:
    """Writes where it can. A log on a full disk, or that nobody reads any more, loses lines; the service goes on."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, line: str) -> int:
        """Write a line, or lose it."""
        with suppress(OSError):
            self._file.write(line)
        return len(line)

    def flush(self) -> None:
        """Bring it on the disk, if there is room."""
        with suppress(OSError):
            self._file.flush()


class _Counting:
    """Tells of warnings and errors by their names. A library's is its name: what it said may hold anything."""

    def __init__(self, count: Count) -> None:
        self._count = count

    def __call__(self, logger: object, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        del logger, name
        if event["level"] in COUNTED:
            self._count(event["level"], str(event["event"]).partition(":")[0])
        return event


def _without_meta(logger: object, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    del logger, name
    return {key: value for key, value in event.items() if not key.startswith("_")}
