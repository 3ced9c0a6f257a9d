"""Greetings, thanks and questions about the service: answered around an open draft, never part of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.commands import ask_to_cancel
from bot.conversation.dialogue_acts.secrecy import reassure
from bot.conversation.dialogue_acts.wishes import ask_to_withdraw, show_card_to_send
from bot.conversation.effects import Say, Show
from bot.conversation.events import Said
from bot.conversation.others_cases.lookups import list_cases
from bot.conversation.own_cases.effects import FindAwaited
from bot.conversation.remarks import leave_out
from bot.conversation.screen import Label, LabelSource, button, line
from bot.conversation.screens import MENU, as_report, as_request, welcome
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import SURE, Understood
from bot.understanding.understood import Place

WORDS_OF_SMALL_TALK = 15
WORDS_OF_A_NO = 3
WORDS_OF_POLITENESS = 5
"""More of them, about something that is surely known, ask for something and thank for it."""
POLITE = frozenset({"affirm", "greet", "thanks", "goodbye"})
"""Said by the way: what else such words hold is what she means."""

type Answer = Callable[[Talk, Turn, Said, Understood], Turn | None]
"""What is answered; None when these words belong to the story after all."""


def answer_small_talk(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Answer what is no part of a complaint; None for everything else."""
    intent = understood.message.intent
    is_praise = intent.name == "praise" and not understood.message.sensitive
    if (len(said.text.split()) > WORDS_OF_SMALL_TALK and not is_praise) or understood.message.emergency:
        return None
    if understood.follows_up and turn.dialogue.draft is None and turn.dialogue.filed:
        return None
    if understood.scolds:
        return talk.offer(turn.say(line("scolded")))
    if understood.pauses and turn.dialogue.draft and not _tells_something(understood):
        return leave_out(talk, turn, said, line("pauses"))
    if _is_afraid(turn, understood) and not _tells_something(understood):
        return reassure(talk, turn, said, understood)
    is_question = understood.answer_is_exact or intent.name in QUESTIONS or intent.confidence < SURE
    if understood.answer and is_question:
        return _explain(talk, turn, said, understood)
    if intent.confidence < SURE or (_tells_something(understood) and not is_praise):
        return None
    if intent.name in POLITE and _asks_for_something(said, understood):
        return None
    if turn.dialogue.draft and intent.name in POLITE and _adds_something(understood):
        return None
    answer = ANSWERS.get(intent.name)
    return answer(talk, turn, said, understood) if answer else None


def _tells_something(understood: Understood) -> bool:
    """A greeting that names a place or a danger has a complaint behind it."""
    return understood.message.place.is_known() or understood.message.sensitive


def _asks_for_something(said: Said, understood: Understood) -> bool:
    """Thanks said beforehand: "mohon pohonnya ditebang, terima kasih"."""
    leading = understood.leading
    tells = leading is not None and leading.name == "tell" and leading.confidence >= SURE
    return tells or understood.requests or (understood.message.sure and len(said.text.split()) > WORDS_OF_POLITENESS)


def _adds_something(understood: Understood) -> bool:
    """A yes that puts something right or names an RT belongs to the report: "oh iya, maksudnya RT 7"."""
    return understood.corrects or understood.message.place != Place()


def _greet(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del said, understood
    if turn.dialogue.draft is None:
        return turn.at("idle").then(Say(welcome("greet")))
    return talk.offer(turn, note=line("greet-draft"))


def _is_afraid(turn: Turn, understood: Understood) -> bool:
    """She says so, or asks for secrecy when no report is open that could be kept secret."""
    says_so = understood.fears and understood.message.intent.name != "cancel"
    return says_so or (turn.dialogue.draft is None and understood.wish in {"secret", "drop-name"})


def _reply(key: str) -> Answer:
    def answer(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
        del said, understood
        return talk.offer(turn.say(line(key)))

    return answer


def _status(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    del talk, said, understood
    return list_cases(turn)


def _explain(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    draft = turn.dialogue.draft
    if understood.answer is None and draft:
        return talk.offer(turn.say(line("help")))
    if understood.answer is None:
        return _explain_everything(turn, said)
    answer = line("answer", answer=Label(LabelSource.ANSWER, understood.answer))
    if draft:
        return talk.offer(turn.say(answer))
    return turn.with_aside(said.text).then(Say(as_request(answer)))


def _ask_agency(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """A question to the regency without an answer: the agency can be asked. In a report it is part of it."""
    del talk, understood
    if turn.dialogue.draft or turn.dialogue.filed:
        return None
    return turn.with_aside(said.text).then(Say(as_request(line("no-answer"))))


def _explain_everything(turn: Turn, said: Said) -> Turn:
    """How it all works; more than a few words may have been a report, and are kept for one."""
    if len(said.text.split()) <= WORDS_OF_A_NO:
        return turn.say(line("help"), rows=MENU)
    return turn.with_aside(said.text).say(line("help"), rows=[[button("make-report", "make-report")], *MENU])


def _cancel(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    """Without a draft it may be a filed report that she wants back."""
    del said, understood
    draft = turn.dialogue.draft
    if draft is None and turn.dialogue.filed:
        return ask_to_withdraw(talk, turn)
    return _give_up_blank(turn) if draft and draft.is_blank else ask_to_cancel(talk, turn)


def _give_up_blank(turn: Turn) -> Turn:
    """Nothing of hers is in it: nothing to ask."""
    return turn.closed().say(line("deny"), rows=MENU)


def _agree(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn:
    if turn.dialogue.draft is None:
        return _unless_awaited("affirm", turn, said)
    if not talk.is_at_card(turn.dialogue):
        return _say_what_is_left(talk, turn)
    return show_card_to_send(talk, turn, said, understood) or talk.proceed(turn, note=line("affirm-draft"))


def _say_what_is_left(talk: Talk, turn: Turn) -> Turn:
    """A yes where no card stands yet: what is still to be told."""
    asked = talk.open_screen(turn.dialogue)
    if turn.dialogue.step != "place" or asked is None:
        return talk.proceed(turn, note=line("still-asked"))
    return turn.then(Show(replace(asked, lines=(line("affirm-place"),))))


def _unless_awaited(key: str, turn: Turn, said: Said) -> Turn:
    """A yes or a no may be meant for a case of hers that waits for her word."""
    if turn.dialogue.filed:
        return turn.then(FindAwaited(said, otherwise=key))
    return turn.say(line(key), rows=MENU)


def _disagree(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    draft = turn.dialogue.draft
    if draft is None:
        return _unless_awaited("deny", turn, said)
    if draft.is_blank:
        return _give_up_blank(turn)
    question = talk.flow.question_at(turn.dialogue.step)
    if question and question.can_skip:
        is_bare = len(said.text.split()) <= WORDS_OF_A_NO and not understood.corrects
        return question.skip(talk, turn, draft) if is_bare else talk.offer(turn, note=question.asked_again)
    if understood.corrects or len(said.text.split()) > WORDS_OF_A_NO:
        return None
    return talk.offer(turn.at("change"))


def _praise(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    return _not_ours("praise", talk, turn, said, understood)


def _out_of_scope(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Who only says that something will be told ("mau curhat nih") is heard first."""
    return None if understood.announces else _not_ours("out-of-scope", talk, turn, said, understood)


def _not_ours(key: str, talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    del talk, understood
    if turn.dialogue.draft:
        return None
    return turn.with_aside(said.text).then(Say(as_report(line(key))))


QUESTIONS = frozenset({"about_bot", "help", "information"})
ANSWERS: Mapping[str, Answer] = {
    "greet": _greet,
    "thanks": _reply("thanks"),
    "goodbye": _reply("goodbye"),
    "check_status": _status,
    "help": _explain,
    "about_bot": _explain,
    "cancel": _cancel,
    "affirm": _agree,
    "deny": _disagree,
    "praise": _praise,
    "out_of_scope": _out_of_scope,
    "information": _ask_agency,
}
