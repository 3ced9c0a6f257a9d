"""The bridge on real processes: killed again and again, and against our own Open311 server in another process."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from actions.cases.case import Status
from actions.cases.ports import Chance
from actions.regency.sp4n import ApiForm
from actions.store.engine.database import Database
from tests.fakes.sp4n_server import FakeSp4n
from tests.integration.open311.keys import a_key
from tests.integration.process.commands import lapor
from tests.integration.process.service import running_service
from tests.integration.sp4n.sp4n_kills import kill_sp4n_again_and_again
from tests.talks.database import new_database
from tests.unit.sp4n.both_sides import MAPPING, both_sides

pytestmark = pytest.mark.slow
THEIRS = {"nlu": "off", "secret_key": "of another office"}


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{await new_database()}")
    yield opened
    await opened.close()


async def test_killed_again_and_again_nothing_is_lost_and_nothing_goes_or_comes_twice(tmp_path: Path) -> None:
    town, wrong = await kill_sp4n_again_and_again(tmp_path, 3, random.Random(11))  # noqa: S311 - the same each run
    assert (wrong, bool(town.filed)) == ({}, True)


async def test_our_own_open311_server_in_another_process_takes_what_is_not_ours(
    tmp_path: Path, database: Database
) -> None:
    chance, mapping = Chance(random.Random(3).randrange, bytes), replace(MAPPING, form=ApiForm.OPEN311, topics={})  # noqa: S311
    async with running_service(tmp_path, **THEIRS) as service:
        key = await a_key(tmp_path, "tetangga", **THEIRS)
        there = f"{service.address}/open311/v2"
        async with both_sides(database, FakeSp4n(""), chance, mapping, there, key=key) as sides:
            case = await sides.reports()
            await sides.sends()
            known = await sides.known(case.ticket)
            assert known
            assert known.tracking_id.startswith("LP-")
            assert (await sides.case(case.ticket)).status is Status.REFERRED
            assert known.tracking_id in (await sides.notes())[0]
            shown = await lapor(tmp_path, "case", "show", known.tracking_id, "--json", **THEIRS)
            assert '"channel": "api-tetangga"' in shown.stdout
            again = await sides.system.push(sides.sent(case), again=True)
            assert again == known.tracking_id
            assert await sides.follows() == 1
            assert known.tracking_id in (await sides.notes())[1]
