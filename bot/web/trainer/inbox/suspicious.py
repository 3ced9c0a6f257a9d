"""`/trainer/suspicious`: examples whose label is likely wrong, worst first, with why; kept, mended or taken away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.conversation.screen import Line, line
from bot.training.corpus.edits import Addition, CorpusChange
from bot.training.corpus.folder import NotSaved
from bot.training.samples.labels import SampleLabel
from bot.training.samples.suspicion import Suspect
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.forms import PostedFields, posted
from bot.web.trainer.view import category_words, label_words

A_PAGE = 30

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
    """The list, and what is done about it."""
    router = guarded(context.sign_in)

    @router.get("/trainer/suspicious")
    async def suspicious(request: Request) -> Response:
        return await _page(context, request)

    @router.post("/trainer/suspicious")
    async def command(request: Request) -> Response:
        form = await posted(request)
        if form.fields.get("act") == "look":
            context.suspicions.start()
            return RedirectResponse("/trainer/suspicious", 303, headers=HEADERS)
        return await _act(context, request, form)

    return router


async def _act(context: TrainerContext, request: Request, form: PostedFields) -> Response:
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
            return await _page(context, request, 409)
    return RedirectResponse("/trainer/suspicious", 303, headers=HEADERS)


async def _page(context: TrainerContext, request: Request, status: int = 200) -> Response:
    found = await asyncio.to_thread(_suspects, context)
    return context.answer(
        request,
        "trainer/inbox/suspicious.html",
        line("trainer-suspicious"),
        SUSPICIOUS,
        status,
        rows=[_row(one) for one in found[:A_PAGE]],
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
