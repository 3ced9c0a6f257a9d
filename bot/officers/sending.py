"""Carries out what an officer has written, and rehearses it before: so she sees what her reporter will read."""

from __future__ import annotations

from collections.abc import Sequence

from actions.acts import Deed
from actions.lifecycle import Refused
from actions.store.casebook import SqlCaseBook
from actions.working import Overtaken, Wish, act_on_case
from bot.conversation.dialogue import File
from bot.conversation.screen import Line, Screen, line
from bot.delivery.news import notice
from bot.delivery.refusing import refusal
from bot.officers.draft import Draft
from bot.officers.matter import Matter, meanwhile, since, why_not
from bot.officers.room import TELEGRAM, Room
from bot.officers.writing import preview, summary
from bot.understanding.personal import mask


async def rehearsed(room: Room, matter: Matter, draft: Draft) -> Screen:
    """How it will look, and what stands against it: nothing of it is written."""
    deed, notes = Deed(draft.deed), _notes(draft)
    if deed not in matter.offered:
        return preview(draft, summary(draft), [why_not(room, matter, deed), *notes], may_send=False)
    wish = _wish(room, matter, draft, deed, seen=None)
    try:
        done = await act_on_case(SqlCaseBook(room.connection), room.office.regency, wish, matter.at, room.office.chance)
    except Refused as refused:
        return preview(draft, summary(draft), [refusal(refused), *notes], may_send=False)
    look = _as_read(room, matter, notice(done, room.office.regency)) or [
        line("officer-preview-untold"),
        *summary(draft),
    ]
    return preview(draft, look, notes, may_send=True)


async def carried_out(room: Room, matter: Matter, draft: Draft) -> bool:
    """Do it; where it cannot be done say why where she pressed, and leave what she wrote as it is."""
    deed = Deed(draft.deed)
    if deed not in matter.offered:
        room.answer(why_not(room, matter, deed))
        return False
    if unseen := since(matter, draft.version):
        room.answer(await meanwhile(room, unseen))
        return False
    wish = _wish(room, matter, draft, deed, seen=matter.case.version)
    try:
        await act_on_case(room.book, room.office.regency, wish, matter.at, room.office.chance)
    except Overtaken as overtaken:  # between the look at it and this
        room.answer(await meanwhile(room, overtaken.since))
        return False
    except Refused as refused:
        room.answer(refusal(refused))
        return False
    room.wanted += [File(kind, file_id) for kind, file_id in draft.files]
    return True


def _wish(room: Room, matter: Matter, draft: Draft, deed: Deed, *, seen: int | None) -> Wish:
    by_hand = line("reason-by-hand")
    return Wish(
        ticket=draft.ticket,
        act=draft.act(room.office.say(by_hand)),
        who=matter.offered[deed],
        seen=seen,
        enclosures=draft.enclosures(TELEGRAM, room.chat),
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
