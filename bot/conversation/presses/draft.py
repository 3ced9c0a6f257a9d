"""What the buttons do that belong to the open draft: the card's, and those of the screens behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.commands import ask_to_cancel
from bot.conversation.dialogue import UNKNOWN, Draft, GivenPlace, StoryPiece
from bot.conversation.effects import FileCase, Retire, SupportCase
from bot.conversation.matters import divided, joined, next_draft
from bot.conversation.presses.menus import make_report
from bot.conversation.presses.press import Press, stale_button
from bot.conversation.questions.story import PLACE_STEPS
from bot.conversation.screen import line, screen
from bot.conversation.screens import MENU
from bot.conversation.talk import Talk
from bot.conversation.turn import Turn
from bot.conversation.turn_context import Understood
from bot.understanding.understood import REPORT_TYPES, Place

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
        return stale_button(talk, turn, press)
    return talk.change_draft(turn, replace(draft, category=press.about), note=line("category-noted"))


def _unknown(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del press, understood
    return talk.change_draft(turn, replace(draft, category=UNKNOWN), note=line("category-unknown-noted"))


def _set_type(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    if press.about not in REPORT_TYPES:
        return stale_button(talk, turn, press)
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


def _split(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    if not draft.matters:
        return stale_button(talk, turn, press)
    return talk.change_draft(turn, divided(draft), note=line("split-noted"))


def _join(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del understood
    if draft.whole is None:
        return stale_button(talk, turn, press)
    return talk.change_draft(turn, joined(draft), note=line("join-noted"))


def _support(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """Instead of filing; only what the card of this draft shows."""
    del understood
    if press.about not in {case.ticket for case in draft.nearby.cases}:
        return stale_button(talk, turn, press)
    return turn.then(SupportCase(press.about, draft.key))


def _skip(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """Only where a place is asked: a keyboard left open on a phone must not take away what she gave."""
    del draft, press, understood
    return skip_place(talk, turn) if turn.dialogue.step in PLACE_STEPS else talk.proceed(turn)


def skip_place(talk: Talk, turn: Turn) -> Turn:
    """She does not say where; what the story says stays, unless she was changing the place."""
    draft = turn.dialogue.draft
    if draft is None:
        return turn
    told = Place() if turn.dialogue.step == "new-place" else draft.meaning.place
    given = GivenPlace(told, skipped=True)
    return talk.proceed(turn.with_draft(replace(draft, given_place=given)), note=line("place-skipped"))


def _more(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    """She only has to write it."""
    del draft, press, understood
    return talk.proceed(turn, note=line("story-more"))


def _back(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    if turn.dialogue.step == "leaves":
        return talk.offer(turn.at("groups"), in_place=True)
    return talk.proceed(turn, in_place=True)


def _cancel(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    return ask_to_cancel(talk, turn)


def cancel_report(talk: Talk, turn: Turn) -> Turn:
    """The draft goes, as she confirmed; a matter that waited behind it comes next."""
    draft = turn.dialogue.draft
    retire = Retire(screen(line("card-cancelled")))
    if draft is None or draft.later is None:
        return turn.closed().say(line("cancelled"), rows=MENU).then(retire)
    later = next_draft(draft, draft.later, draft.touched_at)
    return talk.proceed(turn.closed().then(retire).with_draft(later), note=line("split-next"))


def _cancel_yes(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft, press, understood
    return cancel_report(talk, turn)


def _continue(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    words = turn.dialogue.aside
    grown = replace(draft, pieces=(*draft.pieces, StoryPiece(press.event.id, words))) if words else draft
    turn = talk.tell(turn.with_aside(""), grown, understood) if words else turn
    return talk.proceed(turn, in_place=True)


def _fresh(talk: Talk, turn: Turn, draft: Draft, press: Press, understood: Understood) -> Turn:
    del draft
    words = turn.dialogue.aside
    turn = turn.closed().with_aside(words)
    return make_report(talk, turn, press, understood)


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
    "more": _more,
    "name": _name,
    "drop-name": _drop_name,
    "secret": _secret,
    "publish": _publish,
    "split": _split,
    "join": _join,
    "support": _support,
    "skip": _skip,
    "back": _back,
    "cancel": _cancel,
    "cancel-yes": _cancel_yes,
    "delete-draft": _cancel_yes,
    "continue": _continue,
    "fresh": _fresh,
}
