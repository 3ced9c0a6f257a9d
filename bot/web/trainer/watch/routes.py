"""`/trainer/watch`: how the model does from week to week."""

from __future__ import annotations

from datetime import datetime, time

from fastapi import APIRouter, Request, Response

from actions.store.training.sample_counts import counts_by_day
from bot.conversation.screen import line
from bot.training.models.comparing import FROZEN
from bot.training.models.shadowing import CATEGORY
from bot.training.models.watching import Promise, last_weeks, promise_of, unknown_words
from bot.understanding.understood import REPORT_TYPES
from bot.web.shared.access import guarded
from bot.web.trainer.models.context import ModelsContext
from bot.web.trainer.models.view import Registry, csv_answer
from bot.web.trainer.models.words import PAGE as MODELS
from bot.web.trainer.watch.view import PAGE, Watched, categories, csv_of, effects, weeks, words


def watch_router(context: ModelsContext) -> APIRouter:
    """The page, and its numbers as CSV."""
    router = guarded(context.trainer.sign_in)

    @router.get("/trainer/watch")
    async def watch(request: Request) -> Response:
        watched, say = await _watched(context), await context.say(request)
        return context.trainer.answer(
            request,
            "trainer/watch/watch.html",
            line("watch-title"),
            PAGE,
            is_empty=not watched.counts,
            weeks=weeks(watched, say),
            promise=watched.promise,
            categories=categories(watched, say),
            told=words(watched, say),
            effects=effects(watched, say),
        )

    @router.get("/trainer/watch/{picture}.csv")
    async def numbers(request: Request, picture: str) -> Response:
        rows = csv_of(await _watched(context), picture)
        if rows is None:
            return context.trainer.answer(request, "trainer/models/missing.html", line("watch-missing"), MODELS, 404)
        return csv_answer(f"{picture}.csv", rows)

    return router


async def _watched(context: ModelsContext) -> Watched:
    bench = context.bench
    registry, now = await context.registry(), bench.clock()
    since = datetime.combine(last_weeks(now.date())[0], time(), now.tzinfo)
    async with bench.database.reading() as connection:
        counts = await counts_by_day(connection, since, REPORT_TYPES)
    return Watched(now.date(), counts, registry, _promise(registry), await unknown_words(bench, registry.current))


def _promise(registry: Registry) -> Promise | None:
    """What the model in service promised when it was compared; as the former one where it never was a candidate."""
    own = registry.comparisons.get(registry.current.id)
    if own and (measured := own.comparison.set_of(FROZEN)):
        f1 = {pair.label: pair.candidate for pair in own.comparison.labels if pair.kind == CATEGORY}
        return promise_of(measured.candidate, f1)
    for other in registry.comparisons.values():
        if measured := other.comparison.set_of(FROZEN):
            f1 = {pair.label: pair.former for pair in other.comparison.labels if pair.kind == CATEGORY}
            return promise_of(measured.former, f1)
    return None
