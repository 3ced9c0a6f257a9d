"""What the buttons of the card do that belong to no question: Kirim, Ubah, Pisahkan, and supporting another's case."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.draft import Draft
from bot.conversation.effects import FileCase
from bot.conversation.flow import CHANGE
from bot.conversation.matters import divided, joined
from bot.conversation.others_cases.effects import SupportCase
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.questions.question import DraftPress, opens
from bot.conversation.questions.secrecy import SECRECY
from bot.conversation.screen import line
from bot.conversation.sending import complete
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood


def _send(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    if turn.dialogue.step == SECRECY.name:
        return talk.proceed(turn)  # she was offered secrecy before a card that she has not seen yet
    turn, whole = complete(talk, turn, draft)
    return turn.with_draft(whole).then(FileCase(whole, talk.flow.filed_lines(whole))) if whole else turn


def _split(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    if not draft.matters:
        return stale_button(talk, turn, press)
    return talk.change_draft(turn, divided(draft), note=line("split-noted", count=len(draft.matters)))


def _join(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    if draft.whole is None:
        return stale_button(talk, turn, press)
    return talk.change_draft(turn, joined(draft), note=line("join-noted"))


def _support(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """Instead of filing; only what the card of this draft shows."""
    del understood
    if press.about not in {case.ticket for case in draft.nearby.cases}:
        return stale_button(talk, turn, press)
    return turn.then(SupportCase(press.about, draft.key))


PRESSES: Mapping[str, DraftPress] = {
    "send": _send,
    "change": opens(CHANGE),
    "split": _split,
    "join": _join,
    "support": _support,
}
