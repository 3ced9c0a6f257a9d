"""Words that belong to no report: a question or a remark, told from what goes on with the story."""

from __future__ import annotations

from bot.conversation.events import Said
from bot.conversation.screen import Line, button
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import CONTENT, MATTERS, SURE, Understood

WORDS_OF_A_REMARK = 8


def may_be_a_remark(said: Said, understood: Understood) -> bool:
    """A few words without a place or a clear matter: "kapan ditangani pak"."""
    return not understood.message.sure and _is_a_few_words(said, understood)


def is_question_of_service(understood: Understood) -> bool:
    """Whether the words surely ask how the service works, and name no place: no matter of their own."""
    leading = understood.leading
    asks = leading is not None and leading.name == "ask_service" and leading.confidence >= SURE
    return asks and not understood.message.place.is_known() and not understood.message.sensitive


def is_by_the_way(understood: Understood) -> bool:
    """Whether the words are surely small talk, and tell of nothing: "oh iya belum pernah lapor ternyata hehe"."""
    leading, meaning = understood.leading, understood.message
    is_said = leading is not None and leading.name == "small_talk" and leading.confidence >= SURE
    return is_said and not (meaning.sure or meaning.place.is_known() or meaning.emergency or meaning.sensitive)


def is_beside_the_point(said: Said, understood: Understood) -> bool:
    """Questions and requests that nobody would look for in a report which has all that it needs."""
    intent, is_sure = understood.message.intent, understood.message.intent.confidence >= SURE
    asks = understood.asks and not (understood.message.sure and is_sure and intent.name in MATTERS)
    is_elsewhere = is_sure and intent.name == "out_of_scope"
    return (asks or is_elsewhere) and not understood.corrects and _is_a_few_words(said, understood)


def is_rather_no_story(said: Said, understood: Understood) -> bool:
    """A few words of no category that most likely tell nothing, though what they want is not sure enough to be done."""
    leading = understood.leading
    tells = leading is None or leading.name in CONTENT or understood.message.has_own_category
    return not tells and not understood.corrects and _is_a_few_words(said, understood)


def leave_out(talk: Talk, turn: Turn, said: Said, answer: Line) -> Turn:
    """Words that are no part of the open report, unless she says so; what stands open is shown again below."""
    return talk.offer(turn.with_aside(said.text).say(answer, rows=[[button("continue", "continue")]]))


def _is_a_few_words(said: Said, understood: Understood) -> bool:
    meaning = understood.message
    return len(said.text.split()) <= WORDS_OF_A_REMARK and not (
        meaning.place.is_known() or meaning.emergency or meaning.sensitive
    )
