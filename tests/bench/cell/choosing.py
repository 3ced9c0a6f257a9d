"""How long choosing fifty of very many waiting chats takes on PostgreSQL.

`python -m tests.bench.cell.choosing [--waiting 100000] [--times 40] [--channels 3]`

Each time fifty are taken, worked and given back, so that the next are others; timed is the taking. Beside it the query
of before, which grouped the inbox anew for each batch. The server does not sync to the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time

from sqlalchemy import text

from actions.store.engine.database import Database
from actions.store.engine.row_chat_leases import chat_leases_of
from actions.store.messages.waiting import settle_waiting
from tests.bench.machine import machine
from tests.postgres import running_postgres

CHATS_A_BATCH = 50
ARRIVED = (
    "INSERT INTO inbox (channel, update_id, chat, sequence, event, received_at)"
    " SELECT 'channel' || n % :channels, n, 'chat ' || n, n, '{}', now() FROM generate_series(1, :waiting) AS n"
)
WAITS = "INSERT INTO waiting (channel, chat, since) SELECT channel, chat, id FROM inbox"
BEFORE = (
    "SELECT channel, chat FROM inbox WHERE state = 'new' AND channel = ANY(:named)"
    " GROUP BY channel, chat ORDER BY min(id) LIMIT 50"
)
WORKED = "UPDATE inbox SET state = 'done' WHERE (channel, chat) IN (SELECT channel, chat FROM chat_leases)"


async def measure(url: str, waiting: int, times: int, channels: int) -> None:
    """Fill the tables, choose so often, and say how long it took."""
    database, named = Database(url), [f"channel{number}" for number in range(channels)]
    async with database.writing() as connection:
        await connection.execute(text(ARRIVED), {"waiting": waiting, "channels": channels})
        await connection.execute(text(WAITS))
    for when in ("never counted by the server", "counted (ANALYZE)"):
        _say(f"taking 50 of {waiting}, {when}", [await _take(database, named) for _ in range(times)])
        async with database.writing() as connection:
            await connection.execute(text("ANALYZE"))
    _say("the query of before", [await _group(database, named) for _ in range(times)])
    await database.close()


async def _take(database: Database, named: list[str]) -> float:
    began = time.perf_counter()
    async with chat_leases_of(database).take(named, CHATS_A_BATCH) as lease:
        took = time.perf_counter() - began
        assert len(lease.chats) == CHATS_A_BATCH
        async with lease.writing(lease.chats) as connection:
            await connection.execute(text(WORKED))
            await settle_waiting(connection, lease.chats)
    return took


async def _group(database: Database, named: list[str]) -> float:
    began = time.perf_counter()
    async with database.reading() as connection:
        (await connection.execute(text(BEFORE), {"named": named})).all()
    return time.perf_counter() - began


def _say(what: str, seconds: list[float]) -> None:
    middle, worst = statistics.median(seconds) * 1000, max(seconds) * 1000
    print(f"{what}: median {middle:.2f} ms, longest {worst:.2f} ms", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--waiting", type=int, default=100_000)
    options.add_argument("--times", type=int, default=40)
    options.add_argument("--channels", type=int, default=3)
    asked = options.parse_args()
    print(machine())
    with running_postgres() as server:
        asyncio.run(measure(server.new_database(), asked.waiting, asked.times, asked.channels))
