"""What is said of what a citizen did with a case of hers, or why it was not done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.dialogue import CHOOSE, CONTRIBUTE, AnsweredQuestion, Contribution
from bot.conversation.others_cases.weekly import offer_rows
from bot.conversation.own_cases.effects import ShowStatus
from bot.conversation.own_cases.events import OwnCaseAsked, OwnCaseMoved, OwnCaseRefused
from bot.conversation.own_cases.screens import REMARK, rating_rows
from bot.conversation.own_cases.words import at_rest, go_on, with_contribution
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn


def tell_asked(talk: Talk, turn: Turn, asked: OwnCaseAsked) -> Turn:
    """Ask for the words, or files, of an action that she may now take on her case."""
    open_one = Contribution(asked.at, asked.ticket, asked.action, asked.version, asked.question)
    return talk.offer(with_contribution(turn, CONTRIBUTE, open_one))


def tell_moved(talk: Talk, turn: Turn, moved: OwnCaseMoved) -> Turn:
    """What she did, who has it now, and until when."""
    turn, ticket = at_rest(turn), moved.ticket
    if moved.action == "rate":
        asked = with_contribution(turn, CONTRIBUTE, Contribution(moved.at, ticket, REMARK))
        return talk.offer(asked, note=line("own-rate-done"))
    if moved.action == "confirm":
        rows = [*rating_rows(ticket), *offer_rows(moved.village, moved.village_name)]
        turn = turn.say(line("own-confirm-done", ticket=ticket), line("own-rate-ask"), rows=rows)
        return go_on(talk, turn)
    if moved.action == "reply":
        answered = AnsweredQuestion(ticket, moved.at)
        turn = replace(turn, dialogue=replace(turn.dialogue, answered=answered))
    return go_on(talk, turn.say(*_said_of(moved)))


def _said_of(moved: OwnCaseMoved) -> list[Line]:
    agency = Label(LabelSource.AGENCY, moved.agency)
    match moved.action:
        case "dispute" | "reopen":
            review = line(f"own-review-{moved.reviewer}", agency=agency, date=moved.until)
            return [line(f"own-{moved.action}-done", ticket=moved.ticket), review]
        case "reply":
            until = line("own-reply-until", agency=agency, date=moved.until)
            return [line("own-reply-done", ticket=moved.ticket), until]
        case "appeal":
            return [line("own-appeal-done", ticket=moved.ticket, date=moved.until)]
    return [
        line("own-remark-done") if moved.action == REMARK else line("own-add-done", ticket=moved.ticket, agency=agency)
    ]


SINCE: Mapping[str, str] = {
    "forward": "own-since-moved",
    "accept": "own-since-moved",
    "pass_on": "own-since-moved",
    "return": "own-since-moved",
    "dispute_authority": "own-since-moved",
    "rule": "own-since-moved",
    "file": "own-since-moved",
    "ask": "own-since-asked",
    "reply": "own-since-replied",
    "answer": "own-since-answered",
    "confirm": "own-since-confirmed",
    "dispute": "own-since-contested",
    "reopen": "own-since-reopened",
    "appeal": "own-since-appealed",
    "withdraw": "own-since-withdrawn",
    "close_unreplied": "own-since-ended",
    "close_unconfirmed": "own-since-ended",
    "reject": "own-since-ended",
    "refer": "own-since-ended",
    "merge": "own-since-ended",
}
"""What is said of a button that is from before somebody did this."""


def tell_refused(talk: Talk, turn: Turn, refused: OwnCaseRefused) -> Turn:
    """Why it was not done, and where the case stands; what she sent is kept, for the same case or a new report."""
    del talk
    why = line(refused.why) if refused.why else line(SINCE[refused.since], ticket=refused.ticket)
    turn = at_rest(turn).say(why).then(ShowStatus(refused.ticket))
    if not (refused.words or refused.files):
        return turn
    choices = (f"add.{refused.ticket}",) if "add" in refused.may else ()
    kept = Contribution(refused.at, words=refused.words, files=refused.files, choices=choices)
    return with_contribution(turn.say(line("own-not-lost")).with_aside(kept.words), CHOOSE, kept)
