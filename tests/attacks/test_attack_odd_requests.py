"""Threat: somebody sends what no page of ours would; no route may fail over it, whoever asks."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from bot.web.shared.access import GUARDED, PUBLIC
from tests.attacks.crowd import Crowd, a_crowd
from tests.attacks.fuzzing import folders_of, fuzz
from tests.attacks.odd_requests import CODE, Ask, names_in, with_nul

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "20"))
"""Of each route: with both databases about a minute; `tests/bench/fuzz.py` goes on for as long as one wishes."""


async def test_no_route_answers_with_a_fault_of_ours(tmp_path: Path) -> None:
    async with a_crowd(tmp_path, f"sqlite:///{tmp_path / 'lapor.db'}") as crowd:
        failed = await asyncio.to_thread(fuzz, crowd, asyncio.get_running_loop(), EXAMPLES)
    assert not failed, "\n".join(failed)
    assert crowd.asked > EXAMPLES * 80
    assert {200, 303, 400, 401, 403, 404, 422} <= crowd.statuses.keys()


@pytest.mark.postgres
async def test_nor_on_a_server_that_is_stricter(tmp_path: Path, postgres_url: str) -> None:
    """Which refuses a letter wherever it stands: that one is tried in every place."""
    async with a_crowd(tmp_path, postgres_url) as crowd:
        folders = folders_of(crowd.app)
        asked = [one for route in sorted({*GUARDED, *PUBLIC}) for one in with_nul(route, names_in(folders[route]))]
        failed = [why for ask in asked if (why := await fault_of(crowd, ask))]
        failed += await asyncio.to_thread(fuzz, crowd, asyncio.get_running_loop(), EXAMPLES // 4)
    assert not failed, "\n".join(failed)


async def fault_of(crowd: Crowd, ask: Ask) -> str:
    """The fault with which a request is answered; "" for none."""
    try:
        status = await crowd.asks(ask)
    except Exception as error:  # noqa: BLE001 - all routes are looked at
        return f"{ask}: {error!r}"[:1500]
    return f"{status}: {ask}" if status >= 500 else ""


def test_the_names_of_fields_are_found_in_the_code() -> None:
    assert {"after", "dari", "version", "pending", "deed", "text", "lang", "shown"} <= set(names_in(CODE))
    assert {"version", "deed", "shown"} <= set(names_in(CODE / "web" / "desk" / "case"))
    assert {"dari", "sampai", "sesudah"} <= set(names_in(CODE / "web" / "desk" / "search"))
