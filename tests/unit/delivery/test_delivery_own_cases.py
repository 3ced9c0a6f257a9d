"""What a citizen does with a case of hers, as the desk carries it out; and that nobody else can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Status
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.handling import sayings_of
from actions.store.engine.database import Database
from actions.store.engine.tables import outbox
from actions.store.messages.messages import put_in_outbox
from bot.conversation.draft import File
from bot.conversation.effects import Effect
from bot.conversation.events import Event, Said
from bot.conversation.own_cases.effects import AskOwnCase, DoOwnCase, FindAwaited, ShowStatus
from bot.conversation.own_cases.events import (
    AwaitedFound,
    OwnCaseAsked,
    OwnCaseMoved,
    OwnCaseRefused,
    StatusFound,
    StatusMissing,
)
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.records import read_outgoing, write_outgoing
from bot.messaging.turn_ports import Citizen
from tests.databases import on_sqlite
from tests.talks.world import declared
from tests.unit.delivery.case_office import ANSWER, MODI, PROOF, VERA, CaseOffice, admin, liaison

SITI, TONO = Citizen("telegram", "siti", "id"), Citizen("telegram", "tono", "id")
ROADS = "dpupr"
pytestmark = on_sqlite


@pytest.fixture
def office(database: Database) -> CaseOffice:
    """An office whose first day is Tuesday, 24 November 2026, four in the afternoon."""
    return CaseOffice(database)


async def carries_out(office: CaseOffice, effect: Effect, who: Citizen = SITI) -> Event | None:
    cause = Said(id="e1", at=office.clock(), text="ya", ref="1")
    async with office.database.writing() as connection:
        book = SqlCaseBook(connection)
        told = await declared().effect_runner.carry_out(book, who, effect, cause)
        await book.flush()
        await office.notices.tell(connection, book.done, office.clock())
    return told


async def answered(office: CaseOffice, **changes: Any) -> Case:
    case = await office.files(**changes)
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    return (await office.does(case.ticket, CaseAction.ANSWER, liaison(ROADS), **ANSWER, enclosures=PROOF)).case


async def asked(office: CaseOffice, **changes: Any) -> Case:
    case = await office.files(**changes)
    return (await office.does(case.ticket, CaseAction.ASK, liaison(ROADS), words="Di sisi mana?")).case


async def rows_of(office: CaseOffice, chat: str = "siti") -> Sequence[Any]:
    query = select(outbox.c.ref, outbox.c.edits, outbox.c.message).where(outbox.c.chat == chat).order_by(outbox.c.id)
    async with office.database.reading() as connection:
        return (await connection.execute(query)).all()


def labels(message: str) -> list[str]:
    return [button.words for row in read_outgoing(message).rows for button in row]


# Only hers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", [False, True])
@pytest.mark.parametrize("action", ["confirm", "dispute", "withdraw", "rate", "add", "made up"])
async def test_for_anybody_else_there_is_no_such_case(office: CaseOffice, action: str, *, secret: bool) -> None:
    case = await office.files(secret=secret)
    for effect in (DoOwnCase(case.ticket, action, words="x", rating=5), AskOwnCase(case.ticket, action)):
        told = await carries_out(office, effect, TONO)
        assert isinstance(told, StatusMissing)
        assert told.number == case.ticket
    assert (await office.case(case.ticket)).version == case.version


async def test_nobody_else_finds_a_case_by_answering_a_message_of_hers(office: CaseOffice) -> None:
    case = await asked(office)
    await name_messages(office)
    meaning = Said(id="e2", at=office.clock(), text="di kiri", ref="2", reply_to=f"{case.ticket}.{case.version}")
    told = await carries_out(office, FindAwaited(meaning), TONO)
    assert isinstance(told, AwaitedFound)
    assert told.cases == ()


async def test_of_others_cases_a_status_says_nothing_of_what_may_be_done_or_was_said(office: CaseOffice) -> None:
    case = await answered(office)
    told = await carries_out(office, ShowStatus(case.ticket), TONO)
    assert isinstance(told, StatusFound)
    assert (told.own, told.may, told.said, told.until) == (False, (), "", None)


# What she does ------------------------------------------------------------------------------------------------


async def name_messages(office: CaseOffice) -> None:
    """Every message has arrived, and the channel calls it as we do."""
    async with office.database.writing() as connection:
        await connection.execute(update(outbox).values(state="sent", message_id=outbox.c.ref))


async def test_a_message_about_a_case_is_found_by_the_channel_s_name_for_it(office: CaseOffice) -> None:
    first, second = await asked(office), await asked(office)
    await name_messages(office)
    for case in (second, first):
        meaning = Said(id="e2", at=office.clock(), text="di kiri", ref="2", reply_to=f"{case.ticket}.{case.version}")
        told = await carries_out(office, FindAwaited(meaning))
        assert isinstance(told, AwaitedFound)
        assert [(one.ticket, one.may[0]) for one in told.cases] == [(case.ticket, "reply")]
        assert told.is_reply


async def test_without_such_a_message_all_that_wait_for_her_are_found_the_newest_first(office: CaseOffice) -> None:
    first, second, _ = await asked(office), await answered(office), await office.files()
    told = await carries_out(office, FindAwaited(Said(id="e2", at=office.clock(), text="di kiri", ref="2")))
    assert isinstance(told, AwaitedFound)
    assert [one.ticket for one in told.cases] == [second.ticket, first.ticket]
    assert not told.is_reply


async def test_her_words_and_photos_are_kept_with_the_step(office: CaseOffice) -> None:
    case = await asked(office)
    sent = (File("photo", "p1"), File("voice", "v1"))
    told = await carries_out(office, DoOwnCase(case.ticket, "reply", case.version, "di kiri", sent))
    assert isinstance(told, OwnCaseMoved)
    async with office.database.reading() as connection:
        saying = (await sayings_of(connection, case.ticket))[case.version + 1]
    assert saying.words == "di kiri"
    assert [(one.channel, one.chat, one.file_id) for one in saying.enclosures] == [
        ("telegram", "siti", "p1"),
        ("telegram", "siti", "v1"),
    ]


async def test_she_is_asked_with_the_question_before_her(office: CaseOffice) -> None:
    case = await asked(office)
    told = await carries_out(office, AskOwnCase(case.ticket, "reply", case.version))
    assert isinstance(told, OwnCaseAsked)
    assert (told.question, told.version) == ("Di sisi mana?", case.version)


@pytest.mark.thorough
@pytest.mark.parametrize(("contests", "expected"), [(1, "liaison"), (2, "agency_admin"), (3, "arbiter")])
async def test_who_looks_at_it_next(office: CaseOffice, contests: int, expected: str) -> None:
    case = await answered(office)
    reviewers = [liaison(ROADS), replace(liaison(ROADS), person="l2"), admin(ROADS)]
    for contest in range(1, contests + 1):
        told = await carries_out(office, DoOwnCase(case.ticket, "dispute", words="belum"))
        if contest < contests:
            await office.does(case.ticket, CaseAction.ANSWER, reviewers[contest], **ANSWER, enclosures=PROOF)
    assert isinstance(told, OwnCaseMoved)
    assert told.reviewer == expected


# Buttons that are not of today ----------------------------------------------------------------------------------


async def test_a_reminder_a_note_and_a_moderator_make_no_button_stale(office: CaseOffice) -> None:
    case = await answered(office)
    await office.delivers()
    assert await office.passes(5)
    await office.does(case.ticket, CaseAction.HIDE, MODI, words="Ada nama orang")
    told = await carries_out(office, DoOwnCase(case.ticket, "confirm", case.version))
    assert isinstance(told, OwnCaseMoved)
    assert (await office.case(case.ticket)).status is Status.CLOSED


async def test_a_button_from_before_an_answer_confirms_nothing_of_the_next(office: CaseOffice) -> None:
    case = await answered(office)
    await carries_out(office, DoOwnCase(case.ticket, "dispute", words="belum"))
    await office.does(case.ticket, CaseAction.ANSWER, admin(ROADS), **ANSWER, enclosures=PROOF)
    told = await carries_out(office, DoOwnCase(case.ticket, "confirm", case.version))
    assert isinstance(told, OwnCaseRefused)
    assert (told.why, told.since) == ("", "answer")
    assert (await office.case(case.ticket)).status is Status.ANSWERED


async def test_what_she_sent_for_a_deed_that_is_refused_comes_back(office: CaseOffice) -> None:
    case = await answered(office)
    await office.does(case.ticket, CaseAction.HIDE, MODI, words="Ada nama orang")
    sent = (File("photo", "p1"),)
    told = await carries_out(office, DoOwnCase(case.ticket, "reply", words="di kiri", files=sent))
    assert isinstance(told, OwnCaseRefused)
    assert (told.why, told.words, told.files) == ("refused-no-such-step", "di kiri", sent)
    assert "add" in told.may


async def test_too_late_is_said_before_she_writes_a_reason(office: CaseOffice) -> None:
    case = await answered(office)
    await carries_out(office, DoOwnCase(case.ticket, "confirm"))
    assert not await office.passes(31)
    told = await carries_out(office, AskOwnCase(case.ticket, "reopen"))
    assert isinstance(told, OwnCaseRefused)
    assert told.why == "refused-too-late-to-reopen"
    assert "reopen" not in told.may


# Notices and the live card ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "who", "more", "expected"),
    [
        (CaseAction.ASK, VERA, {"words": "Di mana?"}, ["Jawab pertanyaan"]),
        (CaseAction.REJECT, VERA, {"code": "unclear", "words": "x", "mend": "y"}, ["Minta periksa ulang"]),
        (CaseAction.REFER, VERA, {"body": "Balai Jalan", "contact": "bbpjn.example"}, []),
    ],
)
async def test_a_notice_offers_what_she_can_do(
    office: CaseOffice, action: CaseAction, who: Any, more: dict[str, str], expected: list[str]
) -> None:
    case = await office.files(category=None)
    await office.does(case.ticket, action, who, **more)
    [row] = await rows_of(office)
    assert labels(row.message) == expected


async def test_by_sms_a_notice_says_how_to_be_asked_and_progress_sends_nothing(office: CaseOffice) -> None:
    case = await office.files(channel="sms", reporter="sms:+628111")
    await has_card(office, case, "sms", "+628111")
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.ANSWER, liaison(ROADS), **ANSWER, enclosures=PROOF)
    _, row = await rows_of(office, "+628111")
    assert labels(row.message) == []
    assert read_outgoing(row.message).text.endswith(f"\nUntuk menjawab, kirim {case.ticket} ke sini.")


async def has_card(office: CaseOffice, case: Case, channel: str = "telegram", chat: str = "siti") -> None:
    """The message that told her the number stands in her chat."""
    sent = write_outgoing(OutboxMessage(OutboxMessageKind.MESSAGE, "Laporan terkirim"))
    row = {"channel": channel, "chat": chat, "ref": f"1.{case.ticket}", "edits": f"{case.ticket}.card"}
    async with office.database.writing() as connection:
        await put_in_outbox(connection, [{**row, "message": sent, "created_at": office.clock()}])


async def test_mere_progress_changes_her_card_and_sends_no_message(office: CaseOffice) -> None:
    case = await office.files()
    await has_card(office, case)
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    _, row = await rows_of(office)
    card = read_outgoing(row.message)
    assert (row.edits, card.kind) == (f"{case.ticket}.card", OutboxMessageKind.EDIT)
    assert card.text.startswith(f"{case.ticket} · Sedang dikerjakan\n")
    assert f"/t/{case.ticket}?k=" in card.text


async def test_where_no_card_was_ever_sent_nothing_is_sent_for_progress(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    assert await rows_of(office) == []


async def test_a_card_says_that_it_is_late_once_it_is(office: CaseOffice) -> None:
    case = await office.files()
    await has_card(office, case)
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.NOTE, liaison(ROADS), words="Lubang sudah diukur dua meter")
    await office.passes(30)
    cards = [read_outgoing(row.message).text for row in await rows_of(office) if row.edits]
    assert "Terlambat: seharusnya dijawab paling lambat" in cards[-1]
    assert "Terlambat" not in cards[1]


async def test_who_has_left_sees_it_on_her_card_and_nothing_after(office: CaseOffice) -> None:
    case, other = await office.files(), await office.files(reporter="telegram:tono")
    await has_card(office, case)
    await office.does(other.ticket, CaseAction.MERGE, VERA, parent=case.ticket, words="Lubang yang sama")
    await carries_out(office, DoOwnCase(case.ticket, "withdraw"))
    before = len(await rows_of(office))
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    assert len(await rows_of(office)) == before
