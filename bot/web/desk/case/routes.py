"""`/desk/cases/<number>`: a case before an officer, with what she may do to it now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from actions.cases.actions import CaseAction
from actions.cases.case import Case
from actions.regency.model import AnswerTemplate
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.presence import looking_now, must_note, note_look
from actions.store.cases.queue import guesses_of
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.files.file_views import OpenedFile, opened
from bot.officers.actions import DraftPreview
from bot.officers.answer_templates import filled_in, fitting
from bot.officers.card import place_in_words
from bot.officers.draft import PARTS, OfficerDraft, Part
from bot.officers.session import BESIDE_THE_CASE, meanwhile
from bot.web.case.view import shown_file
from bot.web.case.words import STATUS
from bot.web.desk.access import WORKERS
from bot.web.desk.case.action_form import form_of, print_of
from bot.web.desk.case.view import WORDS, folded, proposal_of, steps_of
from bot.web.desk.context import CALLERS_PAGE, CASE_LINKS, DeskContext
from bot.web.desk.queue.cards import alone_there, forward_key
from bot.web.desk.reading import DeskCase, hold_in_hand, near, read_case
from bot.web.desk.view import about, clocks_of, due_words, elsewhere_of, statistics_of, tags_of
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import whole_number


@dataclass(frozen=True, slots=True)
class Tried:
    """What she was about to do, and what came of it.

    Attributes:
        draft: with everything that she typed.
        rehearsal: how it would look; None where it was not that far.
        why: a sentence that says why it was not done.
    """

    draft: OfficerDraft
    rehearsal: DraftPreview | None = None
    why: Sequence[Line] = ()


def case_router(context: DeskContext) -> APIRouter:
    """The page, and what keeps it up to date."""
    router = guarded(context.sign_in)

    @router.get("/desk/cases/{ticket}")
    async def case(request: Request, ticket: str) -> Response:
        return await case_page(context, request, ticket)

    @router.get("/desk/cases/{ticket}/live")
    async def live(request: Request, ticket: str) -> Response:
        return await _live(context, request, ticket)

    @router.get("/desk/cases/{ticket}/nearby")
    async def nearby(request: Request, ticket: str) -> Response:
        return await _nearby(context, request, ticket)

    return router


def missing(context: DeskContext, request: Request) -> Response:
    """There is no such case, or none that she may read: the same words for both."""
    return context.answer(request, "desk/note.html", line("desk-missing-title"), WORDS, 404, note=line("desk-missing"))


async def case_page(
    context: DeskContext, request: Request, ticket: str, tried: Tried | None = None, status: int = 200
) -> Response:
    """The page, and that she has looked at it."""
    person = person_of(request)
    async with context.database.reading() as connection:
        read = await read_case(context, connection, request, ticket)
        is_noted = read is None or not await must_note(connection, ticket, person.id, context.now())
    if read is None:
        return missing(context, request)
    if not is_noted:
        async with context.database.writing() as connection:
            await note_look(connection, ticket, person.id, context.now())
    names = _names(context, request, read, tried)
    return context.answer(
        request, "desk/case/case.html", line("desk-case-title", ticket=ticket), WORDS, status, **names
    )


def _names(context: DeskContext, request: Request, read: DeskCase, tried: Tried | None) -> Mapping[str, Any]:
    """The variables of the template."""
    case, case_state, regency = read.case, read.case_state, context.regency
    today, draft = regency.calendar.day(context.now()), tried.draft if tried else None
    offered = [action for action in PARTS if action in read.matter.offered]
    language = context.sign_in.language(request)
    done = request.query_params.get("done", "")
    examples = list(enumerate(fitting(case, regency), 1)) if CaseAction.ANSWER in offered else []
    begun = _begun(context, request, case, dict(examples)) if tried is None else None
    proposal = proposal_of(case, case_state.suggested, read.guessed, regency, context.reasons(language))
    is_proposed = CaseAction.FORWARD in offered and tried is None
    return {
        "case": case,
        "topic": about(case),
        "place": place_in_words(case, regency),
        "one_key": forward_key(context, person_of(request), case, proposal) if is_proposed else None,
        "alone": alone_there(context, proposal, read.unmanned),
        "stands": STATUS[case.status],
        "tags": tags_of(case, today),
        "due": due_words(case, today),
        "clocks": clocks_of(case_state, regency, today),
        "facts": [
            *statistics_of(case, read.words, case_state, read.names, regency),
            *elsewhere_of(read.elsewhere, regency),
        ],
        "proposal": proposal,
        "story": read.words.story if read.words else None,
        "files": [shown_file(one, number) for number, one in enumerate(_files(context, read), 1)],
        "runs": folded(steps_of(read.events, read.sayings, read.names, regency)),
        "enclosed": _enclosed(context, read),
        "notes": read.notes,
        "looks": read.looks,
        "nearby": read.nearby,
        "statuses": STATUS,
        "about_of": lambda one: Label(LabelSource.CATEGORY, one.category),
        "district_of": lambda one: region.name if (region := regency.region(one.district or "")) else "",
        "forms": [form_of(action, case, case_state, regency, draft or begun, read.colleagues) for action in offered],
        "answers": [(f"/desk/cases/{case.ticket}?answer={number}#deed-answer", one.title) for number, one in examples],
        "begun": begun.action if begun else "",
        "tried": tried,
        "kept": _kept(tried, offered),
        "looked_at": print_of(draft) if draft and tried and tried.rehearsal and tried.rehearsal.may_send else "",
        "done": line("desk-done", ticket=case.ticket, what=Label(LabelSource.TEXT, f"deed-{done}"))
        if done in {action.value for action in PARTS}
        else None,
        "may_note": person_of(request).has_any(WORKERS),
        "point": _point(read),
        "map": context.map.draw(case.location, lambda words: context.say(request, words)),
        "moment": lambda at: line("desk-moment", at=at),
        "links": [
            (link.address.format(ticket=case.ticket), link.words)
            for link in CASE_LINKS
            if person_of(request).has_any(link.roles) and (link.address != CALLERS_PAGE or read.has_callers)
        ],
        **_shown_live(read.case.ticket, case.version, None, read.others),
    }


def _begun(
    context: DeskContext, request: Request, case: Case, examples: Mapping[int, AnswerTemplate]
) -> OfficerDraft | None:
    """The answer that she has chosen to begin with, filled in for this case."""
    example = examples.get(whole_number(request.query_params.get("answer", "")) or 0)
    if example is None:
        return None
    day = context.say(request, line("case-day", date=context.regency.calendar.day(context.now())))
    words = filled_in(example, place_in_words(case, context.regency), day, case.ticket)
    return OfficerDraft(case.ticket, CaseAction.ANSWER.value, case.version, given={Part.WORDS.value: words})


def _kept(tried: Tried | None, offered: Sequence[CaseAction]) -> Sequence[str]:
    """What she typed for something that she cannot do any more: shown, so that it is not lost."""
    if tried is None or tried.draft.action in {action.value for action in offered}:
        return ()
    return [tried.draft.given[part] for part in tried.draft.typed_parts if part in tried.draft.given]


def _point(read: DeskCase) -> str:
    place = read.case.location
    return f"{place.lat:.6f}, {place.lon:.6f}" if place.lat is not None and place.lon is not None else ""


def _files(context: DeskContext, read: DeskCase) -> Sequence[OpenedFile]:
    """What the reporter attached, in its order; one that nothing is known of yet is on its way."""
    known = {row.file_id: opened(row, context.file_registry.links, context.now()) for row in read.files}
    return [known.get(sent.file_id, OpenedFile(sent.kind, "wanted")) for sent in read.case.attachments]


def _enclosed(context: DeskContext, read: DeskCase) -> Mapping[int, Sequence[Any]]:
    """What came with later steps, by the number of the step."""
    links, now = context.file_registry.links, context.now()
    known = {name: opened(row, links, now) for name, row in read.enclosed.items()}
    return {
        number: [
            shown_file(known.get(one.file_id, OpenedFile(one.kind, "wanted")), place)
            for place, one in enumerate(saying.enclosures, 1)
        ]
        for number, saying in read.sayings.items()
        if saying.enclosures
    }


async def _live(context: DeskContext, request: Request, ticket: str) -> Response:
    """Who else has it before her now, and what has happened since the version that her page shows.

    Nothing where her page says so already.
    """
    person, now = person_of(request), context.now()
    version = whole_number(request.query_params.get("version", "")) or 0
    async with context.database.reading() as connection:
        held = await hold_in_hand(context, connection, SqlCaseBook(connection), request, ticket)
        if held is None:
            return Response(status_code=404)
        room, matter = held
        others = (await looking_now(connection, [ticket], now, person.id)).get(ticket, ())
        since = [e for e in matter.events[version:] if e.action not in BESIDE_THE_CASE] if version else []
        news = await meanwhile(room, since) if since else None
        is_due = await must_note(connection, ticket, person.id, now)
    if is_due:
        async with context.database.writing() as connection:
            await note_look(connection, ticket, person.id, now)
    shown = _shown_live(ticket, version, news, others)
    if shown["shown"] == request.query_params.get("shown"):
        return Response(status_code=204)
    return context.answer(request, "desk/case/live.html", line("desk-title"), WORDS, **shown)


def _shown_live(ticket: str, version: int, news: Line | None, others: Sequence[str]) -> dict[str, Any]:
    shown = hashlib.sha256(repr((version, news, tuple(others))).encode()).hexdigest()[:12]
    return {"ticket": ticket, "version": version, "news": news, "others_here": others, "shown": shown}


async def _nearby(context: DeskContext, request: Request, ticket: str) -> Response:
    """What is open nearby and may be the same, beside a case on a list."""
    async with context.database.reading() as connection:
        book = SqlCaseBook(connection)
        held = await hold_in_hand(context, connection, book, request, ticket)
        if held is None:
            return Response(status_code=404)
        guessed = (await guesses_of(connection, [ticket])).get(ticket)
        found = await near(context, book, held[1].case, await book.words(ticket), guessed)
    return context.answer(
        request, "desk/case/nearby.html", line("desk-nearby"), WORDS, nearby=found, statuses=STATUS, ticket=ticket
    )
