"""`/trainer/acts`: messages of talks in the order in which they teach most, each with what was asked before it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.act_samples import ActSample, act_by_id, act_count, act_page
from bot.conversation.screen import Line, line
from bot.training.samples.act_labelling import WrongAct, acts_at
from bot.training.samples.labelling import LabelOutcome
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import needed_number, whole_number
from bot.web.trainer.acts.words import ASKED_WORDS, TALKS
from bot.web.trainer.context import PostedFields, TrainerContext, UnreadForm, posted
from bot.web.trainer.models.words import ACT_WORDS

TITLE = line("acts-title")
A_PAGE = 10
COUNTED_UP_TO = 1_000
MOST_SHOWN = 400
MOST_CHOICES = 9


@dataclass(frozen=True, slots=True)
class ActChoice:
    """An act that may be chosen, with its key; the key is 0 in the list of all others."""

    key: int
    value: str
    words: Line


@dataclass(frozen=True, slots=True)
class ActCard:
    """A message, ready to be shown: the likeliest acts by a key each, the others in a list."""

    sample: ActSample
    asked: Line
    guess: Line
    guessed: str
    choices: Sequence[ActChoice]
    others: Sequence[ActChoice]


def acts_router(context: TrainerContext) -> APIRouter:
    """The routes by which trainers say what messages of talks do."""
    router = guarded(context.sign_in)

    @router.get("/trainer/acts")
    async def talks(request: Request) -> Response:
        return await _page(context, request)

    @router.get("/trainer/acts/next")
    async def next_cards(request: Request) -> Response:
        """More cards, those left out that the page has already."""
        numbers = [whole_number(value) for value in request.query_params.getlist("shown")[:MOST_SHOWN]]
        shown = [number for number in numbers if number is not None]
        return context.answer(request, "trainer/acts/next.html", TITLE, TALKS, **await _cards(context, shown))

    @router.post("/trainer/acts/undo")
    async def undo(request: Request) -> Response:
        numbers = (await posted(request)).numbers("sample")
        return await _undo(context, request, numbers[0] if numbers else None)

    @router.post("/trainer/acts/{number}")
    async def label(request: Request, number: str) -> Response:
        try:
            return await _label(context, request, needed_number(number), await posted(request))
        except (UnreadForm, ValueError):
            return await _done(context, request, None, line("inbox-said-too-late"))

    return router


async def _page(context: TrainerContext, request: Request) -> Response:
    names = {**await _cards(context, ()), **await acts_counter(context)}
    return context.answer(request, "trainer/acts/acts.html", TITLE, TALKS, **names)


async def _label(context: TrainerContext, request: Request, number: int, form: PostedFields) -> Response:
    acts, command = context.labelling_service.acts, form.fields.get("act", "")
    if command == "skip":
        await acts.skip(number)
        return await _done(context, request, number, line("acts-skipped"))
    if command == "gone":
        await acts.put_away(person_of(request), number)
        return await _done(context, request, number, line("inbox-gone"))
    chosen = form.fields.get("choice") or form.fields.get("other") or ""
    try:
        outcome = await acts.label(person_of(request), number, chosen)
    except WrongAct:
        return await _done(context, request, number, line("acts-wrong"))
    if outcome is LabelOutcome.TOO_LATE:
        return await _done(context, request, number, line("inbox-said-too-late"))
    return await _done(context, request, number, line("inbox-said-done"), ACT_WORDS[chosen])


async def _undo(context: TrainerContext, request: Request, number: int | None) -> Response:
    """Takes back what was said of this message, or what was said last."""
    again = await context.labelling_service.acts.take_back(person_of(request), number)
    async with context.labelling_service.database.reading() as connection:
        sample = await act_by_id(connection, again) if again else None
    if not context.is_htmx(request) or sample is None:
        return RedirectResponse("/trainer/acts", 303, headers=HEADERS)
    names: dict[str, Any] = {"cards": [_card(sample)], **await acts_counter(context)}
    return context.answer(request, "trainer/acts/reopened.html", TITLE, TALKS, **names)


async def _done(
    context: TrainerContext, request: Request, number: int | None, said: Line, label: Line | None = None
) -> Response:
    """What became of it, in the place of its card; without a script, the page again."""
    if not context.is_htmx(request):
        return RedirectResponse("/trainer/acts", 303, headers=HEADERS)
    names: dict[str, Any] = {"number": number, "said": said, "label": label, **await acts_counter(context)}
    return context.answer(request, "trainer/acts/said.html", TITLE, TALKS, **names)


async def _cards(context: TrainerContext, shown: Sequence[int]) -> Mapping[str, Any]:
    async with context.labelling_service.database.reading() as connection:
        found = await act_page(connection, A_PAGE + 1, shown)
    return {"cards": [_card(sample) for sample in found[:A_PAGE]], "more": len(found) > A_PAGE}


async def acts_counter(context: TrainerContext) -> Mapping[str, Any]:
    """How many messages of talks wait, in words, as the inbox and this page say it."""
    async with context.labelling_service.database.reading() as connection:
        waiting = await act_count(connection, COUNTED_UP_TO)
    more = "yes" if waiting == COUNTED_UP_TO else "no"
    return {
        "waiting": line("inbox-waiting", count=waiting, more=more),
        "of_talks": line("acts-of-talks", count=waiting),
    }


def _card(sample: ActSample) -> ActCard:
    likely = dict[str, float](json.loads(sample.likely))
    possible = [name for name in ACT_WORDS if name in acts_at(sample.asked)]
    ranked = sorted(possible, key=lambda name: -likely.get(name, 0.0))
    first = [ActChoice(key, name, ACT_WORDS[name]) for key, name in enumerate(ranked[:MOST_CHOICES], 1)]
    others = [ActChoice(0, name, ACT_WORDS[name]) for name in possible if name not in ranked[:MOST_CHOICES]]
    share = round(likely.get(ranked[0], 0.0) * 100)
    guess = line("acts-guess", label=(ACT_WORDS[ranked[0]],), percent=share)
    asked = ASKED_WORDS.get(sample.asked, ASKED_WORDS["nothing"])
    return ActCard(sample, asked, guess, ranked[0], first, others)
