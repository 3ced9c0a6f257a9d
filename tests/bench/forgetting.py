"""What forgetting costs with many cases: `python -m tests.bench.forgetting [--cases 200000]`.

A database is filled as in `tests.bench.million`, all of whose cases ended long ago. Timed are the count that `lapor
retention --dry-run` makes, a sweep that takes all words and reporters away, and a citizen's own deletion beside that.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlalchemy import text

from actions.privacy.handlers import forget_reporter
from actions.privacy.retention import RetainedKind
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine import schema
from actions.store.engine.database import Database
from bot.services.retention_sweep import RetentionSweep
from tests.bench.machine import machine
from tests.bench.million import citizen_of, fill
from tests.talks.world import declared

LATER = datetime(2033, 1, 1, tzinfo=UTC)
FACTS = text(
    "INSERT INTO case_statistics SELECT ticket, '2026-01-01', '2026-01', agency, category, NULL, NULL, 'closed', 1, 1, "
    "'2026-01-01', NULL, 0, NULL, NULL, NULL, 0, 0, 0 FROM cases"
)


async def measure(count: int) -> None:
    """Fill, and print what things cost."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/lapor.db")
        await schema.upgrade(database)
        await fill(database, count)
        async with database.writing() as connection:
            await connection.execute(text("UPDATE cases SET status = 'closed'"))
            await connection.execute(FACTS)
        known = declared()
        sweep = RetentionSweep(database, lambda: LATER, known.regency.retention, {"web"})
        print(f"{machine()}\n{count} cases")
        await _time("count what would go", sweep.count)
        await _time("a citizen's own deletion", lambda: _forget(database, citizen_of(7)))
        await _time(
            "take the words and reporters of all away",
            lambda: sweep.sweep({RetainedKind.WORDS, RetainedKind.REPORTERS}),
        )
        await _time(
            "look again, when nothing is left", lambda: sweep.sweep({RetainedKind.WORDS, RetainedKind.REPORTERS})
        )
        await database.close()


async def _forget(database: Database, citizen: str) -> None:
    known = declared()
    async with database.writing() as connection:
        book = SqlCaseBook(connection)
        await forget_reporter(book, known.regency, f"telegram:{citizen}", LATER, known.effect_runner.chance)
        await book.flush()


async def _time(name: str, command: Callable[[], Awaitable[object]]) -> None:
    began, used = time.perf_counter(), time.process_time()
    await command()
    print(f"{name}: {time.perf_counter() - began:.2f} s, of the processor {time.process_time() - used:.2f} s")


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=200_000)
    asyncio.run(measure(options.parse_args().cases))


if __name__ == "__main__":
    main()
