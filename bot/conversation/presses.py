"""What buttons do, by verb. A button of a draft that is no more says politely what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.conversation.commands import ask_to_cancel
from bot.conversation.dialogue import IDLE, UNKNOWN, Draft, GivenPlace, Piece
from bot.conversation.effects import FileCase, Retire, Say, WithdrawCase
from bot.conversation.events import Pressed
from bot.conversation.lookups import ask_status, list_cases
from bot.conversation.screen import line, screen
from bot.conversation.screens import MENU, withdrawal
from bot.conversation.story import PLACE_STEPS
from bot.conversation.talk import Talk, greeting, open_draft, touched
from bot.conversation.turn import Turn
from bot.conversation.understood import TicketSeen, Understood
from bot.understanding.heard import REPORT_TYPES, Place


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button, taken apart."""

    event: Pressed
    verb: str
    about: str
    draft_key: str

    @classmethod
    def of(cls, event: Pressed) -> Press:
        """Read "verb:about@draft"."""
        action, _, key = event.press.partition("@")
        verb, _, about = action.partition(":")
        return cls(event, verb, about, key)


def hear_press(talk: Talk, turn: Turn, event: Pressed, understood: Understood) -> Turn:
    """Do what the button says, if it still can."""
    press = Press.of(event)
    draft = turn.dialogue.draft
    if press.verb in WITHOUT_DRAFT and not press.draft_key:
        return WITHOUT_DRAFT[press.verb](talk, turn, press, understood)
    if draft is None or (press.draft_key and press.draft_key != draft.key):
        return _stale(talk, turn, press)
    verb = WITH_DRAFT.get(press.verb)
    if verb is None:
        return _stale(talk, turn, press)
    draft = touched(draft, event.at)
    return verb(talk, turn.with_draft(draft), draft, press, understood)


def _stale(talk: Talk, turn: Turn, press: Press) -> Turn:
    ticket = next((f.ticket for f in turn.dialogue.filed if f.draft_key == press.draft_key), None)
    note = line("already-filed", ticket=ticket) if ticket else line("button-stale")
    if turn.dialogue.draft is None:
        return turn.say(note, rows=() if ticket else MENU)
    return talk.offer(turn, note=note)


# Without a draft --------------------------------------------------------------------------------------------

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
        return _stale(talk, turn, press)
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
    if turn.dialogue.draft:
        return talk.proceed(turn, in_place=True)
    if turn.dialogue.step == "withdraw":
        return turn.at(IDLE).say(line("withdraw-kept", ticket=turn.dialogue.about))
    return turn.at(IDLE).then(greeting())


def _make_report(talk: Talk, turn: Turn, press: Press, understood: Understood) -> Turn:
    words, draft = turn.dialogue.aside, turn.dialogue.draft
    if not words:
        return talk.begin(turn, press.event)
    draft = draft or open_draft(press.event)
    grown = replace(draft, pieces=(*draft.pieces, Piece(press.event.id, words)))
    return talk.proceed(talk.tell(turn.with_aside(""), grown, understood))


WITHOUT_DRAFT: Mapping[str, Verb] = {
    "report": _report,
    "mine": _mine,
    "help": _help,
    "status": _status,
    "language": _language,
    "withdraw": _ask_to_withdraw,
    "withdraw-yes": _withdraw_yes,
    "back": _back_to_rest,
    "make-report": _make_report,
}


# With a draft -----------------------------------------------------------------------------------------------

type DraftVerb = Callable[[Talk, Turn, Draft, Press, Understood], Turn]


def _send(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    step = talk.flow.next_for(draft)
    if not step.ends:
        return talk.proceed(turn, note=line("send-too-early"))
    if draft.decided_category is None:
        return talk.proceed(turn, note=line("send-choose"))
    return turn.then(FileCase(draft))


def _screen(step: str) -> DraftVerb:
    def open_screen(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
        del draft, understood
        return talk.offer(turn.at(step, press.about), in_place=True)

    return open_screen


def _pick(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    if not talk.catalogue.has(press.about):
        return _stale(talk, turn, press)
    return talk.change_draft(turn, replace(draft, category=press.about), note=line("category-noted"))


def _unknown(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, category=UNKNOWN), note=line("category-unknown-noted"))


def _set_type(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    if press.about not in REPORT_TYPES:
        return _stale(talk, turn, press)
    return talk.change_draft(turn, replace(draft, type=press.about), note=line("type-noted"))


def _name(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    name = (press.event.name or "").strip()
    return talk.offer(turn.with_draft(replace(draft, name=name or None)).at("name"), in_place=True)


def _drop_name(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, name=None), note=line("name-dropped"))


def _secret(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, secret=True), note=line("secret-noted"))


def _publish(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, secret=False), note=line("publish-noted"))


def _skip(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """Only where a place is asked: a keyboard left open on a phone must not take away what she gave."""
    del draft, press, understood
    return skip_place(talk, turn) if turn.dialogue.step in PLACE_STEPS else talk.proceed(turn)


def skip_place(talk: Talk, turn: Turn) -> Turn:
    """She does not say where; what the story says stays, unless she was changing the place."""
    draft = turn.dialogue.draft
    if draft is None:
        return turn
    told = Place() if turn.dialogue.step == "new-place" else draft.heard.place
    given = GivenPlace(told, skipped=True)
    return talk.proceed(turn.with_draft(replace(draft, given_place=given)), note=line("place-skipped"))


def _back(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    if turn.dialogue.step == "leaves":
        return talk.offer(turn.at("groups"), in_place=True)
    return talk.proceed(turn, in_place=True)


def _cancel(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    return ask_to_cancel(talk, turn)


def cancel_report(talk: Talk, turn: Turn) -> Turn:
    """The draft goes, as she confirmed."""
    del talk
    return turn.closed().say(line("cancelled"), rows=MENU).then(Retire(screen(line("card-cancelled"))))


def _cancel_yes(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    return cancel_report(talk, turn)


def _continue(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    words = turn.dialogue.aside
    grown = replace(draft, pieces=(*draft.pieces, Piece(press.event.id, words))) if words else draft
    turn = talk.tell(turn.with_aside(""), grown, understood) if words else turn
    return talk.proceed(turn, in_place=True)


def _fresh(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft
    words = turn.dialogue.aside
    turn = turn.closed().with_aside(words)
    return _make_report(talk, turn, press, understood)


WITH_DRAFT: Mapping[str, DraftVerb] = {
    "send": _send,
    "change": _screen("change"),
    "change-story": _screen("new-story"),
    "change-category": _screen("groups"),
    "change-place": _screen("new-place"),
    "change-type": _screen("type"),
    "all": _screen("groups"),
    "group": _screen("leaves"),
    "pick": _pick,
    "unknown": _unknown,
    "type": _set_type,
    "photo": _screen("photos"),
    "name": _name,
    "drop-name": _drop_name,
    "secret": _secret,
    "publish": _publish,
    "skip": _skip,
    "back": _back,
    "cancel": _cancel,
    "cancel-yes": _cancel_yes,
    "delete-draft": _cancel_yes,
    "continue": _continue,
    "fresh": _fresh,
}
