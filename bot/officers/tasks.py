"""`/tugas`: the cards of what waits most urgently, once more, in the chat in which somebody asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.cases.officer_handlers import standing_of
from actions.people.people import Person
from actions.store.cases.officer_work import names_of, people_in_telegram, piled_up, words_of
from actions.store.messages.groups import SqlGroups
from actions.store.messages.officer_cards import StandingCard, save_cards
from bot.conversation.screen import line, screen
from bot.officers.card import card_for
from bot.officers.chat_bindings import AT_THE_AGENCY, piles_of, seats
from bot.officers.session import Room

MOST_CARDS = 5
MOST_LOOKED_AT = 50


async def show_tasks(room: Room, person: Person, *, is_group: bool) -> None:
    """The first few cards; in a group those of its agency, in private what waits for the person."""
    groups, people = await SqlGroups(room.connection).chats(), await people_in_telegram(room.connection)
    piles = [(agency, AT_THE_AGENCY) for agency, chat in groups.items() if chat == room.chat]
    found = await piled_up(room.connection, piles if is_group else piles_of(person), MOST_LOOKED_AT)
    shown = list[StandingCard]()
    for case in found:
        if len(shown) < MOST_CARDS and (card := await _show(room, case.ticket, groups, people)):
            shown.append(card)
    await save_cards(room.connection, shown)
    if not shown:
        room.show(screen(line("tasks-none")))


async def _show(room: Room, ticket: str, groups: Mapping[str, str], people: Sequence[Person]) -> StandingCard | None:
    """The card of a case, where it has a place in this chat."""
    regency = room.office.regency
    case, standing, _ = await standing_of(room.book, regency, ticket)
    seat = seats(case, standing, groups, people, regency).get(room.chat)
    if seat is None:
        return None
    words = (await words_of(room.connection, [ticket])).get(ticket)
    claimed_by = (await names_of(room.connection, {standing.claimed_by})).get(standing.claimed_by, "")
    shown = card_for(seat, case, standing, words, claimed_by, regency, room.office.links)
    return StandingCard(ticket, room.chat, room.show(shown, ticket), case.version)
