"""Carries out what an officer has written, and rehearses it before: so she sees what her reporter will read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.cases.actions import Deed
from actions.cases.lifecycle import Refused
from actions.cases.officer_handlers import Overtaken, Wish, act_on_case
from actions.store.cases.casebook import SqlCaseBook
from bot.conversation.draft import File
from bot.conversation.screen import Line, Screen, line
from bot.officers.case_access import Matter, meanwhile, since, why_not
from bot.officers.draft import Draft
from bot.officers.draft_screens import preview, summary
from bot.officers.session import Room
from bot.services.refusing import refusal
from bot.services.reporter_news import notice
from bot.understanding.personal import mask


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
