"""What she asks, and what is another matter or belongs elsewhere: answered beside the report, never part of it."""

from __future__ import annotations

from bot.conversation.effects import Say
from bot.conversation.events import Said
from bot.conversation.others_cases.lookups import list_cases
from bot.conversation.remarks import leave_out
from bot.conversation.screen import Label, LabelSource, button, line, screen
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood


def answer_question(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """An answer that the regency wrote down; where there is none, that, and an offer to ask the agency."""
    if understood.answer is None:
        return _say_that_none_is_known(talk, turn, said)
    answer = line("answer", answer=Label(LabelSource.ANSWER, understood.answer))
    if turn.dialogue.draft:
        return talk.offer(turn.say(answer))
    rows = [[button("make-report", "make-report")]]
    return turn.with_aside(said.text).then(Say(screen(answer, rows=rows)))


def _say_that_none_is_known(talk: Talk, turn: Turn, said: Said) -> Turn | None:
    """Without a draft her question becomes one: a request for information, which the agency answers."""
    return leave_out(talk, turn, said, line("no-answer-in-draft")) if turn.dialogue.draft else None


def say_who_sees(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """What others can know of her and of this report; a question that is part of it, she may add."""
    if turn.dialogue.draft is None:
        return None if turn.dialogue.filed else answer_question(talk, turn, said, understood)
    return talk.offer(turn.say(line("fears")))


def list_own(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """How her reports go."""
    del talk, said, understood
    return list_cases(turn)


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
