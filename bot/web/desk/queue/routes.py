"""`/desk`: what waits for whoever is signed in, the most urgent first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Status
from actions.cases.ticket import Ticket, read_back
from actions.people.people import Person
from actions.people.roles import Role
from actions.privacy.visibility import Reader, see
from actions.regency.agencies import parents, stand_in
from actions.regency.model import AgencyKind
from actions.store.cases.queue import QueueCursor, count_up_to, listed
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.officers.actions import nobody_there
from bot.officers.card import place_in_words
from bot.officers.draft import CATEGORY, PARTS, OfficerDraft, Part
from bot.officers.reasons import reasons
from bot.web.account.context import HEADERS
from bot.web.account.page import described
from bot.web.case.words import STATUS
from bot.web.desk.case.action_form import print_of
from bot.web.desk.case.view import WORDS, RoutingProposal, proposal_of
from bot.web.desk.context import DeskContext
from bot.web.desk.reading import CaseList, ListPage, QueueRow, list_named, lists_for, picked, read_list
from bot.web.desk.search.routes import MOST_ROWS, cases_workbook
from bot.web.desk.today.routes import NUMBERS, leads, working_days
from bot.web.desk.view import Tag, about, due_words, excerpt, tags_of
from bot.web.shared.access import guarded, person_of

COUNTED_UP_TO = 1_000
ROWS_AT_ONCE = 500

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OneKey:
    """What one key does with a case on a list."""

    action: str
    agency: str
    category: str
    seen: str
    words: Line


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case on a list, ready to be shown."""

    case: Case
    about: Line | Label
    status: Line
    tags: Sequence[Tag]
    due: Line | None
    place: str
    told: str
    proposal: RoutingProposal | None
    one_key: OneKey | None
    others: Sequence[str]
    assignee: str
    said: Sequence[Line]
    alone: Line | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of a list. `print` is the same as long as nothing on it changes."""

    cards: Sequence[CaseCard]
    more: str
    here: str
    print: str


def queue_router(context: DeskContext) -> APIRouter:
    """The lists, and what keeps them up to date."""
    router = guarded(context.sign_in)

    @router.get("/desk")
    async def queue(request: Request) -> Response:
        return await _queue(context, request)

    @router.get("/desk/live")
    async def live(request: Request) -> Response:
        one = await _wanted(context, request)
        if one is None:
            return Response(status_code=404)
        shown = await _shown(context, request, one)
        if shown.print == request.query_params.get("shown"):
            return Response(status_code=204)
        return context.answer(request, "desk/queue/rows.html", line("desk-title"), WORDS, shown=shown, one=one)

    @router.get("/desk/queue.xlsx")
    async def workbook_of(request: Request) -> Response:
        return await _workbook(context, request)

    return router


async def _workbook(context: DeskContext, request: Request) -> Response:
    """A whole list for a spreadsheet, in its order: where cases stand, nothing that was told."""
    person, one = person_of(request), await _wanted(context, request)
    if one is None:
        return Response(status_code=404)
    found, after = list[Case](), None
    while len(found) < MOST_ROWS:
        async with context.database.reading() as connection:
            page = await listed(connection, one.pile, after, ROWS_AT_ONCE)
        readable = [entry.case for entry in page if context.may_read(person, entry.case)]
        found += [seen.case for case in readable if (seen := see(case, None, Reader.OFFICER))]
        if len(page) < ROWS_AT_ONCE:
            break
        after = page[-1].place
    log.info("cases_exported", person=person.id, rows=len(found))
    return await cases_workbook(context, request, found[:MOST_ROWS], f"{one.name}.xlsx")


async def _queue(context: DeskContext, request: Request) -> Response:
    """A list, and how much is on the others; whoever reads no cases is told what else there is."""
    person = person_of(request)
    if leads(person) and not request.query_params:
        return RedirectResponse("/desk/today", 303, headers=HEADERS)
    one = await _wanted(context, request)
    if one is None:
        return context.answer(request, "desk/queue/home.html", line("desk-title"), WORDS, lines=described(person))
    shown = await _shown(context, request, one)
    async with context.database.reading() as connection:
        lists = await lists_for(context, connection, person)
        counts = [(each, await count_up_to(connection, each.pile, COUNTED_UP_TO)) for each in lists]
    tabs = [(each, line("desk-count", count=count, more=_more(count))) for each, count in counts]
    done = _done(request.query_params.get("done", ""))
    return context.answer(
        request,
        "desk/queue/queue.html",
        line("desk-title"),
        WORDS,
        tabs=tabs,
        one=one,
        shown=shown,
        done=done,
        part=_part(request),
    )


def _part(request: Request) -> Line | None:
    """Which part of the list it is, where it is one."""
    pick, person = (request.query_params.get(name, "") for name in ("pick", "person"))
    return NUMBERS.get(pick, line("desk-list-part") if person else None)


def _more(count: int) -> str:
    return "yes" if count >= COUNTED_UP_TO else "no"


async def _wanted(context: DeskContext, request: Request) -> CaseList | None:
    async with context.database.reading() as connection:
        lists = await lists_for(context, connection, person_of(request))
    one = list_named(lists, request.query_params.get("list", ""))
    pick, person = (request.query_params.get(name, "")[:9] for name in ("pick", "person"))
    days = working_days(context.regency.calendar.day(context.now()), context.regency)
    return picked(one, pick, person, days) if one and (pick or person) else one


def _done(written: str) -> Line | None:
    """The action that was just carried out, and its case, for the notice above the list."""
    action, _, number = written.partition(":")
    if action not in {one.value for one in PARTS} or read_back(number) != [Ticket(number)]:
        return None
    return line("desk-done", ticket=number, what=Label(LabelSource.TEXT, f"deed-{action}"))


async def _shown(context: DeskContext, request: Request, one: CaseList) -> QueuePage:
    person, after = person_of(request), QueueCursor.read(request.query_params.get("after", ""))
    async with context.database.reading() as connection:
        page = await read_list(context, connection, person, one, after)
    today = context.regency.calendar.day(context.now())
    language = context.sign_in.language(request)
    cards = [_card(context, person, row, today, language, page.unmanned) for row in page.rows]
    kept = {name: value[:9] for name in ("pick", "person") if (value := request.query_params.get(name, ""))}
    part = {"list": one.name} | kept
    here = urlencode(part | ({"after": after.written()} if after else {}))
    more = urlencode(part | {"after": page.more.written()}) if page.more else ""
    return QueuePage(cards, more, here, _print(page, today))


def _print(page: ListPage, today: date) -> str:
    told = [(row.case.ticket, row.case.version, tuple(row.others)) for row in page.rows]
    return hashlib.sha256(repr((told, today, page.more, sorted(page.unmanned))).encode()).hexdigest()[:12]


def _card(
    context: DeskContext, person: Person, row: QueueRow, today: date, language: str, unmanned: Collection[str]
) -> CaseCard:
    case = row.case
    proposal = proposal_of(case, row.suggested, row.guessed, context.regency, context.reasons(language))
    return CaseCard(
        case=case,
        about=about(case),
        status=STATUS[case.status],
        tags=tags_of(case, today),
        due=due_words(case, today),
        place=place_in_words(case, context.regency),
        told=excerpt(row.words),
        proposal=proposal if person.has_any({Role.VERIFIER}) else None,
        one_key=_one_key(context, person, case, proposal),
        others=row.others,
        assignee=row.assignee,
        said=reasons(case, row.said),
        alone=_alone(context, proposal, unmanned) if person.has_any({Role.VERIFIER}) else None,
    )


def _alone(context: DeskContext, proposal: RoutingProposal | None, unmanned: Collection[str]) -> Line | None:
    """That nobody works where the key would send the case, and who acts instead."""
    if proposal is None or proposal.agency not in unmanned:
        return None
    return nobody_there(proposal.agency, stand_in(context.regency.agencies, proposal.agency, unmanned))


def _one_key(context: DeskContext, person: Person, case: Case, proposal: RoutingProposal | None) -> OneKey | None:
    """The action that most cases here need next; whether it may be done is asked again when it is."""
    if case.status is Status.FORWARDED and _takes(context, person, case):
        return _key(case, CaseAction.ACCEPT, "", line("desk-accept-case"))
    if proposal is None or not person.has_any({Role.VERIFIER}):
        return None
    kind = context.regency.agencies[proposal.agency].kind
    if proposal.agency == case.agency and kind is AgencyKind.REGENCY_ADMIN:
        return None
    agency = Label(LabelSource.AGENCY, proposal.agency)
    if proposal.category and not case.category:
        named = Label(LabelSource.CATEGORY, proposal.category)
        words = line("desk-accept-proposal-as", agency=agency, category=named)
        return _key(case, CaseAction.FORWARD, proposal.agency, words, proposal.category)
    return _key(case, CaseAction.FORWARD, proposal.agency, line("desk-accept-proposal", agency=agency))


def _takes(context: DeskContext, person: Person, case: Case) -> bool:
    """Whether she takes such a case up: as its liaison, or as the admin of an agency above that acts in its place."""
    agencies = context.regency.agencies
    above = parents(agencies, case.agency) if case.agency in agencies else ()
    is_liaison = person.has_any({Role.LIAISON}) and person.agency == case.agency
    return is_liaison or (person.has_any({Role.AGENCY_ADMIN}) and person.agency in above)


def _key(case: Case, action: CaseAction, agency: str, words: Line, category: str = "") -> OneKey:
    given = {name: value for name, value in ((Part.AGENCY.value, agency), (CATEGORY, category)) if value}
    seen = print_of(OfficerDraft(case.ticket, action.value, case.version, given=given))
    return OneKey(action.value, agency, category, seen, words)
