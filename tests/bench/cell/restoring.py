"""The procedure of `deploy/cell/README.md` that brings a cell back to a moment, done by a program."""

from __future__ import annotations

import time

import psycopg

from tests.bench.cell.machines import run_as_user
from tests.bench.cell.raising import Cell
from tests.integration.process.surroundings import free_port

WRITTEN = 3
"""Rows before the base backup, after it, and after the moment: so many each."""


async def restore_to_a_moment(cell: Cell) -> bool:
    """Back up, write, remember the moment, write more, and read a copy of the cell as it was then."""
    primary = await cell.has_primary()
    with psycopg.connect(cell.url("owner"), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA probe")
        connection.execute("CREATE TABLE probe.written (number integer)")

        def write(first: int) -> None:
            for number in range(first, first + WRITTEN):
                connection.execute("INSERT INTO probe.written VALUES (%s)", (number,))

        write(0)
        began = time.monotonic()
        cell.backs_up(primary, "backup")
        print(f"base backup in {time.monotonic() - began:.0f} s", flush=True)
        time.sleep(2)  # a moment counts in whole seconds after the backup's end
        write(WRITTEN)
        [moment] = connection.execute("SELECT clock_timestamp()::text").fetchone() or [""]
        time.sleep(1)
        write(2 * WRITTEN)
        connection.execute("DELETE FROM probe.written WHERE number < %s", (WRITTEN,))
    cell.as_superuser(primary, "SELECT pg_switch_wal()")
    folder, port, began = primary.folder / "copy", free_port(), time.monotonic()
    cell.restores(primary, moment, folder, port)
    try:
        kept = cell.as_superuser(primary, "SELECT number FROM probe.written ORDER BY 1", folder, port).split()
    finally:
        run_as_user((f"{cell.cell['folders']['programs']}/pg_ctl", "--pgdata", str(folder), "stop"), primary.folder)
    wanted = [str(number) for number in range(2 * WRITTEN)]
    print(f"the copy of {moment} answers after {time.monotonic() - began:.0f} s: {kept}, wanted {wanted}", flush=True)
    return kept == wanted
