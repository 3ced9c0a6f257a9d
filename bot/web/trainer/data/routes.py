"""`/trainer/data`: what is decided and not saved yet, as a difference of the data; checked, then saved with a why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.data_changes import latest_changes
from actions.store.training.samples import Sample
from bot.conversation.screen import Line, line
from bot.training.corpus.edits import Addition
from bot.training.corpus.examples import DataFault
from bot.training.corpus.folder import Conflict, NotSaved, Saved
from bot.training.samples.labelling_service import Pending, additions_of
from bot.training.samples.labels import SampleLabel, read_label
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.data.faults import fault_words
from bot.web.trainer.forms import PostedFields, posted
from bot.web.trainer.view import label_words

MOST_CHANGES = 20
MOST_LINES = 400
MOST_FAULTS = 50
LONGEST_WHY = 200

DATA: Mapping[str, Line] = {
    "about": line("data-about"),
    "nothing": line("data-nothing"),
    "decided": line("data-decided"),
    "difference": line("data-difference"),
    "undo": line("inbox-undo"),
    "conflicts": line("data-conflicts"),
    "conflicts_about": line("data-conflicts-about"),
    "replace": line("data-replace"),
    "faults": line("data-faults"),
    "why": line("data-why"),
    "why_usual": line("data-why-usual"),
    "look": line("data-look"),
    "save": line("data-save"),
    "history": line("data-history"),
    "when": line("data-when"),
    "who": line("data-who"),
    "what": line("data-what"),
    "clean": line("data-clean"),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A sample that waits to be saved."""

    sample: Sample
    label: Line


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A sample that is something else already: as what, and where."""

    sample: Sample
    label: Line
    others: Sequence[tuple[Line, str]]


def data_router(context: TrainerContext) -> APIRouter:
    """The difference, and saving it."""
    router = guarded(context.sign_in)

    @router.get("/trainer/data")
    async def data(request: Request) -> Response:
        return await _page(context, request, PostedFields({}))

    @router.post("/trainer/data")
    async def save(request: Request) -> Response:
        form = await posted(request)
        if form.fields.get("act") == "look":
            return await _page(context, request, form)
        return await _save(context, request, form)

    @router.post("/trainer/data/undo")
    async def undo(request: Request) -> Response:
        form = await posted(request)
        for number in form.numbers("sample"):
            await context.labelling_service.reopen(number)
        return RedirectResponse("/trainer/data", 303, headers=HEADERS)

    return router


async def _save(context: TrainerContext, request: Request, form: PostedFields) -> Response:
    try:
        saved = await context.labelling_service.save(
            _why(context, request, form), person_of(request), form.numbers("replace")
        )
    except NotSaved:
        return await _page(context, request, form, 409)
    return await _page(context, request, PostedFields({}), saved=saved)


async def _page(
    context: TrainerContext, request: Request, form: PostedFields, status: int = 200, saved: Saved | None = None
) -> Response:
    why, replaced = _why(context, request, form), form.numbers("replace")
    pending = await context.labelling_service.pending(why, person_of(request), replaced)
    async with context.labelling_service.database.reading() as connection:
        changes = await latest_changes(connection, MOST_CHANGES)
    preview = pending.preview
    return context.answer(
        request,
        "trainer/data/data.html",
        line("trainer-data"),
        DATA,
        status,
        decided=_decided(pending),
        lines=preview.lines[:MOST_LINES],
        conflicts=[] if preview.change.removals else _contradicted(pending, preview.conflicts),
        replaced=replaced,
        faults=[(fault_words(fault), _places(fault)) for fault in preview.faults[:MOST_FAULTS]],
        refused=preview.refused,
        can_be_saved=preview.can_be_saved,
        why=why,
        saved=line("data-saved", added=saved.added, removed=saved.removed) if saved else None,
        changes=[(line("data-moment", at=change.at), change) for change in changes],
    )


def _why(context: TrainerContext, request: Request, form: PostedFields) -> str:
    """Why, as it was typed, else as it usually is."""
    typed = " ".join(form.fields.get("why", "").split())[:LONGEST_WHY]
    return typed or context.say(request, DATA["why_usual"])


def _decided(pending: Pending) -> list[Decided]:
    return [Decided(sample, label_words(label)) for sample in pending.samples if (label := read_label(sample.label))]


def _contradicted(pending: Pending, conflicts: Sequence[Conflict]) -> list[Contradicted]:
    sample_of: dict[Addition, Sample] = {}
    for sample in pending.samples:
        for addition in additions_of(sample):
            sample_of.setdefault(addition, sample)
    return [
        Contradicted(
            sample_of[conflict.addition],
            label_words(conflict.addition.label),
            [(label_words(SampleLabel(*example.kind)), str(example.place)) for example in conflict.examples],
        )
        for conflict in conflicts
        if conflict.addition in sample_of
    ]


def _places(fault: DataFault) -> str:
    return f"{fault.place}, {fault.other}" if fault.other else str(fault.place)
