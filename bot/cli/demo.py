"""`lapor demo`: fills an empty database with authored cases."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from actions.store.cases.casebook import SqlCaseBook
from bot.cli.output import console
from bot.cli.serving import open_service
from bot.main.assembly import DEFAULTS
from bot.main.failures import CommandFailed
from bot.ops.demo.filling import Demo
from bot.ops.demo.stories import read_stories


def demo(cases: Annotated[int, typer.Option(min=1, help="About so many.")] = 300) -> None:
    """Fill an empty database with authored cases over six months, in every state and at every agency."""
    asyncio.run(_demo(cases))


async def _demo(cases: int) -> None:
    async with open_service() as service:
        async with service.database.reading() as connection:
            if await SqlCaseBook(connection).latest(1):
                raise CommandFailed("there are cases already; the demo is for an empty database (LAPOR_DATA_DIR)")
        own = service.settings.config_dir / "demo.toml"
        stories = read_stories(own if own.exists() else DEFAULTS / "demo.toml")
        statuses = await Demo(service, stories, service.clock()).play(cases)
    for status, number in sorted(statuses.items()):
        console.print(f"{number:5} {status.value}")
    console.print(f"{sum(statuses.values()):5} cases, all invented. ./lapor case list shows them.")
