"""Many kills with SIGKILL under a talking town: `python -m tests.bench.kills --kills 50 [--seed N]`.

Prints what was lost, filed twice or told wrongly (all must be none), and how many messages were told twice.
Exit 1 when anything is wrong; the data are kept then, and said where.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.machine import machine
from tests.integration.process.kills import kill_again_and_again
from tests.integration.process.verdict import heard_twice, wrong_reports, wrong_updates, wrongly_told


async def measure(kills: int, seed: int) -> bool:
    """Kill so often, and say what came of it."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-kills-"))
    began = time.monotonic()
    town, service = await kill_again_and_again(folder, kills, random.Random(seed))  # noqa: S311 - dice
    seconds = time.monotonic() - began
    wrong = [*wrong_reports(town, service.database), *wrong_updates(town, service.database)]
    told = wrongly_told(town, service.database)
    print(f"{machine()}\n{town.kills} kills in {seconds:.0f} s, seed {seed}, {len(town.citizens)} citizens")
    print(f"{len(town.reports)} reports filed; lost, filed twice or changed: {wrong or 'none'}")
    print(f"chats told out of order, or twice without a kill: {told or 'none'}")
    print(f"messages that reached a chat twice: {heard_twice(town, service.database)}")
    if wrong or told:
        print(f"kept in {folder}")
        return False
    shutil.rmtree(folder)
    return True


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311 - dice
    asked = options.parse_args()
    sys.exit(0 if asyncio.run(measure(asked.kills, asked.seed)) else 1)
