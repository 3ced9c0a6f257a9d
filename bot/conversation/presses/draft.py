"""What the buttons do that belong to an open draft as a whole: go back, skip, cancel, go on with it or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.commands import ask_to_cancel
from bot.conversation.draft import Draft, StoryPiece
from bot.conversation.effects import Retire
from bot.conversation.matters import next_draft
from bot.conversation.presses.menus import make_report
from bot.conversation.presses.press import Press
from bot.conversation.questions.question import DraftPress
from bot.conversation.screen import line, screen
from bot.conversation.screens import MENU
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood


def _skip(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """Only what is asked now: a keyboard left open on a phone must not take away what she gave."""
    del press, understood
    question = talk.flow.question_at(turn.dialogue.step)
    return question.skip(talk, turn, draft) if question else talk.proceed(turn)


def _back(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    question = talk.flow.question_at(turn.dialogue.step)
    if question and (step := question.step_before(turn.dialogue.step)):
        return talk.offer(turn.at(step), in_place=True)
    return talk.proceed(turn, in_place=True)


def _cancel(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    return ask_to_cancel(talk, turn)


def cancel_report(talk: Talk, turn: Turn) -> Turn:
    """The draft goes, as she confirmed; a matter that waited behind it comes next."""
    draft = turn.dialogue.draft
    retire = Retire(screen(line("card-cancelled")))
    if draft is None or draft.later is None:
        return turn.closed().say(line("cancelled"), rows=MENU).then(retire)
    later = next_draft(draft, draft.later, draft.touched_at)
    return talk.proceed(turn.closed().then(retire).with_draft(later), note=line("split-next"))


def _cancel_yes(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    return cancel_report(talk, turn)


def _continue(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    words = turn.dialogue.aside
    grown = replace(draft, pieces=(*draft.pieces, StoryPiece(press.event.id, words))) if words else draft
    turn = talk.tell(turn.with_aside(""), grown, understood) if words else turn
    return talk.proceed(turn, in_place=True)


def _fresh(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """A new report; matters that waited behind one that she supports now wait behind the new one."""
    words = turn.dialogue.aside
    turn = make_report(talk, turn.closed().with_aside(words), press, understood)
    begun = turn.dialogue.draft
    if begun is None or begun.later or not draft.put_aside:
        return turn
    return turn.with_draft(replace(begun, later=draft.later, further=draft.further))


PRESSES: Mapping[str, DraftPress] = {
    "skip": _skip,
    "back": _back,
    "cancel": _cancel,
    "cancel-yes": _cancel_yes,
    "delete-draft": _cancel_yes,
    "continue": _continue,
    "fresh": _fresh,
}
