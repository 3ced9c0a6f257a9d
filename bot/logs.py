"""One event a line, on stderr. Never a citizen's words, name or number, and no token, not even inside an address."""

from __future__ import annotations

import logging
import sys
import threading

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


def set_up_logs() -> None:
    """Send our events and the libraries' errors to stderr, as JSON unless a person is watching."""
    watched = sys.stderr.isatty()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if watched else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
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


def _without_meta(logger: object, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    del logger, name
    return {key: value for key, value in event.items() if not key.startswith("_")}
