"""Every door beside Telegram, and a service that is killed in between: nothing is lost, and nothing filed twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.integration.process.door_kills import OpenDoor, kill_behind_a_door
from tests.integration.process.mail_kills import mail_door
from tests.integration.process.sms_kills import sms_door
from tests.integration.process.whatsapp_kills import whatsapp_door
from tests.integration.process.x_kills import x_door

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

type Opens = Callable[[random.Random], AbstractAsyncContextManager[OpenDoor]]


@pytest.mark.parametrize(
    ("door", "kills"),
    [(sms_door, 3), (mail_door, 2), (whatsapp_door, 3), (x_door, 2)],
    ids=["sms", "mail", "whatsapp", "x"],
)
async def test_every_story_is_one_case_however_often_the_service_is_killed(
    tmp_path: Path, door: Opens, kills: int
) -> None:
    """`python -m tests.bench.kills --door … --kills 50` says it of many."""
    town, stories = await kill_behind_a_door(door(random.Random(7)), tmp_path, kills)  # noqa: S311 - dice
    assert town.filed
    assert town.wrong(stories) == {}
    assert stories == dict.fromkeys(town.filed, 1)
    assert town.heard_twice() <= kills * len(town.citizens)
