"""Turns what a turn wants said into messages that wait in the outbox. Knows buttons and keyboards, decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.conversation.effects import Effect, Retire, Say, Show
from bot.conversation.screen import Button, ButtonKind, Line, Rows, Screen, Value, line
from bot.messaging.abilities import BRIEF, WITH_BUTTONS, Abilities
from bot.messaging.earlier_screens import kept
from bot.messaging.layout import MORE, LayoutWords, laid_out, others, placed
from bot.messaging.outbox_message import (
    ButtonSigner,
    Keyboard,
    OutboxMessage,
    OutboxMessageKind,
    TemplateUse,
    WordedButton,
)
from bot.messaging.records import ChatRecord, ShownButton
from bot.texts.words import Texts

LONGEST_BRIEF: Final = 64
"""Letters of what somebody wrote, where it is shown in short words."""


@dataclass(frozen=True, slots=True)
class AddressedMessage:
    """A message and its name in the outbox.

    `edits` names the message whose place it takes; of one that is sent anew, the name of the place that it opens.
    """

    ref: str
    outgoing: OutboxMessage
    edits: str = ""


@dataclass(frozen=True, slots=True)
class MessageRenderer:
    """Gives effects their words for one chat.

    Attributes:
        plain: the channel shows text only; every button gets a number.
        abilities: of the channel; one that has lists is shown what it has room for.
        thread: as in `OutboxMessage`, for every message.
    """

    texts: Texts
    signer: ButtonSigner
    chat: str
    language: str
    plain: bool
    abilities: Abilities = WITH_BUTTONS
    thread: str = ""

    def compose(
        self, effects: Iterable[Effect], record: ChatRecord, name: str, *, by_hand: bool = True
    ) -> tuple[list[AddressedMessage], ChatRecord]:
        """The messages of a turn, in order, and the chat as they leave it.

        The same message is said once, and of what stands open only the last is shown, behind everything else.

        Args:
            effects: what the turn wants said.
            record: the chat before it.
            name: unique in the chat; the messages are called after it.
            by_hand: she pressed a button or edited a message, so she looks at what then changes in place. Words
                of hers are never answered by a change further up alone.
        """
        said = list(effects)
        says = list(dict.fromkeys(effect for effect in said if isinstance(effect, Say)))
        shows = [effect for effect in said if isinstance(effect, Show)]
        retires = [effect for effect in said if isinstance(effect, Retire)]
        open_now = None if record.dialogue.step == "idle" else _left_open(said, shows, retires)
        draft = _Composed(self, record, name)
        for say in says:
            draft.say(say, letters_stay=open_now is not None and open_now.screen.as_keyboard)
        if retires:
            draft.retire(retires[-1].screen)
        if open_now:
            draft.show(open_now, may_edit=(by_hand or bool(says)) and not record.is_asked_below)
        if draft.stands_open and self.abilities.arrives_later:
            last = draft.outgoing_messages[-1].ref
            return draft.outgoing_messages, replace(draft.record, earlier=kept(record, last))
        return draft.outgoing_messages, draft.record

    def message(self, screen: Screen, first_number: int) -> OutboxMessage:
        """Renders one screen, with its buttons numbered from `first_number`."""
        rows: list[tuple[WordedButton, ...]] = []
        number = first_number
        for row in self._rows(screen):
            worded = []
            for button in row:
                worded.append(self._button(button, number if _can_be_typed(button) else 0))
                number += _can_be_typed(button)
            rows.append(tuple(worded))
        has_letters = screen.as_keyboard and self.abilities.has_reply_keyboard
        keyboard = Keyboard.LETTERS if has_letters else Keyboard.INLINE
        keyboard = keyboard if _stands_open(screen) else Keyboard.NONE
        words = self.texts.message(self.language, self._in_words_of_channel(screen))
        message = OutboxMessage(
            OutboxMessageKind.MESSAGE,
            words.text,
            tuple(rows),
            keyboard,
            files=screen.files,
            bold=words.bold,
            thread=self.thread,
            file_buttons=tuple(self._button(button, 0) for button in screen.file_buttons),
        )
        return self._laid_out(message, screen, first_number) if self.abilities.has_lists else message

    def _laid_out(self, message: OutboxMessage, screen: Screen, first_number: int) -> OutboxMessage:
        place = placed(self._pressable(screen), self.abilities, first_number - 1)
        more = None if place.others_from is None else self._more(place.others_from)
        return laid_out(message, place, self._layout_words, more)

    def options(self, record: ChatRecord, first: int) -> OutboxMessage | None:
        """The list behind the button for everything else, from this one on; None where nothing stands there."""
        waiting = others(record.shown)[first:]
        room = self.abilities.rows if len(waiting) <= self.abilities.rows else self.abilities.rows - 1
        rows = [
            WordedButton(one.words, self.signer.sign(self.chat, one.press), number=number)
            for number, one in waiting[:room]
        ]
        if not rows:
            return None
        if len(waiting) > room:
            rows.append(self._more(first + room))
        text = self.texts.say(self.language, line("options-list"))
        return OutboxMessage(
            OutboxMessageKind.MESSAGE,
            text,
            tuple((row,) for row in rows),
            Keyboard.INLINE,
            list_words=self._layout_words.choose,
        )

    @property
    def _layout_words(self) -> LayoutWords:
        more = self.texts.say(self.language, line("button-options"))
        return LayoutWords(more, self.texts.say(self.language, line("button-choose")))

    def _more(self, first: int) -> WordedButton:
        return WordedButton(self._layout_words.more, self.signer.sign(self.chat, f"{MORE}:{first}"))

    def _in_words_of_channel(self, shown: Screen) -> Screen:
        """The screen in words that offer nothing which the channel lacks, short where letters cost."""
        lines = (worded_for(self.abilities, self.texts, self.language, one) for one in shown.lines)
        return replace(shown, lines=tuple(lines))

    def _rows(self, screen: Screen) -> Rows:
        """The buttons that mean something in this channel."""
        rows = (tuple(one for one in row if self._can_do(one)) for row in screen.rows)
        return tuple(row for row in rows if row)

    def _can_do(self, asked: Button) -> bool:
        takes_places = self.abilities.takes_places or asked.kind is not ButtonKind.SHARE_PLACE
        return takes_places and (self.abilities.takes_files or not asked.asks_for_files)

    def _button(self, button: Button, number: int) -> WordedButton:
        words = self.texts.label(self.language, button.label)
        press = self.signer.sign(self.chat, button.press) if button.kind is ButtonKind.PRESS else button.press
        return WordedButton(words, press, button.kind, number)

    def shown(self, screen: Screen) -> tuple[ShownButton, ...]:
        """The buttons whose words or numbers can be typed; behind them the one for everything else, where it stands."""
        pressable = self._pressable(screen)
        if not self.abilities.has_lists:
            return pressable
        first = placed(pressable, self.abilities).others_from
        return pressable if first is None else (*pressable, ShownButton(self._layout_words.more, f"{MORE}:{first}"))

    def _pressable(self, screen: Screen) -> tuple[ShownButton, ...]:
        return tuple(
            ShownButton(self.texts.label(self.language, button.label), button.press)
            for row in self._rows(screen)
            for button in row
            if _can_be_typed(button)
        )


def worded_for(abilities: Abilities, texts: Texts, language: str, one: Line) -> Line:
    """A line, or the one that stands for it where a channel lacks what it speaks of or letters cost."""
    for wording in abilities.wordings:
        if texts.has(language, f"{wording}-{one.key}"):
            args = {name: shortened(value) for name, value in one.args} if wording == BRIEF else dict(one.args)
            return line(f"{wording}-{one.key}", **args)
    return one


def shortened(value: Value) -> Value:
    """The ends of a text that is longer than short words allow; anything else as it is."""
    if not isinstance(value, str) or len(value) <= LONGEST_BRIEF:
        return value
    words = " ".join(value.split())
    beginning, end = words[: LONGEST_BRIEF * 2 // 3], words[-LONGEST_BRIEF // 4 :]
    return f"{beginning.rpartition(' ')[0] or beginning} ... {end.partition(' ')[2] or end}"


def _left_open(said: Sequence[Effect], shows: Sequence[Show], retires: Sequence[Retire]) -> Show | None:
    """What stands open in the end: the last that was shown, unless it was then done with."""
    if not shows or (retires and said.index(shows[-1]) < said.index(retires[-1])):
        return None
    return shows[-1]


def _can_be_typed(button: Button) -> bool:
    return button.kind is ButtonKind.PRESS


def _stands_open(screen: Screen) -> bool:
    """Whether it has buttons of the talk; numbers to ring are none."""
    return any(button.kind is not ButtonKind.CALL for row in screen.rows for button in row)


class _Composed:
    """The messages of one turn as they gather."""

    def __init__(self, wording: MessageRenderer, record: ChatRecord, name: str) -> None:
        self.outgoing_messages: list[AddressedMessage] = []
        self.record = replace(record, shown=record.shown)
        self._wording = wording
        self._name = name
        self._shown: tuple[ShownButton, ...] = ()

    @property
    def stands_open(self) -> bool:
        """Whether she is shown other buttons than before."""
        return bool(self._shown)

    def say(self, say: Say, *, letters_stay: bool) -> None:
        screen = say.screen
        if _stands_open(screen) and not letters_stay:
            self._take_letters_away()
        message = self._wording.message(screen, len(self._shown) + 1)
        if say.document:
            message = replace(message, kind=OutboxMessageKind.DOCUMENT, target=say.document)
        ticket, _, place = say.name.partition(".")
        if place == "card" and self._wording.abilities.reply_window:
            message = replace(message, template=TemplateUse.RECEIVED, facts=(("ticket", ticket),))
        if not say.is_kept:
            message = replace(message, is_kept=False)
        self._send(message, edits=say.name)
        if _stands_open(screen):
            self._stand(self._wording.shown(screen))
            self.record = replace(self.record, is_asked_below=True)

    def show(self, show: Show, *, may_edit: bool) -> None:
        screen, note = show.screen, show.note
        if self.record.has_reply_keyboard and not screen.as_keyboard:
            self._take_letters_away(note)
        elif note:
            screen = replace(screen, lines=(note, *screen.lines))
        message = self._wording.message(screen, len(self._shown) + 1)
        self._stand(self._wording.shown(screen))
        edits = self.record.card if may_edit and show.in_place and message.keyboard is Keyboard.INLINE else ""
        self._send(replace(message, kind=OutboxMessageKind.EDIT) if edits else message, edits=edits)
        if not edits:
            editable = message.keyboard is Keyboard.INLINE and not self._wording.plain and self._wording.abilities.edits
            self.record = replace(self.record, card=self.outgoing_messages[-1].ref if editable else "")
        self.record = replace(self.record, is_asked_below=False)

    def _take_letters_away(self, note: Line | None = None) -> None:
        """A message with buttons below it cannot take away those that stand where the letters are."""
        if self.record.has_reply_keyboard:
            self._send(self._wording.message(Screen((note or line("letters-back"),)), 0))

    def retire(self, screen: Screen) -> None:
        if self.record.card:
            gone = replace(self._wording.message(screen, 0), kind=OutboxMessageKind.EDIT)
            self._send(gone, edits=self.record.card)
        self.record = replace(self.record, card="")

    def _stand(self, shown: Sequence[ShownButton]) -> None:
        self._shown = (*self._shown, *shown)
        self.record = replace(self.record, shown=self._shown, is_numbered=self._wording.abilities.has_lists)

    def _send(self, message: OutboxMessage, edits: str = "") -> None:
        if self.record.has_reply_keyboard and message.keyboard is Keyboard.NONE and not edits:
            message = replace(message, keyboard=Keyboard.REMOVE)
        if message.keyboard in {Keyboard.LETTERS, Keyboard.REMOVE}:
            self.record = replace(self.record, has_reply_keyboard=message.keyboard is Keyboard.LETTERS)
        ref = f"{self._name}.{len(self.outgoing_messages)}"
        self.outgoing_messages.append(AddressedMessage(ref, message, edits))
