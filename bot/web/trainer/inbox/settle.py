"""The trainers' pages on samples about which trainers disagree, and on labels that look wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.store.training.labels import SaidLabel, labels_of, said_by_two
from actions.store.training.samples import Sample, to_settle
from bot.conversation.screen import Label as Words
from bot.conversation.screen import Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.training.corpus.edits import Addition, CorpusChange
from bot.training.corpus.folder import NotSaved
from bot.training.samples.agreement import RELIABLE, TENTATIVE, Agreement, agreements
from bot.training.samples.labels import SampleLabel, WrongLabel, read_label
from bot.training.samples.suspicion import Suspect
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import needed_number
from bot.web.trainer.context import PostedFields, TrainerContext, UnreadForm, posted
from bot.web.trainer.inbox.routes import INBOX
from bot.web.trainer.view import category_words, label_of, label_words

SUSPECTS_A_PAGE = 30

SUSPICIOUS: Mapping[str, Line] = {
    "about": line("suspicious-about"),
    "look": line("suspicious-look"),
    "running": line("suspicious-running"),
    "none": line("suspicious-none"),
    "not_yet": line("suspicious-not-yet"),
    "keep": line("suspicious-keep"),
    "remove": line("suspicious-remove"),
    "like": line("suspicious-like"),
    "failed": line("suspicious-failed"),
    "not_saved": line("suspicious-not-saved"),
}


@dataclass(frozen=True, slots=True)
class SuspectRow:
    """A suspect as the page shows it."""

    suspect: Suspect
    given: Line
    why: Line
    mend: Line


def suspicious_router(context: TrainerContext) -> APIRouter:
    """The routes of labels that look wrong."""
    router = guarded(context.sign_in)

    @router.get("/trainer/suspicious")
    async def suspicious(request: Request) -> Response:
        return await _suspicious_page(context, request)

    @router.post("/trainer/suspicious")
    async def command(request: Request) -> Response:
        form = await posted(request)
        if form.fields.get("act") == "look":
            context.suspicions.start()
            return RedirectResponse("/trainer/suspicious", 303, headers=HEADERS)
        return await _carry_out(context, request, form)

    return router


async def _carry_out(context: TrainerContext, request: Request, form: PostedFields) -> Response:
    person, key = person_of(request), form.fields.get("key", "")
    found = await asyncio.to_thread(_suspects, context)
    suspect = next((one for one in found if one.key == key), None)
    if suspect and form.fields.get("act") == "keep":
        await asyncio.to_thread(context.suspicions.keep, suspect, person.name)
    elif suspect and form.fields.get("act") in {"mend", "remove"}:
        why = context.say(request, line("suspicious-why"))
        additions: tuple[Addition, ...] = ()
        if form.fields["act"] == "mend":
            additions = (Addition(suspect.example.text, SampleLabel(suspect.example.intent, suspect.likely)),)
        change = CorpusChange(person.name, why, context.labelling_service.clock(), additions, (suspect.example,))
        try:
            await context.labelling_service.change(person, "mended", change)
        except NotSaved:
            return await _suspicious_page(context, request, 409)
    return RedirectResponse("/trainer/suspicious", 303, headers=HEADERS)


async def _suspicious_page(context: TrainerContext, request: Request, status: int = 200) -> Response:
    found = await asyncio.to_thread(_suspects, context)
    return context.answer(
        request,
        "trainer/inbox/suspicious.html",
        line("trainer-suspicious"),
        SUSPICIOUS,
        status,
        rows=[_row(one) for one in found[:SUSPECTS_A_PAGE]],
        count=line("suspicious-count", count=len(found)),
        is_running=context.suspicions.is_running,
        was_looked_for=context.suspicions.was_looked_for,
        failed=context.suspicions.failed,
        is_refused=status != 200,  # noqa: PLR2004 - HTTP's own
    )


def _suspects(context: TrainerContext) -> list[Suspect]:
    return context.suspicions.suspects(context.labelling_service.folder.corpus())


def _row(one: Suspect) -> SuspectRow:
    label = SampleLabel(one.example.intent, one.example.category)
    why = line(
        "suspicious-because",
        likely=category_words(one.likely),
        share=round(one.likely_share * 100),
        given=round(one.given_share * 100),
        usual=round(one.usual_share * 100),
    )
    return SuspectRow(one, label_words(label), why, line("suspicious-mend", category=category_words(one.likely)))


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
    """The routes of settling samples on which trainers disagree."""
    router = guarded(context.sign_in)

    @router.get("/trainer/settle")
    async def settle(request: Request) -> Response:
        return await _page(context, request)

    @router.post("/trainer/settle/{number}")
    async def decide(request: Request, number: str) -> Response:
        try:
            form = await posted(request)
            await context.labelling_service.settle(person_of(request), needed_number(number), label_of(form.fields))
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
        rules=context.rules_shown(request),
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
