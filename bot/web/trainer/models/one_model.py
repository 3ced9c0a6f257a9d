"""`/trainer/models/<number>`: one model held against the one in service, and what may be done with it."""

# No postponed annotations here: FastAPI reads those of the routes.

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.models import Compared, Model, SqlModels
from actions.store.training.shadows import counts_of
from bot.conversation.screen import Line, line
from bot.training.models.model_context import NoModel
from bot.training.models.promotion import LONGEST_REASON, PromotionRefused, let_shadow, promote
from bot.training.models.shadowing import CATEGORY
from bot.training.models.subprocesses import COMPARING_SECONDS
from bot.web.shared.access import guarded
from bot.web.trainer.models.comparison_view import checked, labels, sets
from bot.web.trainer.models.context import ModelsContext, is_admin, who
from bot.web.trainer.models.csv import csv_answer, csv_of
from bot.web.trainer.models.routes import HOME, to
from bot.web.trainer.models.view import Registry, ViewWords, name
from bot.web.trainer.models.words import DONE, PAGE, WHY

LONGEST_SECONDS = 12
"""Digits of a moment in an address."""


def model_router(context: ModelsContext) -> APIRouter:
    """The page of a model."""
    router = guarded(context.trainer.sign_in)

    @router.get("/trainer/models/{number}")
    async def model(request: Request, number: str) -> Response:
        return await _one(context, request, number, DONE.get(request.query_params.get("done", "")))

    @router.get("/trainer/models/{number}/numbers.csv")
    async def numbers(request: Request, number: str) -> Response:
        found = await _found(context, number)
        registry = await context.registry()
        judged = registry.comparisons.get(found.id) if found else None
        if judged is None:
            return await _one(context, request, number, None)
        return csv_answer("numbers.csv", csv_of(judged.comparison))

    return router


def model_actions_router(context: ModelsContext) -> APIRouter:
    """What is pressed on the page of a model."""
    router = guarded(context.trainer.sign_in)

    @router.post("/trainer/models/{number}/compare")
    async def compare(request: Request, number: str) -> Response:
        found = await _found(context, number)
        if found is None:
            return await _one(context, request, number, None)
        async with context.bench.database.reading() as connection:
            last = await SqlModels(connection).last_comparison(found.id)
        await context.commands.begin_comparing(found.id, who(request))
        ends = round(context.bench.clock().timestamp() + COMPARING_SECONDS)
        return RedirectResponse(f"{HOME}/{found.id}?since={last.id if last else 0}&ends={ends}", 303)

    @router.post("/trainer/models/{number}/promote")
    async def promoted(request: Request, number: str, reason: Annotated[str, Form()] = "") -> Response:
        found = await _found(context, number)
        if found is None:
            return await _one(context, request, number, None)
        why = reason.strip()[:LONGEST_REASON]
        try:
            await promote(context.bench, found, who(request), context.ready, may_overrule=is_admin(request), reason=why)
            await context.follow()
        except PromotionRefused as refused:
            return await _one(context, request, number, WHY[refused.why], 409)
        return to("promoted")

    @router.post("/trainer/models/{number}/shadow")
    async def shadow(request: Request, number: str) -> Response:
        found = await _found(context, number)
        if found is None:
            return await _one(context, request, number, None)
        try:
            await let_shadow(context.bench, found, who(request), context.ready)
            await context.follow()
        except PromotionRefused as refused:
            return await _one(context, request, number, WHY[refused.why], 409)
        return to("shadow")

    return router


async def _found(context: ModelsContext, number: str) -> Model | None:
    try:
        return await context.bench.model(number) if number.isdecimal() else None
    except NoModel:
        return None


async def _one(
    context: ModelsContext, request: Request, number: str, notice: Line | None, status: int = 200
) -> Response:
    found = await _found(context, number)
    if found is None:
        return context.trainer.answer(request, "trainer/models/missing.html", line("models-missing"), PAGE, 404)
    registry, say = await context.registry(), await context.say(request)
    judged = registry.comparisons.get(found.id)
    async with context.bench.database.reading() as connection:
        last = await SqlModels(connection).last_comparison(found.id)
        shadowed = await counts_of(connection, found.id, CATEGORY)
    is_current = last is not None and last.former == registry.current.id
    comparing = _comparing(request, last)
    if comparing and (found.id in context.commands.failed or context.bench.clock().timestamp() > comparing.ends):
        comparing, notice = None, DONE["failed"]
    return context.trainer.answer(
        request,
        "trainer/models/one_model.html",
        name(found),
        PAGE,
        status,
        notice=notice,
        model=found,
        made=say.made(found),
        configuration=str(found.about.get("configuration", "")),
        comparing=comparing,
        compared=_compared(last, registry, say),
        sets=sets(judged.comparison, say) if judged else [],
        labels=labels(judged.comparison, say) if judged else None,
        golden=judged.comparison.golden.failed if judged else [],
        meaning=say.meaning,
        checks=checked(judged.checks, say) if judged else [],
        passed=bool(judged and judged.passed),
        is_compared=is_current,
        in_service=found.id == registry.current.id,
        is_shadow=found.id == registry.now.shadow,
        shadowed=_shadowed(shadowed, say),
        is_admin=is_admin(request),
        longest=LONGEST_REASON,
    )


@dataclass(frozen=True, slots=True)
class _Comparing:
    """A comparison that is not there yet; `ends`: when it is given up, in seconds since 1970."""

    address: str
    ends: int


def _comparing(request: Request, last: Compared | None) -> _Comparing | None:
    """What the page was told to wait for: a comparison after the one that was there, whichever process does it."""
    since, ends = (request.query_params.get(name, "") for name in ("since", "ends"))
    if not all(each.isdecimal() and len(each) <= LONGEST_SECONDS for each in (since, ends)):
        return None
    is_there = last is not None and last.id > int(since)
    return None if is_there else _Comparing(f"{request.url.path}?since={int(since)}&ends={int(ends)}", int(ends))


def _compared(last: Compared | None, registry: Registry, say: ViewWords) -> str:
    return say(line("models-compared", former=say.model(registry.model(last.former)), at=last.at)) if last else ""


def _shadowed(counts: list[tuple[str, str, int]], say: ViewWords) -> dict[str, object]:
    """How often both said the same, and where they differed most."""
    texts = sum(count for _, _, count in counts)
    same = sum(count for said, unsaid, count in counts if said == unsaid)
    differing = [(say.meaning(said), say.meaning(unsaid), count) for said, unsaid, count in counts if said != unsaid]
    return {"texts": texts, "same": say.percent(same / texts if texts else None), "differing": differing[:20]}
