"""Many kills with SIGKILL under a talking town.

`python -m tests.bench.kills [--kills 50] [--mode polling|webhook] [--database sqlite|postgresql] [--processes 2]
[--pooler session|transaction]`: the last puts a PgBouncer in this mode between them and the server.
`python -m tests.bench.kills --door sms|mail|whatsapp|x|sp4n [--kills 50]`: through an SMSC, by e-mail, by WhatsApp,
by X or between us and SP4N-LAPOR! instead of Telegram, on SQLite.

`python -m tests.bench.kills --door sms --processes 2 [--kills 10]`: two processes on one PostgreSQL and one session.

Prints what was lost, filed twice or told wrongly (all must be none), and how many messages were told twice: of a door
beside Telegram at most one a chat and kill. With a door it says after each kill how far it is.
Exit 1 when anything is wrong; data and logs are kept then.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.machine import machine
from tests.fakes.pgbouncer import pooled
from tests.integration.process.door_kills import Townsfolk, kill_behind_a_door
from tests.integration.process.kills import Setup, kill_again_and_again
from tests.integration.process.leader_kills import kill_leaders
from tests.integration.process.mail_kills import mail_door
from tests.integration.process.sms_kills import sms_door
from tests.integration.process.verdict import heard_twice, wrong_reports, wrong_updates, wrongly_told
from tests.integration.process.whatsapp_kills import whatsapp_door
from tests.integration.process.x_kills import x_door
from tests.integration.sp4n.sp4n_kills import kill_sp4n_again_and_again
from tests.postgres import running_postgres

DOORS = {"sms": sms_door, "mail": mail_door, "whatsapp": whatsapp_door, "x": x_door}


async def measure(kills: int, seed: int, setup: Setup) -> bool:
    """Kill so often, and say what came of it."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-kills-"))
    print(f"data and logs in {folder}, removed when all is well", flush=True)
    began = time.monotonic()
    town, house = await kill_again_and_again(folder, kills, random.Random(seed), setup)  # noqa: S311 - dice
    seconds, books = time.monotonic() - began, setup.books(folder)
    wrong = [*wrong_reports(town, books), *wrong_updates(town, books)]
    told = wrongly_told(town, books)
    kind = "PostgreSQL" if setup.database_url else "SQLite"
    print(f"{machine()}\n{setup.mode}, {kind}, {setup.processes} process(es)")
    print(f"{town.kills} kills in {seconds:.0f} s, seed {seed}, {len(town.citizens)} citizens")
    print(f"{len(town.reports)} reports filed; lost, filed twice or changed: {wrong or 'none'}")
    print(f"chats told out of order, or twice without a kill: {told or 'none'}")
    print(f"messages that reached a chat twice: {heard_twice(town, books)}")
    print(f"errors logged: {house.errors or 'none'}")
    if wrong or told or house.errors:
        return False
    shutil.rmtree(folder)
    return True


async def measure_door(door: str, kills: int, seed: int) -> bool:
    """The same through another door."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-kills-"))
    print(f"data and logs in {folder}, removed when all is well", flush=True)
    began = time.monotonic()
    town, after = await kill_behind_a_door(DOORS[door](random.Random(seed)), folder, kills, say_how_far)  # noqa: S311 - dice
    print(f"{machine()}\n{door}, SQLite, 1 process\n{kills} kills in {time.monotonic() - began:.0f} s, seed {seed}")
    wrong, disorder, twice = town.wrong(after.stories), town.out_of_order(after.sent), town.came_twice(after.sent)
    print(f"{len(town.told)} stories told, {len(town.filed)} with a number; lost, twice or confused: {wrong or 'none'}")
    print(f"chats that were told out of order: {disorder or 'none'}")
    print(f"messages that came twice in a row: {sum(twice.values())}, to one citizen at most {max(twice.values())}")
    if wrong or disorder or max(twice.values()) > kills:
        return False
    shutil.rmtree(folder)
    return True


async def measure_sp4n(kills: int, seed: int) -> bool:
    """The same between us and SP4N-LAPOR!, both ways."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-kills-"))
    print(f"data and logs in {folder}, removed when all is well", flush=True)
    began = time.monotonic()
    town, wrong = await kill_sp4n_again_and_again(folder, kills, random.Random(seed))  # noqa: S311 - dice
    print(f"{machine()}\nsp4n, SQLite, 1 process\n{kills} kills in {time.monotonic() - began:.0f} s, seed {seed}")
    print(
        f"{len(town.filed)} handed over, {len(town.fake.for_us)} came in, {len(town.fake.followed_up)} told; ", end=""
    )
    print(f"lost, twice or out of order: {dict(wrong) or 'none'}")
    print(f"{sum(town.acted.values())} steps of officers, {sum(map(len, town.moved.values()))} moves there")
    if wrong:
        return False
    shutil.rmtree(folder)
    return True


async def measure_leader(kills: int, seed: int, database_url: str) -> bool:
    """SMS by two processes of which one holds the session to the SMSC: that one is killed each time."""
    folder, began = Path(tempfile.mkdtemp(prefix="lapor-kills-")), time.monotonic()
    town, smsc, after = await kill_leaders(folder, kills, random.Random(seed), database_url)  # noqa: S311 - dice
    print(f"{machine()}\nsms, PostgreSQL, 2 processes\n{kills} kills in {time.monotonic() - began:.0f} s, seed {seed}")
    wrong, disorder, twice = town.wrong(after.stories), town.out_of_order(after.sent), town.came_twice(after.sent)
    print(f"{len(town.told)} stories told, {len(town.filed)} with a number; lost, twice or confused: {wrong or 'none'}")
    print(f"{smsc.binds} sessions, at once at most {smsc.most_at_once}; told out of order: {disorder or 'none'}")
    print(f"messages that came twice in a row: {sum(twice.values())}, to one citizen at most {max(twice.values())}")
    return not (wrong or disorder or smsc.most_at_once > 1)


def say_how_far(town: Townsfolk[object]) -> None:
    """After a kill: whose story has no number yet."""
    waiting = {number: who for number, who in town.told.items() if number not in town.filed}
    print(f"{town.kills} kills, {len(town.filed)} numbers, without one: {waiting}", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--mode", choices=("polling", "webhook"), default="polling")
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--processes", type=int, default=1, help="at once; more than one need PostgreSQL")
    options.add_argument("--pooler", choices=("session", "transaction"), help="of PostgreSQL")
    options.add_argument("--door", choices=("telegram", "sp4n", *DOORS), default="telegram")
    options.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311 - dice
    asked = options.parse_args()
    if asked.door == "sp4n":
        sys.exit(0 if asyncio.run(measure_sp4n(asked.kills, asked.seed)) else 1)
    if asked.door == "sms" and asked.processes > 1:
        with running_postgres(durable=True) as server:
            url = server.new_database()
            sys.exit(0 if asyncio.run(measure_leader(asked.kills, asked.seed, url)) else 1)
    if asked.door != "telegram":
        sys.exit(0 if asyncio.run(measure_door(asked.door, asked.kills, asked.seed)) else 1)
    with ExitStack() as stack:
        on_server = asked.database == "postgresql"
        url = stack.enter_context(running_postgres(durable=True)).new_database(empty=True) if on_server else ""
        if asked.pooler:
            url = stack.enter_context(pooled(url, {"pool_mode": asked.pooler}))
            print(f"through a PgBouncer, pool_mode = {asked.pooler}")
        is_well = asyncio.run(measure(asked.kills, asked.seed, Setup(asked.mode, url, asked.processes)))
    sys.exit(0 if is_well else 1)
