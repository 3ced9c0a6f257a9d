"""What an officer's buttons and words do: begin, ask for what is missing, show how it will look, and send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from actions.cases.actions import Deed
from actions.cases.guards import REJECTIONS
from actions.cases.lifecycle import Refused
from actions.cases.officer_handlers import Overtaken, Wish, act_on_case
from actions.store.cases.casebook import SqlCaseBook
from actions.store.messages.officer_cards import DraftKey, drop_draft, load_draft, save_draft
from bot.conversation.dialogue import File
from bot.conversation.screen import Line, Screen, line, screen
from bot.officers.callback_data import Tap, Verb, in_full
from bot.officers.case_details import look_closer
from bot.officers.draft import AT_ONCE, BY_REPLYING, UNKNOWN, Draft, Part
from bot.officers.draft_screens import eligible, finished, preview, question, summary, what_is_it
from bot.officers.session import Matter, Room, meanwhile, since, why_not
from bot.services.declared_words import refusal
from bot.services.reporter_news import notice
from bot.understanding.normalise import mask


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How it will look, what to mind, and whether it can be sent."""

    look: Sequence[Line]
    notes: Sequence[Line]
    may_send: bool


async def rehearsed(room: Room, matter: Matter, draft: Draft) -> Screen:
    """How it will look in a chat, with its buttons."""
    found = await rehearse(room, matter, draft)
    return preview(draft, found.look, found.notes, may_send=found.may_send)


async def rehearse(room: Room, matter: Matter, draft: Draft) -> Rehearsal:
    """How it will look, and what stands against it: nothing of it is written."""
    deed, notes = Deed(draft.deed), _notes(draft)
    if deed not in matter.offered:
        return Rehearsal(summary(draft), [why_not(room, matter, deed), *notes], may_send=False)
    wish = _wish(room, matter, draft, deed, seen=None)
    try:
        done = await act_on_case(SqlCaseBook(room.connection), room.office.regency, wish, matter.at, room.office.chance)
    except Refused as refused:
        return Rehearsal(summary(draft), [refusal(refused), *notes], may_send=False)
    look = _as_read(room, matter, notice(done, room.office.regency)) or [
        line("officer-preview-untold"),
        *summary(draft),
    ]
    return Rehearsal(look, notes, may_send=True)


async def carried_out(room: Room, matter: Matter, draft: Draft) -> bool:
    """Do it; where it cannot be done say why where she pressed, and leave what she wrote as it is."""
    why = await carry_out(room, matter, draft)
    if why:
        room.answer(why)
    return why is None


async def carry_out(room: Room, matter: Matter, draft: Draft) -> Line | None:
    """Do it; a sentence where it cannot be done."""
    deed = Deed(draft.deed)
    if deed not in matter.offered:
        return why_not(room, matter, deed)
    if unseen := since(matter, draft.version):
        return await meanwhile(room, unseen)
    wish = _wish(room, matter, draft, deed, seen=matter.case.version)
    try:
        await act_on_case(room.book, room.office.regency, wish, matter.at, room.office.chance)
    except Overtaken as overtaken:  # between the look at it and this
        return await meanwhile(room, overtaken.since)
    except Refused as refused:
        return refusal(refused)
    room.wanted += [File(kind, file_id) for kind, file_id in draft.files]
    return None


def _wish(room: Room, matter: Matter, draft: Draft, deed: Deed, *, seen: int | None) -> Wish:
    by_hand = line("reason-by-hand")
    return Wish(
        ticket=draft.ticket,
        act=draft.act(room.office.say(by_hand)),
        who=matter.offered[deed],
        seen=seen,
        enclosures=draft.enclosures(room.channel, room.chat),
        reason=room.office.say(by_hand, matter.case.language) if deed is not Deed.RETURN else "",
    )


def _as_read(room: Room, matter: Matter, lines: Sequence[Line]) -> list[Line]:
    """What the reporter will read, in her language."""
    words = "\n".join(room.office.say(one, matter.case.language) for one in lines)
    return [line("officer-preview-look", words=words)] if words else []


def _notes(draft: Draft) -> list[Line]:
    typed = " ".join(draft.given[part] for part in draft.typed_parts if part in draft.given)
    notes = [line("officer-personal")] if mask(typed) != typed else []
    return [*notes, *([line("officer-preview-files", count=len(draft.files))] if draft.files else [])]


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
