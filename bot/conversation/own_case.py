"""What a citizen does with a case of hers: answer a question, confirm or contest an answer, rate, reopen, add.

Words of hers go to a case only where she was just asked for them, where they answer a message about that case, or
after she has said with a button which case they are for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.dialogue import CHOOSE, CONTRIBUTE, IDLE, Contribution, File, Piece
from bot.conversation.effects import AskOwnCase, DoOwnCase, FindAwaited, ShowStatus
from bot.conversation.events import (
    AwaitedCase,
    AwaitedFound,
    OwnCaseAsked,
    OwnCaseMoved,
    OwnCaseRefused,
    Said,
    SentPhoto,
)
from bot.conversation.own_screens import A_WHILE, ASKING, CHOICES, RATINGS, REMARK, rating_rows
from bot.conversation.press import Press, stale_button
from bot.conversation.screen import Label, Line, Names, line
from bot.conversation.talk import Talk, greeting, open_draft
from bot.conversation.turn import Turn
from bot.conversation.understood import Understood

type Heard = Said | SentPhoto

AROUND = frozenset({"greet", "thanks", "goodbye", "help", "about_bot"})
"""Small talk that is answered around what stands open, when it is no more than a few words."""
WORDS_OF_SMALL_TALK = 4
SURE = 0.5


# What she presses -------------------------------------------------------------------------------------------


def press_own(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """A button of a case: "own:<deed>.<ticket>.<version>"."""
    del understood
    deed, ticket, version = (*press.about.split("."), "", "", "")[:3]
    seen = int(version) if version.isdecimal() else 0
    if deed == "confirm":
        return turn.then(DoOwnCase(ticket, deed, seen))
    if deed == "rate":
        return turn.say(line("own-rate-ask"), rows=rating_rows(ticket))
    if deed in ASKING:
        return turn.then(AskOwnCase(ticket, deed, seen))
    return stale_button(talk, turn, press)


def press_rating(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """One tap: "rate:<ticket>.<1 to 5>"."""
    del understood
    ticket, _, given = press.about.partition(".")
    if given not in {str(rating) for rating in RATINGS}:
        return stale_button(talk, turn, press)
    return turn.then(DoOwnCase(ticket, "rate", rating=int(given)))


def press_choice(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """What she wrote unasked is for this: "tell:<deed>.<ticket>"."""
    del understood
    deed, _, ticket = press.about.partition(".")
    asked = turn.dialogue.contributing
    if deed not in CHOICES:
        return stale_button(talk, turn, press)
    if asked is None or asked.is_blank:
        return turn.then(DoOwnCase(ticket, deed) if deed == "confirm" else AskOwnCase(ticket, deed))
    return turn.then(DoOwnCase(ticket, deed, asked.seen, asked.words, asked.files))


def press_done(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """What she has sent is all."""
    del understood
    asked = turn.dialogue.contributing
    if asked is None or asked.is_blank or not asked.deed:
        return stale_button(talk, turn, press)
    return turn.then(_deed_of(asked))


def press_new(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    """What she wrote is about no case: it belongs to a report."""
    asked = turn.dialogue.contributing
    if asked is None or asked.is_blank:
        return stale_button(talk, turn, press)
    draft = turn.dialogue.draft or open_draft(press.event)
    pieces = (Piece(press.event.id, asked.words),) if asked.words else ()
    files = tuple(dict.fromkeys((*draft.files, *asked.files)))[: talk.catalogue.most_files]
    grown = replace(draft, pieces=(*draft.pieces, *pieces), files=files)
    turn = at_rest(turn)
    return talk.proceed(talk.tell(turn, grown, understood) if asked.words else turn.with_draft(grown))


PRESSES: Mapping[str, Callable[[Talk, Turn, Press, Understood], Turn]] = {
    "own": press_own,
    "rate": press_rating,
    "tell": press_choice,
    "own-done": press_done,
    "own-new": press_new,
}


# What she writes and sends ----------------------------------------------------------------------------------


def hear_own(talk: Talk, turn: Turn, heard: Heard, understood: Understood) -> Turn | None:
    """What she says or sends for a case of hers; None where it is not for one."""
    asked = turn.dialogue.contributing
    if _is_around(heard, understood, asked):
        return None
    if heard.reply_to:
        return turn.then(FindAwaited(heard))
    return _contribute(talk, turn, asked, heard, understood) if asked else None


def hear_awaited(talk: Talk, turn: Turn, found: AwaitedFound, understood: Understood) -> Turn | None:
    """What she wrote unasked may be about these cases; None where it is about none."""
    if found.is_reply and any("reply" in case.may for case in found.cases):
        asked = Contribution(found.at, found.cases[0].ticket, "reply")
        return _contribute(talk, turn, asked, found.heard, understood)
    choices = tuple(choice for case in found.cases for choice in _choices(case, is_reply=found.is_reply))
    if not choices:
        return None
    return _offer_choices(talk, turn, _grown(talk, Contribution(found.at, choices=choices), found.heard))


def _contribute(talk: Talk, turn: Turn, asked: Contribution, heard: Heard, understood: Understood) -> Turn:
    grown = _grown(talk, asked, heard)
    if asked.choices:
        return _offer_choices(talk, turn, grown)
    if heard.at - asked.asked_at > A_WHILE or (asked.deed == REMARK and _tells_of_something(understood)):
        choice = "add" if asked.deed == REMARK else asked.deed
        return _offer_choices(talk, turn, replace(grown, choices=(f"{choice}.{asked.ticket}",)))
    if isinstance(heard, Said):
        return turn.then(_deed_of(grown))
    return talk.offer(_with(turn, CONTRIBUTE, grown))


def _offer_choices(talk: Talk, turn: Turn, asked: Contribution) -> Turn:
    return talk.offer(_with(turn.with_aside(asked.words), CHOOSE, asked))


def _choices(case: AwaitedCase, *, is_reply: bool) -> list[str]:
    """What words may be for; only where they answer a message of ours may they simply be added."""
    wanted = [deed for deed in ("reply", "confirm", "dispute") if deed in case.may]
    added = ["add"] if is_reply and not wanted and "add" in case.may else []
    return [f"{deed}.{case.ticket}" for deed in (*wanted, *added)]


def _grown(talk: Talk, asked: Contribution, heard: Heard) -> Contribution:
    """With what she sent now; nothing twice, and no more files than a report may have."""
    words = (heard.text if isinstance(heard, Said) else heard.caption).strip()
    is_new = bool(words) and words not in asked.words.split("\n")
    joined = "\n".join(part for part in (asked.words, words) if part) if is_new else asked.words
    sent = (File(heard.kind, heard.file_id),) if isinstance(heard, SentPhoto) else ()
    files = tuple(dict.fromkeys((*asked.files, *sent)))[: talk.catalogue.most_files]
    return replace(asked, words=joined, files=files)


def _is_around(heard: Heard, understood: Understood, asked: Contribution | None) -> bool:
    """A command, a ticket number, a sign without words, or a few polite words."""
    if isinstance(heard, SentPhoto):
        return False
    words = heard.text.split()
    if heard.text.startswith("/") or not any(letter.isalnum() for letter in heard.text):
        return True
    is_short = len(words) <= WORDS_OF_SMALL_TALK
    if is_short and understood.tickets:
        return True
    intent = understood.message.intent
    is_remark = asked is not None and asked.deed == REMARK
    return is_short and not is_remark and intent.name in AROUND and intent.confidence >= SURE


def _tells_of_something(understood: Understood) -> bool:
    """Words to a rating are hardly ever of a matter at a place: that is something new."""
    message = understood.message
    return message.sure or message.place.is_known() or message.emergency or message.sensitive


def _deed_of(asked: Contribution) -> DoOwnCase:
    return DoOwnCase(asked.ticket, asked.deed, asked.seen, asked.words, asked.files)


def _with(turn: Turn, step: str, asked: Contribution | None) -> Turn:
    turn = turn.at(step, asked.ticket if asked else "")
    return replace(turn, dialogue=replace(turn.dialogue, contribution=asked))


def at_rest(turn: Turn) -> Turn:
    """Nothing is asked about a case of hers any more."""
    step = turn.dialogue.step if turn.dialogue.contributing is None else IDLE
    return _with(turn, step, None).with_aside("") if turn.dialogue.contributing else turn


def leave_contribution(talk: Talk, turn: Turn) -> Turn:
    """She would rather say nothing, or nothing more."""
    asked = turn.dialogue.contributing
    if asked is None or not asked.ticket:
        return at_rest(turn).then(greeting())
    said = line("own-remark-none") if asked.deed == REMARK else line("own-kept", ticket=asked.ticket)
    return _go_on(talk, at_rest(turn).say(said))


def _go_on(talk: Talk, turn: Turn) -> Turn:
    """Back to an open report, where there is one."""
    return talk.proceed(turn) if turn.dialogue.draft else turn


# What was done ----------------------------------------------------------------------------------------------


def tell_asked(talk: Talk, turn: Turn, asked: OwnCaseAsked) -> Turn:
    """She may: what she wants to say."""
    open_one = Contribution(asked.at, asked.ticket, asked.deed, asked.version, asked.question)
    return talk.offer(_with(turn, CONTRIBUTE, open_one))


def tell_moved(talk: Talk, turn: Turn, moved: OwnCaseMoved) -> Turn:
    """What she did, who has it now, and until when."""
    turn, ticket = at_rest(turn), moved.ticket
    if moved.deed == "rate":
        thanked = turn.say(line("own-rate-done"))
        return talk.offer(_with(thanked, CONTRIBUTE, Contribution(moved.at, ticket, REMARK)))
    if moved.deed == "confirm":
        turn = turn.say(line("own-confirm-done", ticket=ticket), line("own-rate-ask"), rows=rating_rows(ticket))
        return _go_on(talk, turn)
    return _go_on(talk, turn.say(*_said_of(moved)))


def _said_of(moved: OwnCaseMoved) -> list[Line]:
    agency = Label(Names.AGENCY, moved.agency)
    match moved.deed:
        case "dispute" | "reopen":
            review = line(f"own-review-{moved.reviewer}", agency=agency, date=moved.until)
            return [line(f"own-{moved.deed}-done", ticket=moved.ticket), review]
        case "reply":
            until = line("own-reply-until", agency=agency, date=moved.until)
            return [line("own-reply-done", ticket=moved.ticket), until]
        case "appeal":
            return [line("own-appeal-done", ticket=moved.ticket, date=moved.until)]
    return [
        line("own-remark-done") if moved.deed == REMARK else line("own-add-done", ticket=moved.ticket, agency=agency)
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
    return _with(turn.say(line("own-not-lost")).with_aside(kept.words), CHOOSE, kept)
