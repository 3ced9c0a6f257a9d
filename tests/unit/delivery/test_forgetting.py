"""A citizen has her data deleted: nothing of her is left, her public cases go on, and nobody else loses anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update

from actions.cases.actions import CaseAction
from actions.cases.case import Attachment, Case, Location, Status, Words, is_forgotten
from actions.people.roles import REPORTER, Role
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.files import want_files
from actions.store.cases.handling import sayings_of
from actions.store.cases.supporters import Support, write_supports
from actions.store.engine.database import Database
from actions.store.engine.tables import dialogues, files, inbox, metadata, outbox, push_subscriptions
from actions.store.people.people import people
from actions.store.training.act_samples import act_samples, add_act_samples
from actions.store.training.samples import add_samples, samples
from actions.store.training.turn_samples import turn_samples
from bot.conversation.events import Event, Said
from bot.conversation.others_cases.effects import TakeWeekly
from bot.conversation.own_cases.effects import ShowStatus
from bot.conversation.own_cases.events import StatusFound, StatusMissing
from bot.conversation.own_data.effects import ForgetMe
from bot.conversation.own_data.events import Forgotten
from bot.messaging.records import write_event
from bot.messaging.turn_ports import Citizen
from bot.services.retention_sweep import RetentionSweep
from bot.web.case.routes import read_own, read_public
from tests.databases import on_sqlite
from tests.talks.world import declared
from tests.unit.delivery.case_office import ANSWER, PROOF, SITI, VERA, CaseOffice, liaison

WHO, TONO = Citizen("telegram", "siti", "id"), Citizen("telegram", "tono", "id")
STORY, PLACE, SAID = "selokan zamrud tersumbat", "gang permata sebelas", "airnya nilam"
NAME = "Safirawati"
HER_MARKS = (NAME, "siti")
WORDS = (STORY, PLACE, SAID)


@pytest.fixture
def office(database: Database) -> CaseOffice:
    """An office where nobody has reported anything."""
    return CaseOffice(database)


async def reports(office: CaseOffice, **changes: Any) -> Case:
    """Siti has given her name, a photo and the place."""
    told = {"words": Words(STORY, NAME), "attachments": (Attachment("photo", "her-photo"),)}
    where = Location(district="64.09.01", village="64.09.01.1003", spoken=PLACE, lat=-1.27, lon=116.8)
    return await office.files(**({"location": where} | told | changes))


async def has_a_past(office: CaseOffice) -> None:
    """What else is kept of her: messages, a draft, a photo, what she supports, and what trainers see of her."""
    chat = {"channel": "telegram", "chat": "siti"}
    said = Said(id="e7", at=office.clock(), text=SAID, ref="7", name=NAME)
    neighbour = await office.files(reporter="telegram:dewi", draft_key="dewi", words=Words("jalan lain"))
    async with office.database.writing() as connection:
        row = {
            "update_id": "7",
            "sequence": 7,
            "event": write_event(said),
            "state": "done",
            "received_at": office.clock(),
        }
        await connection.execute(insert(inbox), [chat | row])
        letters = [
            {"ref": f"7.{state}", "message": f'{{"kind": "message", "text": "{STORY}"}}', "state": state}
            for state in ("sent", "new", "failed")
        ]
        await connection.execute(insert(outbox), [chat | one | {"created_at": office.clock()} for one in letters])
        record = f'{{"dialogue": {{"aside": "{SAID}"}}}}'
        await connection.execute(insert(dialogues), [chat | {"record": record, "changed_at": office.clock()}])
        await keeps(connection, office, "her-photo", "another-photo")
        await write_supports(connection, [Support(neighbour.ticket, SITI, "id", office.clock())])
        await add_samples(connection, [a_sample(office, SAID)])
        note = {"ticket": "", "words": SAID, "channel": "telegram", "meaning": "{}", "at": office.clock()}
        await connection.execute(insert(turn_samples), [note])


async def keeps(connection: Any, office: CaseOffice, *names: str) -> None:
    rows = [
        {
            "channel": "telegram",
            "chat": "siti",
            "file_id": name,
            "kind": "photo",
            "name": office.chance.token_bytes(16).hex(),
            "created_at": office.clock(),
        }
        for name in names
    ]
    await want_files(connection, rows)
    await connection.execute(update(files).where(files.c.chat == "siti").values(state="kept"))


def a_sample(office: CaseOffice, text: str, ticket: str | None = None) -> dict[str, object]:
    return {
        "ticket": ticket,
        "text": text,
        "kin": text[:16],
        "channel": "telegram",
        "at": office.clock(),
        "intent": "complaint",
        "intent_confidence": 0.5,
        "category_confidence": 0.5,
        "ranking": "[]",
        "is_sure": False,
        "worth": 1.0,
        "reason": "unsure",
    }


def an_act_sample(office: CaseOffice, words: str, ticket: str | None = None) -> dict[str, object]:
    said = {"ticket": ticket, "channel": "telegram", "at": office.clock(), "asked": "card", "words": words}
    return said | {"kin": words[:8], "likely": "[]", "worth": 0.5}


async def carries_out(office: CaseOffice, effect: Any, who: Citizen = WHO) -> Event | None:
    """As in a turn, with everybody who tells others."""
    cause = Said(id="e1", at=office.clock(), text="ya", ref="1")
    effect_runner = replace(declared().effect_runner, chance=office.chance)
    async with office.database.writing() as connection:
        book = SqlCaseBook(connection)
        told = await effect_runner.carry_out(book, who, effect, cause)
        await book.flush()
        for notifier in declared().notifiers():
            await notifier.tell(connection, book.done, office.clock())
    return told


async def is_forgotten_now(office: CaseOffice) -> Forgotten:
    told = await carries_out(office, ForgetMe())
    assert isinstance(told, Forgotten)
    return told


async def files_are_gone(office: CaseOffice) -> None:
    """Whoever fetches files has taken off the disk what is not wanted."""
    async with office.database.writing() as connection:
        await connection.execute(update(files).where(files.c.state == "unwanted").values(state="gone"))


async def last_traces_go(office: CaseOffice) -> None:
    await files_are_gone(office)
    office.clock.passes(timedelta(hours=2))
    await RetentionSweep(office.database, office.clock, declared().regency.retention, {"web"}).sweep()


async def everything(office: CaseOffice) -> str:
    """Every value of every row."""
    rows = list[str]()
    async with office.database.reading() as connection:
        for table in metadata.sorted_tables:
            rows += [str(tuple(row)) for row in await connection.execute(select(table))]
    return "\n".join(rows)


async def found(office: CaseOffice, *marks: str) -> list[str]:
    """What of these is still to be read in any row."""
    read = (await everything(office)).casefold().replace('"sensitive"', "")  # a column's name, which holds a mark
    return [mark for mark in marks if mark.casefold() in read]


async def test_nothing_that_tells_who_she_is_is_left_anywhere(office: CaseOffice) -> None:
    await reports(office)
    await has_a_past(office)
    assert await found(office, *HER_MARKS, *WORDS) == [*HER_MARKS, *WORDS]
    await is_forgotten_now(office)
    await last_traces_go(office)
    assert await found(office, *HER_MARKS, SAID) == []


async def test_a_public_case_goes_on_with_its_words_and_photo(office: CaseOffice) -> None:
    case = await reports(office)
    await has_a_past(office)
    told = await is_forgotten_now(office)
    after = await office.case(case.ticket)
    assert told.going_on == (case.ticket,)
    assert after.status is Status.FORWARDED
    assert is_forgotten(after.reporter)
    assert after.attachments == case.attachments
    assert await found(office, STORY, PLACE) == [STORY, PLACE]
    async with office.database.reading() as connection:
        states = {row.file_id: row.state for row in await connection.execute(select(files))}
    assert states == {"her-photo": "kept", "another-photo": "unwanted"}
    assert await office.faults() == []


async def test_of_a_secret_case_only_what_was_done_stays(office: CaseOffice) -> None:
    case = await reports(office, secret=True)
    told = await is_forgotten_now(office)
    assert told.going_on == ()
    assert (await office.case(case.ticket)).status is Status.WITHDRAWN
    assert await found(office, *WORDS) == []
    assert await office.faults() == []


async def test_of_a_case_that_is_over_her_words_go_and_the_answer_stays(office: CaseOffice) -> None:
    case = await reports(office)
    await office.does(case.ticket, CaseAction.ADD, REPORTER, words=SAID)
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(case.agency))
    await office.does(case.ticket, CaseAction.ANSWER, liaison(case.agency), enclosures=PROOF, **ANSWER)
    await office.does(case.ticket, CaseAction.CONFIRM, REPORTER)
    actions = await office.actions(case.ticket)
    await is_forgotten_now(office)
    assert await office.actions(case.ticket) == actions
    assert await found(office, *WORDS) == []
    async with office.database.reading() as connection:
        said = [saying.words for saying in (await sayings_of(connection, case.ticket)).values() if saying.words]
    assert said == [ANSWER["words"]]
    assert await office.faults() == []


async def test_a_question_to_her_is_over_and_no_other_can_be_asked(office: CaseOffice) -> None:
    case = await reports(office, category=None)
    await office.does(case.ticket, CaseAction.ASK, VERA, words="Berapa tiang?")
    await is_forgotten_now(office)
    assert (await office.case(case.ticket)).status is Status.RECEIVED
    with pytest.raises(Exception, match="refused-left"):
        await office.does(case.ticket, CaseAction.ASK, VERA, words="Di mana?")


async def test_an_answer_that_waits_for_her_is_closed_by_its_clock(office: CaseOffice) -> None:
    case = await reports(office)
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(case.agency))
    await office.does(case.ticket, CaseAction.ANSWER, liaison(case.agency), enclosures=PROOF, **ANSWER)
    await is_forgotten_now(office)
    before = len(await office.notes("telegram:siti"))
    await office.passes(30)
    assert (await office.case(case.ticket)).status is Status.CLOSED
    assert len(await office.notes("telegram:siti")) == before
    assert await office.faults() == []


async def test_what_waits_to_be_sent_to_her_is_not_sent(office: CaseOffice) -> None:
    case = await reports(office)
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(case.agency))
    await office.does(case.ticket, CaseAction.NOTE, liaison(case.agency), words="Teknisi datang hari Kamis pagi")
    await is_forgotten_now(office)
    async with office.database.reading() as connection:
        waiting = (await connection.execute(select(outbox.c.chat).where(outbox.c.state == "new"))).scalars().all()
    assert waiting == []


async def test_nobody_else_loses_anything(office: CaseOffice) -> None:
    theirs = await office.files(reporter="telegram:tono", draft_key="tono", words=Words("jembatan retak", "Tono"))
    async with office.database.writing() as connection:
        await add_samples(connection, [a_sample(office, "halo dari tono")])
        await connection.execute(
            insert(push_subscriptions), [{"endpoint": "e", "visitor": "siti", "since": office.clock()}]
        )
    await carries_out(office, TakeWeekly(code="64.09.01.1003"), TONO)
    await reports(office)
    await is_forgotten_now(office)
    await last_traces_go(office)
    assert (await office.case(theirs.ticket)).reporter == "telegram:tono"
    kept = ("jembatan retak", "Tono", "halo dari tono", "64.09.01.1003", "'e', 'siti'")
    assert await found(office, *kept) == list(kept)


async def test_her_page_and_her_list_are_closed_and_the_public_page_is_not(office: CaseOffice) -> None:
    case = await reports(office)
    await is_forgotten_now(office)
    assert await read_own(office.database, case.ticket, lambda _: True) is None
    assert await read_public(office.database, case.ticket) is not None
    seen = await carries_out(office, ShowStatus(case.ticket))
    assert isinstance(seen, StatusFound)
    assert not seen.own


async def test_her_number_of_a_secret_case_is_as_unknown(office: CaseOffice) -> None:
    case = await reports(office, secret=True)
    await is_forgotten_now(office)
    assert isinstance(await carries_out(office, ShowStatus(case.ticket)), StatusMissing)


async def test_her_cases_cannot_be_told_to_be_of_one_person(office: CaseOffice) -> None:
    first, second = await reports(office), await reports(office, draft_key="another", attachments=())
    await is_forgotten_now(office)
    assert (await office.case(first.ticket)).reporter != (await office.case(second.ticket)).reporter


async def test_cases_that_share_a_photo_keep_it(office: CaseOffice) -> None:
    first, second = await reports(office), await reports(office, draft_key="another")
    await has_a_past(office)
    await is_forgotten_now(office)
    assert (await office.case(first.ticket)).reporter == (await office.case(second.ticket)).reporter


async def test_asked_for_twice_it_is_done_once(office: CaseOffice) -> None:
    case = await reports(office)
    assert (await is_forgotten_now(office)).going_on == (case.ticket,)
    assert (await is_forgotten_now(office)).going_on == ()


async def test_a_case_that_she_has_left_before_is_left_once(office: CaseOffice) -> None:
    case = await reports(office)
    async with office.database.writing() as connection:
        await write_supports(connection, [Support(case.ticket, "telegram:dewi", "id", office.clock())])
    await office.does(case.ticket, CaseAction.WITHDRAW, REPORTER)
    actions = await office.actions(case.ticket)
    assert (await is_forgotten_now(office)).going_on == (case.ticket,)
    assert await office.actions(case.ticket) == actions


async def test_a_new_talk_after_it_stays(office: CaseOffice) -> None:
    await reports(office)
    await has_a_past(office)
    await is_forgotten_now(office)
    chat = {"channel": "telegram", "chat": "siti"}
    async with office.database.writing() as connection:
        row = {"update_id": "9", "sequence": 9, "event": "{}", "state": "done", "received_at": office.clock()}
        await connection.execute(insert(inbox), [chat | row])
        await connection.execute(insert(dialogues), [chat | {"record": "{}", "changed_at": office.clock()}])
    await last_traces_go(office)
    async with office.database.reading() as connection:
        assert (await connection.execute(select(dialogues.c.chat))).scalars().all() == ["siti"]


async def test_an_officer_who_is_a_citizen_stays_an_officer(office: CaseOffice) -> None:
    known = {"name": "Siti", "name_key": "siti", "is_active": True, "telegram": "siti", "created_at": office.clock()}
    async with office.database.writing() as connection:
        await connection.execute(insert(people), [known])
    await is_forgotten_now(office)
    async with office.database.reading() as connection:
        assert (await connection.execute(select(people.c.telegram))).scalars().all() == ["siti"]


async def test_samples_of_her_cases_go_at_once(office: CaseOffice) -> None:
    case = await reports(office)
    async with office.database.writing() as connection:
        await add_samples(connection, [a_sample(office, STORY, case.ticket), a_sample(office, "kata orang lain")])
        hers, other = an_act_sample(office, SAID, case.ticket), an_act_sample(office, "kata orang lain")
        await add_act_samples(connection, [hers, other])
    await is_forgotten_now(office)
    async with office.database.reading() as connection:
        assert (await connection.execute(select(samples.c.text))).scalars().all() == ["kata orang lain"]
        assert (await connection.execute(select(act_samples.c.words))).scalars().all() == ["kata orang lain"]


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.thorough
@on_sqlite
@pytest.mark.parametrize("statements", [2, 5, 9, 14, 20, 27, 33])
async def test_killed_anywhere_all_of_it_is_there_or_none(office: CaseOffice, statements: int) -> None:
    await reports(office)
    await has_a_past(office)
    before = await everything(office)
    left = iter(range(statements))

    def dies(*_: object) -> None:
        if next(left, None) is None:
            raise Killed

    engine = office.database._writing.sync_engine
    event.listen(engine, "before_cursor_execute", dies)
    with pytest.raises(Killed):
        await carries_out(office, ForgetMe())
    event.remove(engine, "before_cursor_execute", dies)
    assert await everything(office) == before
    await is_forgotten_now(office)
    await last_traces_go(office)
    assert await found(office, *HER_MARKS, SAID) == []
    assert await office.faults() == []


async def test_the_event_says_who_left_and_nothing_of_her(office: CaseOffice) -> None:
    case = await reports(office)
    await is_forgotten_now(office)
    last = (await office.events(case.ticket))[-1]
    assert (last.action, last.who, last.person, last.words_digest) == ("withdraw", Role.REPORTER, "", "")
