"""Works what waits in the inbox: many chats in one batch, one worker to a chat, one commit to a batch.

A batch is loaded with one SELECT a table, understood outside any transaction, advanced, and saved with dialogue,
cases, messages and "worked" in one transaction. If that fails in the database, each chat is tried on its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import groupby

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.ports import Clock
from actions.store.casebook import SqlCaseBook
from actions.store.database import Database
from actions.store.letters import (
    Chat,
    Received,
    load_records,
    mark_received,
    put_in_outbox,
    received,
    save_records,
    waiting_chats,
)
from bot.conversation.advance import advance
from bot.conversation.effects import Effect, Say
from bot.conversation.events import Event, Pressed
from bot.conversation.screen import line, screen
from bot.conversation.talk import Talk
from bot.conversation.understood import Understood
from bot.delivery.desk import Citizen, Desk
from bot.delivery.listening import Listener
from bot.delivery.outgoing import Outgoing, OutgoingKind
from bot.delivery.plan import TurnPlan, Waiting, plan_turn
from bot.delivery.ports import Channel
from bot.delivery.pressing import STANDING
from bot.delivery.records import ChatRecord, read_event, read_record, write_outgoing, write_record
from bot.delivery.signing import ButtonSigner
from bot.delivery.wording import Letter, Wording

log = structlog.get_logger()

CHATS_A_BATCH = 50
TRIES = 3
TYPING_AFTER_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn leaves behind, as rows; nothing of it is written yet."""

    plan: TurnPlan
    record: ChatRecord
    letters: tuple[Letter, ...]
    book: SqlCaseBook
    states: tuple[dict[str, object], ...]


@dataclass(slots=True)
class TurnWorker:
    """Works turns for the channels it is given."""

    database: Database
    channels: Mapping[str, Channel]
    talk: Talk
    listener: Listener
    desk: Desk
    signer: ButtonSigner
    clock: Clock
    tell: Callable[[], None]
    in_hand: set[Chat] = field(default_factory=set)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Something arrived."""
        self._arrived.set()

    async def run(self, look_every_seconds: float = 1.0) -> None:
        """Work for ever. A database that is away is waited for; `tell` is called after every commit."""
        pause = 0.0
        while True:
            self._arrived.clear()
            try:
                worked = await self.work_batch()
                pause = 0.0
            except (SQLAlchemyError, OSError) as error:
                worked, pause = 0, min(max(0.5, pause * 2), 10.0)
                log.error("turns_wait_for_database", error=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)
            if not worked:
                with suppress(TimeoutError):
                    async with asyncio.timeout(look_every_seconds):
                        await self._arrived.wait()

    async def work_batch(self) -> int:
        """Work one turn of each of up to fifty waiting chats; returns how many turns were worked."""
        plans = await self._take()
        try:
            if plans:
                heard = await self._listen(plans)
                await self._commit(plans, heard)
                self.tell()
        finally:
            self.in_hand.difference_update((plan.channel, plan.chat) for plan in plans)
        return len(plans)

    async def _take(self) -> list[TurnPlan]:
        async with self.database.reading() as connection:
            most = CHATS_A_BATCH + len(self.in_hand)
            waiting = await waiting_chats(connection, list(self.channels), most)
            chats = [chat for chat in waiting if chat not in self.in_hand][:CHATS_A_BATCH]
            if not chats:
                return []
            self.in_hand.update(chats)
            rows = await received(connection, chats)
            records = await load_records(connection, chats)
        grouped = groupby(rows, key=lambda row: (row.channel, row.chat))
        plans = [await self._plan_or_set_aside(chat, list(waiting), records.get(chat)) for chat, waiting in grouped]
        return [plan for plan in plans if plan]

    async def _plan_or_set_aside(self, chat: Chat, rows: Sequence[Received], stored: str | None) -> TurnPlan | None:
        """A chat whose rows no version can read does not stop the others."""
        try:
            return self._plan(chat, rows, stored)
        except ValueError as error:
            log.error("rows_unreadable", error=type(error).__name__, rows=len(rows))
            async with self.database.writing() as connection:
                aside = [{"row": row.id, "state": "aside", "attempts": row.attempts + 1} for row in rows]
                await mark_received(connection, aside)
            self.in_hand.discard(chat)
            return None

    def _plan(self, chat: Chat, rows: Sequence[Received], stored: str | None) -> TurnPlan:
        record = read_record(stored)
        waiting = [Waiting(row.id, read_event(row.event), row.press_id, row.attempts) for row in rows]
        language = record.dialogue.language or self.talk.catalogue.languages[0]
        standing = {verb: self.desk.texts.say(language, line(f"button-{verb}")) for verb in STANDING}
        channel = self.channels[chat[0]]
        return plan_turn(chat[0], chat[1], record, waiting, self.signer, standing, plain=channel.plain)

    async def _listen(self, plans: Sequence[TurnPlan]) -> list[list[Understood]]:
        listening = asyncio.create_task(self.listener.listen(plans))
        done, _ = await asyncio.wait({listening}, timeout=TYPING_AFTER_SECONDS)
        if not done:
            await asyncio.gather(*(self.channels[plan.channel].show_typing(plan.chat) for plan in plans))
        return await listening

    async def _commit(self, plans: Sequence[TurnPlan], heard: Sequence[Sequence[Understood]]) -> None:
        try:
            await self._commit_together(plans, heard)
        except SQLAlchemyError as error:
            log.warning("batch_failed", chats=len(plans), error=type(error).__name__)
            if len(plans) == 1:
                raise
            for plan, understood in zip(plans, heard, strict=True):
                await self._commit_alone(plan, understood)

    async def _commit_alone(self, plan: TurnPlan, understood: Sequence[Understood]) -> None:
        try:
            await self._commit_together([plan], [understood])
        except SQLAlchemyError as error:
            log.error("turn_not_saved", error=type(error).__name__)

    async def _commit_together(self, plans: Sequence[TurnPlan], heard: Sequence[Sequence[Understood]]) -> None:
        async with self.database.writing() as connection:
            outcomes = [
                await self._turn(connection, plan, understood) for plan, understood in zip(plans, heard, strict=True)
            ]
            await self._save(connection, outcomes)

    async def _turn(self, connection: AsyncConnection, plan: TurnPlan, heard: Sequence[Understood]) -> Outcome:
        """One chat's turn. A fault of ours in it costs this turn a try, and no other chat anything."""
        book = SqlCaseBook(connection)
        try:
            return await self._worked(book, plan, heard)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the other chats must not wait for it
            attempts = max(waiting.attempts for waiting in plan.rows) + 1
            log.error("turn_failed", error=type(error).__name__, where=_where(error), attempts=attempts)
            return self._failed(SqlCaseBook(connection), plan, attempts)

    async def _worked(self, book: SqlCaseBook, plan: TurnPlan, heard: Sequence[Understood]) -> Outcome:
        record, effects = plan.record, list[Effect]()
        for event, understood in zip(plan.events, heard, strict=True):
            record, more = await self._step(book, plan, record, event, understood)
            effects += more
        letters, record = self._wording(plan, record).compose(effects, record, _name(plan))
        states = tuple({"row": w.row, "state": "done", "attempts": w.attempts} for w in plan.rows)
        return Outcome(plan, record, (*_answers(plan), *letters), book, states)

    async def _step(
        self, book: SqlCaseBook, plan: TurnPlan, record: ChatRecord, event: Event, understood: Understood
    ) -> tuple[ChatRecord, list[Effect]]:
        """One event, and every event that its effects bring about."""
        said: list[Effect] = []
        causes = [(event, understood)]
        dialogue = record.dialogue
        while causes:
            cause, known = causes.pop(0)
            turn = advance(self.talk, dialogue, cause, known)
            dialogue = turn.dialogue
            citizen = Citizen(plan.channel, plan.chat, dialogue.language or self.talk.catalogue.languages[0])
            for effect in turn.effects:
                result = await self.desk.carry_out(book, citizen, effect, cause)
                if result is None:
                    said.append(effect)
                else:
                    causes.append((result, Understood.nothing()))
        return replace(record, dialogue=dialogue), said

    def _failed(self, book: SqlCaseBook, plan: TurnPlan, attempts: int) -> Outcome:
        """The rows wait for another try, or after the last are set aside, and the citizen is told."""
        given_up = attempts >= TRIES
        letters, record = list[Letter](), plan.record
        if given_up:
            sorry = Say(screen(line("turn-failed")))
            letters, record = self._wording(plan, record).compose([sorry], record, _name(plan))
        state = "aside" if given_up else "new"
        states = tuple({"row": waiting.row, "state": state, "attempts": attempts} for waiting in plan.rows)
        return Outcome(plan, record, tuple(letters), book, states)

    def _wording(self, plan: TurnPlan, record: ChatRecord) -> Wording:
        language = record.dialogue.language or self.talk.catalogue.languages[0]
        plain = self.channels[plan.channel].plain
        return Wording(self.desk.texts, self.signer, plan.chat, language, plain)

    async def _save(self, connection: AsyncConnection, outcomes: Sequence[Outcome]) -> None:
        now = self.clock()
        book = SqlCaseBook(connection)
        for outcome in outcomes:
            book.merge(outcome.book)
        await book.flush()
        where = [{"channel": o.plan.channel, "chat": o.plan.chat} for o in outcomes]
        await save_records(
            connection,
            [
                chat | {"record": write_record(o.record), "changed_at": now}
                for chat, o in zip(where, outcomes, strict=True)
            ],
        )
        await put_in_outbox(
            connection,
            [
                chat
                | {"ref": letter.ref, "edits": letter.edits, "created_at": now}
                | {"message": write_outgoing(letter.outgoing)}
                for chat, outcome in zip(where, outcomes, strict=True)
                for letter in outcome.letters
            ],
        )
        await mark_received(connection, [state for outcome in outcomes for state in outcome.states])


def _name(plan: TurnPlan) -> str:
    """Names the messages of a turn: a row is worked once, so no other turn has this name."""
    return f"{plan.rows[0].row}"


def _answers(plan: TurnPlan) -> list[Letter]:
    """What ends the waiting that a pressed button shows."""
    return [
        Letter(f"{waiting.row}.answer", Outgoing(OutgoingKind.ANSWER, target=waiting.press_id))
        for waiting in plan.rows
        if waiting.press_id and isinstance(waiting.event, Pressed)
    ]


def _where(error: Exception) -> str:
    """File and line of a fault, without anything that was worked on."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
