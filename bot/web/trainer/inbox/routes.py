"""`/trainer`: what citizens wrote, in the order in which it teaches most, to be labelled by a key each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.samples import Sample, SampleCursor, by_id, inbox_page, open_count, twins_of
from bot.conversation.screen import Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.training.samples.labelling import LabelOutcome, who
from bot.training.samples.labels import SampleLabel, WrongLabel
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import needed_number
from bot.web.trainer.context import PostedFields, TrainerContext, UnreadForm, posted
from bot.web.trainer.view import SampleCard, card_of, label_of, label_words, prose

SAID: Mapping[LabelOutcome, Line] = {
    LabelOutcome.DONE: line("inbox-said-done"),
    LabelOutcome.WAITS: line("inbox-said-waits"),
    LabelOutcome.DIFFERS: line("inbox-said-differs"),
    LabelOutcome.TOO_LATE: line("inbox-said-too-late"),
}

INBOX: Mapping[str, Line] = {
    "about": line("inbox-about"),
    "empty": line("inbox-empty"),
    "key_help": line("inbox-keys"),
    "rules": line("trainer-rules"),
    "type": line("inbox-type"),
    "labels": line("inbox-labels"),
    "other": line("inbox-other"),
    "other_use": line("inbox-other-use"),
    "choose": line("inbox-choose"),
    "talk": line("inbox-talk"),
    "two": line("inbox-two"),
    "two_first": line("inbox-two-first"),
    "two_second": line("inbox-two-second"),
    "skip": line("inbox-skip"),
    "put_away": line("inbox-put-away"),
    "undo": line("inbox-undo"),
    "place": line("inbox-mark-place"),
    "time": line("inbox-mark-time"),
    "more": line("inbox-more"),
    "bulk": line("inbox-bulk"),
    "bulk_pick": line("inbox-bulk-pick"),
    "bulk_use": line("inbox-bulk-use"),
    "unsaved": line("inbox-unsaved"),
    "message": line("inbox-message"),
    **{f"intent_{name}": words for name, words in INTENT_WORDS.items()},
}


A_PAGE = 10
COUNTED_UP_TO = 1_000


def trainer_router(context: TrainerContext) -> APIRouter:
    """The routes of the trainers' inbox."""
    router = guarded(context.sign_in)

    @router.get("/trainer")
    async def inbox(request: Request) -> Response:
        return await _inbox(context, request)

    @router.post("/trainer/samples/{number}")
    async def label(request: Request, number: str) -> Response:
        try:
            return await _label(context, request, needed_number(number), await posted(request))
        except (UnreadForm, ValueError):
            return _done(context, request, 0, SAID[LabelOutcome.TOO_LATE])

    @router.post("/trainer/undo")
    async def undo(request: Request) -> Response:
        form = await posted(request)
        return await _undo(context, request, next(iter(form.numbers("sample")), None))

    @router.post("/trainer/bulk")
    async def bulk(request: Request) -> Response:
        return await _bulk(context, request, await posted(request))

    return router


async def _inbox(context: TrainerContext, request: Request) -> Response:
    person = person_of(request)
    async with context.labelling_service.database.reading() as connection:
        found = await inbox_page(connection, who(person), A_PAGE + 1, _after(request))
        shown = found[:A_PAGE]
        twins = await twins_of(connection, [sample.kin for sample in shown])
        waiting = await open_count(connection, who(person), COUNTED_UP_TO)
    return context.answer(
        request,
        "trainer/inbox/inbox.html",
        line("trainer-inbox"),
        INBOX,
        cards=_cards(context, shown, twins),
        groups=context.groups,
        more=f"?after={shown[-1].worth}:{shown[-1].id}" if len(found) > A_PAGE else "",
        waiting=line("inbox-waiting", count=waiting, more="yes" if waiting == COUNTED_UP_TO else "no"),
        rules=prose(context.rules.text()),
    )


def _after(request: Request) -> SampleCursor | None:
    """The position after which the page of the inbox begins."""
    worth, _, number = request.query_params.get("after", "").partition(":")
    try:
        return SampleCursor(float(worth), needed_number(number))
    except ValueError:
        return None


def _cards(context: TrainerContext, shown: list[Sample], twins: dict[str, int]) -> list[SampleCard]:
    return [card_of(sample, twins.get(sample.kin, 1), context.catalogue) for sample in shown]


async def _label(context: TrainerContext, request: Request, number: int, form: PostedFields) -> Response:
    person, command = person_of(request), form.fields.get("act", "")
    if command == "skip":
        await context.labelling_service.skip(person, number)
        return _done(context, request, number, line("inbox-skipped"))
    if command == "gone":
        await context.labelling_service.put_away(person, number)
        return _done(context, request, number, line("inbox-gone"))
    try:
        label = label_of(form.fields)
        said = await context.labelling_service.label(person, number, label)
    except WrongLabel:
        return _done(context, request, number, line("inbox-wrong-label"))
    return _done(context, request, number, SAID[said], label)


async def _undo(context: TrainerContext, request: Request, number: int | None) -> Response:
    person = person_of(request)
    reopened = await context.labelling_service.take_back(person, number)
    if not context.is_htmx(request) or reopened is None:
        return RedirectResponse("/trainer", 303, headers=HEADERS)
    async with context.labelling_service.database.reading() as connection:
        again = await by_id(connection, reopened)
        found = [again] if again else []
        twins = await twins_of(connection, [sample.kin for sample in found])
    cards = _cards(context, found, twins)
    return context.answer(
        request, "trainer/inbox/cards.html", line("trainer-inbox"), INBOX, cards=cards, groups=context.groups
    )


async def _bulk(context: TrainerContext, request: Request, form: PostedFields) -> Response:
    """Gives several samples the same label."""
    person = person_of(request)
    try:
        label = replace(label_of(form.fields), marks=())
    except WrongLabel:
        return RedirectResponse("/trainer", 303, headers=HEADERS)
    for number in form.numbers("ids")[:A_PAGE]:
        await context.labelling_service.label(person, number, label)
    return RedirectResponse("/trainer", 303, headers=HEADERS)


def _done(
    context: TrainerContext, request: Request, number: int, said: Line, label: SampleLabel | None = None
) -> Response:
    """What became of it, in the place of its card; without a script, the inbox again."""
    if not context.is_htmx(request):
        return RedirectResponse("/trainer", 303, headers=HEADERS)
    words = label_words(label) if label else None
    return context.answer(
        request, "trainer/inbox/said.html", line("trainer-inbox"), INBOX, number=number, said=said, label=words
    )
