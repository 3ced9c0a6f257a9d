"""Every door beside Telegram, and a service that is killed in between: nothing is lost, and nothing filed twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.integration.process.door_kills import OpenDoor, kill_behind_a_door
from tests.integration.process.leader_kills import kill_leaders
from tests.integration.process.mail_kills import mail_door
from tests.integration.process.sms_kills import sms_door
from tests.integration.process.whatsapp_kills import whatsapp_door

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

type Opens = Callable[[random.Random], AbstractAsyncContextManager[OpenDoor]]


@pytest.mark.parametrize(
    ("door", "kills"), [(sms_door, 3), (mail_door, 2), (whatsapp_door, 3)], ids=["sms", "mail", "whatsapp"]
)
async def test_every_story_is_one_case_however_often_the_service_is_killed(
    tmp_path: Path, door: Opens, kills: int
) -> None:
    """`python -m tests.bench.kills --door … --kills 50` says it of many."""
    town, after = await kill_behind_a_door(door(random.Random(7)), tmp_path, kills)  # noqa: S311 - dice
    assert town.filed
    assert town.wrong(after.stories) == {}
    assert town.out_of_order(after.sent) == []
    assert max(town.came_twice(after.sent).values()) <= kills


@pytest.mark.postgres
async def test_of_two_processes_one_holds_the_session_and_the_other_takes_it_over(
    tmp_path: Path, postgres_url: str
) -> None:
    town, smsc, after = await kill_leaders(tmp_path, 1, random.Random(7), postgres_url)  # noqa: S311 - dice
    assert (smsc.binds, smsc.most_at_once) == (2, 1)
    assert town.wrong(after.stories) == {}
    assert town.out_of_order(after.sent) == []
    assert max(town.came_twice(after.sent).values()) <= 1
