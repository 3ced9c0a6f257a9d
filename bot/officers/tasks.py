"""`/tugas`: the cards of what waits most urgently, once more, in the chat in which somebody asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.cases.officer_handlers import case_state_of
from actions.people.people import Person
from actions.store.cases.officer_work import names_of, people_in_telegram, piled_up, words_of
from actions.store.messages.groups import SqlGroups
from actions.store.messages.officer_cards import PostedCard, save_cards
from bot.conversation.screen import line, screen
from bot.officers.card import card_for
from bot.officers.chat_bindings import AT_THE_AGENCY, chat_bindings, piles_of
from bot.officers.session import OfficersSession

MOST_CARDS = 5
MOST_LOOKED_AT = 50


async def show_tasks(session: OfficersSession, person: Person, *, is_group: bool) -> None:
    """The first few cards; in a group those of its agency, in private what waits for the person."""
    groups, people = await SqlGroups(session.connection).chats(), await people_in_telegram(session.connection)
    piles = [(agency, AT_THE_AGENCY) for agency, chat in groups.items() if chat == session.chat]
    found = await piled_up(session.connection, piles if is_group else piles_of(person), MOST_LOOKED_AT)
    shown = list[PostedCard]()
    for case in found:
        if len(shown) < MOST_CARDS and (card := await _show(session, case.ticket, groups, people)):
            shown.append(card)
    await save_cards(session.connection, shown)
    if not shown:
        session.show(screen(line("tasks-none")))


async def _show(
    session: OfficersSession, ticket: str, groups: Mapping[str, str], people: Sequence[Person]
) -> PostedCard | None:
    """The card of a case, where it has a place in this chat."""
    regency = session.officers_service.regency
    case, case_state, _ = await case_state_of(session.book, regency, ticket)
    chat_binding = chat_bindings(case, case_state, groups, people, regency).get(session.chat)
    if chat_binding is None:
        return None
    words = (await words_of(session.connection, [ticket])).get(ticket)
    claimed_by = (await names_of(session.connection, {case_state.claimed_by})).get(case_state.claimed_by, "")
    shown = card_for(chat_binding, case, case_state, words, claimed_by, regency, session.officers_service.links)
    return PostedCard(ticket, session.chat, session.show(shown, ticket), case.version)
