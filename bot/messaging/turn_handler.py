"""Works one chat's turn: lets the talk advance, carries out what it asks for, and gives the answer its words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.contextvars import bound_contextvars

from actions.store.cases.casebook import SqlCaseBook
from bot.conversation.effects import Effect, FileCase, Say
from bot.conversation.events import Event, Filed, Pressed, Said
from bot.conversation.own_data.events import Forgotten
from bot.conversation.screen import line, screen
from bot.conversation.talk import Talk
from bot.conversation.turn_context import Understood
from bot.messaging.act_notes import after_answer, with_event
from bot.messaging.draft_pages import DraftPages
from bot.messaging.file_changes import FileChanges, enclosed, file_changes
from bot.messaging.joined_messages import joined
from bot.messaging.layout import options_from
from bot.messaging.outbox_message import ButtonSigner, OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Channel
from bot.messaging.records import ChatRecord
from bot.messaging.rendering import AddressedMessage, MessageRenderer
from bot.messaging.sender_proof import SenderProof
from bot.messaging.turn_outcome import FiledSample, Outcome, TurnSample, of_cases, of_talk
from bot.messaging.turn_plan import TurnPlan, as_pressed
from bot.messaging.turn_ports import CarryOut, Citizen, TurnBooks, TurnPart, TurnParticipant
from bot.messaging.turn_preparation import TRIES, PreparedTurn, standing_words
from bot.texts.words import Texts

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Books(TurnBooks):
    """With the drafts that became cases in this turn, for the trainers' samples."""

    filed: list[FiledSample] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TurnHandler:
    """Works turns. A fault of ours costs the turn a try, and no other chat anything.

    Attributes:
        channels: by their names.
        talk: what advances.
        texts: the words of every language.
        signer: of buttons.
        proof: asks for digits before what cannot be undone, where a channel proves nothing of who writes.
        draft_pages: tells of the page of a report that is not sent yet, where a channel has it so.
        effects: what carries out effects; the first that answers has done it.
        participants: who hears arrivals before the talk does, such as officers.
    """

    channels: Mapping[str, Channel]
    talk: Talk
    texts: Texts
    signer: ButtonSigner
    proof: SenderProof
    draft_pages: DraftPages
    effects: Sequence[CarryOut]
    participants: Sequence[TurnParticipant] = ()

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
        parts = self._parts(books, turn, plan)
        events, meaning, listed = list[Event](), list[Understood](), list[AddressedMessage]()
        for arrived, understood in zip(plan.events, turn.meaning, strict=True):
            event = await self._left_to_citizen(parts, plan, arrived)
            if event is not None and (asked := self._options(turn, record, event)):
                listed.append(asked)
            elif event is not None:
                record, more = await self._noted_step(books, plan, record, event, understood)
                effects += more
                events.append(event)
                meaning.append(understood)
        for part in parts:
            await part.ends()
        messages = list[AddressedMessage]()
        if events:
            effects = self.draft_pages.told(turn.chat, plan.record.dialogue, record.dialogue, effects)
            messages, record = self._in_words(turn, record, effects, is_by_hand=plan.is_by_hand)
        return Outcome(
            chat=turn.chat,
            record=record if events else None,
            outgoing_messages=(
                *_answers(turn, next((part.toast for part in parts if part.toast), "")),
                *messages,
                *listed,
                *(message for part in parts for message in part.messages),
            ),
            book=books.cases,
            states=_states(turn, "done"),
            files=_files(plan, record, events, enclosed(books.cases.done), parts),
            meaning=self._lessons(books, plan, record, events, meaning),
        )

    def _parts(self, books: TurnBooks, turn: PreparedTurn, plan: TurnPlan) -> list[TurnPart]:
        """Returns the parts of whoever takes part in this chat beside the talk."""
        rows = [row.row for row in plan.rows]
        begun = (one.takes_part(books, turn.chat, _name(turn), rows) for one in self.participants)
        return [part for part in begun if part is not None]

    async def _left_to_citizen(self, parts: Sequence[TurnPart], plan: TurnPlan, event: Event) -> Event | None:
        """What of an arrival is for the talk; words that answer a message may press a button, as any others."""
        left: Event | None = event
        for part in parts:
            left = await part.leaves(left) if left is not None else None
        if isinstance(left, Said) and left.reply_to:
            always = standing_words(self.texts, plan.record)
            return as_pressed(left, plan.record, always, plain=self.channels[plan.channel].plain)
        return left

    def _lessons(
        self, books: _Books, plan: TurnPlan, record: ChatRecord, events: Sequence[Event], meaning: Sequence[Understood]
    ) -> tuple[TurnSample, ...]:
        catalogue = self.talk.catalogue
        of_the_talk = of_talk(plan.record.dialogue, record.dialogue, events, meaning, catalogue)
        return (*of_cases(books.filed, catalogue), *of_the_talk)

    async def _noted_step(
        self, books: _Books, plan: TurnPlan, record: ChatRecord, event: Event, understood: Understood
    ) -> tuple[ChatRecord, list[Effect]]:
        """A step, with what may be learned of it noted before it and after it."""
        known = (event, understood, self.talk.catalogue)
        record = replace(record, notes=with_event(record.notes, record.dialogue.draft, *known))
        record, effects = await self._step(books, plan, record, event, understood)
        return replace(record, notes=after_answer(record.notes, record.dialogue.draft, *known)), effects

    async def _step(
        self, books: _Books, plan: TurnPlan, record: ChatRecord, event: Event, understood: Understood
    ) -> tuple[ChatRecord, list[Effect]]:
        """Handles an event, and every event that its effects bring about."""
        said: list[Effect] = []
        causes = [(event, understood)]
        dialogue = record.dialogue
        while causes:
            cause, known = causes.pop(0)
            turn = self.proof.advance(self.talk, (plan.channel, plan.chat), dialogue, cause, known)
            dialogue = turn.dialogue
            citizen = Citizen(plan.channel, plan.chat, self.texts.spoken(dialogue.language))
            for effect in turn.effects:
                result = await self._carry_out(books, citizen, effect, cause)
                if isinstance(effect, FileCase) and isinstance(result, Filed):
                    books.filed.append(FiledSample(effect.draft, result, record.notes))
                if result is None:
                    said.append(effect)
                else:
                    causes.append((result, known))
        return replace(record, dialogue=dialogue), said

    async def _carry_out(self, books: _Books, citizen: Citizen, effect: Effect, cause: Event) -> Event | None:
        done = None
        for carry_out in self.effects:
            done = done or await carry_out(books, citizen, effect, cause)
        if isinstance(done, Forgotten):
            for participant in self.participants:
                await participant.forget(books, done.ended, cause.at)
        return done

    def _failed(self, book: SqlCaseBook, turn: PreparedTurn) -> Outcome:
        """The rows wait for another try, or after the last are set aside, and the citizen is told."""
        given_up = turn.attempts >= TRIES
        rows = [row.id for row in turn.rows]
        log.error("turn_failed", turn=rows[0], error=turn.fault, attempts=turn.attempts, rows=rows)
        if not given_up:
            return Outcome(turn.chat, None, (), book, _states(turn, "new"))
        sorry = Say(screen(line("turn-failed")))
        outgoing_messages, record = self._in_words(turn, turn.record, [sorry])
        kept = record if turn.plan else None
        return Outcome(turn.chat, kept, (*_answers(turn), *outgoing_messages), book, _states(turn, "aside"))

    def _in_words(
        self, turn: PreparedTurn, record: ChatRecord, effects: Sequence[Effect], *, is_by_hand: bool = False
    ) -> tuple[list[AddressedMessage], ChatRecord]:
        """The answers to a turn, and the chat with what then stands in it."""
        renderer = self._renderer(turn, record)
        messages, record = renderer.compose(effects, record, _name(turn), by_hand=is_by_hand)
        return joined(messages, renderer.abilities), record

    def _renderer(self, turn: PreparedTurn, record: ChatRecord) -> MessageRenderer:
        channel, chat = turn.chat
        language = self.texts.spoken(record.dialogue.language)
        known, abilities = self.channels[channel], self.proof.abilities_of(channel)
        thread = turn.plan.thread if turn.plan else ""
        return MessageRenderer(self.texts, self.signer, chat, language, known.plain, abilities, thread)

    def _options(self, turn: PreparedTurn, record: ChatRecord, event: Event) -> AddressedMessage | None:
        """The list that she asks for by the button for everything else; the talk hears nothing of it."""
        first = options_from(event.press) if isinstance(event, Pressed) else None
        if first is None:
            return None
        listed = self._renderer(turn, record).options(record, first)
        return AddressedMessage(f"{_name(turn)}.options", listed) if listed else None


def _name(turn: PreparedTurn) -> str:
    """Names the messages of a turn: a row is worked once, so no other turn has this name."""
    return f"{turn.rows[0].id}"


def _files(
    plan: TurnPlan, record: ChatRecord, events: Sequence[Event], kept: Collection[str], parts: Sequence[TurnPart]
) -> FileChanges:
    """What the talk changes about files, and what others who take part have sent to a citizen."""
    changes = file_changes(plan.record.dialogue, record.dialogue, events, kept)
    return replace(changes, wanted=(*changes.wanted, *(file for part in parts for file in part.wanted)))


def _answers(turn: PreparedTurn, toast: str = "") -> list[AddressedMessage]:
    """Returns an ANSWER for each button pressed in the turn: it ends the waiting that the button shows."""
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
