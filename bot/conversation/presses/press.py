"""A button as it was pressed, and what is said of one that no longer does anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.events import Pressed
from bot.conversation.screen import line
from bot.conversation.screens import MENU
from bot.conversation.turn import Turn

if TYPE_CHECKING:  # the talk is held over questions, and theirs are buttons like any others
    from bot.conversation.talk import Talk


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: its verb, what it is about, and the draft that it belongs to ("" for none)."""

    event: Pressed
    verb: str
    about: str
    draft_key: str

    @classmethod
    def of(cls, event: Pressed) -> Press:
        """Read "verb:about@draft"."""
        action, _, key = event.press.partition("@")
        verb, _, about = action.partition(":")
        return cls(event, verb, about, key)


def stale_button(talk: Talk, turn: Turn, press: Press) -> Turn:
    """Say politely what became of it, and show what stands open."""
    ticket = next((f.ticket for f in turn.dialogue.filed if f.draft_key == press.draft_key), None)
    note = line("already-filed", ticket=ticket) if ticket else line("button-stale")
    if turn.dialogue.draft is None:
        return turn.say(note, rows=() if ticket else MENU)
    return talk.offer(turn, note=note)
