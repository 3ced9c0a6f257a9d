"""What is still missing before a report is sent: said once; to insist leaves open what may be left open."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.draft import Draft
from bot.conversation.questions.category import CATEGORY, left_open
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn


def complete(talk: Talk, turn: Turn, draft: Draft) -> tuple[Turn, Draft | None]:
    """The draft as it may be sent; without one, the turn that says what is missing.

    Whoever wants to send twice is not asked the same twice: a place is left out, and the category is that of the first
    of several matters, or left to the officers. The card shows either before or while she is told of it.
    """
    step = talk.flow.next_for(draft)
    question = talk.flow.question_at(step.name)
    if question is not None and not step.ends:
        if question.can_skip and draft.evaded == question.name:
            return question.skip(talk, turn, draft), None
        kept = turn.with_draft(replace(draft, evaded=question.name))
        return talk.proceed(kept, note=line("send-too-early")), None
    if not talk.flow.is_in_doubt(draft):
        return turn, draft
    if draft.evaded == CATEGORY.name:
        return turn, left_open(draft)
    kept = turn.with_draft(replace(draft, evaded=CATEGORY.name))
    return talk.proceed(kept, note=_choose(left_open(draft))), None


def _choose(left: Draft) -> Line:
    """To choose the category, and what it will be for whoever sends it without."""
    if not left.matters or left.category is None:
        return line("send-choose")
    return line("send-choose-first", category=Label(LabelSource.CATEGORY, left.category))
