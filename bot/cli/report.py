"""`lapor report`: the numbers of a month as one page that is printed and signed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from actions.store.statistics.counting import Period
from actions.store.statistics.filling import StatisticsFiller
from actions.store.statistics.listing import days_of
from bot.cli.output import console
from bot.cli.serving import open_service
from bot.conversation.screen import Label, Line
from bot.main.failures import CommandFailed
from bot.web.public.statistics.monthly_report import month_before, paper
from bot.web.public.statistics.reading import read_statistics
from bot.web.public.statistics.view import Voice
from bot.web.shared.assets import Assets
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
    site = Site(texts, Assets(), regency.name, regency.languages)

    def say(words: Line | Label | str) -> str:
        return site.say(spoken, words)

    return paper(now, before, Voice(regency, spoken, say), site)
