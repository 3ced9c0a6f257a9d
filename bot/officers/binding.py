"""Binds a group to an agency with a one-time code, and lets it go: done by people of that agency, or an admin."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from actions.people.people import Person
from actions.people.roles import Role
from actions.people.secrets import code_digest
from actions.people.tries import OF_A_CHAT
from actions.store.messages.groups import SqlGroups
from actions.store.people.people import SqlPeople
from actions.store.people.tries import count_try, forget_tries
from bot.conversation.commands import taken_apart
from bot.conversation.screen import Label, LabelSource, Line, line, screen
from bot.officers.events import WroteAsOfficer
from bot.officers.session import TELEGRAM, OfficersSession
from bot.officers.tasks import show_tasks

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
        return line("refused-not-yours")
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
