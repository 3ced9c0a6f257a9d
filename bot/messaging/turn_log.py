"""Gives account of what is committed: to the log, by the id of the turn, and to the meter.

A turn's id is the number of its first inbox row. Its messages are named after it in the outbox, and every line of the
log that is about a turn carries it as `turn`: it says nothing of who wrote, or what.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from hashlib import sha256

import structlog

from bot.messaging.meter import Meter
from bot.messaging.turn_outcome import Outcome
from bot.messaging.turn_preparation import PreparedTurn

log = structlog.get_logger()


def turn_of_message(ref: str) -> dict[str, int]:
    """`turn` of a message by its name in the outbox; nothing for one that no turn wrote."""
    first = ref.partition(".")[0]
    return {"turn": int(first)} if first.isdecimal() else {}


def file_tag(file_id: str) -> str:
    """A short name for a file in the log: the same in its turn and when it is fetched; no way leads back from it."""
    return sha256(file_id.encode("utf-8", "replace")).hexdigest()[:12]


def account_for(turns: Sequence[PreparedTurn], outcomes: Sequence[Outcome], meter: Meter) -> None:
    """These turns are committed."""
    by_chat = {turn.chat: turn for turn in turns}
    for outcome in outcomes:
        turn, channel = by_chat[outcome.chat], outcome.chat[0]
        states = {state["state"] for state in outcome.states}
        if states != {"done"}:
            meter.turn_failed(channel, is_given_up="aside" in states)
            continue
        seconds, cases = time.monotonic() - turn.began, outcome.book.gathered
        meter.turn_worked(channel, rows=len(turn.rows), cases=cases, seconds=seconds)
        _log_turn(turn, outcome, cases, seconds)


def _log_turn(turn: PreparedTurn, outcome: Outcome, cases: int, seconds: float) -> None:
    about_it: dict[str, object] = {"turn": turn.rows[0].id, "channel": outcome.chat[0]}
    files = [file_tag(file.file_id) for file in outcome.files.wanted]
    told = {
        "rows": [row.id for row in turn.rows],
        "messages": len(outcome.outgoing_messages),
        "seconds": round(seconds, 4),
    }
    log.info("turn_worked", **about_it, **told, **({"files": files} if files else {}))
    if cases:
        log.info("case_filed", **about_it)
