"""Asks every route for anything, for as long as one wishes: `python -m tests.bench.fuzz [--minutes 60] [--postgres]`.

As `tests/attacks/test_attack_odd_requests.py`, with other requests each time. Ends with 1 when a route failed, and says
which, by what, and with which request.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.attacks.crowd import a_crowd
from tests.attacks.fuzzing import fuzz
from tests.bench.machine import machine
from tests.postgres import running_postgres

EXAMPLES = 50
"""Of each route in a round; each round has data of its own."""


async def one_round(url: str | None, seed: int) -> tuple[list[str], int]:
    """What failed, and how many requests there were."""
    with tempfile.TemporaryDirectory(prefix="lapor-fuzz-") as folder:
        async with a_crowd(Path(folder), url or f"sqlite:///{folder}/lapor.db") as crowd:
            return await asyncio.to_thread(fuzz, crowd, asyncio.get_running_loop(), EXAMPLES, seed), crowd.asked


def main(minutes: float, *, is_postgres: bool) -> int:
    """Go on for so long, and return how many routes failed."""
    ends, asked, failed = time.monotonic() + minutes * 60, 0, dict[str, str]()
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres()) if is_postgres else None
        while time.monotonic() < ends:
            found, more = asyncio.run(one_round(server.new_database() if server else None, random.getrandbits(32)))
            asked += more
            for one in found:
                if failed.setdefault(one.partition(":")[0], one) is one:
                    print(one, flush=True)
    print(f"{machine()}: {asked} requests, {len(failed)} routes failed")
    return len(failed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    sys.exit(bool(main(given.minutes, is_postgres=given.postgres)))
