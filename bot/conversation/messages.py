"""What words do: a command, a number, an answer to what stands open, small talk, or part of a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.conversation.attachments import answer_wordless
from bot.conversation.commands import obey
from bot.conversation.dialogue_acts.secrecy import only_begins
from bot.conversation.dialogue_acts.understand import respond_to_acts, settle_wishes, take_place_beside
from bot.conversation.draft import Draft
from bot.conversation.events import Said
from bot.conversation.joining.requests import hear_joining
from bot.conversation.others_cases.lookups import ask_what_it_is, list_cases, look_up
from bot.conversation.others_cases.weekly import answer_village, hear_weekly
from bot.conversation.own_cases.effects import FindAwaited
from bot.conversation.own_cases.new_link import hear_new_link
from bot.conversation.own_cases.words import asks_of_it, goes_on, hear_after_answer, offer_to_add
from bot.conversation.own_data.requests import answer_forgetting, hear_own_data
from bot.conversation.presses.menus import leave_question, withdraw
from bot.conversation.questions.question import Precedence
from bot.conversation.questions.story import add_to_story, is_told
from bot.conversation.remarks import (
    is_beside_the_point,
    is_by_the_way,
    is_question_of_service,
    is_rather_no_story,
    leave_out,
    may_be_a_remark,
)
from bot.conversation.screen import line
from bot.conversation.small_talk import answer_small_talk
from bot.conversation.talk import Talk, open_draft
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood

type AnswerHandler = Callable[[Talk, Turn, Said, Understood], Turn | None]
"""What a step makes of words; None when they are not an answer to it."""

A_DAY = timedelta(days=1)
WORDS_OF_YES_OR_NO = 6


def hear_words(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """The words of a citizen, at whatever step she is."""
    if not any(letter.isalnum() for letter in said.text):
        return answer_wordless(talk, turn, said.text)
    if said.text.startswith("/"):
        obeyed = obey(talk, turn, said, understood)
        if isinstance(obeyed, Turn):
            return obeyed
        said = obeyed
    if asked := (
        hear_own_data(talk, turn, said)
        or hear_joining(talk, turn, said)
        or hear_weekly(talk, turn, said, understood)
        or hear_new_link(turn, said, understood)
    ):
        return asked
    if understood.tickets:
        return look_up(talk, turn, said, understood.tickets[0])
    turn, said, understood = settle_wishes(turn, said, understood)
    turn, understood = take_place_beside(talk, turn, said, understood)
    for expected in (
        respond_to_acts,
        ANSWERS.get(turn.dialogue.step),
        _answer_before_small_talk,
        answer_small_talk,
        _answer_after_small_talk,
    ):
        answered = expected(talk, turn, said, understood) if expected else None
        if answered is not None:
            return answered
    return _take_up(talk, turn, said, understood)


def _answer_of(precedence: Precedence) -> AnswerHandler:
    """The answer to the question that stands open, if it hears words before those of a later precedence."""

    def answer(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
        draft, step = turn.dialogue.draft, turn.dialogue.step
        question = talk.flow.question_at(step)
        if draft is None or question is None or question.precedence(step) is not precedence:
            return None
        is_answer = question.accepts(said.text, draft, understood)
        return question.answer(talk, turn, draft, said, understood) if is_answer else None

    return answer


_answer_before_small_talk = _answer_of(Precedence.BEFORE_SMALL_TALK)
_answer_after_small_talk = _answer_of(Precedence.AFTER_SMALL_TALK)
_answer_of_today = _answer_of(Precedence.AFTER_A_DAY_AWAY)


def _take_up(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """Words that are nothing else belong to a report."""
    draft = turn.dialogue.draft
    begins = understood.announces or only_begins(said)
    if begins and (draft is None or draft.is_blank):
        return talk.begin(turn, said)
    if draft is None and turn.dialogue.filed:
        return turn.then(FindAwaited(said))
    return take_up_words(talk, turn, said, understood)


def take_up_words(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """Words that answer nothing about a case of hers: a report, or a remark after one."""
    if turn.dialogue.draft is None and turn.dialogue.filed:
        if added := hear_after_answer(talk, turn, said, understood):
            return added
        if understood.follows_up or asks_of_it(understood, turn.dialogue.filed[-1]):
            return list_cases(turn)
        if goes_on(said, understood, turn.dialogue.filed[-1]):
            return offer_to_add(talk, talk.warn(turn, said.text, understood), said.text, said.at)
        if may_be_a_remark(said, understood) or is_question_of_service(understood):
            return ask_what_it_is(turn, said)
    return _add_words(talk, turn, said, understood)


def _add_words(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """Words become the answer to what is asked, or part of the story; without a draft they open one."""
    draft = turn.dialogue.draft
    if draft is None:
        by_the_way = is_by_the_way(understood)
        return (
            ask_what_it_is(turn, said) if by_the_way else add_to_story(talk, turn, open_draft(said), said, understood)
        )
    if draft.put_aside or _is_new_day(draft, said):
        return talk.offer(turn.with_aside(said.text).at("stale"))
    if answered := _answer_of_today(talk, turn, said, understood):
        return answered
    is_at_card = talk.is_at_card(turn.dialogue)
    if not is_at_card and not draft.is_blank and is_by_the_way(understood):
        return leave_out(talk, turn, said, line("story-not-added"))
    is_beside = is_beside_the_point(said, understood) or is_rather_no_story(said, understood)
    if is_at_card and not is_told(draft, said.text) and is_beside:
        return leave_out(talk, turn, said, line("story-not-added"))
    return add_to_story(talk, turn, draft, said, understood)


def _is_new_day(draft: Draft, said: Said) -> bool:
    """She has been away so long that these words may be another matter."""
    return not draft.is_blank and said.at - draft.touched_at >= A_DAY


def _withdraw(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Here "batal" takes nothing back: it may well mean the withdrawal itself."""
    if understood.negates and not understood.means("affirm"):
        return leave_question(talk, turn)
    agreed = {} if understood.negates else {"affirm": withdraw}
    return _yes_or_no(talk, turn, said, understood, {**agreed, "cancel": leave_question})


def _yes_or_no(
    talk: Talk, turn: Turn, said: Said, understood: Understood, answers: Mapping[str, Callable[[Talk, Turn], Turn]]
) -> Turn | None:
    if len(said.text.split()) > WORDS_OF_YES_OR_NO:
        return None
    meant = {"deny": leave_question, **answers}.get(understood.message.intent.name)
    return meant(talk, turn) if meant else None


ANSWERS: Mapping[str, AnswerHandler] = {
    "withdraw": _withdraw,
    "forget": answer_forgetting,
    "weekly": answer_village,
}
"""What words mean while these screens stand open, by the name of the step."""
