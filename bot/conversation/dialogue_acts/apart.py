"""She says in words whether several matters are divided ("pisah aja kak") or stay one ("jadikan satu aja")."""

from __future__ import annotations

import re

from bot.conversation.events import Said
from bot.conversation.matters import divided, joined
from bot.conversation.screen import line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.understanding import words
from bot.understanding.acts.certain import is_negated
from bot.understanding.normalise import normalise

WORDS_OF_A_CHOICE = 5
_LISTS = words.lists("stance", "apart")
_DIVIDES, _JOINS = (re.compile(rf"\b(?:{'|'.join(_LISTS[name])})(?!\w)") for name in ("divides", "joins"))


def divide_or_join(talk: Talk, turn: Turn, said: Said) -> Turn | None:
    """What her words say of the matters that stand apart on the card; None for words that say nothing of it."""
    draft, plain = turn.dialogue.draft, normalise(said.text)
    if draft is None or not talk.is_at_card(turn.dialogue) or len(plain.split()) > WORDS_OF_A_CHOICE:
        return None
    apart, one = _DIVIDES.search(plain) is not None, _JOINS.search(plain) is not None
    if "?" in said.text or apart == one:
        return None
    divides = apart != is_negated(said.text)
    draft = draft.touched(said.at)
    if draft.whole is not None:
        return None if divides else talk.change_draft(turn, joined(draft), note=line("join-noted"))
    if not draft.matters:
        return None
    note = line("split-noted", count=len(draft.matters)) if divides else line("kept-one")
    return talk.change_draft(turn, divided(draft) if divides else draft, note=note)
