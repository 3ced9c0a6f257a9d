"""A talk of rows as messages on a page: order, edits, open buttons, and what changes between two looks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.web.entries import (
    ChatEntry,
    ChatPicture,
    ChatRows,
    Cursor,
    InboxRow,
    OutboxRow,
    changes,
    dressed,
    entries_of,
)
from bot.conversation.events import Edited, Event, Pressed, Said, SentOther, SentPhoto, SharedPlace
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, WordedButton

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def hers(row: int, minute: float, event: Event | None = None) -> InboxRow:
    return InboxRow(row, at(minute), event or Said(id=f"j{row}", at=at(minute), text=f"words {row}"))


def ours(row: int, minute: float, ref: str, *presses: str, edits: str = "") -> OutboxRow:
    kind = OutboxMessageKind.EDIT if edits else OutboxMessageKind.MESSAGE
    rows = (tuple(WordedButton(f"[{press}]", press) for press in presses),) if presses else ()
    keyboard = Keyboard.INLINE if presses else Keyboard.NONE
    return OutboxRow(row, at(minute), ref, edits, OutboxMessage(kind, f"said {row}", rows, keyboard))


def pressed(row: int, minute: float, press: str) -> InboxRow:
    return hers(row, minute, Pressed(id=f"j{row}", at=at(minute), press=press))


def words(entry: ChatEntry) -> str:
    if entry.outgoing:
        return entry.outgoing.text + ("*" if entry.is_open else "")
    return entry.label or (entry.event.text if isinstance(entry.event, Said) else type(entry.event).__name__)


def read(*rows: InboxRow | OutboxRow) -> list[str]:
    return [words(entry) for entry in entries_of(talk(*rows))]


def talk(*rows: InboxRow | OutboxRow) -> ChatRows:
    return ChatRows(
        tuple(row for row in rows if isinstance(row, InboxRow)),
        tuple(row for row in rows if isinstance(row, OutboxRow)),
    )


def test_both_sides_stand_in_the_order_of_time() -> None:
    assert read(hers(1, 0), ours(1, 1, "1.0"), hers(2, 2), ours(2, 3, "2.0")) == [
        "words 1", "said 1", "words 2", "said 2"]  # fmt: skip


def test_at_the_same_moment_an_answer_stands_below_what_it_answers() -> None:
    assert read(ours(1, 0, "1.0"), hers(1, 0), ours(2, 0, "3.0"), hers(3, 0)) == [
        "words 1", "said 1", "words 3", "said 2"]  # fmt: skip


def test_an_edit_stands_where_its_message_stood() -> None:
    rows = (hers(1, 0), ours(1, 1, "1.0", "a"), hers(2, 2), ours(2, 3, "2.0"), ours(3, 4, "2.1", "b", edits="1.0"))
    assert read(*rows) == ["words 1", "said 3*", "words 2", "said 2"]


def test_an_edit_of_a_message_that_is_gone_is_a_message() -> None:
    assert read(hers(2, 2), ours(3, 4, "2.1", edits="1.0")) == ["words 2", "said 3"]


def test_what_only_ends_a_wait_is_not_shown() -> None:
    answer = OutboxRow(1, at(1), "1.answer", "", OutboxMessage(OutboxMessageKind.ANSWER))
    assert read(hers(1, 0), answer) == ["words 1"]


def test_a_press_stands_above_the_message_that_it_led_to() -> None:
    rows = (ours(1, 0, "1.0", "menu~x"), pressed(2, 1, "menu~x"), ours(2, 2, "2.0"))
    assert read(*rows) == ["said 1*", "[menu~x]", "said 2"]


@pytest.mark.parametrize("answer", [(), (ours(2, 2, "2.0", "more~x", edits="1.0"),)], ids=["none yet", "an edit"])
def test_a_press_that_only_changed_the_card_is_not_shown(answer: tuple[OutboxRow, ...]) -> None:
    shown = entries_of(talk(ours(1, 0, "1.0", "secret~x"), pressed(2, 1, "secret~x"), *answer))
    assert len(shown) == 1


def test_a_press_that_nobody_knows_is_not_shown() -> None:
    assert read(pressed(2, 1, "forged~x"), ours(2, 2, "2.0")) == ["said 2"]


def test_only_the_last_buttons_are_open() -> None:
    rows = (ours(1, 0, "1.0", "a"), hers(2, 1), ours(2, 2, "2.0", "b"), hers(3, 3))
    assert read(*rows) == ["said 1", "words 2", "said 2*", "words 3"]


def test_buttons_stay_open_while_nothing_else_has_any() -> None:
    assert read(ours(1, 0, "1.0", "a"), hers(2, 1), ours(2, 2, "2.0")) == ["said 1*", "words 2", "said 2"]


def test_news_that_come_by_themselves_close_nothing() -> None:
    assert read(hers(1, 0), ours(1, 1, "1.0", "send"), ours(2, 9, "case.7", "status")) == [
        "words 1", "said 1*", "said 2*"]  # fmt: skip


def test_a_button_stands_where_it_was_shown_last() -> None:
    rows = (hers(1, 0), hers(2, 0.5), ours(1, 1, "1.0", "send@d"), ours(2, 2, "2.0", "send@d", "change@d"))
    assert read(*rows) == ["words 1", "words 2", "said 1", "said 2*"]


def test_files_of_one_form_are_one_message() -> None:
    photos = [SentPhoto(id=name, at=at(0), kind="photo", file_id=name) for name in ("j1", "j1-1", "j1-2", "j2")]
    entries = entries_of(talk(*(hers(number, 0, photo) for number, photo in enumerate(photos, 1))))
    assert [(entry.key, entry.file_ids) for entry in entries] == [("mj1", ("j1", "j1-1", "j1-2")), ("mj2", ("j2",))]


def test_a_message_reads_as_it_was_last_edited() -> None:
    story = Said(id="j1", at=at(0), text="jalan rusak", ref="j1")
    edits = [Edited(id=name, at=at(1), ref="j1", text=text) for name, text in (("j2", "jalan"), ("j3", "jalan putus"))]
    assert read(hers(1, 0, story), hers(2, 1, edits[0]), hers(3, 1, edits[1])) == ["jalan putus"]


def test_a_page_that_has_read_so_far_is_told_of_an_edit() -> None:
    story = Said(id="j1", at=at(0), text="jalan rusak", ref="j1")
    before = talk(hers(1, 0, story))
    after = talk(hers(1, 0, story), hers(2, 1, Edited(id="j2", at=at(1), ref="j1", text="jalan putus")))
    assert [words(entry) for entry in changes(entries_of(before), entries_of(after))] == ["jalan putus"]


def test_a_file_that_can_be_opened_is_shown_where_it_was_sent_and_on_the_card() -> None:
    photo = SentPhoto(id="j1", at=at(0), kind="photo", file_id="f1", ref="j1")
    card = OutboxRow(1, at(1), "1.0", "", OutboxMessage(OutboxMessageKind.MESSAGE, "card", files=("f1", "f2")))
    kept = {"f1": ChatPicture("photo", "/files/1", "/files/1/thumb")}
    shown = dressed(entries_of(talk(hers(1, 0, photo), card)), kept, editable=())
    assert [entry.pictures for entry in shown] == [(kept["f1"],), (kept["f1"],)]


def test_only_words_of_the_open_draft_can_be_edited() -> None:
    first, second = (Said(id=name, at=at(0), text=name, ref=name) for name in ("j1", "j2"))
    shown = dressed(entries_of(talk(hers(1, 0, first), hers(2, 1, second), ours(1, 2, "2.0"))), {}, editable=["j2"])
    assert [entry.is_editable for entry in shown] == [False, True, False]


def test_places_are_shown_and_what_has_no_words_is_not() -> None:
    place = SharedPlace(id="j1", at=at(0), lat=-1.0, lon=116.0)
    assert read(hers(1, 0, place), hers(2, 1, SentOther(id="j2", at=at(1)))) == ["SharedPlace"]


def test_a_page_that_has_read_so_far_is_told_only_what_changed() -> None:
    before = talk(hers(1, 0), ours(1, 1, "1.0", "a"))
    after = talk(hers(1, 0), ours(1, 1, "1.0", "a"), pressed(2, 2, "a"), ours(2, 3, "2.0", "b", edits="1.0"))
    assert [words(entry) for entry in changes(entries_of(before), entries_of(after))] == ["said 2*"]
    assert entries_of(after.until(before.cursor)) == entries_of(before)


def test_a_page_is_told_that_buttons_closed() -> None:
    before = talk(hers(1, 0), ours(1, 1, "1.0", "a"))
    after = talk(hers(1, 0), ours(1, 1, "1.0", "a"), hers(2, 2), ours(2, 3, "2.0", "b"))
    assert [words(entry) for entry in changes(entries_of(before), entries_of(after))] == [
        "said 1", "words 2", "said 2*"]  # fmt: skip


def test_a_cursor_reads_as_it_is_written() -> None:
    assert Cursor.read(str(Cursor(12, 34))) == Cursor(12, 34)


@pytest.mark.parametrize("written", [None, "", "x", "1", "1-", "-1-2", "1-2-3", "1-2 ", "9" * 30 + "-1"])
def test_any_other_cursor_is_the_beginning(written: str | None) -> None:
    assert Cursor.read(written) == Cursor()
