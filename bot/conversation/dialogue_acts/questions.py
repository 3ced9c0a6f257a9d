"""What she asks, and what is another matter or belongs elsewhere: answered beside the report, never part of it."""

from __future__ import annotations

import re

from bot.conversation.dialogue_acts.secrecy import keep_secret, wants_secret
from bot.conversation.events import Said
from bot.conversation.matters import is_another_matter
from bot.conversation.moment import moment_of
from bot.conversation.others_cases.lookups import ask_what_it_is, list_cases
from bot.conversation.questions.secrecy import is_sensitive, offer_secrecy
from bot.conversation.remarks import leave_out
from bot.conversation.screen import Label, LabelSource, Line, button, line
from bot.conversation.screens import MENU
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from bot.understanding.normalise import normalise

WORDS_OF_A_QUESTION = 6
_SEES = r"(?:di|mem|me)?(?:lihat|liat|baca|ketahui|tahu|tau|terima)\w*"
_WHO_SEES = re.compile(rf"\bsiapa\b.*\b{_SEES}|\b{_SEES}.*\bsiapa\b")


def answer_question(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """In the middle of a report: an answer that the regency wrote down, or that there is none; never part of it."""
    if turn.dialogue.draft is None:
        return None  # a question by itself is answered as ever, or becomes a request for information
    is_of_name = moment_of(turn.dialogue) == "name"  # who is asked her name asks who reads it
    if understood.answer is None and (is_of_name or _WHO_SEES.search(normalise(said.text))):
        return say_who_sees(talk, turn, said, understood)
    if understood.answer is None:
        is_of_service = understood.leading is not None and understood.leading.name == "ask_service"
        return leave_out(talk, turn, said, line("service-in-short" if is_of_service else "no-answer-in-draft"))
    return talk.offer(turn.say(line("answer", answer=Label(LabelSource.ANSWER, understood.answer))))


def say_who_sees(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """What the public, the officers and nobody can know of her and of this very report; a wish in it is heard first."""
    if wants_secret(said, understood):
        return keep_secret(talk, turn, said, understood)
    draft = turn.dialogue.draft
    if draft is None:
        return turn.say(line("fears-filed"), rows=MENU) if turn.dialogue.filed else turn.say(*_seen_of_any(), rows=MENU)
    public = line("seen-secret") if draft.secret else line("seen-by-public")
    is_held = draft.secret or is_sensitive(draft, talk.catalogue)
    holder = line("seen-by-designated") if is_held else line("seen-by-officers")
    name = line("seen-name", name=draft.name) if draft.name else line("seen-no-name")
    if draft.secret:
        return talk.offer(turn.say(public, holder, name))
    if is_held:
        return offer_secrecy(turn, draft, talk.catalogue, is_afraid=False)
    rows = [] if talk.flow.next_for(draft).ends else [[button("secret", "secret", draft.key)]]
    return talk.offer(turn.say(public, holder, name, rows=rows))


def _seen_of_any() -> tuple[Line, ...]:
    return line("seen-by-public"), line("seen-by-officers"), line("seen-no-name")


def list_own(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """How her reports go; where none is known, more than a few words may be a report themselves."""
    del talk, understood
    dialogue = turn.dialogue
    is_short = len(said.text.split()) <= WORDS_OF_A_QUESTION
    return list_cases(turn) if is_short or dialogue.draft or dialogue.filed else ask_what_it_is(turn, said)


def set_other_matter_aside(talk: Talk, turn: Turn, said: Said, understood: Understood) -> Turn | None:
    """Another matter is a report of its own, behind this one; she may say that it belongs to it."""
    draft = turn.dialogue.draft
    if draft is None or draft.is_blank or is_another_matter(draft, said.text, understood):
        return None  # what is surely another is part of the card, which offers to divide it
    return leave_out(talk, turn, said, line("other-matter"))
