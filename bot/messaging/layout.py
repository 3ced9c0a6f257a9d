"""Lays the buttons of a message out by what its channel can show: few buttons, or a list behind one. Pure.

The one place where that is decided. A card shows what sends it, what changes it, and a button for everything else; any
other message with more buttons than there are places is a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.conversation.screen import ButtonKind
from bot.messaging.abilities import Abilities
from bot.messaging.outbox_message import Keyboard, OutboxMessage, WordedButton
from bot.messaging.records import ShownButton

MORE: Final = "options"
"""The verb of the button for everything else: `options:0` are the others from the first on."""
LEADING: Final = ("send", "change")
"""The verbs that stand on a card itself, in this order."""
VERB: Final = re.compile(r"[:@]")


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """The words of what a layout adds: the button for everything else, and the one that opens a list."""

    more: str
    choose: str


def verb_of(press: str) -> str:
    """What a button does, without what it does it to."""
    return VERB.split(press, maxsplit=1)[0]


def options_from(press: str) -> int | None:
    """From which of the others on a list is asked for; None where none is."""
    verb, _, first = press.partition(":")
    return int(first) if verb == MORE and first.isdecimal() else None


@dataclass(frozen=True, slots=True)
class ButtonPlaces:
    """The buttons of one message: those of the screen as they stand now, and whether they are a list.

    `others_from`: of which button on the one for everything else brings a list; None where all have a place.
    """

    shown: tuple[int, ...]
    is_list: bool = False
    others_from: int | None = None


def placed(buttons: Sequence[ShownButton], abilities: Abilities, before: int = 0) -> ButtonPlaces:
    """Where the buttons of a screen stand, by their places in it.

    Args:
        buttons: what can be pressed on it.
        abilities: of the channel, which has lists.
        before: how many buttons of the same turn stand above this screen.
    """
    short = all(len(one.words) <= abilities.button_letters for one in buttons)
    if len(buttons) <= abilities.buttons and short:
        return ButtonPlaces(tuple(range(len(buttons))))
    verbs = [verb_of(one.press) for one in buttons]
    if LEADING[0] in verbs:
        leading = tuple(verbs.index(verb) for verb in LEADING if verb in verbs)
        return ButtonPlaces(leading, others_from=0)
    if len(buttons) <= abilities.rows:
        return ButtonPlaces(tuple(range(len(buttons))), is_list=True)
    room = abilities.rows - 1
    return ButtonPlaces(tuple(range(room)), is_list=True, others_from=before + room)


def others(shown: Sequence[ShownButton]) -> list[tuple[int, ShownButton]]:
    """The buttons that stand behind the one for everything else, each with its number."""
    known = [(number, one) for number, one in enumerate(shown, 1) if verb_of(one.press) != MORE]
    is_card = any(verb_of(one.press) == LEADING[0] for _, one in known)
    return [(number, one) for number, one in known if not (is_card and verb_of(one.press) in LEADING)]


def laid_out(
    message: OutboxMessage, place: ButtonPlaces, words: LayoutWords, more: WordedButton | None = None
) -> OutboxMessage:
    """A message with its buttons where they have a place; `more` is the button for everything else.

    A position is asked for by a message that has no room for a button: what else can be pressed there has a line.
    """
    every = [button for row in message.rows for button in row]
    share = [button for button in every if button.kind is ButtonKind.SHARE_PLACE]
    pressable = [button for button in every if button.number]
    keyboard = Keyboard.INLINE if share or pressable else Keyboard.NONE
    if share:
        lines = [f"{button.number}) {button.words}" for button in pressable]
        return replace(message, text="\n".join([message.text, *lines]), rows=(tuple(share),), keyboard=keyboard)
    stand = [pressable[index] for index in place.shown if index < len(pressable)]
    rows = tuple((button,) for button in [*stand, *([more] if more else [])])
    return replace(message, rows=rows, keyboard=keyboard, list_words=words.choose if place.is_list else "")
