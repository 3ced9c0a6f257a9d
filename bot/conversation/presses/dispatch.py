"""What pressing a button does. One of a draft that is no more says politely what became of it."""

from __future__ import annotations

from bot.conversation.events import Pressed
from bot.conversation.presses import card, draft
from bot.conversation.presses.menus import WITHOUT_DRAFT
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

COMMON = {**card.PRESSES, **draft.PRESSES}
"""What the buttons of every draft do, whatever its flow asks; the flow's questions bring their own."""


def hear_press(talk: Talk, turn: Turn, event: Pressed, understood: Understood) -> Turn:
    """Do what the button says, if it still can."""
    press = Press.of(event)
    is_of_flow = turn.dialogue.draft is not None and press.verb in talk.flow.presses and not press.about
    if press.verb in WITHOUT_DRAFT and not press.draft_key and not is_of_flow:
        return WITHOUT_DRAFT[press.verb](talk, turn, press, understood)
    open_draft = turn.dialogue.draft
    if open_draft is None or (press.draft_key and press.draft_key != open_draft.key):
        return stale_button(talk, turn, press)
    handle = COMMON.get(press.verb) or talk.flow.presses.get(press.verb)
    if handle is None:
        return stale_button(talk, turn, press)
    touched = open_draft.touched(event.at)
    return handle(talk, turn.with_draft(touched), touched, press, understood)
