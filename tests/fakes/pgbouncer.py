"""A real PgBouncer (Debian) on a loopback port in front of a test's PostgreSQL, with its defaults unless asked."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import stamina
from sqlalchemy import make_url

from tests.integration.process.surroundings import free_port
from tests.patience import PATIENCE_SECONDS

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
CONFIGURATION = """
[databases]
* = host={host} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
"""


@contextmanager
def pooled(url: str, settings: Mapping[str, object] | None = None) -> Iterator[str]:
    """The address of this database through a pooler, which runs until the block ends.

    Args:
        url: of a server that listens in a folder.
        settings: its settings that are not the defaults, such as `pool_mode`.
    """
    assert PROGRAM, "pgbouncer is not installed"
    direct = make_url(url)
    host, port = str(direct.query["host"]), free_port()
    folder = Path(tempfile.mkdtemp(prefix="lapor-pgbouncer-"))
    folder.chmod(0o755)
    file = folder / "pgbouncer.ini"
    more = "".join(f"{name} = {value}\n" for name, value in (settings or {}).items())
    file.write_text(CONFIGURATION.format(host=host, user=direct.username or "postgres", port=port) + more)
    as_owner = ("-u", Path(host).owner()) if os.geteuid() == 0 else ()  # it refuses to run as root
    with (folder / "log").open("wb") as told:
        process = subprocess.Popen((PROGRAM, *as_owner, str(file)), stdout=told, stderr=told)
    try:
        _answers(port)
        yield f"postgresql://lapor@127.0.0.1:{port}/{direct.database}"
    finally:
        process.send_signal(signal.SIGQUIT)  # at once, whoever is connected
        process.wait()
        shutil.rmtree(folder)


def _answers(port: int) -> None:
    """Wait for its own console, which needs no server."""
    console = f"postgresql://pgbouncer@127.0.0.1:{port}/pgbouncer"
    for attempt in stamina.retry_context(on=psycopg.Error, timeout=PATIENCE_SECONDS, attempts=None, wait_max=0.1):
        with attempt, psycopg.connect(console, autocommit=True) as connection:
            connection.execute("SHOW VERSION")
