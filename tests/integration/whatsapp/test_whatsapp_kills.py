"""WhatsApp, and a service that is killed in between: nothing is lost, and nothing filed twice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.integration.process.whatsapp_kills import CITIZENS, kill_whatsapp_again_and_again

pytestmark = pytest.mark.slow

KILLS = 3
"""In the tests; `python -m tests.bench.kills --door whatsapp --kills 50` says it of many."""


async def test_every_story_is_one_case_however_often_the_service_is_killed(tmp_path: Path) -> None:
    town, filed = await kill_whatsapp_again_and_again(tmp_path, KILLS, random.Random(7))  # noqa: S311 - dice
    assert town.filed
    assert filed == dict.fromkeys(town.filed, 1)
    assert town.wrong == {}
    assert town.heard_twice() <= town.kills * CITIZENS
