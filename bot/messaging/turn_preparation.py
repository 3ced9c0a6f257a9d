"""What comes before a turn is worked: reading its rows, and understanding its words. No transaction is open here."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import structlog
from structlog.contextvars import bound_contextvars

from actions.store.messages.messages import Chat, Received
from bot.conversation.screen import line
from bot.conversation.turn_context import Understood
from bot.messaging.button_words import ALWAYS_PRESSABLE
from bot.messaging.earlier_screens import NO_MOMENTS, Moments, as_sent
from bot.messaging.outbox_message import ButtonSigner
from bot.messaging.ports import Channel
from bot.messaging.records import ChatRecord, UnreadableRow, read_event, read_record
from bot.messaging.turn_plan import TurnPlan, Waiting, plan_turn
from bot.messaging.understanding_service import UnderstandingService
from bot.observability.faults import place_of
from bot.texts.words import Texts

log = structlog.get_logger()

TRIES = 3
TYPING_AFTER_SECONDS = 1.0
LETTERS_OF_A_MESSAGE = 200
"""To understand so many takes as long as everything else that a message costs."""


@dataclass(frozen=True, slots=True)
class PreparedTurn:
    """A turn that only has to be worked, or the fault that came before.

    Attributes:
        rows: the inbox rows that it works, in order.
        plan: what they say; None when they or the chat's record cannot be read.
        meaning: what the words of each of the plan's events mean.
        fault: why it cannot be worked: the kind of an error, and where; "" when it can.
        began: when it was taken up, in seconds of the monotonic clock.
    """

    chat: Chat
    rows: tuple[Received, ...]
    plan: TurnPlan | None = None
    meaning: Sequence[Understood] = ()
    fault: str = ""
    began: float = field(default_factory=time.monotonic, compare=False)

    def failed(self, error: Exception) -> PreparedTurn:
        """Returns this turn marked as set aside because of this error."""
        return replace(self, fault=f"{type(error).__name__} at {place_of(error)}")

    @property
    def record(self) -> ChatRecord:
        """The chat before the turn; one that cannot be read is like a new one."""
        return self.plan.record if self.plan else ChatRecord()

    @property
    def cost(self) -> float:
        """What it takes of the service, in ordinary messages; a story that grows is understood anew each time."""
        letters = sum(len(text) for understood in self.meaning for text in understood.stories)
        return max(len(self.rows), letters / LETTERS_OF_A_MESSAGE)

    @property
    def attempts(self) -> int:
        """How often it was tried, this time included; what cannot be read is not tried again."""
        return max(row.attempts for row in self.rows) + 1 if self.plan else TRIES


@dataclass(frozen=True, slots=True)
class Preparation:
    """Plans turns and listens to their words. A fault in one chat's rows or words leaves every other chat alone."""

    channels: Mapping[str, Channel]
    understanding_service: UnderstandingService
    texts: Texts
    signer: ButtonSigner

    async def prepare(
        self, rows: Sequence[Received], records: Mapping[Chat, str], moments: Moments = NO_MOMENTS
    ) -> list[PreparedTurn]:
        """One turn for each chat of these rows, which stand chat by chat and in each chat's order."""
        grouped = groupby(rows, key=lambda row: (row.channel, row.chat))
        turns = list[PreparedTurn]()
        for chat, waiting in grouped:
            turns.append(self._planned(chat, tuple(waiting), records.get(chat), moments))
            await asyncio.sleep(0)  # whoever writes meanwhile is acknowledged between them
        plans = [(turn, turn.plan) for turn in turns if turn.plan]
        return [*await self._understood(plans), *(turn for turn in turns if not turn.plan)]

    def _planned(self, chat: Chat, rows: Sequence[Received], stored: str | None, moments: Moments) -> PreparedTurn:
        try:
            plan = self._plan(chat, rows, as_sent(read_record(stored), chat, moments))
        except Exception as error:  # noqa: BLE001 - whatever rows that no version wrote make of reading them
            return PreparedTurn(chat, tuple(rows[:1])).failed(error)
        return PreparedTurn(chat, tuple(rows[: len(plan.rows)]), plan)

    def _plan(self, chat: Chat, rows: Sequence[Received], record: ChatRecord) -> TurnPlan:
        channel, name = chat
        case_state, waiting = standing_words(self.texts, record), _of_one_turn(rows)
        return plan_turn(channel, name, record, waiting, self.signer, case_state, plain=self.channels[channel].plain)

    async def _understood(self, planned: Sequence[tuple[PreparedTurn, TurnPlan]]) -> list[PreparedTurn]:
        turns = [turn.rows[0].id for turn, _ in planned]
        try:
            with bound_contextvars(**({"turn": turns[0]} if len(turns) == 1 else {"turns": turns})):
                meaning = await self._listen([plan for _, plan in planned])
            return [replace(turn, meaning=one) for (turn, _), one in zip(planned, meaning, strict=True)]
        except Exception as error:  # noqa: BLE001 - whose words it was is found out chat by chat
            log.warning("listening_failed", chats=len(planned), error=type(error).__name__, where=place_of(error))
        return list(await asyncio.gather(*(self._understood_alone(turn, plan) for turn, plan in planned)))

    async def _understood_alone(self, turn: PreparedTurn, plan: TurnPlan) -> PreparedTurn:
        try:
            with bound_contextvars(turn=turn.rows[0].id):
                [meaning] = await self.understanding_service.listen([plan])
        except Exception as error:  # noqa: BLE001 - it costs this turn a try
            return turn.failed(error)
        return replace(turn, meaning=meaning)

    async def _listen(self, plans: Sequence[TurnPlan]) -> list[list[Understood]]:
        typing = asyncio.create_task(self._show_typing([(plan.channel, plan.chat) for plan in plans]))
        try:
            return await self.understanding_service.listen(plans)
        finally:
            typing.cancel()

    async def _show_typing(self, chats: Sequence[Chat]) -> None:
        """Say that an answer comes, when it takes long; the answer does not wait for that."""
        await asyncio.sleep(TYPING_AFTER_SECONDS)
        shown = (self.channels[channel].show_typing(chat) for channel, chat in chats)
        await asyncio.gather(*shown, return_exceptions=True)


def standing_words(texts: Texts, record: ChatRecord) -> dict[str, str]:
    """What presses a button whether or not it is shown, in the language of this chat."""
    language = texts.spoken(record.dialogue.language)
    return {verb: texts.say(language, line(f"button-{verb}")) for verb in ALWAYS_PRESSABLE}


def _of_one_turn(rows: Sequence[Received]) -> list[Waiting]:
    """The first rows that can be read. What failed before is worked alone: it must cost the rows around it nothing.

    Raises:
        UnreadableRow: not even the first can be read.
    """
    waiting = [_read(rows[0])]
    for row in rows[1:]:
        if row.attempts or waiting[-1].attempts:
            break
        try:
            waiting.append(_read(row))
        except UnreadableRow:
            break
    return waiting


def _read(row: Received) -> Waiting:
    return Waiting(row.id, read_event(row.event), row.press_id, row.attempts)
