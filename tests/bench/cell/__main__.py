"""A cell on one machine, raised from `deploy/cell`: `python -m tests.bench.cell raise|kill|freeze|restore`.

- `raise`: three machines, HAProxy, PgBouncer, until Ctrl-C; it prints the address that a service is given.
- `kill [--what server|machine|standby] [--times 20]`: the primary's PostgreSQL, its whole machine, or the machine that
  commits wait for is killed under load.
- `freeze [--what server|machine] [--times 10]`: SIGSTOP to the primary under load; it goes on when another writes.
- `restore`: a base backup, the archive, and a copy of the cell as it was at a moment.

Wants Debian's patroni, python3-etcd, etcd-server, etcd-client, haproxy, pgbouncer, pgbackrest and postgresql. Exit 1
when anything that was acknowledged is lost, or stands there twice. `--keep` leaves the folder with the logs.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import time

from tests.bench.cell.raising import raised_cell
from tests.bench.cell.restoring import restore_to_a_moment
from tests.bench.cell.trouble import freezes, kills, trouble_again_and_again
from tests.bench.machine import machine


async def measure(asked: argparse.Namespace) -> bool:
    """Raise one, do it, and say what came of it."""
    began = time.monotonic()
    async with raised_cell(keeps=asked.keep) as cell:
        print(f"{machine()}\nraised in {time.monotonic() - began:.0f} s, in {cell.folder}", flush=True)
        if asked.do == "raise":
            print(f"LAPOR_DATABASE_URL={cell.url()}\nowner, not pooled: {cell.url('owner')}", flush=True)
            await asyncio.Event().wait()
        if asked.do == "restore":
            return await restore_to_a_moment(cell)
        trouble = kills(asked.what) if asked.do == "kill" else freezes(asked.what)
        town, run = await trouble_again_and_again(cell, trouble, asked.times, random.Random(asked.seed))  # noqa: S311 - dice
    seconds = sorted(run.seconds)
    print(f"{asked.do} {asked.what}, {len(seconds)} times in {time.monotonic() - began:.0f} s, seed {asked.seed}")
    print(f"writing again: median {statistics.median(seconds):.1f} s, {seconds[0]:.1f} to {seconds[-1]:.1f}")
    print(f"acknowledged: {len(town.acknowledged)} messages, {len(town.filed)} reports; refused: {dict(town.refused)}")
    if run.probed:
        print(f"written at the door of the thawed primary: {run.probed}, acknowledged {len(run.probes_acknowledged)}")
    print(f"lost, twice or not worked: {run.wrong or 'none'}\nerrors logged: {dict(run.errors) or 'none'}")
    return not run.wrong


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("do", choices=("raise", "kill", "freeze", "restore"))
    options.add_argument("--what", choices=("server", "machine", "standby"), default="server")
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311 - dice
    options.add_argument("--keep", action="store_true")
    try:
        sys.exit(0 if asyncio.run(measure(options.parse_args())) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
