"""`/trainer/data`: what is decided and not saved yet, as a difference of the data; checked, then saved with a why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.data_changes import RecordedDataChange, latest_changes
from actions.store.training.samples import Sample
from bot.conversation.screen import Label as Words
from bot.conversation.screen import Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.training.corpus.edits import Addition
from bot.training.corpus.examples import DataFault
from bot.training.corpus.folder import Conflict, NotSaved, TooLateToUndo
from bot.training.models.taught_words import WORDS
from bot.training.samples.act_labelling import ACTS
from bot.training.samples.labelling_service import Pending, additions_of
from bot.training.samples.labels import SampleLabel, read_label
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import whole_number
from bot.web.trainer.context import PostedFields, TrainerContext, posted
from bot.web.trainer.data.acts import acts_names, save_acts, take_acts_back
from bot.web.trainer.view import category_words, label_words

FAULTS: Mapping[str, Line] = {
    "unreadable": line("fault-unreadable"),
    "no_examples": line("fault-no-examples"),
    "no_intent": line("fault-no-intent"),
    "unknown_mark": line("fault-unknown-mark"),
    "empty": line("fault-empty"),
    "unknown_intent": line("fault-unknown-intent"),
    "unknown_category": line("fault-unknown-category"),
    "category_of_small_talk": line("fault-category-of-small-talk"),
    "conflict": line("fault-conflict"),
    "personal": line("fault-personal"),
}


def fault_words(fault: DataFault) -> Line:
    """What is wrong; where it is stands beside it."""
    return FAULTS[fault.what]


KINDS_OF_CHANGE: Mapping[str, Line] = {
    "labels": line("data-change-labels"),
    "rules": line("data-change-rules"),
    "import": line("data-change-import"),
    "mended": line("data-change-mended"),
    "category": line("data-change-category"),
    "undone": line("data-change-undone"),
    ACTS: line("data-change-acts"),
}
MOST_CHANGES = 20
MOST_LINES = 400
MOST_FAULTS = 50
LONGEST_WHY = 200

DATA: Mapping[str, Line] = {
    "about": line("data-about"),
    "nothing": line("data-nothing"),
    "decided": line("data-decided"),
    "difference": line("data-difference"),
    "labelled_by": line("data-labelled-by"),
    "gone": line("data-gone"),
    "take_back": line("data-take-back"),
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
    "acts": line("acts-decided"),
    "acts_save": line("acts-save"),
    "acts_conflicts": line("acts-conflicts"),
    "acts_personal": line("acts-personal"),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A sample that waits to be saved; `by`: who labelled it."""

    sample: Sample
    label: Line
    by: str


@dataclass(frozen=True, slots=True)
class DecidedOfLabel:
    """The new sentences of a category, or of small talk of one kind."""

    name: Line | Words
    decided: Sequence[Decided]


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A sample that is something else already: as what, and where."""

    sample: Sample
    label: Line
    others: Sequence[tuple[Line, str]]


def data_router(context: TrainerContext) -> APIRouter:
    """The routes that show and save changes of the training data."""
    router = guarded(context.sign_in)

    @router.get("/trainer/data")
    async def data(request: Request) -> Response:
        return await _page(context, request, PostedFields({}))

    @router.post("/trainer/data")
    async def save(request: Request) -> Response:
        form = await posted(request)
        if form.fields.get("act") == "look":
            return await _page(context, request, form)
        if form.fields.get("act") == "save_acts":
            return await _save_acts(context, request, form)
        return await _save(context, request, form)

    @router.post("/trainer/data/undo")
    async def undo(request: Request) -> Response:
        form = await posted(request)
        for number in form.numbers("sample"):
            await context.labelling_service.reopen(number)
        await take_acts_back(context, person_of(request), form.numbers("said"))
        return RedirectResponse("/trainer/data", 303, headers=HEADERS)

    @router.post("/trainer/data/changes/{number}/undo")
    async def undo_change(request: Request, number: str) -> Response:
        return await _undo_change(context, request, whole_number(number))

    return router


async def _undo_change(context: TrainerContext, request: Request, number: int | None) -> Response:
    """Takes a change back, and says what became of it."""
    why = context.say(request, line("data-undo-why", number=number or 0))
    try:
        undone = await context.labelling_service.undo(person_of(request), number, why) if number else None
    except NotSaved as not_saved:
        sentences = " · ".join(one.addition.plain for one in not_saved.preview.conflicts[:3])
        note = line("data-not-undone", sentences=sentences)
        return await _page(context, request, PostedFields({}), 409, note=note)
    except TooLateToUndo:
        return await _page(context, request, PostedFields({}), 409, note=line("data-undo-too-late"))
    words = line("data-undone", removed=undone.removed, back=undone.added) if undone else line("data-undone-already")
    return await _page(context, request, PostedFields({}), note=words)


async def _save(context: TrainerContext, request: Request, form: PostedFields) -> Response:
    try:
        saved = await context.labelling_service.save(
            _why(context, request, form), person_of(request), form.numbers("replace")
        )
    except NotSaved:
        return await _page(context, request, form, 409)
    words = line("data-saved", added=saved.added, removed=saved.removed)
    return await _page(context, request, PostedFields({}), note=words)


async def _save_acts(context: TrainerContext, request: Request, form: PostedFields) -> Response:
    """Saves what is decided of messages of talks, and says how many rows came."""
    saved = await save_acts(context, person_of(request), _why(context, request, form))
    if saved is None:
        return await _page(context, request, form, 409)
    return await _page(context, request, PostedFields({}), note=line("data-saved", added=saved.added, removed=0))


async def _page(
    context: TrainerContext, request: Request, form: PostedFields, status: int = 200, note: Line | None = None
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
        gone=[
            (one.text, label_words(SampleLabel(*one.kind)), str(one.place))
            for one in preview.change.removals[:MOST_LINES]
        ],
        lines=preview.lines[:MOST_LINES],
        conflicts=[] if preview.change.removals else _contradicted(pending, preview.conflicts),
        replaced=replaced,
        faults=[(fault_words(fault), _places(fault)) for fault in preview.faults[:MOST_FAULTS]],
        refused=preview.refused,
        can_be_saved=preview.can_be_saved,
        why=why,
        note=note,
        **await acts_names(context),
        changes=[(line("data-moment", at=change.at), _change_words(change), change) for change in changes],
    )


def _why(context: TrainerContext, request: Request, form: PostedFields) -> str:
    """Why, as it was typed, else as it usually is."""
    typed = " ".join(form.fields.get("why", "").split())[:LONGEST_WHY]
    return typed or context.say(request, DATA["why_usual"])


def _change_words(change: RecordedDataChange) -> Line:
    """What a change did, in a sentence."""
    if change.what == WORDS:
        return line("data-change-words", added=change.added, removed=change.removed)
    kind = KINDS_OF_CHANGE.get(change.what, KINDS_OF_CHANGE["labels"])
    return line("data-change", kind=(kind,), added=change.added, removed=change.removed)


def _decided(pending: Pending) -> list[DecidedOfLabel]:
    """What waits, by category in the order in which it was decided first."""
    found = dict[tuple[str, str | None], list[Decided]]()
    for sample in pending.samples:
        if label := read_label(sample.label):
            key = ("", label.category) if label.category else label.kind
            by = pending.labelled_by[sample.id]
            found.setdefault(key, []).append(Decided(sample, label_words(label), by))
    return [
        DecidedOfLabel(category_words(category) if category else INTENT_WORDS[intent], decided)
        for (intent, category), decided in found.items()
    ]


def _contradicted(pending: Pending, conflicts: Sequence[Conflict]) -> list[Contradicted]:
    sample_of: dict[Addition, Sample] = {}
    for sample in pending.samples:
        for addition in additions_of(sample, pending.labelled_by[sample.id]):
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
