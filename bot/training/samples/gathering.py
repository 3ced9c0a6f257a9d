"""Makes samples of what turns heard: covers personal data, finds near-equals, and says how much each teaches.

It runs behind the chat, in the one process that has the duty; what waits is lost to nobody.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from actions.cases.ports import Clock
from actions.store.engine.database import Database, is_away
from actions.store.training.act_samples import add_act_samples
from actions.store.training.samples import State, add_samples, by_kin, correct, mark_rerouted, recent_texts
from actions.store.training.turn_samples import WaitingNote, forget_notes, waiting_notes
from bot.observability.faults import place_of
from bot.training.samples.heard_messages import act_rows
from bot.training.samples.worth import (
    WEIGHTS,
    GuessedLabel,
    Learned,
    TeachingReason,
    goes_to_two,
    kin_of,
    nearest,
    worth_of,
)
from bot.understanding.normalise import mask, normalise
from bot.understanding.understood import Guess

log = structlog.get_logger()

NOTES_AT_ONCE = 100
COMPARED_WITH = 400
"""A message is compared with so many that came before it; older ones only where their words are the same."""
LOOK_EVERY_SECONDS = 5.0
LONGEST_TEXT = 4_000
TIDY_EVERY_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Gathered:
    """A message that a turn has left for the trainers, as they will see it."""

    note: WaitingNote
    text: str
    kin: str
    guessed: GuessedLabel


@dataclass(slots=True)
class Gatherer:
    """Looks every few seconds. `learned` says what the training data knows now."""

    database: Database
    clock: Clock
    learned: Callable[[], Learned]
    look_every_seconds: float = LOOK_EVERY_SECONDS
    _tidied_at: float = -TIDY_EVERY_SECONDS

    async def run(self) -> None:
        """Gather until cancelled. A database that is away is asked again."""
        await asyncio.to_thread(self.learned)  # takes a while the first time: now, and not while people write
        while True:
            gathered = 0
            try:
                gathered = await self.gather()
                await self.tidy()
            except Exception as error:  # noqa: BLE001 - what waits is gathered the next time
                what = "gathering_waits_for_database" if is_away(error) else "gathering_failed"
                log.error(what, error=type(error).__name__, where=place_of(error))
            if gathered < NOTES_AT_ONCE:
                await asyncio.sleep(self.look_every_seconds)

    async def tidy(self) -> None:
        """Once an hour: what officers have sent elsewhere moves up."""
        if time.monotonic() - self._tidied_at >= TIDY_EVERY_SECONDS:
            await self.look_at_reroutes()
            self._tidied_at = time.monotonic()

    async def look_at_reroutes(self) -> int:
        """What officers have sent elsewhere since moves up; returns how many."""
        async with self.database.writing() as connection:
            return await mark_rerouted(connection, WEIGHTS[TeachingReason.REROUTED])

    async def gather(self) -> int:
        """Make samples of up to a hundred notes; returns of how many."""
        async with self.database.reading() as connection:
            notes = await waiting_notes(connection, NOTES_AT_ONCE)
            recent = await recent_texts(connection, COMPARED_WITH) if notes else []
        if not notes:
            return 0
        learned = await asyncio.to_thread(self.learned)
        found = await asyncio.to_thread(_gathered, notes, recent)
        acts = await asyncio.to_thread(act_rows, notes)
        async with self.database.writing() as connection:
            shown = await by_kin(connection, [one.kin for one in found])
            rows = list[dict[str, object]]()
            for one in found:
                worth, reason = worth_of(one.text, one.guessed, learned)
                is_twin = one.kin in shown
                if is_twin and one.guessed.is_corrected and shown[one.kin]:
                    chosen = one.guessed
                    await correct(connection, shown[one.kin], chosen.chosen_intent, chosen.chosen_category, worth)
                shown.setdefault(one.kin, 0)
                rows.append(_row(one, worth, reason, State.TWIN if is_twin else State.OPEN))
            await add_samples(connection, rows)
            await add_act_samples(connection, acts)
            await forget_notes(connection, [note.id for note in notes])
        return len(notes)


def _gathered(notes: Sequence[WaitingNote], recent: Sequence[tuple[str, str]]) -> list[Gathered]:
    known, found = [(kin, normalise(text)) for kin, text in recent], list[Gathered]()
    for note in notes:
        text = mask(note.words[:LONGEST_TEXT]).strip()
        if not text:
            continue
        plain = normalise(text)
        kin = nearest(plain, known) or kin_of(text)
        known.append((kin, plain))
        found.append(Gathered(note, text, kin, _guessed(note.meaning)))
    return found


def _guessed(meaning: str) -> GuessedLabel:
    said = json.loads(meaning)
    return GuessedLabel(
        Guess(*said["intent"]),
        tuple(Guess(name, confidence) for name, confidence in said["categories"]),
        bool(said["sure"]),
        said["chosen"].get("type"),
        said["chosen"].get("category"),
    )


def _row(one: Gathered, worth: float, reason: str, state: State) -> dict[str, object]:
    guessed, best = one.guessed, one.guessed.category
    return {
        "ticket": one.note.ticket or None,
        "text": one.text,
        "kin": one.kin,
        "channel": one.note.channel,
        "at": one.note.at,
        "intent": guessed.intent.name,
        "intent_confidence": guessed.intent.confidence,
        "category": best.name if best else None,
        "category_confidence": best.confidence if best else 0.0,
        "ranking": json.dumps([[guess.name, guess.confidence] for guess in guessed.categories]),
        "is_sure": guessed.sure,
        "chosen_intent": guessed.chosen_intent,
        "chosen_category": guessed.chosen_category,
        "worth": worth,
        "reason": reason,
        "state": state.value,
        "wanted": 2 if goes_to_two(f"{one.note.ticket} {one.kin}") else 1,
    }
