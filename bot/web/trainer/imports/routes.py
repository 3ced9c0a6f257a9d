"""`/trainer/import`: files of labelled messages in and out; columns are named once, and progress is seen."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from bot.conversation.screen import Line, line
from bot.training.corpus.rows import Columns, Unreadable, UnreadableImport, columns_of, format_of, guessed_columns
from bot.training.samples.imports import Import, Stage
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.shared.request_limits import TooLarge, limited
from bot.web.trainer.context import TrainerDoor
from bot.web.trainer.forms import Posted, posted
from bot.web.trainer.imports.words import refused_rows, why_unreadable
from bot.web.trainer.models.csv import csv_answer

MOST_BYTES: Final = 128 * 1024 * 1024
FORM_BYTES: Final = 64 * 1024
"""What a form has around its file."""
UPLOAD: Final = "upload-"
A_DAY_SECONDS: Final = 24 * 3600
"""What somebody uploaded and did not begin to import is not kept longer."""
TOKEN: Final = re.compile(r"[0-9a-f]{32}")
IMPORT: Mapping[str, Line] = {
    "about": line("import-about"),
    "file": line("import-file"),
    "upload": line("import-upload"),
    "columns": line("import-columns"),
    "columns_about": line("import-columns-about"),
    "text": line("import-text"),
    "intent": line("import-intent"),
    "category": line("import-category"),
    "none": line("import-none"),
    "why": line("data-why"),
    "why_usual": line("import-why-usual"),
    "begin": line("import-begin"),
    "past": line("import-past"),
    "go_on": line("import-go-on"),
    "refused": line("import-refused"),
    "export": line("import-export"),
    "export_about": line("import-export-about"),
    "all": line("import-all"),
    "own": line("import-own"),
    "failed": line("import-failed"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An import as a page shows it."""

    one: Import
    said: Line
    is_running: bool
    can_go_on: bool
    failed: str


def import_router(door: TrainerDoor) -> APIRouter:
    """In and out."""
    router = guarded(door.sign_in)

    @router.get("/trainer/import")
    async def imports(request: Request) -> Response:
        return _page(door, request)

    @router.post("/trainer/import")
    async def upload(request: Request) -> Response:
        return await _upload(door, request)

    @router.post("/trainer/import/begin")
    async def begin(request: Request) -> Response:
        return _begin(door, request, await posted(request))

    @router.get("/trainer/import/{number}")
    async def progress(request: Request, number: str) -> Response:
        return _progress(door, request, number)

    @router.get("/trainer/import/{number}/refused.csv")
    async def refused(request: Request, number: str) -> Response:
        one = door.imports.importer.find(number)
        if one is None:
            return Response(status_code=404)
        rows = refused_rows(door.imports.importer, one, partial(door.say, request))
        return await asyncio.to_thread(csv_answer, f"ditolak-{one.id}.csv", rows)

    return router


def _page(door: TrainerDoor, request: Request, wrong: str = "", status: int = 200) -> Response:
    shown = [_shown(door, request, one) for one in door.imports.importer.all()]
    return door.answer(
        request,
        "trainer/imports/imports.html",
        line("trainer-import"),
        IMPORT,
        status,
        imports=shown,
        wrong=wrong,
        sample=None,
    )


def _shown(door: TrainerDoor, request: Request, one: Import) -> Shown:
    is_running = door.imports.is_running(one.id)
    counts = {"rows": one.rows, "accepted": one.accepted, "known": one.known, "refused": one.refused}
    said = line("import-reading", **counts) if one.stage == Stage.READING else line("import-done", **counts)
    can_go_on = one.stage == Stage.READING and not is_running
    return Shown(one, said, is_running, can_go_on, "" if is_running else _why(door, request, one.failed))


async def _upload(door: TrainerDoor, request: Request) -> Response:
    """Keep the file, and show its first rows."""
    try:
        async with limited(request, MOST_BYTES + FORM_BYTES).form(max_files=1, max_fields=10) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                return _page(door, request, door.say(request, line("import-no-file")), 422)
            written = format_of(file.filename)
            token = secrets.token_hex(16)
            waiting = _waiting(door, token)
            await asyncio.to_thread(_keep, file.file, file.size or 0, waiting)
            name = file.filename
        names, rows = columns_of(waiting, written)
    except TooLarge:
        return _too_large(door, request)
    except HTTPException:
        return _page(door, request, door.say(request, line("import-no-file")), 400)
    except UnreadableImport as error:
        return _page(door, request, _why(door, request, str(error)), 422)
    return door.answer(
        request,
        "trainer/imports/imports.html",
        line("trainer-import"),
        IMPORT,
        imports=[],
        wrong="",
        sample=rows,
        names=names,
        guessed=guessed_columns(names),
        token=token,
        name=name,
    )


def _too_large(door: TrainerDoor, request: Request) -> Response:
    """Said before it is here; what would still come of it is not read."""
    page = _page(door, request, _why(door, request, f"{Unreadable.LARGE} {MOST_BYTES >> 20}"), 413)
    page.headers["connection"] = "close"
    return page


def _keep(file: BinaryIO, size: int, waiting: Path) -> None:
    """Take an uploaded file in.

    Raises:
        UnreadableImport: it is too large.
    """
    if size > MOST_BYTES:
        raise UnreadableImport(Unreadable.LARGE, MOST_BYTES >> 20)
    waiting.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in waiting.parent.glob(f"{UPLOAD}*"):
        if time.time() - left.stat().st_mtime > A_DAY_SECONDS:
            left.unlink(missing_ok=True)
    with waiting.open("wb") as kept:
        waiting.chmod(0o600)
        shutil.copyfileobj(file, kept)


def _begin(door: TrainerDoor, request: Request, form: Posted) -> Response:
    """From the first page's file and columns, or where an import was ended."""
    person = person_of(request)
    if known := door.imports.importer.find(form.fields.get("go_on", "-")):
        door.imports.start(known, person)
        return RedirectResponse("/trainer/import", 303, headers=HEADERS)
    token = form.fields.get("token", "")
    waiting = _waiting(door, token) if TOKEN.fullmatch(token) else None
    if waiting is None or not waiting.is_file():
        return _page(door, request, door.say(request, line("import-no-file")), 422)
    columns = Columns(*(form.fields.get(name, "") for name in ("text", "intent", "category")))
    why = " ".join(form.fields.get("why", "").split())[:200] or door.say(request, IMPORT["why_usual"])
    try:
        begun = door.imports.importer.begin(
            waiting, form.fields.get("name", ""), columns, person.name, why, door.room.clock()
        )
    except UnreadableImport as error:
        return _page(door, request, _why(door, request, str(error)), 422)
    finally:
        waiting.unlink(missing_ok=True)
    door.imports.start(begun, person)
    return RedirectResponse("/trainer/import", 303, headers=HEADERS)


def _progress(door: TrainerDoor, request: Request, number: str) -> Response:
    """How far one is, to take the place of what was said before."""
    one = door.imports.importer.find(number)
    if one is None:
        return Response(status_code=404)
    shown = _shown(door, request, one)
    return door.answer(request, "trainer/imports/one_import.html", line("trainer-import"), IMPORT, shown=shown)


def _why(door: TrainerDoor, request: Request, failed: str) -> str:
    """Why a file cannot be read, or its import ended, in words where there are any."""
    words = why_unreadable(failed)
    return door.say(request, words) if words else failed


def _waiting(door: TrainerDoor, token: str) -> Path:
    return door.imports.importer.home / f"{UPLOAD}{token}"
