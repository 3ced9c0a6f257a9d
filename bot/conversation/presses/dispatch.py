"""What pressing a button does. One of a draft that is no more says politely what became of it."""

from __future__ import annotations

from bot.conversation.events import Pressed
from bot.conversation.presses.draft import WITH_DRAFT
from bot.conversation.presses.menus import WITHOUT_DRAFT
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.talk import Talk, touched
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood


def hear_press(talk: Talk, turn: Turn, event: Pressed, understood: Understood) -> Turn:
    """Do what the button says, if it still can."""
    press = Press.of(event)
    draft = turn.dialogue.draft
    if press.verb in WITHOUT_DRAFT and not press.draft_key:
        return WITHOUT_DRAFT[press.verb](talk, turn, press, understood)
    if draft is None or (press.draft_key and press.draft_key != draft.key):
        return stale_button(talk, turn, press)
    verb = WITH_DRAFT.get(press.verb)
    if verb is None:
        return stale_button(talk, turn, press)
    draft = touched(draft, event.at)
    return verb(talk, turn.with_draft(draft), draft, press, understood)
