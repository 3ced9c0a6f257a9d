"""What the buttons do that belong to no draft: menus, cases of hers, languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.dialogue import IDLE
from bot.conversation.draft import GivenPlace, StoryPiece
from bot.conversation.effects import Say
from bot.conversation.joining.requests import PRESSES as JOINING
from bot.conversation.others_cases.lookups import ask_status, list_cases
from bot.conversation.others_cases.supporting import stop_supporting, support
from bot.conversation.others_cases.weekly import PRESSES as WEEKLY
from bot.conversation.own_cases.effects import WithdrawCase
from bot.conversation.own_cases.new_link import PRESSES as NEW_LINK
from bot.conversation.own_cases.presses import PRESSES
from bot.conversation.own_cases.words import leave_contribution
from bot.conversation.own_data.requests import PRESSES as OWN_DATA
from bot.conversation.own_data.requests import keep_data
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.screen import line
from bot.conversation.screens import withdrawal
from bot.conversation.staff.lessons import PRESSES as LESSONS
from bot.conversation.talk import Talk, greeting, open_draft
from bot.conversation.turn import Turn
from bot.conversation.turn_context import TicketSeen, Understood
from bot.conversation.voice import PRESSES as VOICE
from bot.understanding.understood import Guess

type Verb = Callable[[Talk, Turn, Press, Understood], Turn]


def _report(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del understood
    return talk.begin(turn, press.event)


def _mine(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del talk, press, understood
    return list_cases(turn)


def _help(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.offer(turn.say(line("help")))


def _status(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del understood
    return ask_status(talk, turn, press.event.at, TicketSeen(press.about))


def _language(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del understood
    if press.about not in talk.catalogue.languages:
        return stale_button(talk, turn, press)
    turn = turn.with_language(press.about)
    if turn.dialogue.draft:
        return talk.offer(turn, note=line("language-set"))
    return turn.say(line("language-set")).then(greeting())


def _ask_to_withdraw(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del understood
    if turn.dialogue.draft:
        return turn.then(Say(withdrawal(press.about)))
    return talk.offer(turn.at("withdraw", press.about))


def withdraw(talk: Talk, turn: Turn) -> Turn:
    """Take back the case that the open question is about."""
    del talk
    return turn.at(IDLE).then(WithdrawCase(turn.dialogue.about))


def _withdraw_yes(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del talk, understood
    return turn.at(IDLE if turn.dialogue.draft is None else turn.dialogue.step).then(WithdrawCase(press.about))


def _back_to_rest(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    del press, understood
    return leave_question(talk, turn)


def leave_question(talk: Talk, turn: Turn) -> Turn:
    """What was asked is not wanted after all: back to the report, or to rest with the case as it is."""
    if turn.dialogue.contributing:
        return leave_contribution(talk, turn)
    if turn.dialogue.draft:
        return talk.proceed(turn, in_place=True)
    if turn.dialogue.step == "forget":
        return keep_data(talk, turn)
    if turn.dialogue.step == "withdraw":
        return turn.at(IDLE).say(line("withdraw-kept", ticket=turn.dialogue.about))
    return turn.at(IDLE).then(greeting())


def make_report(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """Words that were put aside are a report, or the next piece of one."""
    words, draft = turn.dialogue.aside, turn.dialogue.draft
    if not words:
        return talk.begin(turn, press.event)
    draft = draft or open_draft(press.event)
    grown = replace(draft, pieces=(*draft.pieces, StoryPiece(press.event.id, words)))
    return talk.proceed(talk.tell(turn.with_aside(""), grown, understood))


def make_request(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """A question that was put aside becomes a request for information; where it is need not be said."""
    words, draft = turn.dialogue.aside, turn.dialogue.draft
    if not words:
        return talk.begin(turn, press.event)
    if draft is not None:
        return make_report(talk, turn, press, understood)
    opened = open_draft(press.event)
    asked = replace(opened, pieces=(StoryPiece(press.event.id, words),))
    turn = talk.tell(turn.with_aside(""), asked, understood)
    told = turn.dialogue.draft or asked
    place = told.given_place if told.place.is_known() else GivenPlace(skipped=True)
    meaning = replace(told.meaning, intent=Guess("information", 1.0))
    return talk.proceed(turn.with_draft(replace(told, meaning=meaning, given_place=place)))


WITHOUT_DRAFT: Mapping[str, Verb] = {
    "report": _report,
    "mine": _mine,
    "help": _help,
    "status": _status,
    "language": _language,
    "withdraw": _ask_to_withdraw,
    "withdraw-yes": _withdraw_yes,
    "back": _back_to_rest,
    "make-report": make_report,
    "make-request": make_request,
    "support": support,
    "stop-supporting": stop_supporting,
    **LESSONS,
    **PRESSES,
    **NEW_LINK,
    **OWN_DATA,
    **WEEKLY,
    **JOINING,
    **VOICE,
}
