"""Reads for the desk: the cases of a list with all that stands beside them, and one case with everything of it.

Nothing is read of a case that the reader may not see. What comes out has passed `visible.see`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import OPEN, Case, CaseEvent, Status, Words
from actions.cases.case_state import CaseState
from actions.cases.event_words import Saying
from actions.cases.handlers import find_nearby
from actions.cases.nearby import NearbyMatch, NearbyQuery
from actions.cases.routing import TO_THE_ARBITER
from actions.people.people import Person
from actions.people.roles import Role
from actions.privacy.visibility import Reader, is_confidential, see
from actions.regency.agencies import parents
from actions.regency.model import Regency
from actions.store.cases.callers import callers_of
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.files import FileRow, enclosed_files, files_of_case
from actions.store.cases.handling import sayings_of, without_liaison
from actions.store.cases.officer_work import names_of, reasons_of, words_of
from actions.store.cases.presence import Note, Presence, looking_now, looks_at, notes_of
from actions.store.cases.queue import EVERYTHING_OPEN, ModelGuess, Pile, QueueCursor, guesses_of, listed, suggestions_of
from actions.store.cases.workload import OF_OFFICES, OF_REPORTERS, UNTAKEN, WorkingDays
from actions.store.integrations.sp4n import Sp4nCase, sp4n_cases_of
from actions.store.people.people import SqlPeople, people
from actions.store.people.substitutes import stands_in_for
from bot.conversation.screen import Line, line
from bot.officers.chat_bindings import OF_THE_AGENCY, trusted_with
from bot.officers.session import CaseAccess, OfficersSession, take_up
from bot.understanding.normalise import normalise
from bot.web.desk.context import DeskContext
from bot.web.shared.access import person_of

AT_WORK = frozenset({Status.FORWARDED, Status.IN_PROGRESS})
AT_THE_AGENCY = frozenset({Status.RECEIVED, Status.FORWARDED, Status.IN_PROGRESS})
AWAITED_OF_REPORTERS = frozenset({Status.NEEDS_INFO, Status.ANSWERED})


@dataclass(frozen=True, slots=True)
class CaseList:
    """A list: its name in addresses, its words, and what stands on it."""

    name: str
    words: Line
    pile: Pile


def lists_of(person: Person) -> Sequence[CaseList]:
    """Hers, the one first that she most likely works on; none for whoever reads no cases."""
    return [CaseList(name, words, pile) for name, words, roles, pile in _every(person) if person.has_any(roles)]


type _Offered = tuple[str, Line, Collection[Role], Pile]


def _every(person: Person) -> Sequence[_Offered]:
    of_agency = {role for role in OF_THE_AGENCY if person.agency}
    everywhere = {Role.VERIFIER, Role.ARBITER, Role.AUDITOR}
    return (
        ("verify", line("desk-list-verify"), {Role.VERIFIER}, Pile(frozenset({Status.RECEIVED}))),
        ("rule", line("desk-list-rule"), {Role.ARBITER}, Pile(frozenset({Status.DISPUTED_AUTHORITY}))),
        (
            "contested",
            line("desk-list-contested"),
            {Role.ARBITER},
            Pile(frozenset({Status.IN_PROGRESS}), contested=True),
        ),
        ("agency", line("desk-list-agency"), of_agency, Pile(AT_THE_AGENCY, person.agency)),
        ("waiting", line("desk-list-waiting"), of_agency, Pile(AWAITED_OF_REPORTERS, person.agency)),
        ("publish", line("desk-list-publish"), {Role.MODERATOR}, Pile(OPEN | {Status.CLOSED}, newest=True)),
        ("all", line("desk-list-all"), everywhere, EVERYTHING_OPEN),
    )


async def lists_for(context: DeskContext, connection: AsyncConnection, person: Person) -> Sequence[CaseList]:
    """Her lists, with those that depend on whom she stands in for, and on which agencies below hers have nobody."""
    found = [_of_hers(one, person, context.regency) for one in lists_of(person)]
    if person.agency is None or not person.has_any(OF_THE_AGENCY):
        return found
    today, agencies = context.regency.calendar.day(context.now()), context.regency.agencies
    hers = {str(person.id), *await stands_in_for(connection, person.id, today)}
    place = next(number for number, one in enumerate(found) if one.name == "agency")
    mine = Pile(AT_WORK | AWAITED_OF_REPORTERS, persons=frozenset(hers))
    found.insert(place + 1, CaseList("mine", line("desk-list-mine"), mine))
    below = [code for code in agencies if person.agency in parents(agencies, code)]
    if below and person.has_any({Role.AGENCY_ADMIN}):
        unmanned = await without_liaison(connection, below)
        found.append(CaseList("below", line("desk-list-below"), Pile(AT_WORK, agencies=unmanned)))
    return found


def _of_hers(one: CaseList, person: Person, regency: Regency) -> CaseList:
    """Without what is secret or sensitive and held by others, so that as many are counted as are shown.

    What of it comes before the arbiter is told case by case (`may_see`).
    """
    if person.has_any({Role.ARBITER}):
        return one
    return replace(one, pile=replace(one.pile, trusted=trusted_with(person, regency)))


type Pick = Callable[[Pile, WorkingDays], Pile]
PICKS: Mapping[str, Pick] = {
    "urgent": lambda pile, _: replace(pile, statuses=pile.statuses & OF_OFFICES, is_urgent=True),
    "late": lambda pile, days: replace(
        pile, statuses=pile.statuses & OF_OFFICES, due_until=days.today - timedelta(days=1)
    ),
    "today": lambda pile, days: replace(
        pile, statuses=pile.statuses & OF_OFFICES, due_from=days.today, due_until=days.today
    ),
    "tomorrow": lambda pile, days: replace(
        pile,
        statuses=pile.statuses & OF_OFFICES,
        due_from=days.today + timedelta(days=1),
        due_until=days.tomorrow,
    ),
    "unclaimed": lambda pile, _: replace(pile, statuses=pile.statuses & UNTAKEN, persons=frozenset()),
    "contested": lambda pile, _: replace(pile, statuses=pile.statuses & OF_OFFICES, was_contested=True),
    "waiting": lambda pile, _: replace(pile, statuses=OF_REPORTERS),
}
"""What a number of `/desk/today` counts, as the part of a list."""


def picked(one: CaseList, pick: str, person: str, days: WorkingDays) -> CaseList:
    """The part of a list that a number counts, of one person ("none" for nobody) or of all."""
    pile = one.pile
    if person == "none" or person.isdecimal():
        pile = replace(pile, persons=frozenset({person} - {"none"}))
    if pick in PICKS and not pile.newest:
        pile = PICKS[pick](pile, days)
    return replace(one, pile=pile)


def list_named(lists: Sequence[CaseList], name: str) -> CaseList | None:
    """Returns the list of this name, else the first; None where there are no lists."""
    return next((one for one in lists if one.name == name), next(iter(lists), None))


A_PAGE = 20
MOST_NEARBY = 5
MOST_GUESSES = 3
WEB = "web"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case on a list, as its reader sees it; of a discreet one nothing that was told, which is for its own page.

    `assignee`: the name of who works on it. `said`: the last words of each action that is a reason for the next.
    """

    case: Case
    words: Words | None
    guessed: ModelGuess | None
    suggested: str
    others: Sequence[str]
    assignee: str = ""
    said: Mapping[CaseAction, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list; `more` is where the next one begins, `unmanned` are agencies for which nobody works."""

    rows: Sequence[QueueRow]
    more: QueueCursor | None
    unmanned: frozenset[str] = frozenset()


async def read_list(
    context: DeskContext,
    connection: AsyncConnection,
    person: Person,
    one: CaseList,
    after: QueueCursor | None,
    most: int = A_PAGE,
) -> ListPage:
    """The next cases of a list, `most` of them, with a fixed number of questions to the database."""
    found = await listed(connection, one.pile, after, most + 1)
    contests = TO_THE_ARBITER if one.pile.contested else 0
    shown = [entry.case for entry in found[:most] if context.may_read(person, entry.case, contests)]
    tickets = [case.ticket for case in shown]
    in_the_open = [case.ticket for case in shown if not is_confidential(case)]
    words, said = await words_of(connection, in_the_open), await reasons_of(connection, in_the_open)
    names = await names_of(connection, {case.assignee for case in shown if case.assignee})
    guessed = await guesses_of(connection, tickets)
    suggested = await suggestions_of(connection, [case.ticket for case in shown if case.returns])
    others = await looking_now(connection, tickets, context.now(), person.id)
    rows = [
        QueueRow(
            seen.case,
            seen.words,
            guessed.get(t),
            suggested.get(t, ""),
            others.get(t, ()),
            names.get(case.assignee, ""),
            said.get(t, {}),
        )
        for t, case in zip(tickets, shown, strict=True)
        if (seen := see(case, words.get(t), Reader.OFFICER))
    ]
    unmanned = await without_liaison(connection, context.regency.agencies) if _forwards(person, shown) else frozenset()
    return ListPage(rows, found[most - 1].place if len(found) > most else None, unmanned)


def _forwards(person: Person, shown: Sequence[Case]) -> bool:
    return person.has_any({Role.VERIFIER}) and any(case.status is Status.RECEIVED for case in shown)


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case with everything that its page shows.

    Attributes:
        matter: it, in the hands of whoever reads.
        case, words: as she sees them.
        names: of the persons in its history, by what events call them.
        files: those that the reporter attached; `enclosed` those that came with later steps, by the channel's names.
        nearby: open cases that may be about the same.
        colleagues: id and name of each officer to whom whoever reads may give it.
        has_callers: somebody who supports it has left a telephone number.
        elsewhere: as SP4N-LAPOR! has it, where it went there or came from there.
        unmanned: the agencies for which nobody works, where whoever reads may forward it.
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
    colleagues: Sequence[tuple[str, str]] = ()
    has_callers: bool = False
    elsewhere: Sp4nCase | None = None
    unmanned: frozenset[str] = frozenset()

    @property
    def events(self) -> Sequence[CaseEvent]:
        """The events of the case."""
        return self.matter.events

    @property
    def case_state(self) -> CaseState:
        """The state of the case that its events lead to."""
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
        colleagues=await _colleagues(context, connection, matter) if CaseAction.ASSIGN in matter.offered else (),
        has_callers=bool(await callers_of(connection, ticket)),
        elsewhere=(await sp4n_cases_of(connection, [ticket])).get(ticket),
        unmanned=await without_liaison(connection, context.regency.agencies)
        if CaseAction.FORWARD in matter.offered
        else frozenset(),
    )


async def _colleagues(
    context: DeskContext, connection: AsyncConnection, matter: CaseAccess
) -> Sequence[tuple[str, str]]:
    """Those who work for the agency that holds the case, and whoever reads, who may be of one above it."""
    there = people.c.is_active & (people.c.agency == matter.case.agency)
    known = [one for one in await SqlPeople(connection).those(there) if one.has_any(OF_THE_AGENCY)]
    everybody = {one.id: one for one in [*known, matter.person] if context.may_read(one, matter.case)}
    return [(str(one.id), one.name) for one in everybody.values()]


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
