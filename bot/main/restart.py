"""A service that begins anew in its own place, with the regency's files as they are now, and turns nobody away.

An admin asks for it at the desk, by a mark in the data dir; every process of this machine that shares the dir follows.
Each ends as it does by SIGTERM, keeps its address open meanwhile, and becomes the same command again. Whoever comes
waits some seconds. Its number in the system stays, so whatever keeps it running (systemd, compose) sees nothing of it.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

import structlog

from bot.configuration.settings import read_settings
from bot.web.shared.server import hand_on

log = structlog.get_logger()

MARK: Final = "settings.applied"
LOOK_SECONDS: Final = 1.0


@dataclass(slots=True)
class Restart:
    """Whether this process is to begin anew; `mark`: a file, which is written to ask for it."""

    mark: Path
    _seen: int = field(init=False)
    _listening: socket.socket | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Note what was asked for before: this process has begun since."""
        self._seen = self._asked_at()

    @property
    def is_asked(self) -> bool:
        """Whether it was asked for since this process began."""
        return self._asked_at() not in {0, self._seen}

    @property
    def is_due(self) -> bool:
        """Whether this process has ended for it."""
        return self._listening is not None

    def ask(self) -> None:
        """Have every process that looks at the mark begin anew.

        Raises:
            WrongSetting: a start would refuse what the environment and `.env` say by now; nothing was asked.
            OSError: the mark cannot be written.
        """
        read_settings()
        self.mark.touch()

    async def wait(self, listening: socket.socket) -> None:
        """Return when it is asked for; from then on the address stays open."""
        while not self.is_asked:  # noqa: ASYNC110 - a file, which another process may write
            await asyncio.sleep(LOOK_SECONDS)
        log.info("begins_anew")
        self._listening = listening.dup()

    def begin(self, host: str, port: int) -> NoReturn:
        """Become the same command again; it listens on that address already."""
        if self._listening is not None:
            hand_on(self._listening, host, port)
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - it is this very command

    def _asked_at(self) -> int:
        try:
            return self.mark.stat().st_mtime_ns
        except OSError:
            return 0
