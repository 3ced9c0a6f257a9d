"""Finding out by itself when a model answers again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import stamina.instrumentation

from bot.understanding.fallback_breaker import Breaker
from bot.understanding.port import UnderstandingState
from bot.understanding.rasa.client import RasaUnderstanding
from tests.patience import PATIENCE_SECONDS
from tests.unit.understanding_rasa.rasa_doubles import TOKEN, ObligingRasa
from tests.unit.understanding_rasa.understandings import RecoveringUnderstanding

NEVER = 3600.0


async def test_a_model_that_is_closed_for_good_is_not_probed_any_more() -> None:
    async with ObligingRasa() as rasa:
        model = RasaUnderstanding(rasa.url, TOKEN)
        await model.aclose()
        breaker = Breaker(model, first_pause_seconds=NEVER)
        breaker.begin_probing()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await breaker.probed()
    assert (rasa.texts, model.state) == ([], UnderstandingState.DOWN)


@pytest.fixture
def pauses() -> Iterator[list[float]]:
    """Every pause between two probes, in seconds; a little of it is jitter."""
    waited: list[float] = []
    stamina.instrumentation.set_on_retry_hooks([lambda details: waited.append(details.wait_for)])
    yield waited
    stamina.instrumentation.set_on_retry_hooks(None)


async def test_pauses_between_probes_grow_up_to_the_longest(pauses: list[float]) -> None:
    model = RecoveringUnderstanding(failures=5)
    breaker = Breaker(model, first_pause_seconds=0.001, longest_pause_seconds=0.006)
    breaker.begin_probing()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await model.recovered.wait()
    await breaker.stop()
    assert len(pauses) == 5
    assert pauses[:3] == [pytest.approx(least + 0.00025, abs=0.00026) for least in (0.001, 0.002, 0.004)]
    assert pauses[3:] == [pytest.approx(0.006)] * 2
