"""Redactions in a real database: what holds, who is shown what from then on, and the way back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Attachment, Words
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import Wish
from actions.cases.outcome import Done
from actions.people.roles import Actor
from actions.privacy.handlers import latest_answer, redact_case
from actions.privacy.redaction import COVER, NOTHING_REDACTED, Moderated, Redaction, TextSpan
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.officer_work import words_of
from actions.store.cases.redactions import SqlRedactions, moderated_of
from actions.store.engine.database import Database
from actions.store.training.act_samples import act_samples, add_act_samples
from actions.store.training.samples import State, samples
from actions.store.training.turn_samples import save_turn_samples, waiting_notes
from tests.unit.actions.acting import LINA, MODI, WORDS
from tests.unit.actions.builders import NOON
from tests.unit.store.reports import CHANCE, REGENCY, a_ticket
from tests.unit.store.test_store_working import PHOTO, does

TOLD = Words("Pak Budi menutup selokan")
BUDI = Redaction(story=(TextSpan(4, 8),))


async def redacts(database: Database, ticket: str, redaction: Redaction, who: Actor = MODI) -> Done:
    wish = Wish(ticket=ticket, command=CaseCommand(action=CaseAction.REDACT, words="Ada nama orang"), who=who)
    async with database.writing() as connection:
        book, at = SqlCaseBook(connection), NOON + timedelta(hours=2)
        done = await redact_case(book, SqlRedactions(connection), REGENCY, wish, redaction, at, CHANCE)
        await book.flush()
        return done


async def in_force(database: Database, ticket: str) -> Redaction:
    async with database.reading() as connection:
        return await SqlRedactions(connection).of_case(ticket)


async def public(database: Database, ticket: str) -> Moderated | None:
    async with database.reading() as connection:
        return (await moderated_of(connection, [ticket])).get(ticket)


async def state_of_sample(database: Database, ticket: str) -> str:
    """Of the story, and of the message of the talk, which have the same."""
    async with database.reading() as connection:
        of_story = select(samples.c.state).where(samples.c.ticket == ticket)
        of_talk = select(act_samples.c.state).where(act_samples.c.ticket == ticket)
        [state] = {(await connection.execute(query)).scalar_one() for query in (of_story, of_talk)}
        return str(state)


async def a_sample(database: Database, ticket: str) -> None:
    row = {"ticket": ticket, "text": TOLD.story, "kin": "k", "channel": "telegram", "at": NOON, "intent": "complaint"}
    numbers = {"intent_confidence": 0.5, "category_confidence": 0.5, "ranking": "[]", "is_sure": False, "worth": 1.0}
    said = {"ticket": ticket, "channel": "telegram", "at": NOON, "asked": "card", "words": "itu pak budi"}
    async with database.writing() as connection:
        await connection.execute(insert(samples), [{**row, **numbers, "reason": "unsure"}])
        await add_act_samples(connection, [said | {"kin": "k", "likely": "[]", "worth": 0.5}])


async def test_the_last_one_holds_and_all_are_kept(database: Database) -> None:
    ticket = await a_ticket(database, words=TOLD)
    first = await redacts(database, ticket, BUDI)
    second = await redacts(database, ticket, NOTHING_REDACTED)
    assert await in_force(database, ticket) == NOTHING_REDACTED
    async with database.reading() as connection:
        history = await SqlRedactions(connection).history(ticket)
    assert history == {first.event.number: BUDI, second.event.number: NOTHING_REDACTED}


async def test_what_officers_read_carries_what_is_covered_in_a_group(database: Database) -> None:
    ticket = await a_ticket(database, words=TOLD)
    await redacts(database, ticket, BUDI)
    async with database.reading() as connection:
        assert await words_of(connection, [ticket]) == {ticket: Words(TOLD.story, None, BUDI)}


async def test_the_event_holds_nothing_of_it(database: Database) -> None:
    ticket = await a_ticket(database, words=TOLD)
    done = await redacts(database, ticket, Redaction(title="Selokan tertutup"))
    assert "Selokan" not in repr(done.event)
    assert (done.case.status, done.case.version) == (done.before.status, done.before.version + 1)


async def test_trainers_are_shown_what_is_left(database: Database) -> None:
    ticket = await a_ticket(database, words=TOLD)
    async with database.writing() as connection:
        said = [{"asked": "place", "words": "di rumah pak Budi", "likely": [["answer", 0.5]]}]
        note = {"ticket": ticket, "words": "", "channel": "telegram", "meaning": json.dumps({"acts": said}), "at": NOON}
        await save_turn_samples(connection, [note])
    await redacts(database, ticket, BUDI)
    async with database.reading() as connection:
        [waiting] = await waiting_notes(connection, 10)
    assert waiting.words == f"Pak {COVER} menutup selokan"
    assert [one.words for one in waiting.acts] == [f"di rumah pak {COVER}"]


async def test_a_sample_that_was_made_before_is_put_away(database: Database) -> None:
    ticket = await a_ticket(database, words=TOLD)
    await a_sample(database, ticket)
    await redacts(database, ticket, Redaction(title="Selokan tertutup"))
    assert await state_of_sample(database, ticket) == State.OPEN
    await redacts(database, ticket, BUDI)
    assert await state_of_sample(database, ticket) == State.GONE


async def test_an_answer_is_public_as_it_was_let_out_until_the_next(database: Database) -> None:
    ticket = await a_ticket(database, words=TOLD)
    await does(database, ticket, CaseAction.ACCEPT, LINA)
    answered = await does(database, ticket, CaseAction.ANSWER, LINA, words=WORDS, enclosures=(PHOTO,))
    assert await public(database, ticket) is None
    letting_out = Redaction(title="Selokan tertutup", answer=answered.event.number, answer_covered=(TextSpan(0, 6),))
    await redacts(database, ticket, letting_out)
    assert await public(database, ticket) == Moderated("Selokan tertutup", f"{COVER}{WORDS[6:]}")
    async with database.reading() as connection:
        assert latest_answer(await SqlCaseBook(connection).events(ticket)) == answered.event.number


@pytest.mark.parametrize(
    ("redaction", "who", "why"),
    [
        (NOTHING_REDACTED, MODI, "refused-redaction-same"),
        (Redaction(answer=1), MODI, "refused-redaction-wrong"),
        (Redaction(suppressed=frozenset({2})), MODI, "refused-redaction-wrong"),
        (BUDI, LINA, "refused-not-yours"),
    ],
)
async def test_what_is_refused_changes_nothing(database: Database, redaction: Redaction, who: Actor, why: str) -> None:
    ticket = await a_ticket(database, words=TOLD, attachments=(Attachment("photo", "p"),))
    with pytest.raises(StepRefused) as refused:
        await redacts(database, ticket, redaction, who)
    assert refused.value.reason_key == why
    assert await in_force(database, ticket) == NOTHING_REDACTED
