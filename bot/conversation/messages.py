"""What words do: a command, a number, an answer to what stands open, small talk, or part of a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.attachments import answer_wordless
from bot.conversation.commands import obey
from bot.conversation.effects import FindAwaited
from bot.conversation.events import Said
from bot.conversation.others_cases.lookups import ask_what_it_is, list_cases, look_up
from bot.conversation.others_cases.weekly import answer_village, hear_weekly
from bot.conversation.own_data.requests import answer_forgetting, hear_own_data
from bot.conversation.presses.draft import cancel_report
from bot.conversation.presses.menus import leave_question, withdraw
from bot.conversation.questions.story import SURE, add_words, may_be_a_remark, replace_story
from bot.conversation.screen import line
from bot.conversation.small_talk import answer_small_talk
from bot.conversation.talk import Talk, touched
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

type AnswerHandler = Callable[[Talk, Turn, Said, Understood], Turn | None]
"""What a step makes of words; None when they are not an answer to it."""

WORDS_OF_A_NAME = 6


def hear_words(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """The words of a citizen, at whatever step she is."""
    if not any(letter.isalnum() for letter in said.text):
        return answer_wordless(talk, turn)
    if said.text.startswith("/"):
        obeyed = obey(talk, turn, said, understood)
        if isinstance(obeyed, Turn):
            return obeyed
        said = obeyed
    if asked := hear_own_data(talk, turn, said) or hear_weekly(talk, turn, said, understood):
        return asked
    if understood.tickets:
        return look_up(talk, turn, said, understood.tickets[0])
    for expected in (ANSWERS.get(turn.dialogue.step), answer_small_talk):
        answered = expected(talk, turn, said, understood) if expected else None
        if answered is not None:
            return answered
    return _take_up(talk, turn, said, understood)


def _take_up(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """Words that are nothing else belong to a report."""
    draft = turn.dialogue.draft
    if understood.announces and (draft is None or draft.is_blank):
        return talk.begin(turn, said)
    if draft is None and turn.dialogue.filed:
        return turn.then(FindAwaited(said))
    return take_up_words(talk, turn, said, understood)


def take_up_words(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """Words that answer nothing about a case of hers: a report, or a remark after one."""
    if turn.dialogue.draft is None and turn.dialogue.filed:
        if understood.follows_up:
            return list_cases(turn)
        if may_be_a_remark(said, understood):
            return ask_what_it_is(turn, said)
    return add_words(talk, turn, said, understood)


def _new_story(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Any words but small talk, which must not take the place of a story."""
    draft = turn.dialogue.draft
    if draft is None:
        return None
    return answer_small_talk(talk, turn, said, understood) or replace_story(talk, turn, draft, said, understood)


def _name(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Few words are a name, unless they say that she would rather not give one."""
    draft = turn.dialogue.draft
    words = said.text.split()
    if draft is None or len(words) > WORDS_OF_A_NAME:
        return None
    if understood.message.intent.name in {"deny", "cancel"} and understood.message.intent.confidence >= SURE:
        return talk.proceed(turn)
    named = replace(touched(draft, said.at), name=" ".join(words)[:60])
    return talk.change_draft(turn, named, note=line("name-noted", name=" ".join(words)[:60]))


def _cancel(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    return _yes_or_no(talk, turn, said, understood, {"affirm": cancel_report, "cancel": cancel_report})


def _withdraw(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Here "batal" takes nothing back: it may well mean the withdrawal itself."""
    return _yes_or_no(talk, turn, said, understood, {"affirm": withdraw, "cancel": leave_question})


def _yes_or_no(
    talk: Talk, turn: Turn, said: Said, understood: Understood, answers: Mapping[str, Callable[[Talk, Turn], Turn]]
) -> Turn | None:
    if len(said.text.split()) > WORDS_OF_A_NAME:
        return None
    meant = {"deny": leave_question, **answers}.get(understood.message.intent.name)
    return meant(talk, turn) if meant else None


ANSWERS: Mapping[str, AnswerHandler] = {
    "new-story": _new_story,
    "name": _name,
    "cancel": _cancel,
    "withdraw": _withdraw,
    "forget": answer_forgetting,
    "weekly": answer_village,
}
"""What words mean while these screens stand open, by the name of the step."""
