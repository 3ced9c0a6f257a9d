"""Promoting, overruling, taking back: what is refused, what is kept, and what every process then uses."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from actions.store.training.models import Model, ModelChange, Process, SqlModels
from actions.store.training.shadows import counts_of
from bot.training.models import serving
from bot.training.models.comparing import compare_with_service
from bot.training.models.model_context import BASELINE, ModelContext
from bot.training.models.model_loaders import CompiledStore
from bot.training.models.promotion import (
    PROMOTED,
    ROLLED_BACK,
    SHADOW_OFF,
    SHADOW_ON,
    PromotionRefused,
    Why,
    let_shadow,
    promote,
    roll_back,
    try_here,
)
from bot.training.models.serving import PromotedModel
from bot.training.models.shadowing import CATEGORY, Shadowed
from bot.understanding.model.compiled_model import CompiledUnderstanding
from bot.understanding.model.model_registry import CompiledModelCache, ModelUpdate
from tests.patience import PATIENCE_SECONDS
from tests.unit.models.conftest import PatientClock
from tests.unit.models.made_models import a_model, a_model_file, alike, overconfident, worse

pytestmark = pytest.mark.thorough

WHO = "person:1"
TEXT = "jalan depan pasar berlubang besar sampai motor saya jatuh"


async def compared(bench: ModelContext, letter: str, alter: object = alike) -> Model:
    """A model that stands in the registry and was compared with the one in service."""
    model = await a_model(bench, letter, alter)  # type: ignore[arg-type]
    await compare_with_service(bench, model, [], WHO)
    return model


async def promoted(bench: ModelContext, model: Model, **wishes: object) -> ModelChange:
    return await promote(bench, model, WHO, partial(try_here, bench), **wishes)  # type: ignore[arg-type]


async def taken_back(bench: ModelContext) -> ModelChange:
    return await roll_back(bench, WHO, partial(try_here, bench))


def a_process(bench: ModelContext) -> tuple[PromotedModel, list[ModelUpdate]]:
    news: list[ModelUpdate] = []
    file_registry = CompiledModelCache(bench.folders, bench.key, news.append)
    return PromotedModel(bench, file_registry, CompiledStore(bench), news.append, serves=True), news


async def test_before_any_promotion_the_baseline_is_in_service(bench: ModelContext) -> None:
    now, current = await bench.model_in_service()
    assert (now.version, current.file) == (0, BASELINE)


async def test_a_model_that_passes_is_promoted_and_taken_back(bench: ModelContext) -> None:
    model = await compared(bench, "a")
    await promoted(bench, model)
    now, current = await bench.model_in_service()
    assert (now.version, current.id) == (1, model.id)
    await taken_back(bench)
    now, current = await bench.model_in_service()
    assert (now.version, current.file, now.former) == (2, BASELINE, None)
    async with bench.database.reading() as connection:
        history = await SqlModels(connection).history()
    assert [(each.what, each.who) for each in history] == [(ROLLED_BACK, WHO), (PROMOTED, WHO)]


async def test_a_rollback_goes_to_the_one_before_and_then_to_the_one_before_that(bench: ModelContext) -> None:
    first = await compared(bench, "a")
    await promoted(bench, first)
    await promoted(bench, await compared(bench, "b"))
    back = [(await taken_back(bench)).model, (await taken_back(bench)).model]
    async with bench.database.reading() as connection:
        baseline = await SqlModels(connection).by_file(BASELINE)
    assert baseline
    assert back == [first.id, baseline.id]


async def test_a_model_that_was_not_compared_is_refused(bench: ModelContext) -> None:
    with pytest.raises(PromotionRefused) as refused:
        await promoted(bench, await a_model(bench, "a"))
    assert refused.value.why is Why.NOT_COMPARED


async def test_a_comparison_with_another_than_the_one_in_service_does_not_count(bench: ModelContext) -> None:
    later = await compared(bench, "b")
    await promoted(bench, await compared(bench, "a"))
    with pytest.raises(PromotionRefused) as refused:
        await promoted(bench, later)
    assert refused.value.why is Why.NOT_COMPARED


@pytest.mark.parametrize(("alter", "demand"), [(worse, "golden"), (overconfident, "calibration")])
async def test_a_worse_model_is_stopped_by_the_gate(bench: ModelContext, alter: object, demand: str) -> None:
    with pytest.raises(PromotionRefused) as refused:
        await promoted(bench, await compared(bench, "a", alter))
    assert refused.value.why is Why.GATE
    assert demand in {check.demand for check in refused.value.failed}


async def test_only_an_admin_overrules_the_gate_and_the_reason_is_kept(bench: ModelContext) -> None:
    model = await compared(bench, "a", worse)
    with pytest.raises(PromotionRefused) as refused:
        await promoted(bench, model, reason="Pasar baru dibuka.")
    change = await promoted(bench, model, reason=" Pasar baru dibuka. ", may_overrule=True)
    assert refused.value.why is Why.NOT_YOURS
    assert (change.reason, change.despite.split()[0]) == ("Pasar baru dibuka.", "golden")


async def test_a_reason_is_not_kept_where_nothing_was_overruled(bench: ModelContext) -> None:
    change = await promoted(bench, await compared(bench, "a"), reason="karena bagus", may_overrule=True)
    assert (change.reason, change.despite) == ("", "")


async def test_a_file_that_was_changed_since_is_not_promoted(bench: ModelContext) -> None:
    model = await compared(bench, "a")
    a_model_file(bench.folders, bench.key, "a" * 64, worse)
    with pytest.raises(PromotionRefused) as refused:
        await promoted(bench, model)
    assert (refused.value.why, (await bench.model_in_service())[1].file) == (Why.UNUSABLE, BASELINE)


async def test_a_file_of_another_installation_is_not_promoted(bench: ModelContext) -> None:
    model = await compared(bench, "a")
    a_model_file(bench.folders, b"another key", "a" * 64)
    with pytest.raises(PromotionRefused) as refused:
        await promoted(bench, model)
    assert "signature" in refused.value.detail


async def test_of_two_promotions_at_once_one_is_told(bench: ModelContext) -> None:
    one, other = await compared(bench, "a"), await compared(bench, "b")
    both = await asyncio.gather(promoted(bench, one), promoted(bench, other), return_exceptions=True)
    assert [each.why for each in both if isinstance(each, PromotionRefused)] == [Why.MEANWHILE]


async def test_processes_follow_a_promotion_and_a_rollback(
    bench: ModelContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "LOOK_EVERY_SECONDS", 0.01)
    (one, _), (other, news) = a_process(bench), a_process(bench)
    other._name = "another"
    model = await compared(bench, "a", worse)
    async with one, other, asyncio.timeout(PATIENCE_SECONDS):
        await promoted(bench, model, may_overrule=True, reason="coba")
        while not all(says(each) == "sampah" for each in (one, other)):
            await asyncio.sleep(0.01)
        await taken_back(bench)
        while not all(says(each) == "jalan" for each in (one, other)):
            await asyncio.sleep(0.01)
        while {(each.version, each.refusal) for each in await living(bench)} != {(2, "")}:
            await asyncio.sleep(0.01)
    assert [each.words for each in news if each.words.startswith("model-")] == [model.file]


async def test_a_start_with_a_shadow_keeps_the_model_that_answers(bench: ModelContext) -> None:
    """The shadow is loaded right after it; neither is let go of for the other, nor told of twice."""
    process, news = a_process(bench)
    model = await compared(bench, "a")
    await let_shadow(bench, model, WHO, partial(try_here, bench))
    async with process:
        kept = process._served
        assert kept is not None
        assert kept in process._loaded.values()
        await let_shadow(bench, None, WHO, partial(try_here, bench))
        await process.look()
        assert process._served is kept
    assert [each.words for each in news] == [BASELINE]


async def test_whatever_breaks_a_look_the_next_ones_follow(
    bench: ModelContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "LOOK_EVERY_SECONDS", 0.01)
    process, _ = a_process(bench)
    look, broken = process.look, asyncio.Event()

    async def breaks_once(*, again: bool = False) -> None:
        if broken.is_set():
            await look(again=again)
        else:
            broken.set()
            raise ValueError

    monkeypatch.setattr(process, "look", breaks_once)
    model = await compared(bench, "a", worse)
    async with process, asyncio.timeout(PATIENCE_SECONDS):
        await broken.wait()
        await promoted(bench, model, may_overrule=True, reason="coba")
        while says(process) != "sampah":
            await asyncio.sleep(0.01)


async def living(bench: ModelContext) -> list[Process]:
    async with bench.database.reading() as connection:
        return await SqlModels(connection).living(bench.clock())


def says(process: PromotedModel) -> str:
    reader = process.reader
    assert reader
    assert isinstance(reader, CompiledUnderstanding)
    return reader.read(TEXT).categories[0].name


async def test_the_former_model_stays_loaded(bench: ModelContext) -> None:
    process, _ = a_process(bench)
    first, second = await compared(bench, "a"), None
    await promoted(bench, first)
    second = await compared(bench, "b")
    await promoted(bench, second)
    await process.look()
    assert process._loaded.keys() == {first.id, second.id}


async def test_the_model_that_was_taken_back_stays_loaded_for_whoever_still_asks_it(bench: ModelContext) -> None:
    process, _ = a_process(bench)
    first = await compared(bench, "a")
    await promoted(bench, first)
    await process.look()
    await taken_back(bench)
    await process.look()
    assert first.id in process._loaded
    await promoted(bench, second := await compared(bench, "b"))
    await process.look()
    assert first.id not in process._loaded
    assert second.id in process._loaded


async def test_a_process_that_cannot_load_goes_on_with_the_former_and_says_why(bench: ModelContext) -> None:
    process, news = a_process(bench)
    await promoted(bench, await compared(bench, "a"))
    await process.look()
    second = await compared(bench, "b", worse)
    await promoted(bench, second, may_overrule=True, reason="coba")
    bench.file_of(second).unlink()
    await process.look()
    assert says(process) == "jalan"
    assert news[-1].refused
    [told] = await living(bench)
    assert "cannot be read" in told.refusal


async def test_at_a_start_a_missing_model_is_replaced_by_the_former(bench: ModelContext) -> None:
    await promoted(bench, await compared(bench, "a"))
    second = await compared(bench, "b", worse)
    await promoted(bench, second, may_overrule=True, reason="coba")
    bench.file_of(second).unlink()
    process, _ = a_process(bench)
    async with process:
        assert says(process) == "jalan"


async def test_a_shadow_reads_along_and_is_not_heard(bench: ModelContext, clock: PatientClock) -> None:
    shadow = await a_model(bench, "a", worse)
    process, _ = a_process(bench)
    async with process:
        await let_shadow(bench, shadow, WHO, process.ready)
        await process.look()
        reader = process.reader
        assert isinstance(reader, Shadowed)
        [said] = await reader.understand([TEXT])
        await asyncio.gather(*reader._reading)
        await serving.keep_tally(bench, process._tally)
        await serving.keep_tally(bench, process._tally)
        async with bench.database.reading() as connection:
            counted = await counts_of(connection, shadow.id, CATEGORY)
        ended = await let_shadow(bench, None, WHO, process.ready)
        await process.look()
    assert said.categories[0].name == "jalan"
    assert counted == [("jalan", "sampah", 1)]
    assert (ended.what, isinstance(process.reader, Shadowed)) == (SHADOW_OFF, False)
    async with bench.database.reading() as connection:
        assert [each.what for each in await SqlModels(connection).history()] == [SHADOW_OFF, SHADOW_ON]


async def test_a_model_in_service_is_neither_promoted_nor_a_shadow(bench: ModelContext) -> None:
    _, current = await bench.model_in_service()
    for asked in (promoted(bench, current), let_shadow(bench, current, WHO, partial(try_here, bench))):
        with pytest.raises(PromotionRefused) as refused:
            await asked
        assert refused.value.why is Why.IN_SERVICE


async def test_without_a_promotion_there_is_nothing_to_go_back_to(bench: ModelContext) -> None:
    with pytest.raises(PromotionRefused) as refused:
        await taken_back(bench)
    assert refused.value.why is Why.NO_FORMER
