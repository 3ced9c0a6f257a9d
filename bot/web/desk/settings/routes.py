"""`/desk/settings`: an admin changes the files of the regency, sees the difference and what stands against it first."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.cases.case import ReportType
from actions.regency.model import AgencyKind, Regency
from actions.store.engine.settings_changes import (
    RecordedSettingsChange,
    SettingsChange,
    add_settings_change,
    agencies_in_use,
    categories_in_use,
    latest_settings_changes,
    settings_change,
)
from actions.store.messages.costs import billed_since
from bot.configuration.settings import WrongSetting
from bot.conversation.screen import Line, line
from bot.web.account.context import HEADERS
from bot.web.desk.case.routes import missing
from bot.web.desk.context import DeskContext
from bot.web.desk.settings.edit import EditConflict, difference, numbers_of, sheet_of, with_numbers, with_row
from bot.web.desk.settings.files import (
    SHEETS,
    TABLES,
    FileChangedMeanwhile,
    RegencyFile,
    WrongDeclaration,
    as_written,
)
from bot.web.desk.settings.wordings import shown_wordings, with_wording
from bot.web.desk.settings.words import COLUMNS, NUMBERS, WORDS, cost_line, file_title, over_ceiling, why_not
from bot.web.shared.access import guarded, person_of
from bot.web.shared.numbers import whole_number
from bot.web.shared.unpredicted import unpredicted_line
from bot.web.trainer.context import PostedFields, UnreadForm, posted

log = structlog.get_logger()

MOST_SHOWN: Final = 30
COSTS_SHOWN_FOR: Final = timedelta(days=180)
LONGEST_WHY, LONGEST_FILE = 200, 200_000
CONFLICT, UNPROCESSABLE = 409, 422
AGENCIES: Final = "agencies.csv"
CATEGORIES: Final = "categories.csv"


@dataclass(frozen=True, slots=True)
class Trial:
    """A change that was looked at.

    Attributes:
        text: the whole file as it would be.
        lines: the difference.
        why: the reason, as far as it was typed.
        wrong: what stands against it; None where nothing does.
        form: what was typed.
    """

    text: str
    lines: Sequence[str]
    why: str = ""
    wrong: Line | None = None
    form: Mapping[str, str] = field(default_factory=dict)


def settings_router(context: DeskContext) -> APIRouter:
    """The files, and what was changed in them."""
    router = guarded(context.sign_in)

    @router.get("/desk/settings")
    async def overview(request: Request) -> Response:
        return await _overview(context, request)

    @router.get("/desk/settings/files/{name:path}")
    async def file(request: Request, name: str) -> Response:
        return await _file(context, request, name)

    @router.post("/desk/settings/files/{name:path}")
    async def change(request: Request, name: str) -> Response:
        return await _change(context, request, name)

    @router.post("/desk/settings/apply")
    async def apply(request: Request) -> Response:
        return await _apply(context, request)

    @router.post("/desk/settings/undo/{number}")
    async def undo(request: Request, number: str) -> Response:
        return await _undo(context, request, number)

    return router


async def _overview(context: DeskContext, request: Request, status: int = 200, wrong: Line | None = None) -> Response:
    async with context.database.reading() as connection:
        past = await latest_settings_changes(connection, MOST_SHOWN)
        billed = await billed_since(connection, _months_ago(context))
    files = {name: context.files.read(name).print for name in context.files.names}
    return context.answer(
        request,
        "desk/settings/settings.html",
        line("settings-title"),
        WORDS,
        status,
        files=[(name, file_title(name)) for name in context.files.names],
        past=[_shown(one, files) for one in past],
        done=line("settings-done") if "done" in request.query_params else None,
        wrong=wrong,
        is_renewed=context.restart.is_asked,
        waiting=[file_title(name) for name in context.files.waiting()],
        unpredicted=unpredicted_line(await context.unpredicted()),
        costs=[
            *(cost_line(one, context.regency.prices) for one in billed),
            *over_ceiling(billed, context.regency.prices, f"{context.now():%Y-%m}"),
        ],
    )


def _months_ago(context: DeskContext) -> str:
    """The first month whose costs are shown."""
    then = context.now() - COSTS_SHOWN_FOR
    return f"{then:%Y-%m}"


def _shown(past: RecordedSettingsChange, files: Mapping[str, str]) -> tuple[int, Line, Sequence[str], bool]:
    """A change as it is listed; it can be taken back while the file is as it left it."""
    one = past.change
    told = line("settings-changed", at=one.at, name=one.name, file=one.file, why=one.why)
    can_undo = files.get(one.file) == RegencyFile(one.file, one.after, is_own=True).print
    return past.id, told, difference(one.file, one.before, one.after), can_undo


async def _file(context: DeskContext, request: Request, name: str) -> Response:
    if name not in context.files.names:
        return missing(context, request)
    return _page(context, request, context.files.read(name))


async def _change(context: DeskContext, request: Request, name: str) -> Response:
    if name not in context.files.names:
        return missing(context, request)
    file = context.files.read(name)
    try:
        form = await posted(request)
        text = _asked(file, form)
    except (UnreadForm, EditConflict, ValueError):
        return _page(context, request, file, status=UNPROCESSABLE, note=line("settings-unreadable"))
    why = " ".join(form.fields.get("why", "").split())[:LONGEST_WHY]
    if form.fields.get("known") != file.print:
        trial = Trial(text, difference(name, file.text, text), why, line("settings-meanwhile"), form.fields)
        return _page(context, request, file, trial, CONFLICT)
    wrong = await _wrong_with(context, request, file, text)
    if form.fields.get("act") != "save" or wrong:
        trial = Trial(text, difference(name, file.text, text), why, wrong, form.fields)
        return _page(context, request, file, trial, UNPROCESSABLE if wrong else 200)
    if not why:
        trial = Trial(text, difference(name, file.text, text), why, line("settings-no-why"))
        return _page(context, request, file, trial, UNPROCESSABLE)
    if refused := await _save(context, request, file, text, why):
        return _page(context, request, context.files.read(name), Trial(text, [], why, refused), CONFLICT)
    return RedirectResponse("/desk/settings?done=1", 303, headers=HEADERS)


def _asked(file: RegencyFile, form: PostedFields) -> str:
    """The whole file as the form wants it.

    Raises:
        CannotEdit: what it names is not there.
        ValueError: a number that is none.
    """
    match form.fields.get("how"):
        case "numbers":
            wanted = {key.removeprefix("n:"): int(value) for key, value in form.fields.items() if key.startswith("n:")}
            return with_numbers(file.text, wanted)
        case "row":
            cells = {key.removeprefix("c:"): value for key, value in form.fields.items() if key.startswith("c:")}
            place = form.fields.get("row", "")
            gone = form.fields.get("act") == "remove"
            return with_row(file.text, int(place) if place else None, None if gone else cells)
        case "words":
            words = "" if form.fields.get("act") == "remove" else form.fields.get("words", "")
            return with_wording(file.name, file.text, form.fields.get("key", ""), words)
    return as_written(file, form.fields.get("text", "")[:LONGEST_FILE])


async def _wrong_with(context: DeskContext, request: Request, file: RegencyFile, text: str) -> Line | None:
    """What stands against it: nothing changes, a start would refuse it, or somebody needs what it takes away."""
    if text == file.text:
        return line("settings-same")
    try:
        after = await asyncio.to_thread(context.files.check, file.name, text)
    except WrongDeclaration as wrong:
        return why_not(wrong, context.sign_in.language(request))
    return await _in_use(context, file, after)


async def _in_use(context: DeskContext, file: RegencyFile, after: Regency) -> Line | None:
    """The agencies or categories that it takes away and that somebody still needs."""
    if file.name not in {AGENCIES, CATEGORIES}:
        return None
    is_agencies = file.name == AGENCIES
    before = {row.cells.get("code" if is_agencies else "slug", "") for row in sheet_of(file.text).rows}
    gone = before - set(after.agencies if is_agencies else after.categories)
    async with context.database.reading() as connection:
        used = await (agencies_in_use if is_agencies else categories_in_use)(connection, gone)
    if not used:
        return None
    codes = ", ".join(sorted(used))
    return line("settings-in-use", codes=codes) if is_agencies else line("settings-category-in-use", codes=codes)


async def _save(context: DeskContext, request: Request, file: RegencyFile, text: str, why: str) -> Line | None:
    """Write it with a line of who did it; a sentence where that could not be, and nothing was changed then."""
    person = person_of(request)
    change = SettingsChange(context.now(), f"person:{person.id}", person.name, file.name, why, file.text, text)
    try:
        async with context.database.writing() as connection:
            await add_settings_change(connection, change)
            await asyncio.to_thread(context.files.save, file.name, text, file.print)
    except FileChangedMeanwhile:
        return line("settings-meanwhile")
    except WrongDeclaration as wrong:
        return why_not(wrong, context.sign_in.language(request))
    except OSError as error:
        log.error("settings_not_written", file=file.name, error=type(error).__name__)
        return line("settings-not-written", file=file.name)
    log.info("settings_changed", file=file.name, person=person.id)
    return None


async def _apply(context: DeskContext, request: Request) -> Response:
    """Bring the files into force: the service begins anew, if a start would accept what there is."""
    try:
        await asyncio.to_thread(context.files.check_all)
        context.restart.ask()
    except WrongDeclaration as wrong:
        return await _overview(context, request, UNPROCESSABLE, why_not(wrong, context.sign_in.language(request)))
    except (WrongSetting, OSError) as error:
        log.error("settings_not_applied", error=str(error))
        return await _overview(context, request, CONFLICT, line("settings-not-applied"))
    log.info("settings_applied", person=person_of(request).id)
    return RedirectResponse("/desk/settings", 303, headers=HEADERS)


async def _undo(context: DeskContext, request: Request, number: str) -> Response:
    async with context.database.reading() as connection:
        past = await settings_change(connection, int(number)) if number.isdecimal() and len(number) < 10 else None  # noqa: PLR2004
    if past is None or past.change.file not in context.files.names:
        return missing(context, request)
    one, file = past.change, context.files.read(past.change.file)
    if file.text != one.after:
        return await _overview(context, request, CONFLICT, line("settings-meanwhile"))
    if wrong := await _wrong_with(context, request, file, one.before):
        return await _overview(context, request, UNPROCESSABLE, wrong)
    why = context.office.say(line("settings-undone", number=past.id, why=one.why))
    if refused := await _save(context, request, file, one.before, why):
        return await _overview(context, request, CONFLICT, refused)
    return RedirectResponse("/desk/settings?done=1", 303, headers=HEADERS)


def _page(
    context: DeskContext,
    request: Request,
    file: RegencyFile,
    trial: Trial | None = None,
    status: int = 200,
    note: Line | None = None,
) -> Response:
    place = request.query_params.get("row", "")
    return context.answer(
        request,
        "desk/settings/file.html",
        file_title(file.name),
        WORDS,
        status,
        file=file,
        trial=trial,
        note=note,
        numbers=[(one, NUMBERS.get(one.name, one.key)) for one in numbers_of(trial.text if trial else file.text)]
        if file.name in TABLES
        else [],
        **_rows(context, file, place),
        **_wordings(file, trial, request),
    )


def _wordings(file: RegencyFile, trial: Trial | None, request: Request) -> Mapping[str, object]:
    """The sentences of a file of sentences; what was typed for one of them stays typed."""
    asked, form = request.query_params, trial.form if trial else {}
    key = form.get("key", asked.get("kunci", ""))
    typed = form.get("words") if trial and trial.wrong else None
    return shown_wordings(file.name, trial.text if trial else file.text, asked.get("cari", ""), key, typed)


def _rows(context: DeskContext, file: RegencyFile, place: str) -> dict[str, object]:
    """The rows of a sheet, and the one that is being changed; `place` is its number, or "new"."""
    if file.name not in SHEETS:
        return {"sheet": None, "row": None, "place": "", "options": {}, "column_words": {}}
    sheet = sheet_of(file.text)
    number = whole_number(place)
    chosen = number if number is not None and number < len(sheet.rows) else None
    row = sheet.rows[chosen].cells if chosen is not None else dict.fromkeys(sheet.columns, "")
    is_open = chosen is not None or place == "new"
    return {
        "sheet": sheet,
        "row": row if is_open else None,
        "place": "" if chosen is None else str(chosen),
        "options": _options(context),
        "column_words": COLUMNS,
    }


def _options(context: DeskContext) -> Mapping[str, Sequence[str]]:
    """What can stand in a column of which only few things can."""
    regency = context.regency
    districts = [code for code in regency.regions if code.count(".") == 2]  # noqa: PLR2004 - a district's
    return {
        "agency": list(regency.agencies),
        "parent": [*regency.agencies, *(slug for slug, one in regency.categories.items() if one.parent is None)],
        "kind": [kind.value for kind in AgencyKind],
        "category": list(regency.categories),
        "type": [kind.value for kind in ReportType],
        "region": [regency.code, *districts],
        "physical": ["yes", "no"],
    }
