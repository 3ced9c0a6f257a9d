"""A talk stays in its order when the clock is set while it is held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.web.entries import ChatRows, InboxRow, OutboxRow, entries_of
from bot.channels.web.steady import steadied
from bot.conversation.events import Said
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def hers(row: int, minutes: float) -> InboxRow:
    """She writes."""
    at = NOON + timedelta(minutes=minutes)
    return InboxRow(row, at, Said(id=f"e{row}", at=at, text=f"hers {row}", ref=f"e{row}"))


def ours(row: int, turn: int, minutes: float) -> OutboxRow:
    """She is answered."""
    at = NOON + timedelta(minutes=minutes)
    return OutboxRow(
        row, at, f"{turn}.1" if turn else "moved", "", OutboxMessage(OutboxMessageKind.MESSAGE, f"ours {row}")
    )


@pytest.mark.parametrize("jump", [-60, -1, 0, 60])
def test_what_she_wrote_after_a_jump_stands_below_what_was_said_before(jump: float) -> None:
    rows = (
        [hers(1, 0), hers(2, 2 + jump), hers(3, 4 + jump)],
        [ours(1, 1, 1), ours(2, 2, 3 + jump), ours(3, 3, 5 + jump)],
    )
    keys = [entry.key for entry in entries_of(ChatRows(*steadied(*rows)))]
    assert keys == ["me1", "o1.1", "me2", "o2.1", "me3", "o3.1"]


def test_an_answer_after_a_jump_stands_below_what_it_answers() -> None:
    assert [entry.key for entry in entries_of(ChatRows(*steadied([hers(1, 0)], [ours(1, 1, -59)])))] == ["me1", "o1.1"]


def test_without_a_jump_every_moment_stays() -> None:
    rows = ((hers(1, 0), hers(2, 0.5), hers(9, 30)), (ours(1, 1, 1), ours(2, 0, 20), ours(3, 9, 31)))
    assert steadied(*rows) == rows
