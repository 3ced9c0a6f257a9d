"""Puts a model into service where the gate lets it, and takes it back."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum

from actions.store.training.models import InService, Model, ModelChange, PromotionConflict, SqlModels
from bot.training.models.comparing import Judged
from bot.training.models.comparison import failed_golden
from bot.training.models.evaluation_sets import golden_rows
from bot.training.models.gate import GateCheck, checks
from bot.training.models.model_context import ModelContext
from bot.understanding.model.compiled import CompiledUnderstanding
from bot.understanding.model.model_file import UnusableModel
from bot.understanding.port import CannotUnderstand

PROMOTED, ROLLED_BACK, SHADOW_ON, SHADOW_OFF = "promoted", "rolled_back", "shadow_on", "shadow_off"
LONGEST_REASON = 500


class Why(StrEnum):
    """Why a model is not put into service."""

    IN_SERVICE = "in-service"
    NOT_COMPARED = "not-compared"
    GATE = "gate"
    NOT_YOURS = "not-yours"
    NO_FORMER = "no-former"
    UNUSABLE = "unusable"
    MEANWHILE = "meanwhile"


class PromotionRefused(Exception):
    """A model is not put into service. `failed`: what the gate objects to; `detail`: of a file that is no use."""

    def __init__(self, why: Why, failed: Sequence[GateCheck] = (), detail: str = "") -> None:
        """Take why."""
        super().__init__(why.value)
        self.why, self.failed, self.detail = why, list(failed), detail


Ready = Callable[[Model], Awaitable[None]]
"""Loads a model and tries it, so that it answers at once; raises `UnusableModel` where it does not."""


async def promote(
    bench: ModelContext, model: Model, who: str, ready: Ready, *, may_overrule: bool = False, reason: str = ""
) -> ModelChange:
    """Put a model into service.

    Args:
        bench: where models are worked on.
        model: that was compared with the one in service.
        who: does it.
        ready: loads and tries it.
        may_overrule: whether this person may overrule the gate.
        reason: why the gate is overruled; "" where it is not.

    Raises:
        Refused: it is in service, was not compared, the gate objects, or it is no use.
    """
    now, current = await bench.model_in_service()
    if model.id == current.id:
        raise PromotionRefused(Why.IN_SERVICE)
    failed = [check for check in await judged(bench, model, current) if not check.passed]
    if failed and not reason.strip():
        raise PromotionRefused(Why.GATE, failed)
    if failed and not may_overrule:
        raise PromotionRefused(Why.NOT_YOURS, failed)
    after = InService(now.version + 1, model.id, current.id, None if now.shadow == model.id else now.shadow)
    despite, why = (" ".join(map(_named, failed)), reason.strip()[:LONGEST_REASON]) if failed else ("", "")
    change = ModelChange(after.version, PROMOTED, model.id, current.id, bench.clock(), who, despite, why)
    return await _change(bench, after, change, model, ready)


async def judged(bench: ModelContext, model: Model, current: Model) -> list[GateCheck]:
    """What today's gate says to the last comparison of these two.

    Raises:
        Refused: they were not compared.
    """
    async with bench.database.reading() as connection:
        last = await SqlModels(connection).last_comparison(model.id, current.id)
    if last is None:
        raise PromotionRefused(Why.NOT_COMPARED)
    return checks(bench.gate, Judged.model_validate_json(last.document).comparison)


async def roll_back(bench: ModelContext, who: str, ready: Ready) -> ModelChange:
    """Put the former model back into service.

    Raises:
        Refused: there is none, or it is no use.
    """
    async with bench.database.reading() as connection:
        book = SqlModels(connection)
        now = await book.in_service()
        former = await book.by_id(now.former) if now.former is not None else None
        history = await book.history()
    if former is None or now.model is None:
        raise PromotionRefused(Why.NO_FORMER)
    before = next((each.former for each in history if each.what == PROMOTED and each.model == former.id), None)
    after = InService(now.version + 1, former.id, before, now.shadow)
    change = ModelChange(after.version, ROLLED_BACK, former.id, now.model, bench.clock(), who)
    return await _change(bench, after, change, former, ready)


async def let_shadow(bench: ModelContext, model: Model | None, who: str, ready: Ready) -> ModelChange:
    """Have a model read what citizens write and say nothing; None ends that.

    Raises:
        Refused: it is in service, or no use.
    """
    now, current = await bench.model_in_service()
    if model is not None and model.id == current.id:
        raise PromotionRefused(Why.IN_SERVICE)
    shadow = model or current
    after = replace(now, version=now.version + 1, model=current.id, shadow=model.id if model else None)
    what = SHADOW_ON if model else SHADOW_OFF
    change = ModelChange(after.version, what, shadow.id, current.id, bench.clock(), who)
    return await _change(bench, after, change, shadow, ready)


def tried(bench: ModelContext, model: Model) -> CompiledUnderstanding:
    """The model, loaded, and tried on the golden phrases: it answers each, and its caches are warm. Takes up to 0.3 s.

    Raises:
        UnusableModel: it cannot be read, or does not answer.
    """
    with _without_collecting():
        understanding = CompiledUnderstanding(bench.read(model), bench.known)
    rows = golden_rows(bench.folders.config_dir, bench.known)
    try:
        failed_golden(rows, [understanding.read(row.text) for row in rows])
    except CannotUnderstand as error:
        raise UnusableModel(f"{model.file} is no use here: {error}") from error
    return understanding


async def try_here(bench: ModelContext, model: Model) -> None:
    """`Ready` of a process that serves nobody.

    Raises:
        UnusableModel: as above.
    """
    await asyncio.to_thread(tried, bench, model)


async def _change(
    bench: ModelContext, after: InService, change: ModelChange, model: Model, ready: Ready
) -> ModelChange:
    try:
        await ready(model)
        async with bench.database.writing() as connection:
            await SqlModels(connection).change(after, change)
    except UnusableModel as refusal:
        raise PromotionRefused(Why.UNUSABLE, detail=str(refusal)) from refusal
    except PromotionConflict:
        raise PromotionRefused(Why.MEANWHILE) from None
    return change


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No garbage collection meanwhile: the many new words of a model would have one look through the whole process."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _named(check: GateCheck) -> str:
    return f"{check.demand.value}:{check.of}" if check.of else check.demand.value
