"""Hears what concerns officers in a chat, and leaves everything else to the citizen's talk.

In a private chat an officer is a citizen, too: only buttons of cards and answers to messages about cases are hers as an
officer. In a group everything that reaches the bot is for officers, where the group is bound to an agency.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from actions.people.people import STAFF_CHANNEL
from actions.store.messages.groups import SqlGroups, note_topics
from actions.store.messages.messages import Chat, rewrite_received
from actions.store.messages.officer_cards import name_of_message
from actions.store.people.people import SqlPeople
from bot.conversation.draft import File
from bot.conversation.events import Event, Said, SentPhoto, WroteInGroup
from bot.conversation.officer_events import GroupMoved, LeftGroup, PressedAsOfficer, WroteAsOfficer
from bot.conversation.screen import Line, line, screen
from bot.messaging.records import write_event
from bot.messaging.rendering import AddressedMessage
from bot.messaging.turn_ports import TurnBooks
from bot.officers import actions as acting
from bot.officers.callback_data import read_callback_data
from bot.officers.cards import take_words_out
from bot.officers.chat_bindings import actors_of
from bot.officers.commands import obey, show_tasks
from bot.officers.session import CaseAccess, OfficersService, OfficersSession, take_up, ticket_of

TASKS = "tugas"


@dataclass(slots=True)
class OfficerTurn:
    """Officers' part of one chat's turn: a `TurnPart`.

    Attributes:
        session: what it leaves behind.
        rows: of the inbox, which the turn works.
    """

    session: OfficersSession
    rows: Sequence[int]
    _written: dict[tuple[str, str], CaseAccess] = field(default_factory=dict)

    @property
    def messages(self) -> Sequence[AddressedMessage]:
        """What is to be sent into this chat."""
        return self.session.outgoing_messages

    @property
    def toast(self) -> str:
        """What the pressed button answers for a moment."""
        return self.session.toast

    @property
    def wanted(self) -> Sequence[File]:
        """Files that went to a citizen, to be kept."""
        return self.session.wanted

    async def leaves(self, event: Event) -> Event | None:
        """Do what an officer wants; what is for the citizen's talk is given back."""
        match event:
            case Said(reply_to=str(ref)) if ref:
                return None if await self._write(self._as_officer(event, ref, event.text)) else event
            case SentPhoto(reply_to=str(ref)) if ref:
                file = (event.kind, event.file_id)
                return None if await self._write(self._as_officer(event, ref, event.caption, file)) else event
            case Said(text=str(text)) if text.startswith(f"/{TASKS}"):
                return None if await self._show_tasks() else event
            case WroteAsOfficer():
                is_heard = await obey(self.session, event) or await self._write(event)
                await note_topics(self.session.connection, self.session.chat, has_topics=event.has_topics)
                return None if is_heard else await self._in_a_group(event)
            case WroteInGroup():
                return None if await self._is_bound() else event
            case PressedAsOfficer():
                await self._press(event)
            case GroupMoved(to=to):
                await SqlGroups(self.session.connection).move(self.session.chat, to)
            case LeftGroup():
                await SqlGroups(self.session.connection).unbind(self.session.chat)
            case _:
                return event
        return None

    async def ends(self) -> None:
        """Everything of this turn is heard: show once what was written, however many messages it took."""
        for case_access in self._written.values():
            await acting.show(self.session, case_access)

    def _as_officer(self, event: Event, ref: str, text: str, file: tuple[str, str] = ("", "")) -> WroteAsOfficer:
        """What was written in a private chat, where chat and account are the same."""
        kind, file_id = file
        return WroteAsOfficer(
            id=event.id, at=event.at, account=self.session.chat, text=text, reply_to=ref, kind=kind, file_id=file_id
        )

    async def _in_a_group(self, event: WroteAsOfficer) -> Event | None:
        """Nothing that officers do: a group that is bound is left in peace, another one is told where to go.

        Of what is written in a group that is not bound nothing is kept: it may be a citizen's.
        """
        if await self._is_bound():
            return None
        without_words = WroteInGroup(id=event.id, at=event.at, name=event.name, language=event.language)
        rows = [{"row": row, "event": write_event(without_words)} for row in self.rows]
        await rewrite_received(self.session.connection, rows)
        return without_words

    async def _show_tasks(self) -> bool:
        """`/tugas` in a private chat; to whoever is no officer it is no command."""
        person = await SqlPeople(self.session.connection).by_telegram(self.session.chat)
        if person is None or not actors_of(person):
            return False
        await show_tasks(self.session, person, is_group=False)
        return True

    async def _is_bound(self) -> bool:
        return await SqlGroups(self.session.connection).agency_of(self.session.chat) is not None

    async def _write(self, event: WroteAsOfficer) -> bool:
        """Whether this answers a message about a case."""
        ref = (
            await name_of_message(self.session.connection, self.session.chat, event.reply_to)
            if event.reply_to
            else None
        )
        ticket = ticket_of(ref) if ref else None
        if ticket is None:
            return False
        case_access = await self._matter(event.account, ticket, event.at)
        if isinstance(case_access, Line) or not case_access.is_here:
            why = case_access if isinstance(case_access, Line) else line("officer-in-private")
            self.session.show(screen(why, line("officer-nothing-sent")))
            return True
        file = (event.kind, event.file_id) if event.file_id else None
        await acting.write(self.session, case_access, event.text, file)
        self._written[event.account, ticket] = case_access
        return True

    async def _press(self, event: PressedAsOfficer) -> None:
        callback = read_callback_data(event.press)
        if callback is None:
            self.session.answer(line("officer-button-stale"))
            return
        case_access = await self._matter(event.account, callback.ticket, event.at)
        if isinstance(case_access, Line):
            self.session.answer(case_access)
        else:
            await acting.press(self.session, case_access, callback)

    async def _matter(self, account: str, ticket: str, at: datetime) -> CaseAccess | Line:
        person = await SqlPeople(self.session.connection).by_telegram(account)
        if person is None or not actors_of(person):
            return line("officer-unknown")
        return await take_up(self.session, person, account, ticket, at)


@dataclass(frozen=True, slots=True)
class OfficersInChats:
    """Officers as a `TurnParticipant`: they work in the one channel whose accounts are people's."""

    officers_service: OfficersService

    def takes_part(self, books: TurnBooks, chat: Chat, name: str, rows: Sequence[int]) -> OfficerTurn | None:
        """Returns officers' part of a turn; None in a channel in which there are no officers."""
        channel, place = chat
        if channel != STAFF_CHANNEL:
            return None
        session = OfficersSession(self.officers_service, books.connection, books.cases, place, name)
        return OfficerTurn(session, rows)

    async def forget(self, books: TurnBooks, tickets: Sequence[str], at: datetime) -> None:
        """Take the words of somebody who is forgotten out of what groups were told of these cases."""
        await take_words_out(self.officers_service, books.connection, tickets, at)
