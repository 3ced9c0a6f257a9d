"""`/trainer`: what citizens wrote, in the order in which it teaches most, to be labelled by a key each."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.samples import After, Sample, by_id, inbox_page, open_count, twins_of
from bot.conversation.screen import Line, line
from bot.training.samples.labelling import Said, who
from bot.training.samples.labels import Label, WrongLabel
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import needed_number
from bot.web.trainer.context import TrainerDoor
from bot.web.trainer.forms import Posted, UnreadForm, posted
from bot.web.trainer.inbox.words import INBOX, SAID
from bot.web.trainer.prose import prose
from bot.web.trainer.view import Card, card_of, label_of, label_words

A_PAGE = 10
COUNTED_UP_TO = 1_000


def trainer_router(door: TrainerDoor) -> APIRouter:
    """The inbox, and what is done in it."""
    router = guarded(door.sign_in)

    @router.get("/trainer")
    async def inbox(request: Request) -> Response:
        return await _inbox(door, request)

    @router.post("/trainer/samples/{number}")
    async def label(request: Request, number: str) -> Response:
        try:
            return await _label(door, request, needed_number(number), await posted(request))
        except (UnreadForm, ValueError):
            return _done(door, request, 0, SAID[Said.TOO_LATE])

    @router.post("/trainer/undo")
    async def undo(request: Request) -> Response:
        form = await posted(request)
        return await _undo(door, request, next(iter(form.numbers("sample")), None))

    @router.post("/trainer/bulk")
    async def bulk(request: Request) -> Response:
        return await _bulk(door, request, await posted(request))

    return router


async def _inbox(door: TrainerDoor, request: Request) -> Response:
    person = person_of(request)
    async with door.room.database.reading() as connection:
        found = await inbox_page(connection, who(person), A_PAGE + 1, _after(request))
        shown = found[:A_PAGE]
        twins = await twins_of(connection, [sample.kin for sample in shown])
        waiting = await open_count(connection, COUNTED_UP_TO)
    return door.answer(
        request,
        "trainer/inbox/inbox.html",
        line("trainer-inbox"),
        INBOX,
        cards=_cards(door, shown, twins),
        groups=door.groups,
        more=f"?after={shown[-1].worth}:{shown[-1].id}" if len(found) > A_PAGE else "",
        waiting=line("inbox-waiting", count=waiting, more="yes" if waiting == COUNTED_UP_TO else "no"),
        rules=prose(door.rules.text()),
    )


def _after(request: Request) -> After | None:
    """Where the page before ended."""
    worth, _, number = request.query_params.get("after", "").partition(":")
    try:
        return After(float(worth), needed_number(number))
    except ValueError:
        return None


def _cards(door: TrainerDoor, shown: list[Sample], twins: dict[str, int]) -> list[Card]:
    return [card_of(sample, twins.get(sample.kin, 1), door.catalogue) for sample in shown]


async def _label(door: TrainerDoor, request: Request, number: int, form: Posted) -> Response:
    person, act = person_of(request), form.fields.get("act", "")
    if act == "skip":
        await door.room.skip(person, number)
        return _done(door, request, number, line("inbox-skipped"))
    if act == "gone":
        await door.room.put_away(person, number)
        return _done(door, request, number, line("inbox-gone"))
    try:
        label = label_of(form.fields)
        said = await door.room.label(person, number, label)
    except WrongLabel:
        return _done(door, request, number, line("inbox-wrong-label"))
    return _done(door, request, number, SAID[said], label)


async def _undo(door: TrainerDoor, request: Request, number: int | None) -> Response:
    person = person_of(request)
    reopened = await door.room.take_back(person, number)
    if not door.is_htmx(request) or reopened is None:
        return RedirectResponse("/trainer", 303, headers=HEADERS)
    async with door.room.database.reading() as connection:
        again = await by_id(connection, reopened)
        found = [again] if again else []
        twins = await twins_of(connection, [sample.kin for sample in found])
    cards = _cards(door, found, twins)
    return door.answer(
        request, "trainer/inbox/cards.html", line("trainer-inbox"), INBOX, cards=cards, groups=door.groups
    )


async def _bulk(door: TrainerDoor, request: Request, form: Posted) -> Response:
    """One label for several."""
    person = person_of(request)
    try:
        label = replace(label_of(form.fields), marks=())
    except WrongLabel:
        return RedirectResponse("/trainer", 303, headers=HEADERS)
    for number in form.numbers("ids")[:A_PAGE]:
        await door.room.label(person, number, label)
    return RedirectResponse("/trainer", 303, headers=HEADERS)


def _done(door: TrainerDoor, request: Request, number: int, said: Line, label: Label | None = None) -> Response:
    """What became of it, in the place of its card; without a script, the inbox again."""
    if not door.is_htmx(request):
        return RedirectResponse("/trainer", 303, headers=HEADERS)
    words = label_words(label) if label else None
    return door.answer(
        request, "trainer/inbox/said.html", line("trainer-inbox"), INBOX, number=number, said=said, label=words
    )
