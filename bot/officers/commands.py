"""The commands of officers in Telegram: binding a group to an agency, and the cards of what waits."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from actions.cases.officer_handlers import case_state_of
from actions.people.people import Person
from actions.people.roles import Role
from actions.people.secrets import code_digest
from actions.people.sign_in import OF_A_CHAT
from actions.store.cases.handling import without_liaison
from actions.store.cases.officer_work import names_of, people_in_telegram, piled_up, reasons_of, words_of
from actions.store.messages.groups import SqlGroups
from actions.store.messages.officer_cards import PostedCard, save_cards
from actions.store.people.people import SqlPeople
from actions.store.people.sign_in import count_try, forget_tries
from bot.conversation.commands import taken_apart
from bot.conversation.officer_events import WroteAsOfficer
from bot.conversation.screen import Label, LabelSource, Line, line, screen
from bot.officers.card import NOTHING_SAID, card_for
from bot.officers.chat_bindings import OF_THE_AGENCY, TO_BE_ANSWERED, chat_bindings, piles_of
from bot.officers.session import TELEGRAM, OfficersSession

MOST_CARDS = 5
MOST_LOOKED_AT = 50


async def show_tasks(session: OfficersSession, person: Person, *, is_group: bool) -> None:
    """The first few cards; in a group those of its agency, in private what waits for the person."""
    groups, people = await SqlGroups(session.connection).chats(), await people_in_telegram(session.connection)
    piles = [(agency, TO_BE_ANSWERED) for agency, chat in groups.items() if chat == session.chat]
    found = await piled_up(session.connection, piles if is_group else piles_of(person), MOST_LOOKED_AT)
    shown = list[PostedCard]()
    for case in found:
        if len(shown) < MOST_CARDS and (card := await _show(session, case.ticket, groups, people)):
            shown.append(card)
    await save_cards(session.connection, shown)
    if not shown:
        is_elsewhere = not is_group and person.agency in groups and person.has_any(OF_THE_AGENCY)
        session.show(screen(line("tasks-in-group" if is_elsewhere else "tasks-none")))


async def _show(
    session: OfficersSession, ticket: str, groups: Mapping[str, str], people: Sequence[Person]
) -> PostedCard | None:
    """The card of a case, where it has a place in this chat."""
    regency = session.officers_service.regency
    case, case_state, _ = await case_state_of(session.book, regency, ticket)
    unmanned = await without_liaison(session.connection, [case.agency])
    chat_binding = chat_bindings(case, case_state, groups, people, regency, unmanned).get(session.chat)
    if chat_binding is None:
        return None
    words = (await words_of(session.connection, [ticket])).get(ticket)
    claimed_by = (await names_of(session.connection, {case_state.claimed_by})).get(case_state.claimed_by, "")
    said = (await reasons_of(session.connection, [ticket])).get(ticket, NOTHING_SAID)
    links = session.officers_service.links
    shown = card_for(chat_binding, case, case_state, words, claimed_by, regency, links, said)
    return PostedCard(ticket, session.chat, session.show(shown, ticket), case.version)


type Command = Callable[[OfficersSession, Person, str, datetime], Awaitable[Line | None]]


async def obey(session: OfficersSession, event: WroteAsOfficer) -> bool:
    """Do what a command for officers says, and answer; whether it is one."""
    name, rest = taken_apart(event.text) if event.text.startswith("/") else ("", "")
    command = COMMANDS.get(name)
    if command is None:
        return False
    person = await SqlPeople(session.connection).by_telegram(event.account)
    is_known = person is not None and person.is_active
    told = await command(session, person, rest, event.at) if person and is_known else line("officer-unknown")
    if told:
        session.show(screen(told))
    return True


async def _bind(session: OfficersSession, person: Person, code: str, at: datetime) -> Line:
    """`/ikat CODE`: a wrong code is counted like one of `/masuk`."""
    if not code:
        return line("group-code-missing")
    counted = hashlib.sha256(f"ikat {TELEGRAM}:{person.telegram}".encode()).hexdigest()
    if until := await count_try(session.connection, {counted: OF_A_CHAT}, at):
        return line("account-paused", until=until)
    groups = SqlGroups(session.connection)
    agency = await groups.agency_of_code(code_digest(code), at)
    if agency is None or not _is_of(person, agency):
        return line("group-code-wrong")
    await forget_tries(session.connection, counted)
    await groups.bind(session.chat, agency, person.id, at)
    return line("group-bound", agency=Label(LabelSource.AGENCY, agency))


async def _unbind(session: OfficersSession, person: Person, rest: str, at: datetime) -> Line:
    """`/lepas`: the group gets nothing any more."""
    del rest, at
    groups = SqlGroups(session.connection)
    agency = await groups.agency_of(session.chat)
    if agency is None:
        return line("group-not-bound")
    if not _is_of(person, agency):
        return line("group-not-yours", agency=Label(LabelSource.AGENCY, agency))
    await groups.unbind(session.chat)
    return line("group-unbound", agency=Label(LabelSource.AGENCY, agency))


def _is_of(person: Person, agency: str) -> bool:
    return person.agency == agency or person.has_any({Role.ADMIN})


async def _tasks(session: OfficersSession, person: Person, rest: str, at: datetime) -> Line | None:
    """`/tugas`: what waits for the agency of the group."""
    del rest, at
    await show_tasks(session, person, is_group=True)
    return None


COMMANDS: Mapping[str, Command] = {"ikat": _bind, "lepas": _unbind, "tugas": _tasks}
"""Commands in a group, of people whose account is tied."""
