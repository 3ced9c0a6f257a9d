"""`/desk`: what waits for whoever is signed in, the most urgent first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from actions.cases.actions import Deed
from actions.cases.case import Case, Status
from actions.cases.ticket import Ticket, read_back
from actions.people.people import Person
from actions.people.roles import Role
from actions.regency.model import AgencyKind
from actions.store.cases.queue import After, count_up_to
from bot.conversation.screen import Label, Line, Names, line
from bot.officers.card import place_in_words
from bot.officers.draft import CATEGORY, PARTS, Draft, Part
from bot.web.account.page import described
from bot.web.case.words import STATUS
from bot.web.desk.case.action_form import print_of
from bot.web.desk.case.view import WORDS, Proposal, proposal_of
from bot.web.desk.context import DeskDoor
from bot.web.desk.reading import CaseList, ListPage, Row, list_named, lists_of, read_list
from bot.web.desk.view import Tag, about, due_words, excerpt, tags_of
from bot.web.shared.access import guarded, person_of

COUNTED_UP_TO = 1_000


@dataclass(frozen=True, slots=True)
class OneKey:
    """What one key does with a case on a list."""

    deed: str
    agency: str
    category: str
    seen: str
    words: Line


@dataclass(frozen=True, slots=True)
class Card:
    """A case on a list, ready to be shown."""

    case: Case
    about: Line | Label
    status: Line
    tags: Sequence[Tag]
    due: Line | None
    place: str
    told: str
    proposal: Proposal | None
    one_key: OneKey | None
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list. `print` is the same as long as nothing on it changes."""

    cards: Sequence[Card]
    more: str
    here: str
    print: str


def queue_router(door: DeskDoor) -> APIRouter:
    """The lists, and what keeps them up to date."""
    router = guarded(door.sign_in)

    @router.get("/desk")
    async def queue(request: Request) -> Response:
        return await _queue(door, request)

    @router.get("/desk/live")
    async def live(request: Request) -> Response:
        one = _wanted(request)
        if one is None:
            return Response(status_code=404)
        shown = await _shown(door, request, one)
        if shown.print == request.query_params.get("shown"):
            return Response(status_code=204)
        return door.answer(request, "desk/queue/rows.html", line("desk-title"), WORDS, shown=shown, one=one)

    return router


async def _queue(door: DeskDoor, request: Request) -> Response:
    """A list, and how much is on the others; whoever reads no cases is told what else there is."""
    person, one = person_of(request), _wanted(request)
    if one is None:
        return door.answer(request, "desk/queue/home.html", line("desk-title"), WORDS, lines=described(person))
    shown = await _shown(door, request, one)
    async with door.database.reading() as connection:
        counts = [(each, await count_up_to(connection, each.pile, COUNTED_UP_TO)) for each in lists_of(person)]
    tabs = [(each, line("desk-count", count=count, more=_more(count))) for each, count in counts]
    done = _done(request.query_params.get("done", ""))
    return door.answer(
        request, "desk/queue/queue.html", line("desk-title"), WORDS, tabs=tabs, one=one, shown=shown, done=done
    )


def _more(count: int) -> str:
    return "yes" if count >= COUNTED_UP_TO else "no"


def _wanted(request: Request) -> CaseList | None:
    return list_named(lists_of(person_of(request)), request.query_params.get("list", ""))


def _done(written: str) -> Line | None:
    """The action that was just carried out, and its case, for the notice above the list."""
    deed, _, number = written.partition(":")
    if deed not in {one.value for one in PARTS} or read_back(number) != [Ticket(number)]:
        return None
    return line("desk-done", ticket=number, what=Label(Names.TEXT, f"deed-{deed}"))


async def _shown(door: DeskDoor, request: Request, one: CaseList) -> Shown:
    person, after = person_of(request), After.read(request.query_params.get("after", ""))
    async with door.database.reading() as connection:
        page = await read_list(door, connection, person, one, after)
    today = door.regency.calendar.day(door.now())
    language = door.sign_in.language(request)
    cards = [_card(door, person, row, today, language) for row in page.rows]
    here = urlencode({"list": one.name} | ({"after": after.written()} if after else {}))
    more = urlencode({"list": one.name, "after": page.more.written()}) if page.more else ""
    return Shown(cards, more, here, _print(page, today))


def _print(page: ListPage, today: date) -> str:
    told = [(row.case.ticket, row.case.version, tuple(row.others)) for row in page.rows]
    return hashlib.sha256(repr((told, today, page.more)).encode()).hexdigest()[:12]


def _card(door: DeskDoor, person: Person, row: Row, today: date, language: str) -> Card:
    case = row.case
    proposal = proposal_of(case, row.suggested, row.guessed, door.regency, door.reasons(language))
    return Card(
        case=case,
        about=about(case),
        status=STATUS[case.status],
        tags=tags_of(case, today),
        due=due_words(case, today),
        place=place_in_words(case, door.regency),
        told=excerpt(row.words),
        proposal=proposal if person.has_any({Role.VERIFIER}) else None,
        one_key=_one_key(door, person, case, proposal),
        others=row.others,
    )


def _one_key(door: DeskDoor, person: Person, case: Case, proposal: Proposal | None) -> OneKey | None:
    """The deed that most cases here need next; whether it may be done is asked again when it is."""
    if case.status is Status.FORWARDED and person.has_any({Role.LIAISON}) and person.agency == case.agency:
        return _key(case, Deed.ACCEPT, "", line("desk-accept-case"))
    if proposal is None or not person.has_any({Role.VERIFIER}):
        return None
    kind = door.regency.agencies[proposal.agency].kind
    if proposal.agency == case.agency and kind is AgencyKind.REGENCY_ADMIN:
        return None
    agency = Label(Names.AGENCY, proposal.agency)
    if proposal.category and not case.category:
        named = Label(Names.CATEGORY, proposal.category)
        words = line("desk-accept-proposal-as", agency=agency, category=named)
        return _key(case, Deed.FORWARD, proposal.agency, words, proposal.category)
    return _key(case, Deed.FORWARD, proposal.agency, line("desk-accept-proposal", agency=agency))


def _key(case: Case, deed: Deed, agency: str, words: Line, category: str = "") -> OneKey:
    given = {name: value for name, value in ((Part.AGENCY.value, agency), (CATEGORY, category)) if value}
    seen = print_of(Draft(case.ticket, deed.value, case.version, given=given))
    return OneKey(deed.value, agency, category, seen, words)
