"""`/trainer/import`: files of labelled messages in and out; columns are named once, and progress is seen."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from bot.training.samples.importing import LeftOut
from bot.training.samples.imports import Import, Importer, ImportStage
from bot.web.account.context import HEADERS
from bot.web.shared.access import guarded, person_of
from bot.web.shared.request_limits import TooLarge, limited
from bot.web.trainer.context import PostedFields, TrainerContext, posted
from bot.web.trainer.models.view import Cell, csv_answer
from bot.web.trainer.view import category_words

REFUSED: Mapping[str, Line] = {
    LeftOut.NO_TEXT: line("import-refused-no-text"),
    LeftOut.NO_LABEL: line("import-refused-no-label"),
    LeftOut.UNKNOWN_INTENT: line("import-refused-unknown-intent"),
    LeftOut.UNKNOWN_CATEGORY: line("import-refused-unknown-category"),
    LeftOut.CONFLICT: line("import-refused-conflict"),
    LeftOut.PERSONAL: line("import-refused-personal"),
    LeftOut.FORMULA: line("import-refused-formula"),
}


def why_unreadable(failed: str) -> Line | None:
    """The words for an `UnreadableImport` as text; None for another reason."""
    why, _, detail = failed.partition(" ")
    words: Mapping[str, Line] = {
        Unreadable.FORMAT: line("import-unreadable-format"),
        Unreadable.NOT_UTF8: line("import-unreadable-not-utf8"),
        Unreadable.CSV: line("import-unreadable-csv"),
        Unreadable.XLSX: line("import-unreadable-xlsx"),
        Unreadable.YAML: line("import-unreadable-yaml", detail=detail),
        Unreadable.EMPTY: line("import-unreadable-empty"),
        Unreadable.LARGE: line("import-unreadable-large", detail=detail),
    }
    return words.get(why)


def refused_rows(importer: Importer, one: Import, say: Callable[[Line], str]) -> Iterator[list[Cell]]:
    """What was refused, with a header: mended in a spreadsheet, the file can be imported as it is."""
    yield [say(line("import-refused-row")), say(line("import-refused-why")), *one.names]
    for number, why, cells in importer.refused(one.id):
        yield [number, say(REFUSED[why]) if why in REFUSED else why, *cells]


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
    "accept": line("import-accept"),
    "discard": line("import-discard"),
}


@dataclass(frozen=True, slots=True)
class ShownImport:
    """An import as a page shows it."""

    one: Import
    said: Line
    is_running: bool
    can_go_on: bool
    failed: str
    sample: Sequence[tuple[str, Line]] = ()


def import_router(context: TrainerContext) -> APIRouter:
    """The routes of importing labelled messages and downloading results."""
    router = guarded(context.sign_in)

    @router.get("/trainer/import")
    async def imports(request: Request) -> Response:
        return _page(context, request)

    @router.post("/trainer/import")
    async def upload(request: Request) -> Response:
        return await _upload(context, request)

    @router.post("/trainer/import/begin")
    async def begin(request: Request) -> Response:
        return await _begin(context, request, await posted(request))

    @router.get("/trainer/import/{number}")
    async def progress(request: Request, number: str) -> Response:
        return _progress(context, request, number)

    @router.post("/trainer/import/{number}/accept")
    async def accept(request: Request, number: str) -> Response:
        person = person_of(request)
        if accepted := context.imports.importer.accept(number, person.name):
            context.imports.start(accepted, person)
        return RedirectResponse("/trainer/import", 303, headers=HEADERS)

    @router.post("/trainer/import/{number}/discard")
    async def discard(number: str) -> Response:
        context.imports.importer.discard(number)
        return RedirectResponse("/trainer/import", 303, headers=HEADERS)

    @router.get("/trainer/import/{number}/refused.csv")
    async def refused(request: Request, number: str) -> Response:
        one = context.imports.importer.find(number)
        if one is None:
            return Response(status_code=404)
        rows = refused_rows(context.imports.importer, one, partial(context.say, request))
        return await asyncio.to_thread(csv_answer, f"ditolak-{one.id}.csv", rows)

    return router


def _page(context: TrainerContext, request: Request, wrong: str = "", status: int = 200) -> Response:
    shown = [_shown(context, request, one) for one in context.imports.importer.all()]
    return context.answer(
        request,
        "trainer/imports/imports.html",
        line("trainer-import"),
        IMPORT,
        status,
        imports=shown,
        wrong=wrong,
        sample=None,
    )


def _shown(context: TrainerContext, request: Request, one: Import) -> ShownImport:
    is_running = context.imports.is_running(one.id)
    counts = {"rows": one.rows, "accepted": one.accepted, "known": one.known, "refused": one.refused}
    said = line("import-reading", **counts) if one.stage == ImportStage.READING else line("import-done", **counts)
    sample = list[tuple[str, Line]]()
    if one.stage == ImportStage.WAITING:
        said = line("import-waiting", sure=one.sure, against=one.against)
        sample = [
            (text, line("import-against", said=category_words(said_here), model=category_words(model)))
            for text, said_here, model in context.imports.importer.sample(one.id)
        ]
    can_go_on = one.stage == ImportStage.READING and not is_running
    return ShownImport(
        one, said, is_running, can_go_on, "" if is_running else _why(context, request, one.failed), sample
    )


async def _upload(context: TrainerContext, request: Request) -> Response:
    """Keep the file, and show its first rows."""
    try:
        async with limited(request, MOST_BYTES + FORM_BYTES).form(max_files=1, max_fields=10) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                return _page(context, request, context.say(request, line("import-no-file")), 422)
            written = format_of(file.filename)
            token = secrets.token_hex(16)
            waiting = _waiting(context, token)
            await asyncio.to_thread(_keep, file.file, file.size or 0, waiting)
            name = file.filename
        names, rows = await asyncio.to_thread(columns_of, waiting, written)
    except TooLarge:
        return _too_large(context, request)
    except HTTPException:
        return _page(context, request, context.say(request, line("import-no-file")), 400)
    except UnreadableImport as error:
        return _page(context, request, _why(context, request, str(error)), 422)
    return context.answer(
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


def _too_large(context: TrainerContext, request: Request) -> Response:
    """Said before it is here; what would still come of it is not read."""
    page = _page(context, request, _why(context, request, f"{Unreadable.LARGE} {MOST_BYTES >> 20}"), 413)
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


async def _begin(context: TrainerContext, request: Request, form: PostedFields) -> Response:
    """From the first page's file and columns, or where an import was ended."""
    person = person_of(request)
    if known := context.imports.importer.find(form.fields.get("go_on", "-")):
        context.imports.start(known, person)
        return RedirectResponse("/trainer/import", 303, headers=HEADERS)
    token = form.fields.get("token", "")
    waiting = _waiting(context, token) if TOKEN.fullmatch(token) else None
    if waiting is None or not waiting.is_file():
        return _page(context, request, context.say(request, line("import-no-file")), 422)
    columns = Columns(*(form.fields.get(name, "") for name in ("text", "intent", "category")))
    why = " ".join(form.fields.get("why", "").split())[:200] or context.say(request, IMPORT["why_usual"])
    try:
        now = context.labelling_service.clock()
        name, begin = form.fields.get("name", ""), context.imports.importer.begin
        begun = await asyncio.to_thread(begin, waiting, name, columns, person.name, why, now)
    except UnreadableImport as error:
        return _page(context, request, _why(context, request, str(error)), 422)
    finally:
        waiting.unlink(missing_ok=True)
    context.imports.start(begun, person)
    return RedirectResponse("/trainer/import", 303, headers=HEADERS)


def _progress(context: TrainerContext, request: Request, number: str) -> Response:
    """How far one is, to take the place of what was said before."""
    one = context.imports.importer.find(number)
    if one is None:
        return Response(status_code=404)
    shown = _shown(context, request, one)
    return context.answer(request, "trainer/imports/one_import.html", line("trainer-import"), IMPORT, shown=shown)


def _why(context: TrainerContext, request: Request, failed: str) -> str:
    """Why a file cannot be read, or its import ended, in words where there are any."""
    words = why_unreadable(failed)
    return context.say(request, words) if words else failed


def _waiting(context: TrainerContext, token: str) -> Path:
    return context.imports.importer.home / f"{UPLOAD}{token}"
