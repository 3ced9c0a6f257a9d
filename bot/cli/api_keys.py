"""`lapor api-key`: keys by which other systems send cases through Open311, and read more often than others may."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.table import Table

from actions.store.integrations.api_keys import ApiKey, add_key, all_keys, remove_key
from bot.cli.output import console, print_json
from bot.cli.serving import open_service
from bot.integrations.open311.keys import WrongKeyName, check_name, draw_key, key_digest
from bot.main.failures import CommandFailed

api_key = typer.Typer(help="Keys of other systems that send cases (docs/open311.md).", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="2 to 12 of a-z, 0-9 and -; cases tell by it who sent them.")]


@api_key.command()
def add(
    name: Name,
    read_only: Annotated[bool, typer.Option("--read-only", help="It may not send cases.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Give a system a key, which is shown this once; what is promised with it stands in docs/open311.md."""
    try:
        key = asyncio.run(_add(check_name(name), may_send=not read_only))
    except WrongKeyName as wrong:
        raise typer.BadParameter(str(wrong)) from None
    console.print(f"Key of {name}, shown only now: {key}", markup=False)
    if not read_only:
        console.print("Whoever uses it has asked each person whether her report may be kept and handed on.")


@api_key.command("list")
def list_keys(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """List whose keys there are, and what each may do."""
    found = [
        {"name": key.name, "may_send": key.may_send, "since": key.since.isoformat()} for key in asyncio.run(_all())
    ]
    if as_json:
        print_json(found)
        return
    table = Table("name", "may", "since", box=None)
    for key in found:
        table.add_row(str(key["name"]), "send" if key["may_send"] else "read", str(key["since"])[:10])
    console.print(table if found else "There is no key; ./lapor api-key add NAME gives one.")


@api_key.command()
def remove(name: Name) -> None:
    """Take a key away, at once; cases that came with it stay."""
    asyncio.run(_remove(name))
    console.print(f"The key of {name} opens nothing any more.", markup=False)


async def _add(name: str, *, may_send: bool) -> str:
    async with open_service() as service, service.database.writing() as connection:
        if name in {known.name for known in await all_keys(connection)}:
            raise CommandFailed(f"{name} has a key already; ./lapor api-key remove {name} takes it away first")
        key = draw_key(service.effect_runner.chance.token_bytes)
        await add_key(connection, ApiKey(name, may_send, service.clock()), key_digest(key))
        return key


async def _all() -> list[ApiKey]:
    async with open_service() as service, service.database.reading() as connection:
        return await all_keys(connection)


async def _remove(name: str) -> None:
    async with open_service() as service, service.database.writing() as connection:
        if not await remove_key(connection, name):
            raise CommandFailed(f"there is no key of {name}; ./lapor api-key list shows all")
