"""Hears a message after what was asked: certain rules first, then a model's dialogue acts, then the safe default.

To delete, publish, name her or send needs a button, or words that mean nothing else. In doubt she is asked with
buttons, and everything that she said is kept meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.dialogue_acts import questions, secrecy, wishes
from bot.conversation.dialogue_acts.apart import divide_or_join
from bot.conversation.dialogue_acts.corrections import (
    choose_category,
    leave_category_open,
    open_changes,
    put_place_right,
    take_photo_back,
    wait_for_photo,
)
from bot.conversation.draft import Draft
from bot.conversation.events import Said
from bot.conversation.moment import moment_of
from bot.conversation.presses.draft import cancel_report
from bot.conversation.questions.name import says_own_name
from bot.conversation.questions.place import PLACE, place_as_said
from bot.conversation.questions.story import add_to_story
from bot.conversation.remarks import leave_out
from bot.conversation.screen import button, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import CONTENT, MATTERS, SURE_OF_A_WISH, Understood
from bot.understanding.acts.dialogue_act import DialogueAct

type Response = Callable[[Talk, Turn, Said, Understood], Turn | None]
"""What is done about a dialogue act; None when the words are heard as any others after all."""

SURE = 0.6
FEW_WORDS = 6
_FEW = 3
WORDS_OF_A_MATTER = 15
"""More words than these tell something, whatever else they do."""
HARMLESS = frozenset({"want_secret", "want_anonymous", "keep", "later", "afraid", "correct_category"})
"""Acts that protect her, or change what stands on the card before her."""
SMALL_TALK = frozenset("affirm deny greet thanks goodbye check_status help about_bot cancel".split())  # noqa: SIM905
"""Intents that are answered around a question."""
SETTLED = frozenset({"want_secret", "want_anonymous", "afraid"})
"""Wishes that are done at once where the message tells something too."""


def respond_to_acts(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """What is done about a message for what it does in the talk; None where it is an answer, a story, or small talk."""
    if turn.dialogue.step == "cancel":
        return _answer_whether_to_delete(talk, turn, said, understood)
    if understood.message.emergency or moment_of(turn.dialogue) not in RESPONDING:
        return None
    if moment_of(turn.dialogue) == "name" and says_own_name(said.text, understood):
        return None
    if chosen := divide_or_join(talk, turn, said):
        return chosen
    leading = _leading(turn, understood)
    if understood.beside and turn.dialogue.draft:
        return leave_category_open(talk, turn) or _ask_once_more(talk, turn, turn.dialogue.draft)
    if tells_a_matter(turn, said, understood):
        return None
    response = RESPONSES.get(leading.name) if leading and (is_sure(leading) or _may_send(leading, said)) else None
    if response and (done := response(talk, turn, said, understood)):
        return done
    return _ask_in_doubt(talk, turn, said, understood) if turn.dialogue.draft or turn.dialogue.filed else None


def _leading(turn: Turn, understood: Understood) -> DialogueAct | None:
    """What the words do first; after a report was sent, what they want for it ("yang tadi, tolong rahasiakan")."""
    if understood.leading or turn.dialogue.draft:
        return understood.leading
    return next((one for one in understood.acts if one.name in SETTLED and is_sure(one)), None)


def tells_a_matter(turn: Turn, said: Said, understood: Understood) -> bool:
    """Whether words without an open report tell of something, so that they begin one whatever else they do."""
    if turn.dialogue.draft is not None or understood.certain:
        return False
    if len(said.text.split()) > WORDS_OF_A_MATTER:
        return True
    leading = understood.leading
    adds_photo = leading is not None and leading.name == "add_photo" and is_sure(leading)
    return understood.message.sure and understood.surely_means(MATTERS) and not adds_photo


def settle_wishes(turn: Turn, said: Said, understood: Understood) -> tuple[Turn, Said, Understood]:
    """Of a message that tells something too: secrecy and no name at once, and what is left of it."""
    wished = {one.name for one in understood.acts if is_sure(one)} & SETTLED
    told = understood.told
    dialogue = turn.dialogue
    begins = tells_a_matter(turn, said, understood) or (dialogue.draft is None and understood.announces)
    is_of_sent = dialogue.draft is None and dialogue.filed and not begins
    if not wished or dialogue.step == "cancel" or is_of_sent or not (told or begins):
        return turn, said, understood
    words = said.text
    if told:
        said = replace(said, text=told, parts=())
    acts = (
        tuple(one for one in understood.acts if one.name in CONTENT) if told else (DialogueAct("tell", 1.0, said.text),)
    )
    left = replace(understood, acts=acts, certain="")
    if "want_secret" in wished:
        if secrecy.is_doubtful(words):
            return secrecy.made_doubtful(turn, said), said, left
        return secrecy.made_secret(turn, said).say(secrecy.secret_heard(understood)), said, left
    if "want_anonymous" in wished:
        draft = dialogue.draft
        kept = turn.with_draft(replace(draft, name=None)) if draft else turn
        return kept.say(line("name-none")), said, left
    return secrecy.made_afraid(turn, said), said, left


def take_place_beside(talk: Talk, turn: Turn, said: Said, understood: Understood) -> tuple[Turn, Understood]:
    """Where it is, of a message that does something else, too, and what is left of it to be responded to."""
    draft = turn.dialogue.draft
    taken = PLACE.take_said_beside(turn, draft, said, understood) if draft else None
    if taken is None or understood.place_said is None or taken.dialogue.draft is None:
        return turn, understood
    left = understood.acts_beside_place
    rest = replace(understood, acts=left, certain="", corrects=False, looks_like_place=False)
    if understood.message.emergency or not left or any(one.name in CONTENT for one in left):
        return taken, rest
    noted = taken.say(line("place-noted", place=place_as_said(understood.place_said.words)))
    return noted.at(talk.flow.next_for(taken.dialogue.draft).name), rest


def is_sure(one: DialogueAct) -> bool:
    """Whether a dialogue act may be acted upon."""
    return one.confidence >= (SURE_OF_A_WISH if one.name in HARMLESS else SURE)


def _may_send(one: DialogueAct, said: Said) -> bool:
    """Whether a few words that may mean to send show the card again, which sends nothing ("krim aja")."""
    return one.name == "send" and one.confidence >= SURE_OF_A_WISH and len(said.text.split()) <= _FEW


def _answer_whether_to_delete(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Only a plain yes deletes; a refusal keeps; words that may be either are asked about again."""
    if understood.yes_to_deleting:
        return cancel_report(talk, turn)
    if understood.announces:
        return None
    if secrecy.wants_secret(said, understood):
        return secrecy.keep_secret(talk, turn, said, understood)
    leading, is_short, draft = understood.leading, len(said.text.split()) <= FEW_WORDS, turn.dialogue.draft
    name = leading.name if leading and is_sure(leading) else ""
    if draft and understood.told and any(one.name == "keep" and is_sure(one) for one in understood.acts):
        return add_to_story(talk, turn, draft, replace(said, text=understood.told, parts=()), understood)
    refuses = is_short and (understood.negates or understood.means("deny"))
    goes_on = understood.wish == "send" or name in {"keep", "send", "later"}
    if refuses or goes_on or (name == "follow_case" and not turn.dialogue.filed):
        return wishes.keep_report(talk, turn, said, understood)
    if name in {"tell", "answer", "danger"} and not is_short:
        return None
    asks = name in {"ask_service", "ask_regency"}
    if name in {"want_secret", "want_anonymous", "afraid", "follow_case"} or (asks and understood.answer):
        return RESPONSES[name](talk, turn, said, understood)
    if is_short or asks or name == "cancel" or understood.means("cancel"):
        return talk.offer(turn, note=line("cancel-doubt"))
    return None


def _ask_in_doubt(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A place or a name that may be none is asked about, once; what was asked stays open, and what was said is kept."""
    draft, moment = turn.dialogue.draft, moment_of(turn.dialogue)
    question = talk.flow.question_at(turn.dialogue.step)
    if draft is None or question is None or question.accepts(said.text, draft, understood):
        return None
    if moment == "name" and not (understood.means("deny", "cancel", "affirm") and len(said.text.split()) <= _FEW):
        return leave_out(talk, turn, said, line("name-unclear"))
    if moment != "place":
        return None
    leading = understood.leading
    tells = understood.message.sensitive or (leading and leading.name in {"tell", "danger"} and is_sure(leading))
    if draft.doubted is not None or tells or len(said.text.split()) > FEW_WORDS:
        return None
    if not understood.may_be_place or understood.asks or understood.surely_means(SMALL_TALK):
        return None
    rows = [[button("place-is", "place-is", draft.key)], [button("more-story", "continue", draft.key)]]
    doubted = turn.with_draft(replace(draft, doubted=said.text)).with_aside(said.text)
    return talk.offer(doubted.say(line("place-doubt", words=said.text), rows=rows))


def _ask_once_more(talk: Talk, turn: Turn, draft: Draft) -> Turn:
    """Whoever says nothing to a question ("terserah") is asked again; the second time it is left out, if it can be."""
    question = talk.flow.question_at(turn.dialogue.step)
    if question is None:
        return talk.offer(turn, note=line("still-asked"))
    if question.can_skip and draft.evaded == question.name:
        return question.skip(talk, turn, draft)
    return talk.offer(turn.with_draft(replace(draft, evaded=question.name)), note=question.asked_again)


def _skip(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """What is asked is left out, unless an answer is named; at the card a bare "I told you" is no part of the story."""
    draft, question = turn.dialogue.draft, talk.flow.question_at(turn.dialogue.step)
    if question is None and talk.is_at_card(turn.dialogue):
        return leave_category_open(talk, turn) or leave_out(talk, turn, said, line("still-asked"))
    if draft is None or question is None:
        return leave_category_open(talk, turn)
    if named := question.take_named(talk, turn, draft, said, understood):
        return named
    if question.can_skip:
        is_plain = len(said.text.split()) <= _FEW
        return question.skip(talk, turn, draft) if is_plain else _ask_once_more(talk, turn, draft)
    return talk.proceed(turn) if moment_of(turn.dialogue) == "name" else None


def _opens(step: str) -> Response:
    def answer(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
        del said, understood
        return talk.offer(turn.at(step)) if talk.is_at_card(turn.dialogue) else None

    return answer


def _choose_or_see_all(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """The category that a few words name, or all of them; more words say why, and are part of the story."""
    if chosen := choose_category(talk, turn, said, understood):
        return chosen
    return _opens("groups")(talk, turn, said, understood) if len(said.text.split()) <= FEW_WORDS else None


RESPONDING = frozenset({"nothing", "filed", "story", "place", "category", "name", "photo", "card", "type"})
"""The moments at which dialogue acts are responded to; the others have an answer of their own."""
RESPONSES: Mapping[str, Response] = {
    "answer": choose_category,
    "want_secret": secrecy.keep_secret,
    "want_open": secrecy.ask_to_open,
    "want_anonymous": wishes.stay_anonymous,
    "want_named": wishes.offer_to_name,
    "afraid": secrecy.reassure,
    "send": wishes.show_card_to_send,
    "cancel": wishes.ask_before_deleting,
    "keep": wishes.keep_report,
    "add_photo": wait_for_photo,
    "remove_photo": take_photo_back,
    "later": wishes.go_on_later,
    "ask_service": questions.answer_question,
    "ask_regency": questions.answer_question,
    "ask_who_sees": questions.say_who_sees,
    "follow_case": questions.list_own,
    "other_matter": questions.set_other_matter_aside,
    "skip": _skip,
    "correct_name": wishes.offer_to_name,
    "correct_category": _choose_or_see_all,
    "correct_place": put_place_right,
    "correct_story": open_changes,
    "correct_type": _opens("type"),
}
