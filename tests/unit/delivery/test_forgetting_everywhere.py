"""A citizen is forgotten in every table of the database, the one that somebody adds tomorrow among them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, inspect, literal_column, select, table, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import OPEN, Attachment, Case, Location, Words
from actions.cases.event_words import Enclosure
from actions.cases.officer_handlers import Wish
from actions.people.roles import REPORTER
from actions.privacy.handlers import redact_case
from actions.privacy.publication import Publication, PublicationState
from actions.privacy.redaction import Redaction, TextSpan
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.files import want_files
from actions.store.cases.presence import case_notes
from actions.store.cases.publications import keep_publication, note_closed
from actions.store.cases.redactions import SqlRedactions, case_redactions
from actions.store.cases.supporters import Support, write_supports
from actions.store.engine.database import Database
from actions.store.engine.tables import dialogues, files, inbox, outbox, push_subscriptions
from actions.store.messages.groups import SqlGroups
from actions.store.messages.joined_chats import join_chats, keep_code
from actions.store.messages.message_parts import failing_chats, message_parts, sent_parts
from actions.store.messages.officer_cards import DraftKey, save_draft
from actions.store.messages.public_posts import public_posts
from actions.store.messages.reply_windows import reply_windows
from actions.store.training.act_samples import add_act_samples
from actions.store.training.samples import add_samples
from actions.store.training.turn_samples import turn_samples
from bot.conversation.events import Said
from bot.conversation.others_cases.effects import TakeWeekly
from bot.conversation.own_data.effects import ForgetMe
from bot.messaging.records import write_event
from bot.messaging.turn_ports import Citizen
from bot.services.retention_sweep import RetentionSweep
from tests.talks.world import declared
from tests.unit.delivery.case_office import ANSWER, MODI, CaseOffice, liaison
from tests.unit.delivery.test_forgetting import a_sample, an_act_sample, carries_out
from tests.unit.delivery.test_forgetting_sweep import passes

pytestmark = pytest.mark.thorough

WHO = Citizen("web", "safirasiti", "id")
"""On the web: there a browser is told of news, too."""
SAFIRA = "web:safirasiti"
MARKS = ("safira", "zamrud", "permata", "nilam", "turmalin")
"""Stand in whatever is hers: who she is, her story, her place, what she added, and the names of her files."""
STORY, PLACE, SAID = "selokan zamrud tersumbat", "gang permata", "airnya nilam"
MOST_DAYS = 1826

HERS = frozenset(
    {
        "act_samples",
        "case_attachments",
        "case_notes",
        "case_publications",
        "case_redactions",
        "case_saying_files",
        "case_sayings",
        "case_supporters",
        "case_words",
        "cases",
        "dialogues",
        "files",
        "join_codes",
        "joined_chats",
        "turn_samples",
        "inbox",
        "failing_chats",
        "message_parts",
        "officer_drafts",
        "outbox",
        "public_posts",
        "push_subscriptions",
        "reply_windows",
        "samples",
        "sent_parts",
        "weekly_subscriptions",
    }
)
"""In these something of hers is put here, and is looked for afterwards."""
OF_CASES_WITHOUT_HER = frozenset(
    {
        "case_erasures",
        "case_events",
        "case_links",
        "case_page_links",
        "case_roots",
        "case_statistics",
        "case_looks",
        "case_merges",
        "case_reroutes",
        "statistics_counted",
        "statistics_filled",
        "webhook_deliveries",
        "officer_cards",
        "officer_topics",
        "officer_reminders",
        "sample_labels",
        "message_costs",
        "unconfirmed_arrivals",
        "sp4n_cases",
        "sp4n_exchanges",
        "transcriptions",
    }
)
"""Numbers of cases and rows, days, actions, categories, agencies: nothing that anybody typed, nobody who reported."""
OF_OTHERS = frozenset(
    {
        "alembic_version",
        "api_keys",
        "category_examples",
        "category_proposals",
        "channel_tokens",
        "hooks",
        "installation",
        "model_changes",
        "model_comparisons",
        "model_processes",
        "model_service",
        "model_shadows",
        "model_trainings",
        "models",
        "nlu_changes",
        "officer_digests",
        "officer_group_codes",
        "officer_groups",
        "substitutes",
        "people",
        "people_events",
        "people_identities",
        "people_mail",
        "people_roles",
        "people_sessions",
        "people_totp",
        "people_tries",
        "queue_filters",
        "deletion_log",
        "rule_decisions",
        "settings_changes",
        "sqlite_sequence",
        "task_leases",
    }
)
"""Officers, other systems, the regency's files and models, in which no citizen is."""
OF_CALLERS = frozenset({"case_callers"})
"""Sealed numbers of callers: no chat is theirs, and they go with what they support (`test_desk_callers.py`)."""
UNTIL_SHE_IS_TOLD = frozenset({"forgotten_chats"})
UNTIL_IT_IS_WORKED = frozenset({"chat_leases", "waiting"})
SEARCHED = "case_search"
"""What words can be searched: one table on PostgreSQL, several on SQLite."""


@pytest.fixture
def office(database: Database) -> CaseOffice:
    """An office where nobody has reported anything."""
    return CaseOffice(database)


async def tables_with(database: Database, marks: Collection[str] = MARKS) -> Mapping[str, list[str]]:
    """The tables that are really there, each with what of these marks stands in it."""
    async with database.reading() as connection:
        names = await connection.run_sync(lambda opened: inspect(opened).get_table_names())
        tables = [table(name, literal_column("*")) for name in names]
        rows = {one.name: [tuple(row) for row in await connection.execute(select(one))] for one in tables}
    read = {name: str(found).casefold() for name, found in rows.items()}
    return {name: [mark for mark in marks if mark in told] for name, told in read.items()}


async def still_in(database: Database) -> Mapping[str, list[str]]:
    """Where anything of hers is left."""
    return {name: found for name, found in (await tables_with(database)).items() if found}


async def she_reports(office: CaseOffice, **changes: Any) -> Case:
    """A case of hers, with all that may stand beside it: words, files, notes, a title that quotes her."""
    case = await office.files(
        reporter=SAFIRA,
        channel="web",
        words=Words(STORY, "Safira"),
        location=Location(district="64.09.01", spoken=PLACE, lat=-1.27, lon=116.8),
        attachments=(Attachment("photo", "turmalin-1"),),
        **changes,
    )
    sent = (Enclosure("photo", "web", "safirasiti", "turmalin-2"),)
    await office.does(case.ticket, CaseAction.ADD, REPORTER, reporter=SAFIRA, words=SAID, enclosures=sent)
    redaction = Redaction(title=f"Warga: {STORY}", story=(TextSpan(0, 7),))
    async with office.database.writing() as connection:
        book, now = SqlCaseBook(connection), office.clock()
        wish = Wish(ticket=case.ticket, command=CaseCommand(action=CaseAction.REDACT, words="Ada nama orang"), who=MODI)
        await redact_case(book, SqlRedactions(connection), office.regency, wish, redaction, now, office.chance)
        await book.flush()
        await _stands_beside(connection, office, case)
    return case


async def _stands_beside(connection: AsyncConnection, office: CaseOffice, case: Case) -> None:
    now = office.clock()
    await note_closed(connection, [case.ticket], now)
    await keep_publication(connection, Publication(case.ticket, PublicationState.HELD, 3, STORY, reason=STORY), now)
    await SqlGroups(connection).bind("-100", case.agency, 1, now)
    note = {"ticket": case.ticket, "person": 1, "at": now, "words": f"kata pelapor {SAID}"}
    await connection.execute(insert(case_notes), [note])
    await save_draft(connection, DraftKey("-100", "9", case.ticket), f'{{"words": "{STORY}"}}', now)
    await add_samples(connection, [a_sample(office, STORY, case.ticket)])
    await add_act_samples(connection, [an_act_sample(office, STORY, case.ticket)])
    await connection.execute(
        insert(turn_samples), [{"ticket": case.ticket, "words": STORY, "channel": "web", "meaning": "{}", "at": now}]
    )
    shown = {"channel": "telegram", "chat": "-100", "ref": f"officer.{case.ticket}.1", "state": "sent"}
    await connection.execute(insert(outbox), [shown | {"message": f'{{"text": "{STORY}"}}', "created_at": now}])


async def she_has_talked(office: CaseOffice) -> None:
    """What is kept of her beside her cases."""
    now, chat = office.clock(), {"channel": "web", "chat": "safirasiti"}
    neighbour = await office.files(reporter="telegram:dewi", draft_key="dewi", words=Words("jalan lain"))
    await office.does(neighbour.ticket, CaseAction.WITHDRAW, REPORTER, reporter="telegram:dewi")
    said = write_event(Said(id="e7", at=now, text=SAID, ref="7", name="Safira"))
    async with office.database.writing() as connection:
        arrived = {"update_id": "7", "sequence": 7, "event": said, "state": "done", "received_at": now}
        await connection.execute(insert(inbox), [chat | arrived])
        letters = [
            {"ref": f"7.{state}", "message": f'{{"text": "{STORY}"}}', "state": state} for state in ("sent", "new")
        ]
        await connection.execute(insert(outbox), [chat | letter | {"created_at": now} for letter in letters])
        record = {"record": f'{{"dialogue": {{"aside": "{SAID}"}}}}', "changed_at": now}
        await connection.execute(insert(dialogues), [chat | record])
        kept = [
            chat | {"file_id": f"turmalin-{number}", "kind": "photo", "name": f"{number:032}", "created_at": now}
            for number in (1, 2, 3)
        ]
        await want_files(connection, kept)
        await connection.execute(update(files).where(files.c.chat == "safirasiti").values(state="kept"))
        await connection.execute(insert(push_subscriptions), [{"endpoint": "e", "visitor": "safirasiti", "since": now}])
        part = {
            "reference": "7",
            "message": "m",
            "number": 1,
            "total": 2,
            "text": SAID,
            "digest": "d",
            "received_at": now,
        }
        await connection.execute(insert(message_parts), [chat | part])
        await connection.execute(insert(sent_parts), [chat | {"part": "p", "message_id": "m", "at": now}])
        await connection.execute(insert(failing_chats), [chat | {"since": now}])
        await connection.execute(insert(reply_windows), [chat | {"wrote_at": now}])
        post = {"post": 7, "words": SAID, "arrived_at": now, "answered_on": now.date()}
        await connection.execute(insert(public_posts), [chat | post])
        await keep_code(connection, ("web", "safirasiti"), "d" * 64, now, now)
        await join_chats(connection, ("web", "safirasiti"), ("telegram", "rina"), "r", now)
        await write_supports(connection, [Support(neighbour.ticket, SAFIRA, "id", now)])
        await add_samples(connection, [a_sample(office, SAID) | {"channel": "web"}])
        await add_act_samples(connection, [an_act_sample(office, SAID) | {"channel": "web"}])
    await carries_out(office, TakeWeekly(code="64.09.01.1003"), WHO)


async def it_is_mended(office: CaseOffice, case: Case) -> None:
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(case.agency))
    proof = (Enclosure("photo", "telegram", "-100", "proof"),)
    await office.does(case.ticket, CaseAction.ANSWER, liaison(case.agency), enclosures=proof, **ANSWER)


async def days_pass(office: CaseOffice, days: int) -> None:
    """What is to go off the disk goes, and the sweep comes by."""
    async with office.database.writing() as connection:
        await connection.execute(update(files).where(files.c.state == "unwanted").values(state="gone"))
    await passes(office, days)
    await RetentionSweep(office.database, office.clock, declared().regency.retention, {"web"}).sweep()


async def test_every_table_is_known_and_whatever_is_hers_is_put_there(office: CaseOffice) -> None:
    await she_has_talked(office)
    await she_reports(office)
    known = HERS | OF_CASES_WITHOUT_HER | OF_OTHERS | OF_CALLERS | UNTIL_SHE_IS_TOLD | UNTIL_IT_IS_WORKED
    tables = {name: found for name, found in (await tables_with(office.database)).items() if SEARCHED not in name}
    assert set(tables) - known == set(), "say of a new table whether anything of a citizen stands in it"
    assert {name for name, found in tables.items() if found} == HERS


async def test_by_her_own_wish_nothing_of_a_case_that_is_over_is_left(office: CaseOffice) -> None:
    await she_has_talked(office)
    case = await she_reports(office)
    await it_is_mended(office, case)
    await office.does(case.ticket, CaseAction.CONFIRM, REPORTER, reporter=SAFIRA)
    await carries_out(office, ForgetMe(), WHO)
    await days_pass(office, 1)
    assert await still_in(office.database) == {"files": ["turmalin"]}, "that they are gone, by the channel's names"
    await days_pass(office, 30)
    assert await still_in(office.database) == {}
    assert await office.faults() == []


async def test_by_her_own_wish_nothing_of_a_case_that_went_on_is_left_once_it_is_over(office: CaseOffice) -> None:
    await she_has_talked(office)
    case = await she_reports(office)
    await carries_out(office, ForgetMe(), WHO)
    await days_pass(office, 1)
    left = await tables_with(office.database, ("safira",))
    assert {name for name, found in left.items() if found} == set()
    await it_is_mended(office, case)
    await office.passes(30)
    await office.delivers()
    assert (await office.case(case.ticket)).status not in OPEN
    await days_pass(office, 31)
    await days_pass(office, 2)
    assert await still_in(office.database) == {}
    async with office.database.reading() as connection:
        said = await SqlCaseBook(connection).said(case.ticket, (await _answered(connection, case.ticket)))
    assert said.words == ANSWER["words"], "what officers answered stays until its own rule"


async def _answered(connection: AsyncConnection, ticket: str) -> int:
    events = await SqlCaseBook(connection).events(ticket)
    return next(event.number for event in events if event.action == CaseAction.ANSWER)


async def test_by_the_rules_nothing_is_left_but_the_news_that_she_still_takes(office: CaseOffice) -> None:
    await she_has_talked(office)
    case = await she_reports(office)
    await it_is_mended(office, case)
    await office.does(case.ticket, CaseAction.CONFIRM, REPORTER, reporter=SAFIRA)
    await days_pass(office, MOST_DAYS)
    await days_pass(office, 366)
    assert await still_in(office.database) == {"weekly_subscriptions": ["safira"]}


async def test_of_a_redaction_stays_what_anybody_may_read_of_an_answer(office: CaseOffice) -> None:
    case = await she_reports(office)
    await it_is_mended(office, case)
    async with office.database.writing() as connection:
        number = await _answered(connection, case.ticket)
        let_out = Redaction(title=STORY, story=(TextSpan(0, 7),), answer=number, answer_covered=(TextSpan(0, 4),))
        await SqlRedactions(connection).keep(case.ticket, number + 1, let_out)
    await office.does(case.ticket, CaseAction.CONFIRM, REPORTER, reporter=SAFIRA)
    await carries_out(office, ForgetMe(), WHO)
    async with office.database.reading() as connection:
        kept = await SqlRedactions(connection).of_case(case.ticket)
        titles = (await connection.execute(select(case_redactions.c.title))).scalars().all()
    assert (kept, titles) == (replace(let_out, title="", story=()), ["", ""])
