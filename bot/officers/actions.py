"""What an officer's buttons and words do: begin, ask for what is missing, show how it will look, and send."""

from __future__ import annotations

from dataclasses import replace

from pydantic import TypeAdapter

from actions.cases.actions import Deed
from actions.cases.guards import REJECTIONS
from actions.store.messages.officer_cards import DraftKey, drop_draft, load_draft, save_draft
from bot.conversation.screen import Screen, line, screen
from bot.officers.callback_data import Tap, Verb, in_full
from bot.officers.case_access import Matter, meanwhile, since, why_not
from bot.officers.case_details import look_closer
from bot.officers.draft import AT_ONCE, BY_REPLYING, UNKNOWN, Draft, Part
from bot.officers.draft_screens import eligible, finished, question, what_is_it
from bot.officers.sending import carried_out, rehearsed
from bot.officers.session import Room

_DRAFT = TypeAdapter(Draft)


async def press(room: Room, matter: Matter, tap: Tap) -> None:
    """Do what a button says, if it still can."""
    if isinstance(tap.does, Deed):
        await _begin(room, matter, tap, tap.does)
    elif tap.does is Verb.LOOK:
        await look_closer(room, matter)
    else:
        await _go_on(room, matter, tap, tap.does)


async def write(room: Room, matter: Matter, text: str, file: tuple[str, str] | None) -> None:
    """Take words or a file for what she is about to do; without anything begun they wait to be told what they are."""
    draft = await _draft(room, matter) or Draft(matter.case.ticket, "", matter.case.version)
    if file:
        draft = draft.with_file(*file, room.office.regency.limits.files_a_case)
    await _save(room, matter, draft.typed(text))


async def show(room: Room, matter: Matter, *, in_place: bool = False) -> None:
    """Show what she is about to do as it now is: the next question, or how it will look."""
    draft = await _draft(room, matter)
    if draft is None:
        return
    if not draft.deed:
        kinds = [deed for deed in BY_REPLYING if deed in matter.offered]
        if not kinds:
            await drop_draft(room.connection, _key(room, matter))
            room.show(screen(why_not(room, matter, Deed.ANSWER), line("officer-nothing-sent")), draft.ticket)
            return
        draft = draft.become(kinds[0]) if len(kinds) == 1 else draft
    draft, shown = await _seen(room, matter, draft)
    if draft.missing in draft.typed_parts and matter.account == room.chat and not in_place:
        ref = room.invite(shown, draft.ticket)
    else:
        ref = room.show(shown, draft.ticket, edits=draft.shown if in_place else "")
    await _save(room, matter, replace(draft, shown=ref))


async def _seen(room: Room, matter: Matter, draft: Draft) -> tuple[Draft, Screen]:
    """What she sees of it. Whoever wrote while somebody else acted is told, and has then seen that."""
    if not draft.deed and Part.WORDS in draft.given:
        return draft, what_is_it(draft, [deed for deed in BY_REPLYING if deed in matter.offered])
    if draft.missing:
        return draft, question(draft, matter.standing, room.office.regency)
    unseen = since(matter, draft.version)
    draft = replace(draft, version=matter.case.version, step=draft.step + bool(unseen))
    shown = await rehearsed(room, matter, draft)
    return draft, replace(shown, lines=(await meanwhile(room, unseen), *shown.lines)) if unseen else shown


async def _begin(room: Room, matter: Matter, tap: Tap, deed: Deed) -> None:
    if unseen := since(matter, tap.version):
        room.answer(await meanwhile(room, unseen))
        return
    if not matter.is_here:
        room.answer(line("officer-in-private"))
        return
    if deed not in matter.offered:
        room.answer(why_not(room, matter, deed))
        return
    draft = Draft(matter.case.ticket, deed.value, matter.case.version)
    if deed not in AT_ONCE:
        await _save(room, matter, draft)
        await show(room, matter)
    elif await carried_out(room, matter, draft):
        room.answer(line("officer-done"))


async def _go_on(room: Room, matter: Matter, tap: Tap, verb: Verb) -> None:
    draft = await _draft(room, matter)
    if draft is None or draft.step != tap.step or not matter.is_here:
        room.answer(line("officer-draft-stale") if matter.is_here else line("officer-in-private"))
        return
    is_sent = verb is Verb.SEND and await carried_out(room, matter, draft)
    if is_sent or verb is Verb.DROP:
        await drop_draft(room.connection, _key(room, matter))
        room.show(finished(draft, is_sent=is_sent), draft.ticket, edits=draft.shown)
        if is_sent:
            room.answer(line("officer-done"))
        return
    await _save(room, matter, _changed(room, matter, draft, tap, verb))
    await show(room, matter, in_place=True)


def _changed(room: Room, matter: Matter, draft: Draft, tap: Tap, verb: Verb) -> Draft:
    match verb:
        case Verb.AS if tap.argument in matter.offered:
            return draft.become(Deed(tap.argument))
        case Verb.PICK if draft.missing is Part.AGENCY:
            codes = [*eligible(draft, matter.standing, room.office.regency), UNKNOWN]
            return _picked(draft, Part.AGENCY, in_full(tap.argument, codes))
        case Verb.PICK if draft.missing is Part.CODE:
            return _picked(draft, Part.CODE, in_full(tap.argument, REJECTIONS))
        case Verb.PAGE if tap.argument.isdecimal():
            return draft.turned_to(int(tap.argument))
        case Verb.PLAIN:
            return draft.plain()
        case Verb.REDO:
            return draft.anew()
    return draft


def _picked(draft: Draft, part: Part, value: str | None) -> Draft:
    return draft.chosen(part, value) if value else draft


async def _draft(room: Room, matter: Matter) -> Draft | None:
    """What she is about to do with this case in this chat."""
    record = await load_draft(room.connection, _key(room, matter))
    return _DRAFT.validate_json(record) if record else None


async def _save(room: Room, matter: Matter, draft: Draft) -> None:
    record = _DRAFT.dump_json(draft, exclude_defaults=True).decode()
    await save_draft(room.connection, _key(room, matter), record, matter.at)


def _key(room: Room, matter: Matter) -> DraftKey:
    return DraftKey(room.chat, matter.account, matter.case.ticket)
