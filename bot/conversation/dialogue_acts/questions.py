"""What she asks, and what is another matter or belongs elsewhere: answered beside the report, never part of it."""

from __future__ import annotations

from bot.conversation.events import Said
from bot.conversation.others_cases.lookups import ask_what_it_is, list_cases
from bot.conversation.remarks import leave_out
from bot.conversation.screen import Label, LabelSource, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

WORDS_OF_A_QUESTION = 6


def answer_question(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """In the middle of a report: an answer that the regency wrote down, or that there is none; never part of it."""
    if turn.dialogue.draft is None:
        return None  # a question by itself is answered as ever, or becomes a request for information
    if understood.answer is None:
        return leave_out(talk, turn, said, line("no-answer-in-draft"))
    return talk.offer(turn.say(line("answer", answer=Label(LabelSource.ANSWER, understood.answer))))


def say_who_sees(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """What others can know of her and of this report; a question that is part of it, she may add."""
    if turn.dialogue.draft is None:
        return None if turn.dialogue.filed else answer_question(talk, turn, said, understood)
    return talk.offer(turn.say(line("fears")))


def list_own(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """How her reports go; where none is known, more than a few words may be a report themselves."""
    del talk, understood
    dialogue = turn.dialogue
    is_short = len(said.text.split()) <= WORDS_OF_A_QUESTION
    return list_cases(turn) if is_short or dialogue.draft or dialogue.filed else ask_what_it_is(turn, said)


def set_other_matter_aside(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Another matter is a report of its own, behind this one; she may say that it belongs to it."""
    del understood
    draft = turn.dialogue.draft
    return None if draft is None or draft.is_blank else leave_out(talk, turn, said, line("other-matter"))


def say_again_what_is_asked(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A word by the way changes nothing."""
    del said, understood
    draft = turn.dialogue.draft
    return talk.offer(turn, note=line("still-asked")) if draft and not talk.is_at_card(turn.dialogue) else None
