"""Shows an officer in her own chat all of a case that she may read: what a card, and a group above all, leaves out."""

from __future__ import annotations

from dataclasses import replace

from actions.people.roles import Role
from actions.privacy.visibility import as_officer
from actions.store.cases.handling import sayings_of
from actions.store.cases.officer_work import names_of, words_of
from actions.store.messages.messages import put_in_outbox
from bot.conversation.screen import line
from bot.officers.card import Sight, in_full
from bot.officers.case_access import Matter
from bot.officers.photos import photo, photos_of
from bot.officers.session import Room, ref_of

MOST_PHOTOS = 10


async def look_closer(room: Room, matter: Matter) -> None:
    """Send it to the account that pressed, which cannot pass it on."""
    case, claimed_by = matter.case, matter.standing.claimed_by
    words = (await words_of(room.connection, [case.ticket])).get(case.ticket)
    names = await names_of(room.connection, {claimed_by})
    seen = as_officer(case, words)
    sight = Sight(seen.case, matter.standing, seen.words, names.get(claimed_by, ""), is_group=False)
    message = replace(room.office.message(matter.account, in_full(sight, room.office.regency)), is_guarded=True)
    said = await sayings_of(room.connection, case.ticket)
    of_reporter = [said[event.number] for event in matter.events if event.who is Role.REPORTER and event.number in said]
    photos = [photo(name, case.ticket, is_guarded=True) for name in photos_of(case, of_reporter)]
    rows = [
        room.office.row(matter.account, ref_of(case.ticket, f"{room.name}.look{number}"), one, matter.at)
        for number, one in enumerate((message, *photos[:MOST_PHOTOS]))
    ]
    await put_in_outbox(room.connection, rows)
    if matter.account != room.chat:
        room.answer(line("officer-look-private"))
