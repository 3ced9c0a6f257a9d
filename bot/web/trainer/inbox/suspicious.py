"""`/trainer/suspicious`: examples whose label is likely wrong, worst first, with why; kept, mended or taken away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.conversation.screen import Line, line
from bot.training.corpus.edits import Addition, Change
from bot.training.corpus.folder import NotSaved
from bot.training.samples.labels import Label
from bot.training.samples.suspicion import Suspect
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import Posted, TrainerDoor, posted
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
class Row:
    """A suspect as the page shows it."""

    suspect: Suspect
    given: Line
    why: Line
    mend: Line


def suspicious_router(door: TrainerDoor) -> APIRouter:
    """The routes of labels that look wrong."""
    router = guarded(door.sign_in)

    @router.get("/trainer/suspicious")
    async def suspicious(request: Request) -> Response:
        return await _page(door, request)

    @router.post("/trainer/suspicious")
    async def act(request: Request) -> Response:
        form = await posted(request)
        if form.fields.get("act") == "look":
            door.suspicions.start()
            return RedirectResponse("/trainer/suspicious", 303, headers=HEADERS)
        return await _act(door, request, form)

    return router


async def _act(door: TrainerDoor, request: Request, form: Posted) -> Response:
    person, key = person_of(request), form.fields.get("key", "")
    found = await asyncio.to_thread(_suspects, door)
    suspect = next((one for one in found if one.key == key), None)
    if suspect and form.fields.get("act") == "keep":
        await asyncio.to_thread(door.suspicions.keep, suspect, person.name)
    elif suspect and form.fields.get("act") in {"mend", "remove"}:
        why = door.say(request, line("suspicious-why"))
        additions: tuple[Addition, ...] = ()
        if form.fields["act"] == "mend":
            additions = (Addition(suspect.example.text, Label(suspect.example.intent, suspect.likely)),)
        change = Change(person.name, why, door.room.clock(), additions, (suspect.example,))
        try:
            await door.room.change(person, "mended", change)
        except NotSaved:
            return await _page(door, request, 409)
    return RedirectResponse("/trainer/suspicious", 303, headers=HEADERS)


async def _page(door: TrainerDoor, request: Request, status: int = 200) -> Response:
    found = await asyncio.to_thread(_suspects, door)
    return door.answer(
        request,
        "trainer/inbox/suspicious.html",
        line("trainer-suspicious"),
        SUSPICIOUS,
        status,
        rows=[_row(one) for one in found[:A_PAGE]],
        count=line("suspicious-count", count=len(found)),
        is_running=door.suspicions.is_running,
        was_looked_for=door.suspicions.was_looked_for,
        failed=door.suspicions.failed,
        is_refused=status != 200,  # noqa: PLR2004 - HTTP's own
    )


def _suspects(door: TrainerDoor) -> list[Suspect]:
    return door.suspicions.suspects(door.room.folder.corpus())


def _row(one: Suspect) -> Row:
    label = Label(one.example.intent, one.example.category)
    why = line(
        "suspicious-because",
        likely=category_words(one.likely),
        share=round(one.likely_share * 100),
        given=round(one.given_share * 100),
        usual=round(one.usual_share * 100),
    )
    return Row(one, label_words(label), why, line("suspicious-mend", category=category_words(one.likely)))
