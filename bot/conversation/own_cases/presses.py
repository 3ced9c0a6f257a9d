"""What the buttons of a citizen's own case do: answer, confirm, contest, rate, reopen, add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.draft import StoryPiece
from bot.conversation.others_cases.lookups import ask_status
from bot.conversation.own_cases.effects import AskOwnCase, DoOwnCase
from bot.conversation.own_cases.screens import ASKING, CHOICES, RATINGS, rating_rows
from bot.conversation.own_cases.words import action_of, at_rest
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.screen import line
from bot.conversation.talk import Talk, open_draft
from bot.conversation.turn import Turn
from bot.conversation.turn_context import TicketSeen, Understood

WORDS_OF_A_REASON = 3
"""A bare no tells nobody what is still wrong."""


def press_own(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """A button of a case: "own:<action>.<ticket>.<version>"."""
    del understood
    action, ticket, version = (*press.about.split("."), "", "", "")[:3]
    seen = int(version) if version.isdecimal() else 0
    if action == "confirm":
        return turn.then(DoOwnCase(ticket, action, seen))
    if action == "rate":
        return turn.say(line("own-rate-ask"), rows=rating_rows(ticket))
    if action in ASKING:
        return turn.then(AskOwnCase(ticket, action, seen))
    return stale_button(talk, turn, press)


def press_rating(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """One tap: "rate:<ticket>.<1 to 5>"."""
    del understood
    ticket, _, given = press.about.partition(".")
    if given not in {str(rating) for rating in RATINGS}:
        return stale_button(talk, turn, press)
    return turn.then(DoOwnCase(ticket, "rate", rating=int(given)))


def press_choice(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """What she wrote unasked is for this: "tell:<action>.<ticket>"."""
    del understood
    action, _, ticket = press.about.partition(".")
    asked = turn.dialogue.contributing
    if action not in CHOICES:
        return stale_button(talk, turn, press)
    if asked is None or asked.is_blank:
        return turn.then(DoOwnCase(ticket, action) if action == "confirm" else AskOwnCase(ticket, action))
    if action == "dispute" and not asked.files and len(asked.words.split()) < WORDS_OF_A_REASON:
        return turn.then(AskOwnCase(ticket, action))
    return turn.then(DoOwnCase(ticket, action, asked.seen, asked.words, asked.files))


def press_done(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """Take what she has sent so far to the case: she said that it is all."""
    del understood
    asked = turn.dialogue.contributing
    if asked is None or asked.is_blank or not asked.action:
        return stale_button(talk, turn, press)
    return turn.then(action_of(asked))


def press_new(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """What she wrote is about no case: it belongs to a report."""
    asked = turn.dialogue.contributing
    if asked is None or asked.is_blank:
        return stale_button(talk, turn, press)
    draft = turn.dialogue.draft or open_draft(press.event)
    pieces = (StoryPiece(press.event.id, asked.words),) if asked.words else ()
    files = tuple(dict.fromkeys((*draft.files, *asked.files)))[: talk.catalogue.most_files]
    grown = replace(draft, pieces=(*draft.pieces, *pieces), files=files)
    turn = at_rest(turn)
    return talk.proceed(talk.tell(turn, grown, understood) if asked.words else turn.with_draft(grown))


def press_see(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """The status, asked for on the live card: a button of its own, so that a list of cases keeps its own ones."""
    del understood
    return ask_status(talk, turn, press.event.at, TicketSeen(press.about))


def press_more(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """All that she may see of a case."""
    del understood
    return ask_status(talk, turn, press.event.at, TicketSeen(press.about), whole=True)


PRESSES: Mapping[str, Callable[[Talk, Turn, Press, Understood], Turn]] = {
    "own": press_own,
    "see": press_see,
    "more": press_more,
    "rate": press_rating,
    "tell": press_choice,
    "own-done": press_done,
    "own-new": press_new,
}
