"""`/desk/settings/groups`: which group in Telegram gets the cases of which agency, and codes that bind one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.people.secrets import CODE_LASTS, code_digest, draw_code
from actions.store.engine.settings_changes import SettingsChange, add_settings_change
from actions.store.messages.groups import SqlGroups
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.web.account.context import HEADERS
from bot.web.desk.context import DeskContext
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.forms import UnreadForm, posted

UNPROCESSABLE = 422
GROUPS: Final = "telegram"
"""What the record of changes calls them: they stand in no file."""
WORDS: Mapping[str, Line] = {
    "back": line("settings-back"),
    "about": line("groups-about"),
    "once": line("groups-once"),
    "agencies": line("settings-file-agencies"),
    "code": line("groups-code"),
    "unbind": line("groups-unbind"),
    "none": line("groups-none"),
}


def groups_router(context: DeskContext) -> APIRouter:
    """The agencies and their groups."""
    router = guarded(context.sign_in)

    @router.get("/desk/settings/groups")
    async def groups(request: Request) -> Response:
        return await _page(context, request)

    @router.post("/desk/settings/groups")
    async def change(request: Request) -> Response:
        try:
            fields = (await posted(request)).fields
        except UnreadForm:
            return await _page(context, request, UNPROCESSABLE)
        agency = fields.get("agency", "")
        if agency not in context.regency.agencies or fields.get("act") not in {"code", "unbind"}:
            return await _page(context, request, UNPROCESSABLE)
        if fields["act"] == "code":
            return await _page(context, request, code=(agency, await _give_code(context, request, agency)))
        await _unbind(context, request, agency)
        return RedirectResponse("/desk/settings/groups?done=1", 303, headers=HEADERS)

    return router


async def _give_code(context: DeskContext, request: Request, agency: str) -> str:
    """One that holds for a day; the one before holds no more."""
    code = draw_code(secrets.randbelow)
    async with context.database.writing() as connection:
        await SqlGroups(connection).set_code(agency, code_digest(code), context.now() + CODE_LASTS)
        why = context.office.say(line("groups-code-recorded", agency=agency))
        await add_settings_change(connection, _recorded(context, request, why))
    return code


async def _unbind(context: DeskContext, request: Request, agency: str) -> None:
    """The agency's group gets nothing any more."""
    async with context.database.writing() as connection:
        groups = SqlGroups(connection)
        chat = (await groups.chats()).get(agency)
        if chat is not None:
            await groups.unbind(chat)
            why = context.office.say(line("groups-unbound-recorded", agency=agency))
            await add_settings_change(connection, _recorded(context, request, why))


def _recorded(context: DeskContext, request: Request, why: str) -> SettingsChange:
    person = person_of(request)
    return SettingsChange(context.now(), f"person:{person.id}", person.name, GROUPS, why, "", "")


async def _page(
    context: DeskContext, request: Request, status: int = 200, *, code: tuple[str, str] | None = None
) -> Response:
    async with context.database.reading() as connection:
        bound = {one.agency: one for one in await SqlGroups(connection).all()}
    agencies = [
        (
            agency,
            Label(LabelSource.AGENCY, agency),
            line("groups-bound", at=bound[agency].bound_at) if agency in bound else None,
        )
        for agency in context.regency.agencies
    ]
    return context.answer(
        request,
        "desk/settings/groups.html",
        line("groups-title"),
        WORDS,
        status,
        agencies=agencies,
        code=line("groups-code-given", agency=Label(LabelSource.AGENCY, code[0]), code=code[1]) if code else None,
        done=line("settings-done") if "done" in request.query_params else None,
    )
