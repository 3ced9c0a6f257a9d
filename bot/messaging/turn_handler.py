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
from bot.conversation.events import Event, Filed, Forgotten, Said
from bot.conversation.screen import line, screen
from bot.conversation.talk import Talk
from bot.conversation.turn_context import Understood
from bot.files.changes import FileChanges, enclosed, file_changes
from bot.messaging.button_signing import ButtonSigner
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Channel
from bot.messaging.records import ChatRecord
from bot.messaging.rendering import AddressedMessage, MessageRenderer
from bot.messaging.turn_outcome import Outcome
from bot.messaging.turn_plan import TurnPlan, as_pressed
from bot.messaging.turn_preparation import TRIES, PreparedTurn, standing_words
from bot.messaging.turn_samples import FiledSample, TurnSample, of_cases, of_talk
from bot.officers.erasing import take_words_out
from bot.officers.officer_turns import OfficerTurn
from bot.officers.session import TELEGRAM as OFFICERS_CHANNEL
from bot.officers.session import OfficersService, OfficersSession
from bot.services.effect_runner import Citizen, EffectRunner
from bot.services.staff import StaffAccounts

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Books:
    """What a turn reads and writes: cases are gathered, everything else is written at once."""

    connection: AsyncConnection
    cases: SqlCaseBook
    filed: list[FiledSample] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TurnHandler:
    """Works turns. A fault of ours costs the turn a try, and no other chat anything."""

    channels: Mapping[str, Channel]
    talk: Talk
    effect_runner: EffectRunner
    signer: ButtonSigner
    staff: StaffAccounts = field(default_factory=StaffAccounts)
    officers_service: OfficersService | None = None

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
        events, meaning = list[Event](), list[Understood]()
        for arrived, understood in zip(plan.events, turn.meaning, strict=True):
            event = await self._left_to_citizen(officers, plan, arrived)
            if event is not None:
                record, more = await self._step(books, plan, record, event, understood)
                effects += more
                events.append(event)
                meaning.append(understood)
        if officers:
            await officers.ends()
        session = officers.session if officers else None
        if events:
            wording = self._wording(turn.chat, record)
            outgoing_messages, record = wording.compose(effects, record, _name(turn), by_hand=plan.is_by_hand)
        else:
            outgoing_messages = []
        return Outcome(
            chat=turn.chat,
            record=record if events else None,
            outgoing_messages=(
                *_answers(turn, session.toast if session else ""),
                *outgoing_messages,
                *(session.outgoing_messages if session else ()),
            ),
            book=books.cases,
            states=_states(turn, "done"),
            files=_files(plan, record, events, enclosed(books.cases.done), session),
            meaning=self._lessons(books, plan, record, events, meaning),
        )

    def _officers(self, books: _Books, plan: TurnPlan, name: str) -> OfficerTurn | None:
        """Who hears officers; nobody in a channel in which there are none."""
        if self.officers_service is None or plan.channel != OFFICERS_CHANNEL:
            return None
        session = OfficersSession(self.officers_service, books.connection, books.cases, plan.chat, name)
        return OfficerTurn(session, [row.row for row in plan.rows])

    async def _left_to_citizen(self, officers: OfficerTurn | None, plan: TurnPlan, event: Event) -> Event | None:
        """What of an arrival is for the talk; words that answer a message may press a button, as any others."""
        left = await officers.leaves(event) if officers else event
        if isinstance(left, Said) and left.reply_to:
            case_state = standing_words(self.effect_runner.texts, plan.record)
            return as_pressed(left, plan.record, case_state, plain=self.channels[plan.channel].plain)
        return left

    def _lessons(
        self, books: _Books, plan: TurnPlan, record: ChatRecord, events: Sequence[Event], meaning: Sequence[Understood]
    ) -> tuple[TurnSample, ...]:
        catalogue = self.talk.catalogue
        of_the_talk = of_talk(plan.record.dialogue, record.dialogue, events, meaning, catalogue)
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
            citizen = Citizen(plan.channel, plan.chat, self.effect_runner.texts.spoken(dialogue.language))
            for effect in turn.effects:
                result = await self._carry_out(books, citizen, effect, cause)
                if result is None:
                    said.append(effect)
                else:
                    causes.append((result, known))
        return replace(record, dialogue=dialogue), said

    async def _carry_out(self, books: _Books, citizen: Citizen, effect: Effect, cause: Event) -> Event | None:
        done = await self.effect_runner.carry_out(books.cases, citizen, effect, cause)
        if isinstance(effect, FileCase) and isinstance(done, Filed):
            books.filed.append(FiledSample(effect.draft, done))
        if isinstance(done, Forgotten) and self.officers_service is not None:
            await take_words_out(self.officers_service, books.connection, done.ended, cause.at)
        return done or await self.staff.carry_out(books.connection, citizen, effect, cause)

    def _failed(self, book: SqlCaseBook, turn: PreparedTurn) -> Outcome:
        """The rows wait for another try, or after the last are set aside, and the citizen is told."""
        given_up = turn.attempts >= TRIES
        rows = [row.id for row in turn.rows]
        log.error("turn_failed", turn=rows[0], error=turn.fault, attempts=turn.attempts, rows=rows)
        if not given_up:
            return Outcome(turn.chat, None, (), book, _states(turn, "new"))
        sorry = Say(screen(line("turn-failed")))
        outgoing_messages, record = self._wording(turn.chat, turn.record).compose([sorry], turn.record, _name(turn))
        kept = record if turn.plan else None
        return Outcome(turn.chat, kept, (*_answers(turn), *outgoing_messages), book, _states(turn, "aside"))

    def _wording(self, chat: Chat, record: ChatRecord) -> MessageRenderer:
        channel, name = chat
        language = self.effect_runner.texts.spoken(record.dialogue.language)
        return MessageRenderer(self.effect_runner.texts, self.signer, name, language, self.channels[channel].plain)


def _name(turn: PreparedTurn) -> str:
    """Names the messages of a turn: a row is worked once, so no other turn has this name."""
    return f"{turn.rows[0].id}"


def _files(
    plan: TurnPlan, record: ChatRecord, events: Sequence[Event], kept: Collection[str], session: OfficersSession | None
) -> FileChanges:
    """What the talk changes about files, and what an officer has sent to a citizen."""
    changes = file_changes(plan.record.dialogue, record.dialogue, events, kept)
    return replace(changes, wanted=(*changes.wanted, *session.wanted)) if session and session.wanted else changes


def _answers(turn: PreparedTurn, toast: str = "") -> list[AddressedMessage]:
    """What ends the waiting that a pressed button shows, and what is said there."""
    return [
        AddressedMessage(f"{row.id}.answer", OutboxMessage(OutboxMessageKind.ANSWER, toast, target=row.press_id))
        for row in turn.rows
        if row.press_id
    ]


def _states(turn: PreparedTurn, state: str) -> tuple[dict[str, object], ...]:
    attempts = [row.attempts if state == "done" else turn.attempts for row in turn.rows]
    return tuple(
        {"row": row.id, "state": state, "attempts": tried} for row, tried in zip(turn.rows, attempts, strict=True)
    )
