"""What a year of an office leaves behind: `python -m tests.bench.year [--cases 5000] [--seed 2]`.

Citizens file, officers do whatever comes to their minds, sensible or not, the service is down now and then and its
clock slips. Afterwards every case's events are chained and replayed, every mark of every clock is held against the
calendar, and every notice against what happened. Prints JSON; exits 1 where anything is not as it should be.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter

from sqlalchemy import func, select

from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.engine.tables import case_events, cases, outbox
from tests.bench.machine import machine
from tests.unit.delivery.a_year import Year, still_due, wrong_marks, wrong_notices
from tests.unit.delivery.case_office import CaseOffice


async def live(url: str, number: int, seed: int) -> dict[str, object]:
    """A year, and what was found afterwards."""
    database = Database(url)
    await schema.upgrade(database)
    year, began = Year(CaseOffice(database), number, seed), time.process_time()
    await year.passes()
    lived = time.process_time() - began
    strange, missing = await wrong_notices(year.office)
    found = {
        "faults": len(await year.office.faults()),
        "wrong_marks": len(await wrong_marks(year.office)),
        "strange_notices": len(strange),
        "missing_notices": len(missing),
        "still_due": await still_due(year.office),
    }
    counted = {"cases": len(year.tickets), "acts": year.taken, "refused": year.refused, "cpu_seconds": round(lived)}
    stored = await _stored(database)
    await database.close()
    return counted | stored | found


async def _stored(database: Database) -> dict[str, object]:
    async with database.reading() as connection:
        actions = Counter((await connection.execute(select(case_events.c.action))).scalars())
        statuses = Counter((await connection.execute(select(cases.c.status))).scalars())
        notices = (await connection.execute(select(func.count()).select_from(outbox))).scalar_one()
    return {"events": sum(actions.values()), "notices": notices, "deeds": actions, "statuses": statuses}


def main() -> None:
    """Live a year, and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=5_000)
    options.add_argument("--seed", type=int, default=2)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(live(f"sqlite:///{folder}/year.db", asked.cases, asked.seed))
    print(json.dumps({"machine": machine(), **found}, indent=2))
    wrong = ("faults", "wrong_marks", "strange_notices", "missing_notices", "still_due")
    sys.exit(any(found[name] for name in wrong))


if __name__ == "__main__":
    main()
