"""What a tested process is started in: the checkout, a free port, an environment that nothing of ours leaks into."""

from __future__ import annotations

import asyncio
import os
import random
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.integration.process.processes import MARK
from tests.patience import PATIENCE_SECONDS

CHECKOUT = Path(__file__).resolve().parents[3]
LAUNCHER = (str(CHECKOUT / "lapor"),)
PYTHON = (str(CHECKOUT / ".venv/bin/python"), "-P", "-m", "bot")
SERVICE = (PYTHON[0], "-P", "-OO", "-m", "bot")
"""As the launcher runs its commands, and as it starts the service; from nothing, where that matters."""

START_SECONDS = 60.0
"""For a start, on a machine that is busy with other things."""
NOT_SET = (
    "TELEGRAM_TOKEN",
    "TELEGRAM_WEBHOOK_SECRET",
    "PUBLIC_URL",
    "DATABASE_URL",
    "NLU_TOKEN",
    "SECRET_KEY",
    "TRUSTED_PROXIES",
    "HOOK_NETWORKS",
    "METRICS_TOKEN",
)
"""Settings that are empty unless a test gives them: somebody's `.env` must not reach into a test."""


async def until[T](look: Callable[[], T], what: str, within_seconds: float = PATIENCE_SECONDS) -> T:
    """Look again and again until there is something to be seen, and return it.

    Raises:
        TimeoutError: it was not there in time; says what was waited for.
    """
    try:
        async with asyncio.timeout(within_seconds):
            while not (found := look()):
                await asyncio.sleep(0.01)
            return found
    except TimeoutError:
        raise TimeoutError(f"waited {within_seconds:g} s in vain: {what}") from None


def free_port() -> int:
    """A free port from below those that the system gives to outgoing connections, so that it stays free."""
    for port in random.sample(range(18_000, 32_000), 200):
        with socket.socket() as trying:
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trying.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port")


def environment(folder: Path, mark: str, settings: Mapping[str, object]) -> dict[str, str]:
    """All that a tested process gets of one: nothing of ours but what it needs to be found and to run."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if (not name.startswith("LAPOR_") or name == "LAPOR_UV") and name != "PYTHONDONTWRITEBYTECODE"
    }
    given = {
        **dict.fromkeys(NOT_SET, ""),
        "NLU": "off",
        "TELEGRAM_MODE": "polling",
        "DATA_DIR": folder / "var",
        "CONFIG_DIR": CHECKOUT / "data",
        **{name.upper(): value for name, value in settings.items()},
    }
    ours = {f"LAPOR_{name}": str(value) for name, value in given.items() if value is not None}
    return {**kept, **ours, MARK: mark}
