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
from bot.officers.case_access import CaseAccess
from bot.officers.photos import photo, photos_of
from bot.officers.session import OfficersSession, ref_of

MOST_PHOTOS = 10


async def look_closer(session: OfficersSession, case_access: CaseAccess) -> None:
    """Send it to the account that pressed, which cannot pass it on."""
    case, claimed_by = case_access.case, case_access.case_state.claimed_by
    words = (await words_of(session.connection, [case.ticket])).get(case.ticket)
    names = await names_of(session.connection, {claimed_by})
    seen = as_officer(case, words)
    sight = Sight(seen.case, case_access.case_state, seen.words, names.get(claimed_by, ""), is_group=False)
    message = replace(
        session.officers_service.message(case_access.account, in_full(sight, session.officers_service.regency)),
        is_guarded=True,
    )
    said = await sayings_of(session.connection, case.ticket)
    of_reporter = [
        said[event.number] for event in case_access.events if event.who is Role.REPORTER and event.number in said
    ]
    photos = [photo(name, case.ticket, is_guarded=True) for name in photos_of(case, of_reporter)]
    rows = [
        session.officers_service.row(
            case_access.account, ref_of(case.ticket, f"{session.name}.look{number}"), one, case_access.at
        )
        for number, one in enumerate((message, *photos[:MOST_PHOTOS]))
    ]
    await put_in_outbox(session.connection, rows)
    if case_access.account != session.chat:
        session.answer(line("officer-look-private"))
