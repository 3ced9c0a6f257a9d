"""Keeps a talk in its order although somebody set the clock back while it was held. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.channels.web.entries import BEFORE_ALL, InboxRow, OutboxRow


def steadied(hers: Sequence[InboxRow], ours: Sequence[OutboxRow]) -> tuple[tuple[InboxRow, ...], tuple[OutboxRow, ...]]:
    """The rows, both sides in the order of their ids, with moments that never go back.

    A row that is earlier than the one before it on its own side, or than what it answers, was written under another
    clock: it stands behind everything that was said until then. All others keep their moments.
    """
    latest = last_of_hers = last_of_ours = BEFORE_ALL
    said, answered = list[InboxRow](), list[OutboxRow]()
    when = {}
    waiting = list(hers)
    turn = 0
    for answer in (*ours, None):
        turn = max(turn, answer.turn) if answer else turn
        while waiting and (answer is None or waiting[0].id <= turn):
            row = waiting.pop(0)
            last_of_hers = row.at if row.at >= last_of_hers else latest
            latest = max(latest, last_of_hers)
            when[row.id] = last_of_hers
            said.append(replace(row, at=last_of_hers))
        if answer:
            last_of_ours = answer.at if answer.at >= max(last_of_ours, when.get(turn, BEFORE_ALL)) else latest
            latest = max(latest, last_of_ours)
            answered.append(replace(answer, at=last_of_ours))
    return tuple(said), tuple(answered)
