"""What has been kept long enough goes, everywhere, and nothing that is younger; the chain of every case stays whole."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, make_url, select, update

from actions.cases.actions import CaseAction
from actions.cases.case import LEFT, Attachment, Case, Location, Words, is_forgotten
from actions.people.roles import REPORTER
from actions.privacy.retention import RetainedKind, Retention, RetentionRule
from actions.store.cases.files import want_files
from actions.store.cases.presence import case_notes
from actions.store.cases.search import case_search
from actions.store.cases.supporters import Support, write_supports
from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.engine.tables import dialogues, files, inbox, metadata, outbox
from actions.store.messages.officer_cards import DraftKey, save_draft
from actions.store.privacy.deletion_log import DeletionLogEntry, read_deletion_log
from actions.store.privacy.forgetting import rename_reporters
from actions.store.privacy.retention import empty_the_log
from actions.store.statistics.case_statistics import statistics_of_tickets
from actions.store.training.act_samples import add_act_samples
from actions.store.training.samples import add_samples
from actions.store.training.turn_samples import turn_samples
from bot.services.retention_sweep import RetentionSweep
from tests.databases import on_sqlite
from tests.talks.world import declared
from tests.unit.delivery.case_office import ANSWER, PROOF, SITI, VERA, CaseOffice, liaison
from tests.unit.delivery.test_forgetting import an_act_sample

pytestmark = pytest.mark.thorough

STORY, PLACE, SAID, ANSWERED = (
    "selokan zamrud tersumbat",
    "gang permata sebelas",
    "airnya nilam",
    "pipa mutiara diganti",
)
NAME, NOTED = "Safirawati", "dicek ke topaz dulu"
MARKS = (STORY, PLACE, SAID, ANSWERED, NAME, NOTED)
A_DAY = timedelta(days=1)


@pytest.fixture
def office(database: Database) -> CaseOffice:
    """An office where nobody has reported anything."""
    return CaseOffice(database)


def sweep_of(office: CaseOffice, **days: int) -> RetentionSweep:
    """By the rules of `data/`, but for what is named."""
    known = declared().regency.retention
    rules = {kind: replace(known.rule(kind), days=days.get(kind.value, known.rule(kind).days)) for kind in RetainedKind}
    return RetentionSweep(office.database, office.clock, Retention(rules), {"web"})


async def a_case_that_ended(office: CaseOffice, **changes: Any) -> Case:
    """Siti has given her name and a photo, has added words, got an answer and said that it is mended."""
    told = {"words": Words(STORY, NAME), "attachments": (Attachment("photo", "her-photo"),)}
    where = Location(district="64.09.01", village="64.09.01.1003", spoken=PLACE, lat=-1.27, lon=116.8)
    case = await office.files(**({"location": where} | told | changes))
    await keeps(office, "her-photo", "siti")
    await office.does(case.ticket, CaseAction.ADD, REPORTER, words=SAID)
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(case.agency))
    answer = {"words": f"{ANSWER['words']}, {ANSWERED}", "enclosures": PROOF}
    await office.does(case.ticket, CaseAction.ANSWER, liaison(case.agency), **answer)
    await keeps(office, "proof", "-100")
    await office.does(case.ticket, CaseAction.CONFIRM, REPORTER)
    async with office.database.writing() as connection:
        note = {"ticket": case.ticket, "person": 1, "at": office.clock(), "words": NOTED}
        await connection.execute(insert(case_notes), [note])
    await office.delivers()
    return await office.case(case.ticket)


async def keeps(office: CaseOffice, file_id: str, chat: str) -> None:
    """A file of this chat is on the disk."""
    name = office.chance.token_bytes(16).hex()
    row = {"channel": "telegram", "chat": chat, "file_id": file_id, "kind": "photo", "name": name}
    async with office.database.writing() as connection:
        await want_files(connection, [row | {"created_at": office.clock()}])
        await connection.execute(update(files).where(files.c.file_id == file_id).values(state="kept"))


async def everything(database: Database) -> str:
    """Every value of every row, and which words can be searched."""
    found = list[str]()
    async with database.reading() as connection:
        for table in metadata.sorted_tables:
            found += [str(tuple(row)) for row in await connection.execute(select(table))]
        if not database.is_sqlite:
            found += [str(tuple(row)) for row in await connection.execute(select(case_search))]
    return "\n".join(found).casefold()


async def found_in(database: Database, marks: tuple[str, ...] = MARKS) -> list[str]:
    """What of these is still to be read somewhere."""
    read = await everything(database)
    return [mark for mark in marks if mark.casefold() in read]


async def passes(office: CaseOffice, days: int) -> None:
    """Time passes, and something is written that is of today."""
    office.clock.passes(A_DAY * days)
    row = {"channel": "telegram", "chat": "budi", "update_id": f"u{days}", "sequence": 1, "event": "{}"}
    async with office.database.writing() as connection:
        await connection.execute(insert(inbox), [row | {"received_at": office.clock()}])
        letter = {
            "channel": "telegram",
            "chat": "budi",
            "ref": f"r{days}",
            "message": "{}",
            "created_at": office.clock(),
        }
        await connection.execute(insert(outbox), [letter])


async def states(office: CaseOffice) -> list[tuple[str, str]]:
    async with office.database.reading() as connection:
        return [tuple(row) for row in await connection.execute(select(files.c.file_id, files.c.state))]


async def test_nothing_goes_while_it_is_young(office: CaseOffice) -> None:
    await a_case_that_ended(office)
    before = await everything(office.database)
    await passes(office, 29)
    assert set((await sweep_of(office).sweep()).values()) == {0}
    assert set(before.splitlines()) <= set((await everything(office.database)).splitlines())


async def test_photos_go_first_and_words_and_name_stay(office: CaseOffice) -> None:
    await a_case_that_ended(office)
    await passes(office, 366)
    gone = await sweep_of(office).sweep()
    assert gone[RetainedKind.PHOTOS] == 1
    assert await states(office) == [("her-photo", "unwanted"), ("proof", "unwanted")]
    assert await found_in(office.database) == list(MARKS)


async def test_then_who_it_was_goes(office: CaseOffice) -> None:
    case = await a_case_that_ended(office)
    await passes(office, 731)
    await sweep_of(office).sweep()
    after = await office.case(case.ticket)
    assert is_forgotten(after.reporter)
    assert (after.location.lat, after.location.lon, after.identity) == (None, None, "anonymous")
    assert await found_in(office.database, (NAME, SITI, "'siti'")) == ["'siti'"]  # whose files are still to go
    assert await found_in(office.database, (STORY, SAID)) == [STORY, SAID]


async def test_in_the_end_no_word_is_left_and_all_that_was_done_is(office: CaseOffice) -> None:
    case = await a_case_that_ended(office)
    async with office.database.reading() as connection:
        facts = await statistics_of_tickets(connection, [case.ticket])
    actions = await office.actions(case.ticket)
    await passes(office, 1826)
    await sweep_of(office).sweep()
    assert await found_in(office.database) == []
    assert await office.actions(case.ticket) == actions
    assert await office.faults() == []
    async with office.database.reading() as connection:
        assert await statistics_of_tickets(connection, [case.ticket]) == facts


async def test_a_case_that_is_open_keeps_everything_however_old(office: CaseOffice) -> None:
    case = await office.files(words=Words(STORY, NAME))
    await passes(office, 5000)
    await sweep_of(office).sweep()
    after = await office.case(case.ticket)
    assert after.reporter == SITI
    assert await found_in(office.database, (STORY, NAME)) == [STORY, NAME]


async def test_the_chain_is_whole_after_each_rule(office: CaseOffice) -> None:
    await a_case_that_ended(office)
    await a_case_that_ended(office, draft_key="another", words=Words(STORY), attachments=())
    for days in (366, 365, 1095):
        await passes(office, days)
        await sweep_of(office).sweep()
        assert await office.faults() == []


async def test_a_dry_run_counts_what_then_goes_and_changes_nothing(office: CaseOffice) -> None:
    await a_case_that_ended(office)
    await passes(office, 1826)
    before = await everything(office.database)
    counted = await sweep_of(office).count()
    assert await everything(office.database) == before
    assert {RetainedKind.PHOTOS: 1, RetainedKind.WORDS: 1, RetainedKind.REPORTERS: 1}.items() <= counted.items()
    assert counted[RetainedKind.MESSAGES] > 0
    gone = await sweep_of(office).sweep()
    assert gone[RetainedKind.MESSAGES] == counted[RetainedKind.MESSAGES]


async def test_the_protocol_says_what_went_when_and_under_which_rule(office: CaseOffice) -> None:
    await a_case_that_ended(office)
    await passes(office, 366)
    gone = await sweep_of(office).sweep()
    await sweep_of(office).sweep()
    async with office.database.reading() as connection:
        lines = await read_deletion_log(connection, 99)
    at = office.clock()
    assert sorted(lines, key=lambda line: line.kind) == [
        DeletionLogEntry(at, "messages", 30, gone[RetainedKind.MESSAGES]),
        DeletionLogEntry(at, "photos", 365, 1),
    ]


async def test_two_that_sweep_at_once_take_each_row_once(office: CaseOffice, another_process: Database) -> None:
    await a_case_that_ended(office)
    await office.files(draft_key="another")
    await passes(office, 1826)
    other = RetentionSweep(another_process, office.clock, declared().regency.retention, {"web"})
    both = await asyncio.gather(sweep_of(office).sweep(), other.sweep())
    assert sum(gone[RetainedKind.WORDS] for gone in both) == 1
    async with office.database.reading() as connection:
        lines = [line for line in await read_deletion_log(connection, 99) if line.kind == RetainedKind.WORDS]
    assert [line.rows for line in lines] == [1]


async def test_what_stands_beside_cases_goes_by_its_own_rule(office: CaseOffice) -> None:
    async with office.database.writing() as connection:
        old = {"channel": "telegram", "chat": "siti", "record": "{}", "changed_at": office.clock()}
        await connection.execute(insert(dialogues), [old])
        note = {"ticket": "", "words": SAID, "channel": "telegram", "meaning": "{}", "at": office.clock()}
        await connection.execute(insert(turn_samples), [note])
        await save_draft(connection, DraftKey("-100", "9", "LP-2345-67CX"), "{}", office.clock())
        await add_samples(connection, [_sample(STORY, office), _sample(ANSWERED, office, state="done")])
        heard = [an_act_sample(office, STORY), an_act_sample(office, ANSWERED) | {"state": "done"}]
        for one in heard:
            await add_act_samples(connection, [one])
    await passes(office, 31)
    gone = await sweep_of(office).sweep()
    assert (
        gone[RetainedKind.NOTES],
        gone[RetainedKind.OFFICER_DRAFTS],
        gone[RetainedKind.TALKS],
        gone[RetainedKind.SAMPLES],
    ) == (1, 1, 0, 0)
    await passes(office, 150)
    gone = await sweep_of(office).sweep()
    assert (gone[RetainedKind.SAMPLES], gone[RetainedKind.LABELLED]) == (2, 0)
    await passes(office, 700)
    gone = await sweep_of(office).sweep()
    assert (gone[RetainedKind.TALKS], gone[RetainedKind.LABELLED]) == (1, 2)


def _sample(text: str, office: CaseOffice, state: str = "open") -> dict[str, object]:
    return {
        "text": text,
        "kin": text[:8],
        "channel": "telegram",
        "at": office.clock(),
        "intent": "complaint",
        "intent_confidence": 0.5,
        "category_confidence": 0.5,
        "ranking": "[]",
        "is_sure": False,
        "worth": 1.0,
        "reason": "unsure",
        "state": state,
    }


async def test_a_talk_about_an_open_case_stays(office: CaseOffice) -> None:
    await office.files()
    async with office.database.writing() as connection:
        old = {"channel": "telegram", "chat": "siti", "record": "{}", "changed_at": office.clock()}
        await connection.execute(insert(dialogues), [old])
    await passes(office, 400)
    assert (await sweep_of(office).sweep())[RetainedKind.TALKS] == 0


async def test_supporters_of_a_case_go_with_its_reporter(office: CaseOffice) -> None:
    case = await a_case_that_ended(office)
    async with office.database.writing() as connection:
        await write_supports(connection, [Support(case.ticket, "telegram:dewi", "id", office.clock())])
    await passes(office, 731)
    await sweep_of(office).sweep()
    assert await found_in(office.database, ("telegram:dewi",)) == []


async def test_where_a_rule_says_for_ever_nothing_goes(office: CaseOffice) -> None:
    await a_case_that_ended(office)
    await passes(office, 9999)
    never = RetentionSweep(office.database, office.clock, Retention({RetainedKind.WORDS: RetentionRule(0)}), {"web"})
    assert set((await never.sweep()).values()) == {0}


@on_sqlite
async def test_nothing_is_left_in_the_file_itself(office: CaseOffice, database_url: str) -> None:
    await a_case_that_ended(office)
    await a_case_that_ended(office, draft_key="another", words=Words(STORY * 900, NAME))
    file = Path(str(make_url(database_url).database))
    await office.database.close()
    empty_the_log(file)
    assert left_in(file) == list(MARKS)
    await passes(office, 1826)
    await sweep_of(office).sweep()
    await office.database.close()
    empty_the_log(file)
    assert left_in(file) == []


def left_in(file: Path) -> list[str]:
    """What of the marks stands in the bytes of a database, its free pages and its log."""
    log = file.with_name(f"{file.name}-wal")
    written = (file.read_bytes() + (log.read_bytes() if log.exists() else b"")).lower()
    return [mark for mark in MARKS if mark.lower().encode() in written]


async def test_a_verifier_s_words_go_as_well(office: CaseOffice) -> None:
    case = await office.files(category=None)
    await office.does(case.ticket, CaseAction.REJECT, VERA, words=SAID, code="unclear", mend=ANSWERED)
    await office.delivers()
    await passes(office, 1826)
    await sweep_of(office).sweep()
    assert await found_in(office.database, (SAID, ANSWERED)) == []


type Lot = tuple[int, bool, bool]
"""Of a case: how many days ago it ended, whether it is still open, whether its reporter has left."""
LOTS = st.lists(st.tuples(st.integers(0, 2500), st.booleans(), st.booleans()), min_size=1, max_size=5)


@settings(max_examples=12, deadline=None)
@given(lots=LOTS)
def test_what_is_over_its_days_is_gone_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, lots: list[Lot]
) -> None:
    asyncio.run(_each_has_what_its_rule_leaves(tmp_path_factory.mktemp("lots") / "lapor.db", lots))


async def _each_has_what_its_rule_leaves(file: Path, lots: list[Lot]) -> None:
    office = CaseOffice(Database(f"sqlite:///{file}"))
    await schema.upgrade(office.database)
    today = office.clock()
    tickets = dict[str, Lot]()
    for number, lot in enumerate(sorted(lots, reverse=True)):
        days, is_open, has_left = lot
        office.clock.now = today - timedelta(days=days)
        case = await office.files(
            reporter=f"telegram:r{number}", draft_key=f"d{number}", words=Words(f"cerita{number}", f"nama{number}")
        )
        if not is_open:
            await office.does(case.ticket, CaseAction.WITHDRAW, REPORTER, reporter=f"telegram:r{number}")
        if has_left:
            async with office.database.writing() as connection:
                await rename_reporters(connection, {case.ticket: f"telegram:{LEFT}{number}"})
        tickets[case.ticket] = lot
    office.clock.now = today
    await sweep_of(office).sweep()
    for number, (ticket, (days, is_open, has_left)) in enumerate(tickets.items()):
        left = await found_in(office.database, (f"cerita{number}", f"nama{number}", f"telegram:r{number}"))
        keeps = () if is_open else (30,) if has_left else (1825, 730, 730)
        expected = {f"cerita{number}"} if is_open or days <= keeps[0] else set()
        if not has_left and (is_open or days <= 730):
            expected |= {f"nama{number}", f"telegram:r{number}"}
        assert set(left) == expected, ticket
    assert await office.faults() == []
    await office.database.close()
