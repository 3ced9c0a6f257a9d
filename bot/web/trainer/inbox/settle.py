"""`/trainer/settle`: messages on which two trainers differ, to be decided; and how far trainers agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.labels import SaidLabel, labels_of, said_by_two
from actions.store.training.samples import Sample, to_settle
from bot.conversation.screen import Label as Words
from bot.conversation.screen import Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.training.samples.agreement import RELIABLE, TENTATIVE, Agreement, agreements
from bot.training.samples.labels import SampleLabel, WrongLabel, read_label
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.forms import UnreadForm, posted
from bot.web.trainer.inbox.words import INBOX
from bot.web.trainer.view import category_words, label_of, label_words

A_PAGE = 20

SETTLE: Mapping[str, Line] = {
    **INBOX,
    "about": line("settle-about"),
    "empty": line("settle-empty"),
    "agreement": line("settle-agreement"),
    "agreement_about": line("settle-agreement-about"),
    "agreement_none": line("settle-agreement-none"),
    "label": line("settle-label"),
    "messages": line("settle-messages"),
    "differing": line("settle-differing"),
    "alpha": line("settle-alpha"),
    "everything": line("settle-everything"),
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one trainer says, and the key that decides so."""

    key: int
    words: Line
    label: SampleLabel
    value: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A message and what is said of it."""

    sample: Sample
    opinions: Sequence[Opinion]


@dataclass(frozen=True, slots=True)
class Measured:
    """A line of the table of agreement. `verdict` says in a word how good it is; "" while nothing can be said."""

    words: Line | Words
    agreement: Agreement
    verdict: Line | None


def settle_router(context: TrainerContext) -> APIRouter:
    """The list, and deciding."""
    router = guarded(context.sign_in)

    @router.get("/trainer/settle")
    async def settle(request: Request) -> Response:
        return await _page(context, request)

    @router.post("/trainer/settle/{number}")
    async def decide(request: Request, number: str) -> Response:
        try:
            form = await posted(request)
            await context.labelling_service.settle(person_of(request), int(number), label_of(form.fields))
        except (UnreadForm, WrongLabel, ValueError):
            return await _page(context, request, 422)
        return RedirectResponse("/trainer/settle", 303, headers=HEADERS)

    return router


async def _page(context: TrainerContext, request: Request, status: int = 200) -> Response:
    async with context.labelling_service.database.reading() as connection:
        found = await to_settle(connection, A_PAGE)
        said = await labels_of(connection, [sample.id for sample in found])
        measured = agreements(await said_by_two(connection))
    return context.answer(
        request,
        "trainer/inbox/settle.html",
        line("trainer-settle"),
        SETTLE,
        status,
        disputes=[Dispute(sample, _opinions(said[sample.id])) for sample in found],
        measured=[_measured(one) for one in measured],
        groups=context.groups,
    )


def _opinions(said: Sequence[SaidLabel]) -> list[Opinion]:
    labels = [label for one in said if (label := read_label(one.label))]
    return [Opinion(key, label_words(label), label, _value(label)) for key, label in enumerate(labels, 1)]


def _value(label: SampleLabel) -> str:
    return f"category:{label.category}" if label.category else f"intent:{label.intent}"


def _measured(one: Agreement) -> Measured:
    if not one.name:
        words: Line | Words = SETTLE["everything"]
    else:
        words = INTENT_WORDS.get(one.name) or category_words(one.name)
    return Measured(words, one, _verdict(one.alpha))


def _verdict(alpha: float | None) -> Line | None:
    if alpha is None:
        return None
    if alpha >= RELIABLE:
        return line("settle-good")
    return line("settle-fair") if alpha >= TENTATIVE else line("settle-poor")
