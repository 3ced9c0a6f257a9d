"""The language model is killed, frozen, or answers rubbish: citizens are asked with buttons, and soon."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientConnectorError, ClientSession

from tests.integration.faults.house import CARD, STORY, House, a_house, hears, sends_it
from tests.integration.process.processes import die_with_the_test
from tests.integration.process.surroundings import CHECKOUT, free_port
from tests.patience import PATIENCE_SECONDS

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

DOUBT = ["Penerangan jalan", "Lihat semua", "Tidak tahu"]
"""What a card without a sure category offers, as far as it is the same for every text."""
RUBBISH = ("error", "page", "half", "silly", "nan", "endless", "drips")
MOST_MEGABYTES = 300


@dataclass
class Model:
    """A language model as a process of its own."""

    port: int = field(default_factory=free_port)
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """What LAPOR_NLU must be."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Serve."""
        command = (sys.executable, "-m", "tests.integration.faults.model_server", str(self.port))
        self.process = await asyncio.create_subprocess_exec(*command, cwd=CHECKOUT, preexec_fn=die_with_the_test)

    def send(self, number: signal.Signals) -> None:
        """Kill it, stop it, or let it go on."""
        if self.process and self.process.returncode is None:
            self.process.send_signal(number)

    async def end(self) -> None:
        """Be gone."""
        self.send(signal.SIGKILL)
        if self.process:
            await self.process.wait()

    async def becomes(self, temper: str, within_seconds: float = PATIENCE_SECONDS) -> None:
        """Answer like this from now on; a model that has only just been started takes a moment."""
        async with asyncio.timeout(within_seconds), ClientSession() as session:
            while True:
                with suppress(ClientConnectorError):
                    async with session.put(f"{self.url}/temper", data=temper) as answer:
                        assert answer.ok
                        return
                await asyncio.sleep(0.05)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[Model]:
    model = Model()
    await model.start()
    yield model
    await model.end()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, model: Model) -> AsyncIterator[House]:
    async with a_house(tmp_path_factory.mktemp("understanding"), nlu=model.url) as house:
        yield house


async def is_understood(house: House, model: Model) -> None:
    """The model is well again; somebody new tells her story, and the card knows the category."""
    await model.becomes("well")
    await house.service.becomes(understanding="rasa", status="ready")
    siti = house.citizen()
    await siti.says(STORY)
    card = await hears(siti, CARD)
    assert card.labels[0] == "Kirim"


async def are_asked_with_buttons(house: House) -> None:
    """Two new people tell their stories, one after the other: the card offers categories, and the second files."""
    for citizen in (house.citizen("Siti"), house.citizen("Budi")):
        told = await citizen.says(STORY)
        card = await hears(citizen, CARD)
        assert [label for label in DOUBT if label in card.labels] == DOUBT
    ticket = await sends_it(citizen, told)
    assert house.cases_of(citizen) == [ticket]


@pytest.mark.parametrize("temper", RUBBISH)
async def test_over_rubbish_she_is_asked_with_buttons_until_the_model_is_well(
    house: House, model: Model, temper: str
) -> None:
    await is_understood(house, model)
    await model.becomes(temper)
    await are_asked_with_buttons(house)
    await house.service.becomes(understanding="down", status="degraded")
    await is_understood(house, model)


async def test_when_the_model_is_killed_she_is_asked_with_buttons_until_it_is_back(house: House, model: Model) -> None:
    await is_understood(house, model)
    await model.end()
    await are_asked_with_buttons(house)
    await house.service.becomes(understanding="down", status="degraded")
    await model.start()
    await is_understood(house, model)


@pytest.mark.alert("LaporUnderstandingDown", "LaporSlow")
async def test_when_the_model_is_frozen_she_is_asked_with_buttons_until_it_thaws(house: House, model: Model) -> None:
    await is_understood(house, model)
    model.send(signal.SIGSTOP)
    await are_asked_with_buttons(house)
    await house.service.becomes(understanding="down", status="degraded")
    model.send(signal.SIGCONT)
    await is_understood(house, model)


async def test_an_endless_answer_fills_no_memory(house: House, model: Model) -> None:
    await model.becomes("endless")
    await are_asked_with_buttons(house)
    await model.becomes("well")
    status = Path(f"/proc/{house.service.process.pid}/status").read_text(encoding="utf-8")
    [most] = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")]
    assert most / 1024 < MOST_MEGABYTES
