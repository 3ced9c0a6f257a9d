"""The real Rasa, a child of the real service, is killed or frozen: she is asked with buttons until it is back."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.environment import find_uv
from tests.integration.faults.house import CARD, STORY, House, a_house, hears, sends_it
from tests.integration.nlu.test_real_model import the_server
from tests.integration.nlu.training import with_its_model

pytestmark = [
    pytest.mark.rasa,
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(find_uv() is None, reason="uv is not on the path"),
]

LOADED_WITHIN_SECONDS = 300.0
BUTTONS_OF_DOUBT = {"Lihat semua", "Tidak tahu"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, folders: ModelFolders) -> AsyncIterator[House]:
    """A service with the model that was trained already, and the data that it was trained from."""
    folder = tmp_path_factory.mktemp("service")
    async with a_house(folder, nlu="rasa", config_dir=with_its_model(folder, folders.data_dir.parent)) as house:
        yield house


async def is_understood(house: House) -> None:
    """The model answers; the card of somebody new has its category."""
    await house.service.becomes(LOADED_WITHIN_SECONDS, understanding="rasa", status="ready")
    siti = house.citizen()
    await siti.says(STORY)
    card = await hears(siti, CARD)
    assert "Penerangan jalan" in card.text


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
async def test_she_is_asked_with_buttons_until_another_server_is_there(house: House, number: signal.Signals) -> None:
    await is_understood(house)
    before = the_server(house.service.process.pid)
    os.kill(before, number)
    budi = house.citizen("Budi")
    told = await budi.says(STORY)
    card = await hears(budi, CARD)
    assert set(card.labels) >= BUTTONS_OF_DOUBT
    ticket = await sends_it(budi, told)
    assert house.cases_of(budi) == [ticket]
    await house.service.becomes(LOADED_WITHIN_SECONDS, status="degraded")
    await is_understood(house)
    assert the_server(house.service.process.pid) != before
