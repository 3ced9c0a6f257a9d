"""Answering always: by the model, by keywords when it is down, and by the model again when it is back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.understanding.fallback import FixedModel, SteadyUnderstanding
from bot.understanding.port import ModelAnswer, UnderstandingState
from bot.understanding.rasa.client import RasaUnderstanding
from bot.understanding.understood import Guess
from tests.patience import PATIENCE_SECONDS
from tests.unit.understanding_rasa.rasa_doubles import TOKEN, ObligingRasa, RefusingRasa
from tests.unit.understanding_rasa.understandings import (
    BY_KEYWORDS,
    BY_MODEL,
    AilingUnderstanding,
    BrokenWords,
    ChangingModel,
    DreamingUnderstanding,
    FewWords,
    PickyUnderstanding,
    ReadyUnderstanding,
    RecoveringUnderstanding,
)

DOWN, KEYWORDS, RASA, STARTING = (
    UnderstandingState.DOWN,
    UnderstandingState.KEYWORDS,
    UnderstandingState.RASA,
    UnderstandingState.STARTING,
)
WORDS = "lampu jalan mati di depan balai desa"
NEVER = 3600.0


@asynccontextmanager
async def steady(
    model: ReadyUnderstanding | RasaUnderstanding | ChangingModel | None,
    *,
    keywords: FewWords | None = None,
    patience: float = NEVER,
    pause: float = NEVER,
) -> AsyncIterator[SteadyUnderstanding]:
    """A steady understanding of a model, which is probed after `pause` seconds."""
    understanding = SteadyUnderstanding(
        FixedModel(model) if isinstance(model, ReadyUnderstanding | RasaUnderstanding) else model,
        keywords or FewWords(),
        patience_seconds=patience,
        first_pause_seconds=pause,
        longest_pause_seconds=pause,
    )
    try:
        yield understanding
    finally:
        await understanding.stop()


async def test_the_model_answers() -> None:
    async with steady(ReadyUnderstanding()) as understanding:
        assert await understanding.understand([WORDS, WORDS]) == [BY_MODEL, BY_MODEL]
        assert understanding.state == RASA


async def test_words_of_a_category_that_the_model_has_not_learned_put_it_among_three_in_doubt() -> None:
    async with steady(ReadyUnderstanding()) as understanding:
        [reading] = await understanding.understand(["timbangan di pasar hewan rusak"])
        assert ([guess.name for guess in reading.categories], reading.sure) == (
            ["jalan", "sampah", "pasar_hewan", "lainnya"],
            False,
        )


async def test_without_a_model_keywords_answer_and_are_never_sure() -> None:
    async with steady(None) as understanding:
        await understanding.start()
        assert await understanding.understand([WORDS]) == [BY_KEYWORDS]
        assert understanding.state == KEYWORDS


@pytest.mark.parametrize("state", [STARTING, DOWN])
async def test_while_the_model_is_not_there_keywords_answer_and_the_model_says_why(state: UnderstandingState) -> None:
    async with steady(ChangingModel(None, state)) as understanding:
        assert await understanding.understand([WORDS]) == [BY_KEYWORDS]
        assert understanding.state == state


async def test_the_model_takes_over_when_it_is_there() -> None:
    model = ChangingModel()
    async with steady(model) as understanding:
        await understanding.understand([WORDS])
        model.reader = ReadyUnderstanding()
        assert await understanding.understand([WORDS]) == [BY_MODEL]
        assert understanding.state == RASA


async def test_one_failure_costs_one_reading_and_no_more() -> None:
    model = AilingUnderstanding()
    async with steady(model) as understanding:
        failed = await understanding.understand([WORDS])
        model.well = True
        assert [failed, await understanding.understand([WORDS])] == [[BY_KEYWORDS], [BY_MODEL]]
        assert understanding.state == RASA


async def test_after_two_failures_in_a_row_the_model_is_not_asked_any_more() -> None:
    model = AilingUnderstanding()
    async with steady(model) as understanding:
        for _ in range(2):
            await understanding.understand([WORDS])
        asked = model.asked
        assert await understanding.understand([WORDS] * 5) == [BY_KEYWORDS] * 5
        assert (model.asked, understanding.state) == (asked, DOWN)


async def test_failures_with_an_answer_between_them_are_not_in_a_row() -> None:
    model = AilingUnderstanding()
    async with steady(model) as understanding:
        for well in (False, True, False):
            model.well = well
            await understanding.understand([WORDS])
        assert understanding.state == RASA


async def test_of_many_texts_at_once_few_are_asked_of_a_model_that_is_down() -> None:
    model = AilingUnderstanding()
    async with steady(model) as understanding:
        assert await understanding.understand([WORDS] * 50) == [BY_KEYWORDS] * 50
        assert model.asked <= 9


async def test_a_text_that_the_model_cannot_read_does_not_take_the_others_with_it() -> None:
    async with steady(PickyUnderstanding("racun")) as understanding:
        with capture_logs() as logs:
            readings = await understanding.understand([WORDS, "racun", WORDS])
    assert readings == [BY_MODEL, BY_KEYWORDS, BY_MODEL]
    assert [entry["event"] for entry in logs] == ["understanding_broken"]
    assert "racun" not in str(logs)


async def test_a_model_that_dreams_is_not_waited_for() -> None:
    async with steady(DreamingUnderstanding(), patience=0.02) as understanding:
        assert await understanding.understand([WORDS] * 20) == [BY_KEYWORDS] * 20


async def test_keywords_that_break_leave_an_empty_reading() -> None:
    async with steady(None, keywords=BrokenWords()) as understanding:
        with capture_logs() as logs:
            assert await understanding.understand([WORDS]) == [ModelAnswer(Guess("none", 0.0), ())]
    assert WORDS not in str(logs)


async def test_no_text_is_no_question() -> None:
    model = ReadyUnderstanding()
    async with steady(model) as understanding:
        assert (await understanding.understand([]), model.asked) == ([], 0)


async def test_the_model_comes_back_by_itself() -> None:
    model = RecoveringUnderstanding(failures=6)
    async with steady(model, pause=0) as understanding:
        for _ in range(2):
            await understanding.understand([WORDS])
        async with asyncio.timeout(PATIENCE_SECONDS):
            await model.recovered.wait()
        assert await understanding.understand([WORDS]) == [BY_MODEL]
        assert understanding.state == RASA


async def test_another_model_is_another_chance() -> None:
    model = ChangingModel(AilingUnderstanding(), DOWN)
    async with steady(model) as understanding:
        for _ in range(2):
            await understanding.understand([WORDS])
        model.reader = ReadyUnderstanding()
        assert (understanding.state, await understanding.understand([WORDS])) == (RASA, [BY_MODEL])


async def test_a_server_elsewhere_is_starting_until_it_was_asked() -> None:
    async with ObligingRasa() as rasa, RasaUnderstanding(rasa.url, TOKEN) as model, steady(model) as understanding:
        before = understanding.state
        await understanding.understand([WORDS])
        assert (before, understanding.state) == (STARTING, RASA)


async def test_a_server_elsewhere_that_never_answers_is_down_before_anybody_writes() -> None:
    async with (
        RefusingRasa(503) as rasa,
        RasaUnderstanding(rasa.url, TOKEN) as model,
        steady(model, pause=0) as understanding,
    ):
        await understanding.start()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while understanding.state != DOWN:
                await asyncio.sleep(0)
        assert await understanding.understand([WORDS]) == [BY_KEYWORDS]
