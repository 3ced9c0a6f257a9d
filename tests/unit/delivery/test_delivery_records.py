"""Rows are read back as they were written, by this version and by the next."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.dialogue import Dialogue, Draft, StoryPiece
from bot.conversation.events import Event, Said
from bot.conversation.screen import Line
from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.records import (
    ChatRecord,
    UnreadableRow,
    read_event,
    read_outgoing,
    read_record,
    write_event,
    write_outgoing,
    write_record,
)
from tests.unit.delivery.anything import events, outgoings, records
from tests.unit.delivery.town import NOON, assembled

OF_TODAY = """
{"dialogue": {"language": "id", "step": "review", "draft": {
  "key": "t1", "opened_at": "2026-03-02T04:00:00Z", "touched_at": "2026-03-02T04:00:00Z",
  "pieces": [{"ref": "7", "text": "lampu jalan mati"}],
  "heard": {"intent": {"name": "complaint", "confidence": 0.9},
            "categories": [{"name": "penerangan_jalan", "confidence": 0.9}], "sure": true,
            "place": {"road": "Jl. Provinsi", "km": 5.0}, "when": {"since": "2026-02-16", "until": "2026-03-02"}},
  "files": [{"kind": "photo", "file_id": "f1"}]},
 "filed": [{"draft_key": "t0", "ticket": "LP-2345-67CX"}]},
 "shown": [{"words": "Kirim", "press": "send@t1"}], "card": "7.0"}
"""
"""As the first version wrote it. When this no longer opens, somebody's draft is lost."""


@given(events)
def test_an_event_is_read_back_as_it_was_written(event: Event) -> None:
    assert read_event(write_event(event)) == event


@given(st.text(st.characters() | st.sampled_from("\0\ud800\udfff")))
def test_letters_that_no_database_takes_are_left_out_and_no_others(text: str) -> None:
    def said(words: str) -> Said:
        return Said(id=words, at=NOON, name=words, text=words, ref=words, parts=((words, words),))

    row = write_event(said(text))
    taken = "".join("?" if "\ud800" <= letter <= "\udfff" else letter for letter in text if letter != "\0")
    assert read_event(row) == said(taken)
    assert "\\u0000" not in row.replace("\\\\", "")
    assert row.encode()


@given(records)
def test_a_chat_is_read_back_as_it_was_written(record: ChatRecord) -> None:
    assert read_record(write_record(record)) == record


@given(outgoings)
def test_a_message_is_read_back_as_it_was_written(outgoing: OutboxMessage) -> None:
    assert read_outgoing(write_outgoing(outgoing)) == outgoing


def test_a_chat_nobody_knows_is_a_new_one() -> None:
    assert read_record(None) == ChatRecord()


# Other versions -----------------------------------------------------------------------------------------------


def test_what_the_first_version_wrote_still_opens() -> None:
    draft = read_record(OF_TODAY).dialogue.draft
    assert draft is not None
    assert (draft.story, draft.decided_category, len(draft.files)) == ("lampu jalan mati", "penerangan_jalan", 1)


@pytest.mark.parametrize("field", [f.name for kind in (ChatRecord, Dialogue) for f in fields(kind)])
def test_a_record_without_a_field_that_came_later_opens(field: str) -> None:
    row = json.loads(OF_TODAY)
    row.pop(field, None)
    row.get("dialogue", {}).pop(field, None)
    assert isinstance(read_record(json.dumps(row)), ChatRecord)


def test_a_record_with_a_field_of_a_later_version_opens() -> None:
    row = json.loads(OF_TODAY)
    row["dialogue"]["mood"] = row["mood"] = "good"
    assert read_record(json.dumps(row)) == read_record(OF_TODAY)


def test_a_talk_at_a_step_that_is_gone_goes_on_with_what_is_still_to_be_asked() -> None:
    draft = Draft(key="t1", opened_at=NOON, touched_at=NOON, pieces=(StoryPiece("7", "lampu jalan mati"),))
    gone = read_record(write_record(ChatRecord(Dialogue(step="gone", draft=draft))))
    shown = assembled().talk.open_screen(gone.dialogue)
    assert shown is not None
    assert shown.lines[0] == Line("place-ask")


def test_a_talk_at_a_step_that_is_gone_and_without_a_draft_is_at_rest() -> None:
    assert assembled().talk.open_screen(Dialogue(step="gone")) is None


# Rows that nobody wrote ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row", ["", "{", "[]", "[[1]]", "7", "null", "{}", '{"event": 7}', '{"event": "Danced"}', '{"event": "Said"}']
)
def test_what_is_no_event_is_unreadable(row: str) -> None:
    with pytest.raises(UnreadableRow):
        read_event(row)


@pytest.mark.parametrize("row", ["{", "[]", "7", '{"dialogue": 7}', '{"dialogue": {"draft": {"key": "t1"}}}'])
def test_what_is_no_chat_is_unreadable(row: str) -> None:
    with pytest.raises(UnreadableRow):
        read_record(row)


def test_what_is_unreadable_is_told_without_what_it_holds() -> None:
    with pytest.raises(UnreadableRow) as told:
        read_event('{"event": "Said", "id": "e", "at": "rahasia", "text": ["rahasia"]}')
    assert "rahasia" not in repr((told.value, told.value.__cause__))
    assert told.value.__suppress_context__
