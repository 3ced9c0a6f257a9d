"""What a trainer says of the messages in her inbox: labels, of one or of several, and taking them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.samples import by_id
from bot.conversation.screen import Line, line
from bot.training.samples.labelling import LabelOutcome
from bot.training.samples.labels import SampleLabel, WrongLabel
from bot.training.samples.similar import MOST_OTHERS, SampleGroup
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import needed_number
from bot.web.trainer.context import PostedFields, TrainerContext, UnreadForm, posted
from bot.web.trainer.inbox.routes import INBOX, cards, counters, search_of
from bot.web.trainer.view import label_of, label_words

SAID: Mapping[LabelOutcome, Line] = {
    LabelOutcome.DONE: line("inbox-said-done"),
    LabelOutcome.WAITS: line("inbox-said-waits"),
    LabelOutcome.DIFFERS: line("inbox-said-differs"),
    LabelOutcome.TOO_LATE: line("inbox-said-too-late"),
}
MOST_AT_ONCE = 100


def labelling_router(context: TrainerContext) -> APIRouter:
    """The routes by which messages are labelled."""
    router = guarded(context.sign_in)

    @router.post("/trainer/samples/{number}")
    async def label(request: Request, number: str) -> Response:
        try:
            return await _label(context, request, needed_number(number), await posted(request))
        except (UnreadForm, ValueError):
            return await _done(context, request, (), SAID[LabelOutcome.TOO_LATE])

    @router.post("/trainer/undo")
    async def undo(request: Request) -> Response:
        form = await posted(request)
        return await _undo(context, request, form.numbers("sample")[: MOST_OTHERS + 1])

    @router.post("/trainer/bulk")
    async def bulk(request: Request) -> Response:
        return await _bulk(context, request, await posted(request))

    return router


async def _label(context: TrainerContext, request: Request, number: int, form: PostedFields) -> Response:
    person, command = person_of(request), form.fields.get("act", "")
    if command == "skip":
        await context.labelling_service.skip(person, number)
        return await _done(context, request, (number,), line("inbox-skipped"))
    if command == "gone":
        await context.labelling_service.put_away(person, number)
        return await _done(context, request, (number,), line("inbox-gone"))
    try:
        label = label_of(form.fields)
        said = await context.labelling_service.label(person, number, label)
    except WrongLabel:
        return await _done(context, request, (number,), line("inbox-wrong-label"))
    others = form.numbers("also")[:MOST_OTHERS]
    for other in others:
        await context.labelling_service.label(person, other, replace(label, marks=(), second=None))
    words = line("inbox-said-several", count=1 + len(others)) if others else SAID[said]
    return await _done(context, request, (number, *others), words, label)


async def _undo(context: TrainerContext, request: Request, numbers: Sequence[int]) -> Response:
    """Takes back what was said of these, or what was said last."""
    person = person_of(request)
    asked: Sequence[int | None] = numbers or [None]
    reopened = [await context.labelling_service.take_back(person, number) for number in asked]
    async with context.labelling_service.database.reading() as connection:
        again = [await by_id(connection, number) for number in reopened if number is not None]
    found = [sample for sample in again if sample]
    if not context.is_htmx(request) or not found:
        return _inbox_again(request)
    shown = await cards(context, [SampleGroup(found[0], tuple(found[1:]))])
    counted = await counters(context, request)
    names = {**shown, **counted, "search": search_of(request)}
    return context.answer(request, "trainer/inbox/reopened.html", line("trainer-inbox"), INBOX, **names)


async def _bulk(context: TrainerContext, request: Request, form: PostedFields) -> Response:
    """Gives several samples the same label."""
    person = person_of(request)
    try:
        label = replace(label_of(form.fields), marks=())
    except WrongLabel:
        return _inbox_again(request)
    for number in form.numbers("ids")[:MOST_AT_ONCE]:
        await context.labelling_service.label(person, number, label)
    return _inbox_again(request)


async def _done(
    context: TrainerContext, request: Request, numbers: Sequence[int], said: Line, label: SampleLabel | None = None
) -> Response:
    """What became of it, in the place of its card; without a script, the inbox again."""
    if not context.is_htmx(request):
        return _inbox_again(request)
    words = label_words(label) if label else None
    counted = await counters(context, request)
    names: dict[str, Any] = {"numbers": numbers, "said": said, "label": words, "search": search_of(request)}
    return context.answer(request, "trainer/inbox/said.html", line("trainer-inbox"), INBOX, **names, **counted)


def _inbox_again(request: Request) -> Response:
    """The inbox, with what was looked for in it."""
    query = search_of(request).query
    return RedirectResponse(f"/trainer?{query}" if query else "/trainer", 303, headers=HEADERS)
