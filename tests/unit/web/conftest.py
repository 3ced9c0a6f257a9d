"""A house with a web door, and a browser in front of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.web.chat import routes as chat
from tests.unit.web.doors import Browser, House, house


@pytest.fixture(autouse=True)
def _nobody_waits_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here turns are worked when a test says so, so nothing is gained by waiting for them."""
    monkeypatch.setattr(chat, "ANSWER_WITHIN_SECONDS", 0)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


@pytest.fixture
def siti(home: House) -> Browser:
    return home.browser()
