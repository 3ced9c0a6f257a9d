"""`lapor export` and `lapor report`: cases for other systems, and the numbers of a month to be signed."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Annotated, Final, TextIO

import typer

from actions.privacy.redaction import NOTHING_MODERATED
from actions.store.cases.redactions import moderated_of
from actions.store.statistics.counting import Period
from actions.store.statistics.filling import StatisticsFiller
from actions.store.statistics.listing import ListingCursor, days_of, list_changed
from bot.cli.output import console
from bot.cli.serving import open_service
from bot.conversation.screen import Label, Line
from bot.integrations.sp4n.public_document import public_document
from bot.main.assembly import Service
from bot.main.failures import CommandFailed
from bot.web.public.statistics.monthly_report import month_before, paper
from bot.web.public.statistics.reading import read_statistics
from bot.web.public.statistics.view import Voice
from bot.web.shared.assets import static_assets
from bot.web.shared.site import Site

ON_STDOUT = Path("-")


def report(
    month: Annotated[str, typer.Option(help="The month, as 2026-10.")],
    output: Annotated[Path | None, typer.Option(help="The file to write; - is the terminal.")] = None,
    language: Annotated[str, typer.Option(help="The regency's first unless one is named.")] = "",
) -> None:
    """Write the report on a month, to be printed and signed: what was received, answered, late and contested."""
    try:
        days_of(month)
    except ValueError:
        raise typer.BadParameter(f"{month!r} is no month; one reads 2026-10", param_hint="--month") from None
    page = asyncio.run(_page(month, language))
    file = output or Path(f"laporan-{month}.html")
    if file == ON_STDOUT:
        sys.stdout.write(page)
        return
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CommandFailed(f"{file} cannot be written ({error.strerror}); name another with --output") from error
    console.print(str(file))


async def _page(month: str, language: str) -> str:
    async with open_service() as service:
        regency, texts = service.regency, service.texts
        today = regency.calendar.day(service.clock())
        if days_of(month)[0] > today:
            raise CommandFailed(f"{month} has not begun; name a month up to {today:%Y-%m}")
        if language and language not in regency.languages:
            raise CommandFailed(f"there is no language {language}; the regency has {', '.join(regency.languages)}")
        await StatisticsFiller(service.database, regency).fill()
        earlier = month_before(month)
        now = await read_statistics(service.database, Period(month, month), today)
        before = await read_statistics(service.database, Period(earlier, earlier), today)
    spoken = texts.spoken(language or None)
    site = Site(texts, static_assets(), regency.name, regency.languages)

    def say(words: Line | Label | str) -> str:
        return site.say(spoken, words)

    return paper(now, before, Voice(regency, spoken, say), site)


export = typer.Typer(help="Cases for other systems.", no_args_is_help=True)

CASES_AT_ONCE: Final = 500
LONGEST_LINE_BYTES: Final = 65_536
FIRST_DAY: Final = date(1, 1, 1)


@export.callback()
def _group() -> None:
    """Cases for other systems."""


@export.command()
def sp4n(
    since: Annotated[str, typer.Option(help="Only cases to which something happened since this day, 2026-10-05.")] = "",
    output: Annotated[Path | None, typer.Option(help="The file to write; the terminal unless one is named.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on in a file that was not finished.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Write what anybody may see of every public case, a JSON document a line (docs/open311.md)."""
    day = _day(since)
    if output is None:
        if resume:
            raise typer.BadParameter("only a file can be gone on with: name it with --output", param_hint="--resume")
        asyncio.run(_write(sys.stdout, day, None))
        return
    try:
        after = _left_off(output) if resume and output.exists() else None
        with output.open("a" if resume else "x", encoding="utf-8") as file:
            written = asyncio.run(_write(file, day, after))
    except FileExistsError:
        raise CommandFailed(f"{output} is there already; name another file, or go on in it with --resume") from None
    except OSError as error:
        raise CommandFailed(f"{output} cannot be written ({error.strerror}); what is in it stays") from error
    console.print(f"{output}: {written} cases", markup=False)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed) if typed else FIRST_DAY
    except ValueError:
        raise typer.BadParameter(f"{typed!r} is no day; one reads 2026-10-05", param_hint="--since") from None


def _left_off(file: Path) -> ListingCursor | None:
    """Behind which case to go on; what was begun of a line is cut off.

    Raises:
        CommandFailed: the file was not written by this command.
    """
    with file.open("r+b") as opened:
        size = opened.seek(0, 2)
        opened.seek(max(size - 2 * LONGEST_LINE_BYTES, 0))
        whole, _, _ = opened.read().rpartition(b"\n")
        if not whole:
            opened.truncate(0)
            return None
        last = whole.rpartition(b"\n")[2]
        try:
            told = json.loads(last)
            place = ListingCursor(date.fromisoformat(told["received_on"]), str(told["number"]))
        except (ValueError, KeyError, TypeError):
            raise CommandFailed(f"{file} holds something else than cases; name another with --output") from None
        begun = size - max(size - 2 * LONGEST_LINE_BYTES, 0) - len(whole) - 1
        opened.truncate(size - begun)
    return place


async def _write(file: TextIO, since: date, after: ListingCursor | None) -> int:
    written = 0
    async with open_service() as service:
        await StatisticsFiller(service.database, service.regency).fill()
        async for lines in _lines(service, since, after):
            file.writelines(lines)
            file.flush()
            written += len(lines)
    return written


async def _lines(service: Service, since: date, after: ListingCursor | None) -> AsyncIterator[list[str]]:
    """Some at a time, from the oldest case to the newest."""
    regency, links, today = service.regency, service.links, service.regency.calendar.day(service.clock())
    while True:
        async with service.database.reading() as connection:
            listed = await list_changed(connection, since, after, CASES_AT_ONCE)
            let_out = await moderated_of(connection, [one.case.ticket for one in listed])
        if not listed:
            return
        after = ListingCursor(listed[-1].statistics.received_on, listed[-1].statistics.ticket)
        told = (
            public_document(one, let_out.get(one.case.ticket, NOTHING_MODERATED), regency, links, today)
            for one in listed
        )
        yield [json.dumps(document, ensure_ascii=False) + "\n" for document in told if document]
