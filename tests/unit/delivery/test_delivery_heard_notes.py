"""What turns leave for the trainers: what was heard and chosen, and nothing of what is secret or was never sent."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select, update

from actions.store.cases.rerouting import case_reroutes
from actions.store.engine.tables import case_words, cases
from actions.store.training.inbox import inbox_page
from actions.store.training.samples import Sample
from actions.store.training.turn_samples import turn_samples, waiting_notes
from bot.conversation.draft import Draft, StoryPiece
from bot.conversation.events import Filed
from bot.messaging.turn_outcome import FiledSample, of_cases
from bot.training.samples.gathering import Gatherer
from bot.training.samples.worth import Learned
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess
from tests.fakes.understandings import SureUnderstanding, meaning
from tests.unit.delivery.town import NOON, STORY, Town, assembled

A_DRAFT = Draft(key="d1", opened_at=NOON, touched_at=NOON, pieces=(StoryPiece("m1", STORY),), meaning=meaning())


async def notes(town: Town) -> list[dict[str, Any]]:
    async with town.database.reading() as connection:
        found = (await connection.execute(select(turn_samples).order_by(turn_samples.c.id))).all()
    return [{"words": row.words, "ticket": row.ticket, **json.loads(row.meaning)} for row in found]


async def files(town: Town, *presses: str) -> None:
    send = await town.has_a_card()
    key = send.partition("@")[2]
    for press in presses:
        await town.arrives(town.pressed(f"{press}@{key}"))
        await town.works()
    await town.arrives(town.pressed(send))
    await town.works()


async def test_a_filed_case_leaves_what_was_heard_and_not_its_words(town: Town) -> None:
    await files(town)
    [note] = await notes(town)
    [case] = await town.cases()
    assert (note["ticket"], note["words"], note["chosen"]) == (case.ticket, "", {})
    assert note["categories"][0][0] == case.category


async def test_answers_that_are_filed_below_the_story_are_no_words_of_hers(town: Town) -> None:
    await files(town)
    [case] = await town.cases()
    draft = replace(A_DRAFT, answers={"severity": "serious"})
    filed = Filed(
        id="e1",
        at=NOON,
        draft_key="d1",
        ticket=case.ticket,
        agency="",
        reason="",
        deadline=NOON.date(),
        forwarded=True,
        secret=False,
        link="",
    )
    [note] = of_cases([FiledSample(draft, filed)], assembled().talk.catalogue)
    async with town.database.writing() as connection:
        await connection.execute(update(case_words).values(story=f"{draft.story}\n\nKeparahan: Parah"))
        await connection.execute(update(turn_samples).values(meaning=note.meaning))
        waiting = await waiting_notes(connection, 10)
    assert [one.words for one in waiting] == [draft.story]


async def test_what_the_citizen_chose_is_a_label(town: Town) -> None:
    await files(town, "pick:jalan")
    [note] = await notes(town)
    assert note["chosen"] == {"category": "jalan"}


async def test_that_she_does_not_know_is_no_label(town: Town) -> None:
    await files(town, "unknown")
    assert [note["chosen"] for note in await notes(town)] == [{}]


async def test_a_draft_leaves_nothing_until_it_is_sent(town: Town) -> None:
    await town.has_a_card()
    assert await notes(town) == []


async def test_a_secret_case_leaves_nothing(town: Town) -> None:
    await files(town, "secret")
    [case] = await town.cases()
    assert (case.visibility, await notes(town)) == ("secret", [])


async def test_a_sensitive_case_leaves_nothing(town: Town) -> None:
    await files(town, "pick:pungli_korupsi")
    assert len(await town.cases()) == 1
    assert await notes(town) == []


class Chatty(SureUnderstanding):
    """Takes everything for thanks."""

    async def understand(self, texts: Any) -> list[ModelAnswer]:
        return [ModelAnswer(Guess("thanks", 0.7), (Guess("jalan", 0.2),)) for _ in texts]


async def test_small_talk_leaves_its_words(town: Town) -> None:
    town.understanding = Chatty()
    await town.arrives(town.said("makasih banyak ya min"))
    await town.works()
    [note] = await notes(town)
    assert (note["words"], note["intent"]) == ("makasih banyak ya min", ["thanks", 0.7])


async def test_commands_and_numbers_leave_nothing(town: Town) -> None:
    town.understanding = Chatty()
    await town.arrives(town.said("/bantuan"), town.said("LP-2345-67CX"))
    await town.works()
    assert await notes(town) == []


async def test_what_is_sensitive_is_not_kept_of_small_talk_either(town: Town) -> None:
    town.understanding = Chatty()
    await town.arrives(town.said("petugas minta uang pelicin dua ratus ribu untuk ktp"))
    await town.works()
    assert await notes(town) == []


async def test_a_case_that_has_become_secret_or_sensitive_since_is_shown_to_nobody(town: Town) -> None:
    for secret in ({"visibility": "secret"}, {"sensitive": True}):
        await files(town)
        async with town.database.writing() as connection:
            await connection.execute(update(cases).values(visibility="public", sensitive=False))
        gatherer = Gatherer(town.database, lambda: town.now, lambda: Learned(frozenset(), {}))
        await gatherer.gather()
        async with town.database.writing() as connection:
            await connection.execute(update(cases).values(**secret))
        async with town.database.reading() as connection:
            assert await inbox_page(connection, "person:1", 10) == []


async def test_a_case_that_became_secret_before_it_was_gathered_is_no_sample(town: Town) -> None:
    await files(town)
    async with town.database.writing() as connection:
        await connection.execute(update(cases).values(visibility="secret"))
    async with town.database.reading() as connection:
        [note] = await waiting_notes(connection, 10)
    assert note.words == ""
    await Gatherer(town.database, lambda: town.now, lambda: Learned(frozenset(), {})).gather()
    async with town.database.writing() as connection:
        await connection.execute(update(cases).values(visibility="public"))
    async with town.database.reading() as connection:
        assert await inbox_page(connection, "person:1", 10) == []


async def test_the_words_of_a_case_reach_the_trainers_covered(town: Town) -> None:
    await files(town)
    await Gatherer(town.database, lambda: town.now, lambda: Learned(frozenset(), {})).gather()
    async with town.database.reading() as connection:
        [sample] = await inbox_page(connection, "person:1", 10)
    assert (sample.text, sample.status) == (STORY, "forwarded")


async def test_a_case_that_an_officer_sent_elsewhere_moves_up_once(town: Town) -> None:
    gatherer = Gatherer(town.database, lambda: town.now, lambda: Learned(frozenset(), {}))
    await files(town)
    await gatherer.gather()
    [case] = await town.cases()
    moved = {"ticket": case.ticket, "at": town.now, "category": "jalan", "type": "complaint"}
    async with town.database.writing() as connection:
        await connection.execute(insert(case_reroutes), [{**moved, "came_from": "dpupr", "to": "dishub"}])
    before = await shown(town)
    assert [await gatherer.look_at_reroutes(), await gatherer.look_at_reroutes()] == [1, 0]
    [after] = await shown(town)
    assert (after.reason, after.worth) == ("rerouted", before[0].worth + 4)


async def shown(town: Town) -> list[Sample]:
    async with town.database.reading() as connection:
        return await inbox_page(connection, "person:1", 10)
