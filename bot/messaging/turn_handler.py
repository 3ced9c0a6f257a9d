"""Works one chat's turn: lets the talk advance, carries out what it asks for, and gives the answer its words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.contextvars import bound_contextvars

from actions.store.cases.casebook import SqlCaseBook
from actions.store.messages.messages import Chat
from bot.conversation.advance import advance
from bot.conversation.effects import Effect, FileCase, Say
from bot.conversation.events import Event, Filed, Said
from bot.conversation.own_data.events import Forgotten
from bot.conversation.screen import line, screen
from bot.conversation.talk import Talk
from bot.conversation.turn_context import Understood
from bot.files.changes import FileChanges, enclosed, file_changes
from bot.messaging.button_signing import ButtonSigner
from bot.messaging.outbox_message import Outgoing, OutgoingKind
from bot.messaging.ports import Channel
from bot.messaging.records import ChatRecord
from bot.messaging.rendering import Letter, Wording
from bot.messaging.turn_outcome import Outcome
from bot.messaging.turn_plan import TurnPlan, as_pressed
from bot.messaging.turn_preparation import TRIES, PreparedTurn, standing_words
from bot.messaging.turn_samples import FiledDraft, HeardNote, of_cases, of_talk
from bot.officers.erasing import take_words_out
from bot.officers.officer_turns import Hearing
from bot.officers.session import TELEGRAM as OFFICERS_CHANNEL
from bot.officers.session import Office, Room
from bot.services.effect_runner import Citizen, Desk
from bot.services.staff import Staff

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Books:
    """What a turn reads and writes: cases are gathered, everything else is written at once."""

    connection: AsyncConnection
    cases: SqlCaseBook
    filed: list[FiledDraft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Clerk:
    """Works turns. A fault of ours costs the turn a try, and no other chat anything."""

    channels: Mapping[str, Channel]
    talk: Talk
    desk: Desk
    signer: ButtonSigner
    staff: Staff = field(default_factory=Staff)
    office: Office | None = None

    async def work(self, connection: AsyncConnection, turn: PreparedTurn) -> Outcome:
        """What a turn leaves behind.

        Raises:
            SQLAlchemyError: the database failed; nothing of this transaction holds.
        """
        if turn.plan is not None and not turn.fault:
            try:
                with bound_contextvars(turn=turn.rows[0].id):
                    return await self._worked(connection, turn, turn.plan)
            except SQLAlchemyError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, the other chats must not wait for it
                turn = turn.failed(error)
        return self._failed(SqlCaseBook(connection), turn)

    async def _worked(self, connection: AsyncConnection, turn: PreparedTurn, plan: TurnPlan) -> Outcome:
        books, record, effects = _Books(connection, SqlCaseBook(connection)), plan.record, list[Effect]()
        officers = self._officers(books, plan, _name(turn))
        events, heard = list[Event](), list[Understood]()
        for arrived, understood in zip(plan.events, turn.heard, strict=True):
            event = await self._left_to_citizen(officers, plan, arrived)
            if event is not None:
                record, more = await self._step(books, plan, record, event, understood)
                effects += more
                events.append(event)
                heard.append(understood)
        if officers:
            await officers.ends()
        room = officers.room if officers else None
        if events:
            wording = self._wording(turn.chat, record)
            letters, record = wording.compose(effects, record, _name(turn), by_hand=plan.is_by_hand)
        else:
            letters = []
        return Outcome(
            chat=turn.chat,
            record=record if events else None,
            letters=(*_answers(turn, room.toast if room else ""), *letters, *(room.letters if room else ())),
            book=books.cases,
            states=_states(turn, "done"),
            files=_files(plan, record, events, enclosed(books.cases.done), room),
            heard=self._lessons(books, plan, record, events, heard),
        )

    def _officers(self, books: _Books, plan: TurnPlan, name: str) -> Hearing | None:
        """Who hears officers; nobody in a channel in which there are none."""
        if self.office is None or plan.channel != OFFICERS_CHANNEL:
            return None
        room = Room(self.office, books.connection, books.cases, plan.chat, name)
        return Hearing(room, [row.row for row in plan.rows])

    async def _left_to_citizen(self, officers: Hearing | None, plan: TurnPlan, event: Event) -> Event | None:
        """What of an arrival is for the talk; words that answer a message may press a button, as any others."""
        left = await officers.leaves(event) if officers else event
        if isinstance(left, Said) and left.reply_to:
            standing = standing_words(self.desk.texts, plan.record)
            return as_pressed(left, plan.record, standing, plain=self.channels[plan.channel].plain)
        return left

    def _lessons(
        self, books: _Books, plan: TurnPlan, record: ChatRecord, events: Sequence[Event], heard: Sequence[Understood]
    ) -> tuple[HeardNote, ...]:
        catalogue = self.talk.catalogue
        of_the_talk = of_talk(plan.record.dialogue, record.dialogue, events, heard, catalogue)
        return (*of_cases(books.filed, catalogue), *of_the_talk)

    async def _step(
        self, books: _Books, plan: TurnPlan, record: ChatRecord, event: Event, understood: Understood
    ) -> tuple[ChatRecord, list[Effect]]:
        """One event, and every event that its effects bring about."""
        said: list[Effect] = []
        causes = [(event, understood)]
        dialogue = record.dialogue
        while causes:
            cause, known = causes.pop(0)
            turn = advance(self.talk, dialogue, cause, known)
            dialogue = turn.dialogue
            citizen = Citizen(plan.channel, plan.chat, self.desk.texts.spoken(dialogue.language))
            for effect in turn.effects:
                result = await self._carry_out(books, citizen, effect, cause)
                if result is None:
                    said.append(effect)
                else:
                    causes.append((result, known))
        return replace(record, dialogue=dialogue), said

    async def _carry_out(self, books: _Books, citizen: Citizen, effect: Effect, cause: Event) -> Event | None:
        done = await self.desk.carry_out(books.cases, citizen, effect, cause)
        if isinstance(effect, FileCase) and isinstance(done, Filed):
            books.filed.append(FiledDraft(effect.draft, done))
        if isinstance(done, Forgotten) and self.office is not None:
            await take_words_out(self.office, books.connection, done.ended, cause.at)
        return done or await self.staff.carry_out(books.connection, citizen, effect, cause)

    def _failed(self, book: SqlCaseBook, turn: PreparedTurn) -> Outcome:
        """The rows wait for another try, or after the last are set aside, and the citizen is told."""
        given_up = turn.attempts >= TRIES
        rows = [row.id for row in turn.rows]
        log.error("turn_failed", turn=rows[0], error=turn.fault, attempts=turn.attempts, rows=rows)
        if not given_up:
            return Outcome(turn.chat, None, (), book, _states(turn, "new"))
        sorry = Say(screen(line("turn-failed")))
        letters, record = self._wording(turn.chat, turn.record).compose([sorry], turn.record, _name(turn))
        kept = record if turn.plan else None
        return Outcome(turn.chat, kept, (*_answers(turn), *letters), book, _states(turn, "aside"))

    def _wording(self, chat: Chat, record: ChatRecord) -> Wording:
        channel, name = chat
        language = self.desk.texts.spoken(record.dialogue.language)
        return Wording(self.desk.texts, self.signer, name, language, self.channels[channel].plain)


def _name(turn: PreparedTurn) -> str:
    """Names the messages of a turn: a row is worked once, so no other turn has this name."""
    return f"{turn.rows[0].id}"


def _files(
    plan: TurnPlan, record: ChatRecord, events: Sequence[Event], kept: Collection[str], room: Room | None
) -> FileChanges:
    """What the talk changes about files, and what an officer has sent to a citizen."""
    changes = file_changes(plan.record.dialogue, record.dialogue, events, kept)
    return replace(changes, wanted=(*changes.wanted, *room.wanted)) if room and room.wanted else changes


def _answers(turn: PreparedTurn, toast: str = "") -> list[Letter]:
    """What ends the waiting that a pressed button shows, and what is said there."""
    return [
        Letter(f"{row.id}.answer", Outgoing(OutgoingKind.ANSWER, toast, target=row.press_id))
        for row in turn.rows
        if row.press_id
    ]


def _states(turn: PreparedTurn, state: str) -> tuple[dict[str, object], ...]:
    attempts = [row.attempts if state == "done" else turn.attempts for row in turn.rows]
    return tuple(
        {"row": row.id, "state": state, "attempts": tried} for row, tried in zip(turn.rows, attempts, strict=True)
    )
