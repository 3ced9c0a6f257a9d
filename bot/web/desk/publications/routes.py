"""`/desk/publications`: the answers that are proposed, held and published, and what is done with them in a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.privacy.publication import HeldFor, Publication, PublicationState
from actions.store.cases.publications import (
    count_publications,
    hold_publications,
    keep_publication,
    list_publications,
)
from bot.conversation.screen import Line, line
from bot.services.publication.looking import AnswerCheck, LookedAt
from bot.web.account.context import HEADERS
from bot.web.desk.context import DeskContext
from bot.web.desk.publications.form import AnswerBatch, BatchWish, after_wish, fits, print_of, read_batch
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import UnreadForm, posted

CONFLICT, UNPROCESSABLE = 409, 422
ON_A_PAGE: Final = 12
WORDS: Final[Mapping[str, Line]] = {
    "about": line("publications-about"),
    "none": line("publications-none"),
    "title": line("publications-title-label"),
    "answer": line("case-answer"),
    "case": line("publications-case"),
    "redact": line("redact-link"),
    "mark_all": line("queue-mark-all"),
    "mark": line("publications-mark"),
    "reason": line("publications-reason"),
    "hold": line("publications-hold"),
    "publish": line("publications-publish"),
    "save": line("publications-save"),
    "further": line("publications-further"),
    "lists": line("publications-lists"),
    "batch": line("publications-batch"),
}
STATES: Final[Mapping[PublicationState, Line]] = {
    PublicationState.PROPOSED: line("publications-proposed"),
    PublicationState.HELD: line("publications-held"),
    PublicationState.PUBLISHED: line("publications-published"),
}
HELD: Final[Mapping[HeldFor, Line]] = {
    HeldFor.FEW: line("publications-held-few"),
    HeldFor.DECIDED: line("publications-held-decided"),
}


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer before a moderator; `notes` say when it is published, or why it is held."""

    ticket: str
    title: str
    answer: str
    seen: str
    notes: Sequence[Line]


def publications_router(context: DeskContext) -> APIRouter:
    """The page, and what comes of its form."""
    router = guarded(context.sign_in)

    @router.get("/desk/publications")
    async def page(request: Request) -> Response:
        return await _page(context, request)

    @router.post("/desk/publications")
    async def decide(request: Request) -> Response:
        try:
            batch = read_batch(await posted(request))
        except UnreadForm:
            batch = None
        if batch is None:
            return await _page(context, request, UNPROCESSABLE, [line("desk-form-unread")])
        if batch.wish is BatchWish.HOLD and not batch.reason:
            return await _page(context, request, UNPROCESSABLE, [line("publications-no-reason")])
        return await _decide(context, request, batch)

    return router


async def _decide(context: DeskContext, request: Request, batch: AnswerBatch) -> Response:
    """Do it with each that stands as it was shown; the others are named, and why."""
    wanted = batch.titles if batch.wish is BatchWish.TITLE else batch.tickets
    done, wrong = 0, list[Line]()
    async with context.database.writing() as connection:
        stand = await hold_publications(connection, wanted)
        check, now = AnswerCheck(connection, context.regency), context.now()
        for ticket in wanted:
            one, looked_at = stand.get(ticket), await check.look(ticket)
            if one is None or looked_at is None or print_of(one, looked_at.answer) != batch.seen.get(ticket):
                wrong.append(line("publications-overtaken", ticket=ticket))
                continue
            changed = after_wish(one, batch)
            if batch.wish is BatchWish.TITLE and changed == one:
                continue
            if against := _against(changed, looked_at, check):
                wrong.append(against)
                continue
            await keep_publication(connection, changed, now, str(person_of(request).id))
            done += 1
    if not wrong and (done or batch.wish is BatchWish.TITLE):
        asked = {"state": _state(request).value, "done": batch.wish.value, "count": done}
        return RedirectResponse(f"/desk/publications?{urlencode(asked)}", 303, headers=HEADERS)
    return await _page(context, request, CONFLICT if wrong else UNPROCESSABLE, wrong or [line("publications-unmarked")])


def _against(changed: Publication, looked_at: LookedAt, check: AnswerCheck) -> Line | None:
    """What stands against this: nothing under five, what was decided elsewhere, or a title with a name in it."""
    ticket = changed.ticket
    held_for = looked_at.held_for
    if changed.state is PublicationState.PUBLISHED and held_for and held_for in HELD:
        return line(f"publications-refused-{held_for.value}", ticket=ticket)
    if changed.state is PublicationState.HELD and changed.held_for is HeldFor.MODERATOR:
        return None
    if not fits(changed.title):
        return line("publications-refused-title", ticket=ticket)
    found = check.names_in_title(looked_at, changed.title)
    return line("publications-refused-name", ticket=ticket, words=", ".join(found)) if found else None


def _state(request: Request) -> PublicationState:
    asked = request.query_params.get("state", "")
    return next((state for state in STATES if state.value == asked), PublicationState.PROPOSED)


async def _page(context: DeskContext, request: Request, status: int = 200, wrong: Sequence[Line] = ()) -> Response:
    state, after = _state(request), request.query_params.get("after", "")[:20]
    async with context.database.reading() as connection:
        found = await list_publications(connection, state, after, ON_A_PAGE + 1)
        shown = [one for each in found[:ON_A_PAGE] if (one := await _shown(context, connection, request, each))]
        counts = await count_publications(connection)
    further = urlencode({"state": state.value, "after": found[ON_A_PAGE - 1].ticket}) if found[ON_A_PAGE:] else ""
    return context.answer(
        request,
        "desk/publications/publications.html",
        line("publications-title"),
        WORDS,
        status,
        lists=[(one.value, words, counts.get(one, 0), one is state) for one, words in STATES.items()],
        state=state.value,
        shown=shown,
        wrong=wrong,
        done=_done(request),
        further=further,
    )


def _done(request: Request) -> Line | None:
    wish, count = request.query_params.get("done", ""), request.query_params.get("count", "")
    if wish not in set(BatchWish) or not count.isdecimal():
        return None
    return line(f"publications-done-{wish}", count=int(count[:3]))


async def _shown(
    context: DeskContext, connection: AsyncConnection, request: Request, one: Publication
) -> ShownAnswer | None:
    looked_at = await AnswerCheck(connection, context.regency).look(one.ticket)
    if looked_at is None or not context.may_read(person_of(request), looked_at.case):
        return None
    notes = list[Line]()
    if one.publish_at:
        notes.append(line("publications-due", date=one.publish_at))
    if one.held_for is HeldFor.MODERATOR:
        notes.append(line("publications-held-moderator", reason=one.reason))
    if looked_at.held_for and looked_at.held_for in HELD:
        notes.append(HELD[looked_at.held_for])
    if looked_at.found:
        notes.append(line("publications-found", words=", ".join(looked_at.found)))
    return ShownAnswer(one.ticket, one.title, looked_at.answer, print_of(one, looked_at.answer), notes)
