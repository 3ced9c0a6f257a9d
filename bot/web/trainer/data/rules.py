"""`/trainer/rules`: the labelling rules, shown and changed; a change lists what is to be looked at again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from actions.store.training.samples import decided_as, reopen_many
from bot.conversation.screen import Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.training.samples.labelling import concerned
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import PostedFields, TrainerContext, posted
from bot.web.trainer.inbox.routes import INBOX
from bot.web.trainer.view import category_words

MOST_AGAIN = 200
LONGEST_RULES = 60_000

RULES: Mapping[str, Line] = {
    "about": line("rules-about"),
    "edit": line("rules-edit"),
    "save": line("rules-save"),
    "saved": line("rules-saved"),
    "again": line("rules-again"),
    "again_about": line("rules-again-about"),
    "again_none": line("rules-again-none"),
    "reopen": line("rules-reopen"),
    "reopened": line("rules-reopened"),
    "text": line("rules-text"),
    "undo": INBOX["undo"],
}


def rules_router(context: TrainerContext) -> APIRouter:
    """The rules, a change of them, and what it opens again."""
    router = guarded(context.sign_in)

    @router.get("/trainer/rules")
    async def rules(request: Request) -> Response:
        return await _page(context, request, context.rules.text(), [])

    @router.post("/trainer/rules")
    async def save(request: Request) -> Response:
        form = await posted(request)
        if form.fields.get("act") == "reopen":
            return await _reopen(context, request, form)
        return await _save(context, request, form)

    return router


async def _save(context: TrainerContext, request: Request, form: PostedFields) -> Response:
    before, after = context.rules.text(), form.fields.get("text", "")[:LONGEST_RULES]
    if not after.strip():
        return await _page(context, request, before, [])
    await asyncio.to_thread(context.rules.save, after)
    await context.labelling_service.note_rules(person_of(request))
    return await _page(context, request, context.rules.text(), concerned(before, context.rules.text()), is_saved=True)


async def _reopen(context: TrainerContext, request: Request, form: PostedFields) -> Response:
    async with context.labelling_service.database.writing() as connection:
        await reopen_many(connection, form.numbers("ids")[:MOST_AGAIN])
    return await _page(context, request, context.rules.text(), [], is_reopened=True)


async def _page(
    context: TrainerContext,
    request: Request,
    text: str,
    labels: list[str],
    *,
    is_saved: bool = False,
    is_reopened: bool = False,
) -> Response:
    async with context.labelling_service.database.reading() as connection:
        again = await decided_as(connection, labels, MOST_AGAIN) if labels else []
    return context.answer(
        request,
        "trainer/data/rules.html",
        line("trainer-rules"),
        RULES,
        text=text,
        html=context.rules_shown(request),
        labels=[INTENT_WORDS.get(name) or category_words(name) for name in labels],
        again=again,
        is_saved=is_saved,
        is_reopened=is_reopened,
    )
