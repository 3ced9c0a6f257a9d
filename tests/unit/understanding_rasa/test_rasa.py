"""Asking a server for a reading: what is sent, what is believed, and what an error may tell."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable

import pytest

from bot.understanding.port import CannotUnderstand, ModelAnswer, UnderstandingState
from bot.understanding.rasa.client import RasaUnderstanding
from bot.understanding.understood import Guess
from tests.patience import PATIENCE_SECONDS
from tests.unit.understanding_rasa.rasa_doubles import (
    TOKEN,
    EchoingRasa,
    LateRasa,
    ObligingRasa,
    RefusingRasa,
    RubbishRasa,
    SilentRasa,
    SlowRasa,
    a_document,
)

WORDS = "jalan di depan sekolah kami berlubang"
READING = ModelAnswer(
    Guess("complaint", 0.97), (Guess("jalan", 0.9), Guess("drainase_banjir", 0.06), Guess("sampah", 0.01)), sure=True
)


async def the_failure(rasa: ObligingRasa, patience_seconds: float = 0.05) -> CannotUnderstand:
    async with rasa, RasaUnderstanding(rasa.url, TOKEN, 0.8, patience_seconds=patience_seconds) as understanding:
        with pytest.raises(CannotUnderstand) as caught:
            await understanding.understand([WORDS])
    return caught.value


async def test_a_text_is_read() -> None:
    async with ObligingRasa() as rasa, RasaUnderstanding(rasa.url, TOKEN, 0.8) as understanding:
        assert await understanding.understand([WORDS]) == [READING]
    assert (rasa.texts, rasa.queries) == ([WORDS], [{"token": TOKEN}])


async def test_a_first_category_below_the_threshold_is_in_doubt() -> None:
    async with ObligingRasa() as rasa, RasaUnderstanding(rasa.url, TOKEN, 0.91) as understanding:
        [reading] = await understanding.understand([WORDS])
    assert not reading.sure


async def test_the_address_may_end_with_a_slash_and_needs_no_token() -> None:
    async with ObligingRasa() as rasa, RasaUnderstanding(f"{rasa.url}/", None, 0.8) as understanding:
        assert await understanding.understand([WORDS]) == [READING]
    assert rasa.queries == [{}]


async def test_a_text_is_cut_to_five_thousand_characters() -> None:
    async with ObligingRasa() as rasa, RasaUnderstanding(rasa.url, TOKEN) as understanding:
        await understanding.understand(["é" * 5_001])
    assert rasa.texts == ["é" * 5_000]


async def test_half_a_character_is_sent_as_a_question_mark() -> None:
    async with ObligingRasa() as rasa, RasaUnderstanding(rasa.url, TOKEN) as understanding:
        await understanding.understand(["banjir \ud83d"])
    assert rasa.texts == ["banjir ?"]


async def test_readings_keep_the_order_of_the_texts() -> None:
    texts = [f"pesan {number}" for number in range(30)]
    async with EchoingRasa() as rasa, RasaUnderstanding(rasa.url, TOKEN) as understanding:
        readings = await understanding.understand(texts)
    assert [reading.intent.name for reading in readings] == texts


async def test_no_text_needs_no_server() -> None:
    async with RasaUnderstanding("http://127.0.0.1:9", TOKEN) as understanding:
        assert await understanding.understand([]) == []


async def test_eight_texts_are_on_their_way_at_once() -> None:
    async with SlowRasa(questions=8) as rasa, RasaUnderstanding(rasa.url, TOKEN) as understanding:
        await understanding.understand([WORDS] * 16)
        await understanding.understand([WORDS] * 8)
    assert rasa.most_at_once == 8


async def test_it_is_starting_until_it_has_answered() -> None:
    async with ObligingRasa() as rasa, RasaUnderstanding(rasa.url, TOKEN) as understanding:
        before = understanding.state
        await understanding.understand([WORDS])
        assert (before, understanding.state) == (UnderstandingState.STARTING, UnderstandingState.RASA)


async def test_silence_is_a_failure() -> None:
    assert str(await the_failure(SilentRasa())) == "the language model did not answer in time"


async def test_who_has_patience_hears_what_comes_late() -> None:
    async with (
        LateRasa() as rasa,
        RasaUnderstanding(rasa.url, TOKEN, 0.8, patience_seconds=0.05) as chat,
        chat.patient(PATIENCE_SECONDS) as trial,
    ):
        asked = asyncio.create_task(trial.understand([WORDS]))
        with pytest.raises(CannotUnderstand):
            await chat.understand([WORDS])
        rasa.now.set()
        assert await asked == [READING]


async def test_a_wrong_token_is_named_as_such() -> None:
    assert "LAPOR_NLU_TOKEN" in str(await the_failure(RefusingRasa(401), 5))


@pytest.mark.parametrize("status", [204, 302, 404, 500, 503])
async def test_any_other_status_is_a_failure(status: int) -> None:
    assert str(await the_failure(RefusingRasa(status), 5)) == f"the language model answered with status {status}"


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b"null", b"{}"])
async def test_rubbish_is_a_failure(body: bytes) -> None:
    assert str(await the_failure(RubbishRasa(body), 5)).startswith("the language model answered no ")


async def test_json_under_another_name_is_read() -> None:
    async with RubbishRasa(b"[]", "text/plain") as rasa, RasaUnderstanding(rasa.url, TOKEN) as understanding:
        with pytest.raises(CannotUnderstand, match="no object"):
            await understanding.understand([WORDS])


async def test_a_server_that_is_not_there_is_a_failure() -> None:
    async with ObligingRasa() as gone:
        pass
    async with RasaUnderstanding(gone.url, TOKEN) as understanding:
        with pytest.raises(CannotUnderstand, match="cannot be reached"):
            await understanding.understand([WORDS])


async def test_after_closing_nothing_is_asked() -> None:
    async with ObligingRasa() as rasa:
        understanding = RasaUnderstanding(rasa.url, TOKEN)
        await understanding.aclose()
        with pytest.raises(CannotUnderstand, match="gone"):
            await understanding.understand([WORDS])
    assert rasa.texts == []


TEMPERS: list[Callable[[], ObligingRasa]] = [
    SilentRasa,
    lambda: RefusingRasa(401),
    lambda: RubbishRasa(WORDS.encode()),
    lambda: ObligingRasa({**a_document(), "intent": {"name": WORDS, "confidence": 7}}),
    lambda: ObligingRasa({**a_document(), "category_ranking": [{"name": WORDS}]}),
]


@pytest.mark.parametrize("temper", TEMPERS)
async def test_no_error_tells_her_words_or_the_token(temper: Callable[[], ObligingRasa]) -> None:
    told = "".join(traceback.format_exception(await the_failure(temper(), 0.3)))
    assert [secret for secret in (WORDS, TOKEN, "kunci") if secret in told] == []
