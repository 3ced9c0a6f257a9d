"""`/trainer/models`: train, compare, promote, take back."""

# No postponed annotations here: FastAPI reads those of the routes.

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.trainings import AlreadyTraining, SqlTrainings
from bot.conversation.screen import Line, line
from bot.training.models.coverage import unpredicted
from bot.training.models.model_context import LONGEST_NUMBER
from bot.training.models.promotion import PromotionRefused, let_shadow, roll_back
from bot.web.shared.access import guarded
from bot.web.shared.unpredicted import unpredicted_line
from bot.web.trainer.models.context import ModelsContext, who
from bot.web.trainer.models.view import Registry, ViewWords, history, progress, rows
from bot.web.trainer.models.words import DONE, PAGE, WHY

HOME = "/trainer/models"


def models_router(context: ModelsContext) -> APIRouter:
    """The pages on models and what is pressed on them."""
    router = guarded(context.trainer.sign_in)

    @router.get("/trainer/models")
    async def models(request: Request) -> Response:
        return await _list(context, request, DONE.get(request.query_params.get("done", "")))

    @router.get("/trainer/models/training")
    async def training(request: Request) -> Response:
        registry, say = await context.registry(), await context.say(request)
        newest = progress(registry.trainings, say, context.bench.clock())
        return context.trainer.answer(
            request, "trainer/models/training.html", line("models-title"), PAGE, training=newest
        )

    @router.post("/trainer/models/train")
    async def train(request: Request) -> Response:
        try:
            await context.commands.train(who(request))
        except AlreadyTraining:
            return to("training")
        return to("")

    @router.post("/trainer/models/cancel")
    async def cancel(request: Request, training: Annotated[int, Form(ge=1, lt=10**LONGEST_NUMBER)]) -> Response:
        del request
        async with context.bench.database.writing() as connection:
            await SqlTrainings(connection).cancel(training)
        return to("")

    @router.post("/trainer/models/rollback")
    async def rollback(request: Request) -> Response:
        try:
            await roll_back(context.bench, who(request), context.ready)
            await context.follow()
        except PromotionRefused as refused:
            return await _list(context, request, WHY[refused.why], 409)
        return to("rolled-back")

    @router.post("/trainer/models/shadow/end")
    async def end_shadow(request: Request) -> Response:
        try:
            await let_shadow(context.bench, None, who(request), context.ready)
            await context.follow()
        except PromotionRefused as refused:
            return await _list(context, request, WHY[refused.why], 409)
        return to("")

    return router


def to(done: str) -> Response:
    """Redirects to the list, which shows what was done."""
    return RedirectResponse(f"{HOME}?done={done}" if done else HOME, 303)


async def _list(context: ModelsContext, request: Request, notice: Line | None, status: int = 200) -> Response:
    registry, say = await context.registry(), await context.say(request)
    return context.trainer.answer(
        request,
        "trainer/models/models.html",
        line("models-title"),
        PAGE,
        status,
        notice=notice,
        current=say.model(registry.current),
        made=say.made(registry.current),
        address=f"{HOME}/{registry.current.id}",
        processes=_processes(registry),
        former=_about(registry, registry.now.former, say, former=True),
        shadow=_about(registry, registry.now.shadow, say, former=False),
        training=progress(registry.trainings, say, context.bench.clock()),
        rows=rows(registry, say),
        history=history(registry, say),
        unpredicted=unpredicted_line(await unpredicted(context.bench)),
    )


def _processes(registry: Registry) -> list[Line]:
    """How many processes answer with the model in service, and why another does not."""
    alike = [each for each in registry.processes if each.version == registry.now.version and not each.refusal]
    told = [line("models-used-by", count=len(alike))] if registry.processes else []
    return [
        *told,
        *(line("models-process-refused", reason=each.refusal) for each in registry.processes if each.refusal),
    ]


def _about(registry: Registry, number: int | None, say: ViewWords, *, former: bool) -> Line | None:
    """What is said of the former model, or of the shadow; None where there is none."""
    if number is None:
        return None
    called = say.model(registry.model(number))
    return line("models-roll-back", former=called) if former else line("models-shadow-now", model=called)
