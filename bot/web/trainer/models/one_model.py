"""`/trainer/models/<number>`: one model held against the one in service, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from actions.store.training.models import Compared, Model, SqlModels
from actions.store.training.sample_counts import visible_of
from actions.store.training.shadows import counts_of
from bot.conversation.screen import Line, line
from bot.training.models.comparing import Judged
from bot.training.models.comparison import Changed, Comparison, GroupPair, LabelPair, SetCompared
from bot.training.models.gate import Demand, GateCheck
from bot.training.models.measuring import Share
from bot.training.models.model_context import NoModel
from bot.training.models.promotion import LONGEST_REASON, PromotionRefused, let_shadow, promote
from bot.training.models.shadowing import CATEGORY
from bot.training.models.subprocesses import COMPARING_SECONDS
from bot.web.shared.access import guarded
from bot.web.shared.charts import Pair, pairs
from bot.web.trainer.models.context import ModelsContext, is_admin, who
from bot.web.trainer.models.routes import HOME, to
from bot.web.trainer.models.view import Registry, ViewWords, csv_answer, csv_of, name
from bot.web.trainer.models.words import DEMANDS, DONE, NUMBERS, PAGE, SETS, WHY

_SHARES = {Demand.MACRO_F1, Demand.LABEL, Demand.ACTS, Demand.ACT, Demand.CALIBRATION, Demand.SURE}
_OF_ONE = {Demand.LABEL, Demand.ACT}
"""What is looked at for so many single labels that only what fails is shown."""
LOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class SetShown:
    """A set as it is shown."""

    name: str
    summary: str
    difference: str
    picture: Markup
    better: Sequence[Changed]
    worse: Sequence[Changed]


def sets(comparison: Comparison, say: ViewWords) -> list[SetShown]:
    """Each set with its picture."""
    return [_set(each, say) for each in comparison.sets]


def _set(each: SetCompared, say: ViewWords) -> SetShown:
    named = say(SETS[each.name])
    numbers = [
        Pair(
            name=say(words),
            former=former.value,
            candidate=candidate.value,
            low=candidate.low,
            high=candidate.high,
            note=say.number(candidate.value * 100, "#,##0.0"),
            less_is_better=member == "calibration_error",
        )
        for member, words in NUMBERS.items()
        if isinstance(former := getattr(each.former, member), Share)
        and isinstance(candidate := getattr(each.candidate, member), Share)
    ]
    return SetShown(
        name=named,
        summary=say(line("models-set-rows", count=each.candidate.rows, left=each.left_out)),
        difference=_difference(each, say),
        picture=pairs(named, numbers),
        better=each.better,
        worse=each.worse,
    )


def _difference(each: SetCompared, say: ViewWords) -> str:
    said = say(
        line("models-mcnemar", better=each.only_candidate, worse=each.only_former, p=say.number(each.p, "0.000"))
    )
    if each.difference is None:
        return said
    gained = each.difference
    value, low, high = (say.number(part * 100, "+0.0;-0.0") for part in (gained.value, gained.low, gained.high))
    return f"{said} {say(line('models-gained', value=value, low=low, high=high))}"


def labels(comparison: Comparison, say: ViewWords) -> Markup:
    """F1 of each category, intent and dialogue act, the former's and the candidate's."""
    every = (*comparison.labels, *(comparison.acts.labels if comparison.acts else ()))
    shown = [Pair(say.meaning(each.label), each.former, each.candidate, note=str(each.rows)) for each in every]
    return pairs(say(line("models-labels")), shown)


def checked(checks: Sequence[GateCheck], say: ViewWords) -> list[tuple[bool, str]]:
    """What the gate looked at: whether it holds, and the sentence."""
    return [(check.passed, _check(check, say)) for check in checks if not check.passed or check.demand not in _OF_ONE]


def _check(check: GateCheck, say: ViewWords) -> str:
    number = say.percent if check.demand in _SHARES else say.number
    of = say(SETS[check.of]) if check.of in SETS else say.meaning(check.of) if check.of else ""
    demand = say(DEMANDS[check.demand])
    about = f"{demand} · {of}" if of else demand
    return say(line("models-check", about=about, value=number(check.value), limit=number(check.limit)))


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that got worse, in words, and sentences that show it."""

    words: str
    sentences: Sequence[Changed]


def losses(judged: Judged, say: ViewWords) -> list[Loss]:
    """What the gate stops a model for, where that shows in sentences: each category, or else all messages."""
    compared, acts = judged.comparison, judged.comparison.acts
    worse = [one for each in compared.sets for one in each.worse]
    failed = [check for check in judged.checks if not check.passed]
    pairs = {pair.label: pair for pair in (*compared.labels, *compared.groups, *(acts.labels if acts else ()))}
    named = [pairs[check.of] for check in failed if check.demand in _OF_ONE and check.of in pairs]
    shown = [*worse, *(acts.worse if acts else ())]
    found = [_lost(pair, shown, say) for pair in sorted(named, key=lambda pair: pair.gained - pair.lost)]
    if acts and any(check.demand == Demand.ACTS for check in failed):
        words = line("models-loss-acts", lost=acts.lost, gained=acts.gained)
        found.append(Loss(say(words), acts.worse[:LOST_SENTENCES]))
    if worse and not found and any(check.demand in {Demand.MACRO_F1, Demand.SURE} for check in failed):
        lost, gained = (sum(getattr(each, one) for each in compared.sets) for one in ("only_former", "only_candidate"))
        found.append(Loss(say(line("models-loss-all", lost=lost, gained=gained)), worse[:LOST_SENTENCES]))
    return found


def _lost(pair: LabelPair, worse: Sequence[Changed], say: ViewWords) -> Loss:
    labels = {pair.label, *(pair.members if isinstance(pair, GroupPair) else ())}
    shown = [one for one in worse if one.right in labels] + [
        one for one in worse if one.candidate in labels and one.right not in labels
    ]
    words = line("models-loss-label", label=say.meaning(pair.label), lost=pair.lost, gained=pair.gained)
    return Loss(say(words), shown[:LOST_SENTENCES])


def shifts(
    comparison: Comparison, texts: Mapping[int, str], say: ViewWords
) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """Which share of the messages of each label would be called otherwise, and some of them with their new label."""
    return [
        (
            say(
                line(
                    "models-shift",
                    label=say.meaning(each.label),
                    changed=each.changed,
                    rows=each.rows,
                    share=say.percent(each.changed / each.rows),
                )
            ),
            [(texts[number], say.meaning(label)) for number, label in each.sample if number in texts],
        )
        for each in comparison.shifts
        if each.changed
    ]


# No postponed annotations here: FastAPI reads those of the routes.


LONGEST_SECONDS = 12
"""Digits of a moment in an address."""


def model_router(context: ModelsContext) -> APIRouter:
    """The routes of one model's page."""
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
        numbers = [number for each in judged.comparison.shifts for number, _ in each.sample] if judged else []
        texts = await visible_of(connection, numbers)
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
        losses=losses(judged, say) if judged else [],
        shifts=shifts(judged.comparison, texts, say) if judged else [],
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
