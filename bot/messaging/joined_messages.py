"""Joins what a turn says into one message, where each is paid for or is a mail of its own. Pure; loses no word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.messaging.abilities import Abilities
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.rendering import AddressedMessage


def joined(messages: Sequence[AddressedMessage], abilities: Abilities) -> list[AddressedMessage]:
    """The messages of a turn, those in a row as one, as long as that costs no more than they do.

    The choices of all but the last stand in the text, where they stood; numbers go on from one to the next.
    """
    found = list[AddressedMessage]()
    for one in messages:
        if abilities.joins_turn and found and _go_together(found[-1], one):
            both = _both(found[-1], one, abilities)
            if _units(both.outgoing, abilities) <= _units(found[-1].outgoing, abilities) + _units(
                one.outgoing, abilities
            ):
                found[-1] = both
                continue
        found.append(one)
    return found


def _go_together(first: AddressedMessage, second: AddressedMessage) -> bool:
    """Two texts that differ in their words and buttons alone, and of which one at most has a place of its own."""
    bare = [
        replace(one.outgoing, text="", rows=(), keyboard=second.outgoing.keyboard, bold=()) for one in (first, second)
    ]
    is_text = second.outgoing.kind is OutboxMessageKind.MESSAGE and not second.outgoing.files
    return is_text and bare[0] == bare[1] and not (first.edits and second.edits)


def _both(first: AddressedMessage, second: AddressedMessage, abilities: Abilities) -> AddressedMessage:
    above, below = first.outgoing, second.outgoing
    rows, gap = below.rows or above.rows, "\n" if abilities.is_brief else "\n\n"
    choices = [
        abilities.choice.format(number=button.number, words=button.words)
        for row in (above.rows if below.rows else ())
        for button in row
        if button.number
    ]
    text = "\n".join([above.text, *choices]) + gap
    bold = (*above.bold, *((start + len(text), end + len(text)) for start, end in below.bold))
    keyboard = below.keyboard if below.rows else above.keyboard
    both = replace(below, text=text + below.text, rows=rows, keyboard=keyboard, bold=bold)
    return AddressedMessage(second.ref, both, first.edits or second.edits)


def _units(outgoing: OutboxMessage, abilities: Abilities) -> int:
    return sum(abilities.charges(outgoing).values())
