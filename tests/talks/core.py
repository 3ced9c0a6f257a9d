"""A talk in the pure core: no database, no inbox, no channel; what `TurnWorker` does, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from actions.cases.case import Case, CaseEvent
from bot.conversation.advance import advance
from bot.conversation.effects import Effect, Say, Show
from bot.conversation.events import (
    Edited,
    Event,
    Pressed,
    Said,
    SentOther,
    SentPhoto,
    SharedPlace,
    WroteInGroup,
)
from bot.conversation.screen import ButtonKind, Screen, line
from bot.conversation.turn_context import Understood
from bot.messaging.abilities import WITH_BUTTONS, Abilities
from bot.messaging.button_words import ALWAYS_PRESSABLE
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, WordedButton
from bot.messaging.records import ChatRecord, read_record, write_record
from bot.messaging.rendering import AddressedMessage, MessageRenderer
from bot.messaging.turn_plan import Waiting, plan_turn
from bot.messaging.turn_ports import Citizen
from tests.talks.acts import (
    Act,
    BringsBotIntoGroup,
    DaysPass,
    Edits,
    OfficeActs,
    Presses,
    Replies,
    Restarts,
    Says,
    SaysInGroup,
    SendsFiles,
    SendsSticker,
    SharesPlace,
    TimePasses,
)
from tests.talks.case_book import RememberingCaseBook
from tests.talks.messages import How, Message
from tests.talks.office import service_does
from tests.talks.world import A_MOMENT, World

CHANNEL, PRIVATE, GROUP = "telegram", "siti", "group"
SITI = (CHANNEL, PRIVATE)


class CoreStage:
    """Where a talk is held without anything around it."""

    def __init__(self, world: World, abilities: Abilities = WITH_BUTTONS) -> None:
        self._world = world
        self._abilities = abilities
        self._service = world.service()
        self._listener = world.understanding_service()
        self._book = RememberingCaseBook()
        self._records: dict[str, ChatRecord] = {}
        self._messages: dict[str, OutboxMessage] = {}
        self._seen: list[WordedButton] = []
        self._letters: list[WordedButton] = []
        self._said: list[str] = []
        self._count = 0
        self.screens: list[tuple[Screen, str]] = []
        """All that was said before it had words, each with its language."""

    async def opens(self) -> None:
        """What was before."""
        await self._world.before_the_talk(self._book)

    async def closes(self) -> None:
        """Nothing is left behind."""

    async def cases(self) -> list[Case]:
        """All that was filed."""
        return await self._book.latest(None)

    @property
    def everything_done(self) -> list[CaseEvent]:
        """Every event of every case."""
        return self._book.everything_done

    async def plays(self, commands: Sequence[Act]) -> list[Message]:
        """What she reads after these, done before she read anything."""
        waiting: dict[str, list[Event]] = {}
        news = list[Message]()
        for command in commands:
            news += await self._others_do(command)
            for event in self._events(command):
                chat = GROUP if isinstance(event, WroteInGroup) else PRIVATE
                waiting.setdefault(chat, []).append(event)
        answers = [await self._answers(chat, events) for chat, events in waiting.items()]
        return news + [message for answer in answers for message in answer]

    async def _others_do(self, command: Act) -> list[Message]:
        if isinstance(command, OfficeActs):
            await self._world.office_does(self._book, command)
            self._world.clock.passes(A_MOMENT)
        if not isinstance(command, DaysPass):
            return self._told()
        messages = list[Message]()
        for _ in range(command.days):
            self._world.clock.passes(timedelta(days=1))
            await service_does(self._book, self._service.regency, await self._book.latest(None), self._world.clock)
            messages += self._told()
        return messages

    def _told(self) -> list[Message]:
        """What she is told of what was done to her cases since the last time."""
        done, self._book.done = self._book.done, []
        notices = self._world.notices
        editions = self._book.editions
        every = notices.cards(done, editions)
        cards = [letter for chat, letter in every if chat == SITI and letter.edits in self._messages]
        notes = [letter for chat, letter in notices.notes(done, editions) if chat == SITI]
        moved = [self._arrives(PRIVATE, card) for card in cards]
        progress = [replace(one, how=How.PROGRESS if one.how is How.EDITED else one.how) for one in moved]
        return progress + [self._arrives(PRIVATE, note) for note in notes]

    # What she does ------------------------------------------------------------------------------------------

    def _events(self, command: Act) -> list[Event]:
        match command:
            case Says():
                return [self._says(command.text)]
            case Presses():
                return [self._presses(command)]
            case SharesPlace():
                self._letters = []
                return [SharedPlace(lat=command.lat, lon=command.lon, **self._next())]
            case SendsFiles():
                return [self._sends(command.kind, "" if number else command.caption) for number in range(command.count)]
            case SendsSticker():
                self._said.append("")
                return [SentOther(**self._next())]
            case Replies():
                return [Said(text=command.text, ref=self._ref(), reply_to=self._having(command.label), **self._next())]
            case Edits():
                return [Edited(ref=self._said[command.number - 1], text=command.text, **self._next())]
        return self._around(command)

    def _around(self, command: Act) -> list[Event]:
        match command:
            case BringsBotIntoGroup():
                return [WroteInGroup(**self._next())]
            case SaysInGroup():
                return [WroteInGroup(**self._next())] if "@LaporBot" in command.text else []
            case TimePasses():
                self._world.clock.passes(command.span)
            case Restarts():
                self._records = {chat: read_record(write_record(record)) for chat, record in self._records.items()}
        return []

    def _next(self) -> dict[str, object]:
        self._count += 1
        settings = self._world.settings
        return {
            "id": f"e{self._count}",
            "at": self._world.clock(),
            "name": settings.name or None,
            "language": settings.language or None,
        }

    def _ref(self) -> str:
        self._said.append(f"m{len(self._said) + 1}")
        return self._said[-1]

    def _says(self, text: str) -> Event:
        return Said(text=text, ref=self._ref(), **self._next())

    def _having(self, label: str) -> str:
        """The name of the latest message with this button."""
        messages = reversed(self._messages.items())
        return next(name for name, message in messages if label in {one.words for one in _pressed(message)})

    def _sends(self, kind: str, caption: str) -> Event:
        event = SentPhoto(kind=kind, file_id=f"file-{self._count}", caption=caption, **self._next())
        return replace(event, ref=self._ref())

    def _presses(self, command: Presses) -> Event:
        """A button where the letters are is said; any other is pressed."""
        visible = [button for message in self._messages.values() for button in _pressed(message)]
        places = self._seen if command.old else visible
        found = next((button for button in reversed(places) if button.words == command.label), None)
        if found:
            return Pressed(press=found.press, **self._next())
        if command.label in {button.words for button in self._letters}:
            self._letters = []
            return self._says(command.label)
        raise LookupError(f"[{command.label}] is not there to be pressed: {[button.words for button in visible]}")

    # What is answered ---------------------------------------------------------------------------------------

    async def _answers(self, chat: str, events: Sequence[Event]) -> list[Message]:
        rows = [Waiting(self._count * 100 + number, event, "", 0) for number, event in enumerate(events)]
        messages = list[Message]()
        while rows:
            record = self._records.get(chat, ChatRecord())
            plan = plan_turn(CHANNEL, chat, record, rows, self._service.signer, self._standing(record), plain=False)
            rows = rows[len(plan.rows) :]
            [meaning] = await self._listener.listen([plan])
            effects = list[Effect]()
            for event, understood in zip(plan.events, meaning, strict=True):
                record, more = await self._step(chat, record, event, understood)
                effects += more
            wording = MessageRenderer(
                self._service.texts,
                self._service.signer,
                chat,
                self._language(record),
                plain=False,
                abilities=self._abilities,
            )
            self.screens += [(one.screen, wording.language) for one in effects if isinstance(one, Say | Show)]
            letters, self._records[chat] = wording.compose(
                effects, record, str(plan.rows[0].row), by_hand=plan.is_by_hand
            )
            messages += self._told()
            messages += [self._arrives(chat, letter) for letter in letters]
        return messages

    async def _step(
        self, chat: str, record: ChatRecord, event: Event, understood: Understood
    ) -> tuple[ChatRecord, list[Effect]]:
        said, causes, dialogue = list[Effect](), [(event, understood)], record.dialogue
        while causes:
            cause, known = causes.pop(0)
            turn = advance(self._service.talk, dialogue, cause, known)
            dialogue = turn.dialogue
            citizen = Citizen(CHANNEL, chat, self._language(replace(record, dialogue=dialogue)))
            for effect in turn.effects:
                result = await self._service.effect_runner.carry_out(self._book, citizen, effect, cause)
                if result is None:
                    said.append(effect)
                else:
                    causes.append((result, known))
        return replace(record, dialogue=dialogue), said

    def _standing(self, record: ChatRecord) -> dict[str, str]:
        language = self._language(record)
        return {verb: self._service.texts.say(language, line(f"button-{verb}")) for verb in ALWAYS_PRESSABLE}

    def _language(self, record: ChatRecord) -> str:
        return record.dialogue.language or self._service.talk.catalogue.languages[0]

    def _arrives(self, chat: str, letter: AddressedMessage) -> Message:
        outgoing = letter.outgoing
        before = self._messages.get(letter.edits)
        self._messages[letter.edits or letter.ref] = outgoing
        self._seen += _pressed(outgoing)
        if outgoing.keyboard in {Keyboard.LETTERS, Keyboard.REMOVE}:
            self._letters = [button for row in outgoing.rows for button in row]
        buttons = [button for row in outgoing.rows for button in row if button.kind is not ButtonKind.CALL]
        special = frozenset(button.words for button in buttons if button.kind is not ButtonKind.PRESS)
        labels = tuple(button.words for button in buttons)
        return Message(outgoing.text, labels, special, _how(outgoing, before))


def _pressed(outgoing: OutboxMessage) -> list[WordedButton]:
    """The buttons that stand in a message itself, and can be pressed."""
    if outgoing.keyboard is not Keyboard.INLINE:
        return []
    return [button for row in outgoing.rows for button in row if button.kind is ButtonKind.PRESS]


def _how(outgoing: OutboxMessage, before: OutboxMessage | None) -> How:
    if outgoing.kind is not OutboxMessageKind.EDIT or before is None:
        return How.SENT
    if (before.text, before.rows) == (outgoing.text, outgoing.rows):
        return How.UNCHANGED
    return How.EDITED if outgoing.rows else How.RETIRED
