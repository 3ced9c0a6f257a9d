"""`lapor officer group`, `groups`, `ungroup`: which group in Telegram gets the cases of which agency."""

from __future__ import annotations

import asyncio
import secrets
from typing import Annotated

import typer
from rich.table import Table

from actions.people.secrets import CODE_LASTS, code_digest, draw_code
from actions.store.messages.groups import SqlGroups
from bot.cli.output import console, print_json
from bot.cli.serving import open_service
from bot.main.assembly import Service
from bot.main.failures import CommandFailed

Agency = Annotated[str, typer.Argument(help="The code of an agency in agencies.csv.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def group(agency: Agency) -> None:
    """Print a one-time code that binds a group in Telegram to an agency; the one before holds no more."""
    code = asyncio.run(_give_code(agency))
    console.print(f"One-time code, for 24 hours: {code}", markup=False)
    console.print(
        f"An officer of {agency} whose account is tied brings the bot into the group and writes there: /ikat {code}",
        markup=False,
    )


def groups(as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """List the groups that are bound."""
    documents = asyncio.run(_bound())
    if as_json:
        print_json(documents)
        return
    table = Table("agency", "chat", "since", box=None)
    for document in documents:
        table.add_row(*(str(value) for value in document.values()))
    console.print(table)


def ungroup(agency: Agency) -> None:
    """Let the group of an agency get nothing any more."""
    asyncio.run(_unbind(agency))
    console.print(f"{agency} has no group any more.", markup=False)


async def _give_code(agency: str) -> str:
    async with open_service() as service, service.database.writing() as connection:
        _check(service, agency)
        drawn = draw_code(secrets.randbelow)
        await SqlGroups(connection).set_code(agency, code_digest(drawn), service.clock() + CODE_LASTS)
        return drawn


async def _bound() -> list[dict[str, object]]:
    async with open_service() as service, service.database.reading() as connection:
        bound = await SqlGroups(connection).all()
    return [{"agency": one.agency, "chat": one.chat, "since": one.bound_at.isoformat()} for one in bound]


async def _unbind(agency: str) -> None:
    async with open_service() as service, service.database.writing() as connection:
        _check(service, agency)
        known = SqlGroups(connection)
        chat = (await known.chats()).get(agency)
        if chat is None:
            raise CommandFailed(f"{agency} has no group; ./lapor officer groups lists all")
        await known.unbind(chat)


def _check(service: Service, agency: str) -> None:
    if agency not in service.regency.agencies:
        raise CommandFailed(f"there is no agency {agency}; agencies.csv has {', '.join(service.regency.agencies)}")
