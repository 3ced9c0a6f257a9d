"""Reads for the desk: the cases of a list with all that stands beside them, and one case with everything of it.

Nothing is read of a case that the reader may not see. What comes out has passed `visible.see`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import OPEN, Case, CaseEvent, Words
from actions.cases.case_state import CaseState
from actions.cases.event_words import Saying
from actions.cases.nearby import NearbyMatch, NearbyQuery
from actions.cases.supporting import find_nearby
from actions.people.people import Person
from actions.privacy.visibility import Reader, is_confidential, see
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.files import FileRow, enclosed_files, files_of_case
from actions.store.cases.handling import sayings_of
from actions.store.cases.officer_work import names_of, words_of
from actions.store.cases.presence import Note, Presence, looking_now, looks_at, notes_of
from actions.store.cases.queue import ModelGuess, QueueCursor, guesses_of, listed, suggestions_of
from bot.officers.case_access import CaseAccess, take_up
from bot.officers.session import OfficersSession
from bot.understanding.normalise import normalise
from bot.web.desk.context import DeskContext
from bot.web.desk.queue.lists import CaseList
from bot.web.shared.access import person_of

A_PAGE = 20
MOST_NEARBY = 5
MOST_GUESSES = 3
WEB = "web"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case on a list, as its reader sees it; of a discreet one nothing that was told, which is for its own page."""

    case: Case
    words: Words | None
    guessed: ModelGuess | None
    suggested: str
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list; `more` is where the next one begins."""

    rows: Sequence[QueueRow]
    more: QueueCursor | None


async def read_list(
    context: DeskContext, connection: AsyncConnection, person: Person, one: CaseList, after: QueueCursor | None
) -> ListPage:
    """The next cases of a list, with a fixed number of questions to the database."""
    found = await listed(connection, one.pile, after, A_PAGE + 1)
    shown = [entry.case for entry in found[:A_PAGE] if context.may_read(person, entry.case)]
    tickets = [case.ticket for case in shown]
    words = await words_of(connection, [case.ticket for case in shown if not is_confidential(case)])
    guessed = await guesses_of(connection, tickets)
    suggested = await suggestions_of(connection, [case.ticket for case in shown if case.returns])
    others = await looking_now(connection, tickets, context.now(), person.id)
    rows = [
        QueueRow(seen.case, seen.words, guessed.get(t), suggested.get(t, ""), others.get(t, ()))
        for t, case in zip(tickets, shown, strict=True)
        if (seen := see(case, words.get(t), Reader.OFFICER))
    ]
    return ListPage(rows, found[A_PAGE - 1].place if len(found) > A_PAGE else None)


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case with everything that its page shows.

    Attributes:
        matter: it, in the hands of whoever reads.
        case, words: as she sees them.
        names: of the persons in its history, by what events call them.
        files: those that the reporter attached; `enclosed` those that came with later steps, by the channel's names.
        nearby: open cases that may be about the same.
    """

    matter: CaseAccess
    case: Case
    words: Words | None
    sayings: Mapping[int, Saying]
    names: Mapping[str, str]
    files: Sequence[FileRow]
    enclosed: Mapping[str, FileRow]
    guessed: ModelGuess | None
    looks: Sequence[Presence]
    others: Sequence[str]
    notes: Sequence[Note]
    nearby: Sequence[NearbyMatch]

    @property
    def events(self) -> Sequence[CaseEvent]:
        """What happened to it."""
        return self.matter.events

    @property
    def case_state(self) -> CaseState:
        """Where it stands."""
        return self.matter.case_state


def room_of(context: DeskContext, connection: AsyncConnection, book: SqlCaseBook, person: Person) -> OfficersSession:
    """Where officers' handlers do their work for somebody at the desk: a chat with nobody but her in it."""
    return OfficersSession(context.office, connection, book, f"desk-{person.id}", "", channel=WEB)


async def hold_in_hand(
    context: DeskContext, connection: AsyncConnection, book: SqlCaseBook, request: Request, ticket: str
) -> tuple[OfficersSession, CaseAccess] | None:
    """A case for whoever asks; None where there is none of this number, or none that she may read."""
    person = person_of(request)
    room = room_of(context, connection, book, person)
    matter = await take_up(room, person, room.chat, ticket, context.now())
    return (room, matter) if isinstance(matter, CaseAccess) else None


async def read_case(
    context: DeskContext, connection: AsyncConnection, request: Request, ticket: str
) -> DeskCase | None:
    """All of a case; None where there is none of this number, or none that she may read."""
    book = SqlCaseBook(connection)
    held = await hold_in_hand(context, connection, book, request, ticket)
    words = await book.words(ticket) if held else None
    seen = see(held[1].case, words, Reader.OFFICER) if held else None
    if held is None or seen is None:
        return None
    matter, now = held[1], context.now()
    said, guessed = await sayings_of(connection, ticket), (await guesses_of(connection, [ticket])).get(ticket)
    return DeskCase(
        matter=matter,
        case=seen.case,
        words=seen.words,
        sayings=said,
        names=await names_of(connection, {*(event.person for event in matter.events), matter.case_state.claimed_by}),
        files=await files_of_case(connection, ticket),
        enclosed=await enclosed_files(connection, (one for saying in said.values() for one in saying.enclosures)),
        guessed=guessed,
        looks=await looks_at(connection, ticket),
        others=(await looking_now(connection, [ticket], now, matter.person.id)).get(ticket, ()),
        notes=await notes_of(connection, ticket),
        nearby=await near(context, book, matter.case, seen.words, guessed),
    )


async def near(
    context: DeskContext, book: SqlCaseBook, case: Case, words: Words | None, guessed: ModelGuess | None
) -> Sequence[NearbyMatch]:
    """Open cases that anybody may know of and that may be about the same as an open one, by what it may be about."""
    if case.status not in OPEN or words is None:
        return ()
    sought = NearbyQuery(
        reporter="",
        type=case.type,
        categories=(case.category,) if case.category else _likeliest(guessed),
        location=case.location,
        story=normalise(words.story),
        at=context.now(),
    )
    regency = replace(context.regency, nearby=replace(context.regency.nearby, most_shown=MOST_NEARBY + 1))
    found = await find_nearby(book, regency, sought, normalise)
    return [one for one in found if one.ticket != case.ticket and one.is_open][:MOST_NEARBY]


def _likeliest(guessed: ModelGuess | None) -> tuple[str, ...]:
    return tuple(name for name, _ in guessed.categories[:MOST_GUESSES]) if guessed else ()
