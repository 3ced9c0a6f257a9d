"""What turns leave of how a report was told: what was asked and what each message does, and nothing that is secret."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select, update

from actions.store.engine.tables import cases
from actions.store.messages.messages import load_records
from actions.store.training.act_samples import act_page, act_samples
from bot.conversation.events import Edited
from bot.messaging.act_notes import MOST_OF_A_DRAFT
from bot.messaging.records import read_record
from bot.training.samples.gathering import Gatherer
from bot.training.samples.worth import Learned
from bot.understanding.port import ModelAnswer, UnderstandingState
from bot.understanding.understood import Guess
from tests.fakes.understandings import LIKELY, SureUnderstanding
from tests.unit.delivery.town import STORY, Town

WORDS = "hm yang itu belum pas kayaknya"
"""Of no act that the model is sure of."""


@pytest.fixture(autouse=True)
def heard_by_the_compiled_model(town: Town) -> None:
    town.understanding = SureUnderstanding(state=UnderstandingState.COMPILED)


class Chatty(SureUnderstanding):
    """Takes everything for thanks."""

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        return [ModelAnswer(Guess("thanks", 0.7), LIKELY) for _ in texts]


async def says(town: Town, *texts: str) -> None:
    for text in texts:
        await town.arrives(town.said(text))
        await town.works()


async def presses(town: Town, *verbs: str) -> None:
    for verb in verbs:
        await town.arrives(town.pressed(f"{verb}@{await key_of(town)}"))
        await town.works()


async def record(town: Town) -> Any:
    async with town.database.reading() as connection:
        [row] = (await load_records(connection, [(town.channel.name, "siti")])).values()
    return read_record(row)


async def key_of(town: Town) -> str:
    return str((await record(town)).dialogue.draft.key)


async def gathered(town: Town) -> list[tuple[str, str]]:
    """What was asked and said of every message that trainers would see."""
    await Gatherer(town.database, lambda: town.now, lambda: Learned(frozenset(), {})).gather()
    async with town.database.reading() as connection:
        return [(one.asked, one.words) for one in await act_page(connection, 100)]


async def test_a_message_of_a_report_that_was_sent_comes_with_what_was_asked(town: Town) -> None:
    await town.has_a_card()
    await says(town, WORDS)
    assert await gathered(town) == [], "a draft leaves nothing until it is sent"
    await presses(town, "send")
    assert ("card", WORDS) in await gathered(town)
    async with town.database.reading() as connection:
        query = select(act_samples).where(act_samples.c.words == WORDS)
        [row] = (await connection.execute(query)).all()
    [case] = await town.cases()
    likely = json.loads(row.likely)
    assert (row.ticket, row.state, len(likely) > 3) == (case.ticket, "open", True)
    assert likely == sorted(likely, key=lambda one: -one[1])


async def test_the_same_words_asked_the_same_are_one_message(town: Town) -> None:
    await town.has_a_card()
    await says(town, WORDS, WORDS.upper())
    await presses(town, "send")
    assert [words for _, words in await gathered(town)].count(WORDS) == 1


@pytest.mark.parametrize("verbs", [("secret",), ("secret", "publish"), ("pick:pungli_korupsi",)])
async def test_a_report_that_is_secret_sensitive_or_was_secret_meanwhile_leaves_nothing(
    town: Town, verbs: tuple[str, ...]
) -> None:
    await town.has_a_card()
    await says(town, WORDS)
    await presses(town, *verbs, "send")
    assert len(await town.cases()) == 1
    assert await gathered(town) == []


async def test_a_report_that_is_cancelled_leaves_nothing_and_forgets_its_notes(town: Town) -> None:
    await town.has_a_card()
    await says(town, WORDS)
    assert [one.message.words for one in (await record(town)).notes.messages][-1] == WORDS
    await presses(town, "cancel", "cancel-yes")
    assert (await record(town)).notes.messages == ()
    assert await gathered(town) == []


async def test_a_message_that_she_has_edited_goes(town: Town) -> None:
    await town.has_a_card()
    await says(town, WORDS)
    edited = Edited(id="e90", at=town.now, ref=f"m{town.count - 1}", text="sudah benar")
    await town.arrives(town.arrival(edited))
    await town.works()
    await presses(town, "send")
    assert WORDS not in dict(await gathered(town)).values()


async def test_whoever_is_asked_her_name_is_not_overheard(town: Town) -> None:
    await town.has_a_card()
    await presses(town, "name")
    await says(town, "rumondang hasibuan")
    await says(town, "rumondang di sini, yang itu belum pas kayaknya")
    await presses(town, "send")
    assert [case.reporter for case in await town.cases()] != []
    assert not any("rumondang" in words for _, words in await gathered(town))


async def test_telephones_are_covered(town: Town) -> None:
    await town.has_a_card()
    await says(town, f"{WORDS} 0812 3456 7890")
    await presses(town, "send")
    assert any("[" in words and "0812" not in words for _, words in await gathered(town))


async def test_fear_and_numbers_of_reports_are_for_nobody(town: Town) -> None:
    await town.has_a_card()
    await says(town, "saya takut nanti pak kades marah ke saya", "yang LP-2345-67CX gimana")
    await presses(town, "send")
    assert [words for _, words in await gathered(town) if "takut" in words or "LP-" in words] == []


async def test_no_more_of_a_draft_is_noted_than_is_read(town: Town) -> None:
    await town.has_a_card()
    await says(town, *(f"{WORDS} {number}" for number in "abcdefghijklmnop"))
    assert len((await record(town)).notes.messages) <= MOST_OF_A_DRAFT


async def test_a_message_outside_of_any_report_comes_too(town: Town) -> None:
    await town.has_a_card()
    await presses(town, "send")
    town.understanding = Chatty(state=UnderstandingState.COMPILED)
    await says(town, "oalah gitu to caranya")
    assert ("filed", "oalah gitu to caranya") in await gathered(town)


async def test_a_case_that_becomes_secret_since_takes_its_messages_along(town: Town) -> None:
    await town.has_a_card()
    await says(town, WORDS)
    await presses(town, "send")
    assert await gathered(town) != []
    async with town.database.writing() as connection:
        await connection.execute(update(cases).values(visibility="secret"))
    assert await gathered(town) == []


async def test_with_another_understanding_nothing_is_noted(town: Town) -> None:
    town.understanding = SureUnderstanding(state=UnderstandingState.RASA)
    await town.has_a_card()
    await says(town, WORDS)
    await presses(town, "send")
    assert [words for _, words in await gathered(town) if words != STORY] == []
