"""`lapor hook`: addresses of agencies' own systems, which are told what happens to the cases of that agency."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.integrations.webhooks import (
    Hook,
    add_hook,
    all_hooks,
    forget_letters_to_nobody,
    hook_backlog,
    remove_hook,
    try_given_up_again,
)
from bot.cli.output import console, print_json
from bot.cli.serving import open_service
from bot.integrations.webhooks.addresses import GuardedResolver, WrongHook
from bot.integrations.webhooks.payload import SALT_BYTES, hook_secret, told_secret
from bot.main.assembly import Service
from bot.main.failures import CommandFailed
from bot.main.integrations_wiring import allowed_networks

hook = typer.Typer(help="Agencies' own systems that are told of their cases (docs/open311.md).", no_args_is_help=True)

Agency = Annotated[str, typer.Argument(help="The code of the agency in agencies.csv.")]
Url = Annotated[str, typer.Argument(help="Where its system is told, https://…")]
OneUrl = Annotated[str, typer.Argument(help="One of its addresses; all of them unless one is named.")]


@hook.command()
def add(agency: Agency, url: Url) -> None:
    """Tell a system of every event of the agency's cases from now on; prints the secret that signs, this once."""
    try:
        secret = asyncio.run(_add(agency, url))
    except WrongHook as wrong:
        raise CommandFailed(str(wrong)) from None
    console.print(f"Secret of {agency} for this address, shown only now: {secret}", markup=False)
    console.print("It is told from the next event on, at the latest after five seconds.")


@hook.command("list")
def list_hooks(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """List the addresses, with what waits for each and what was given up."""
    found = asyncio.run(_list())
    if as_json:
        print_json(found)
        return
    table = Table("agency", "url", "waiting", "given up", box=None)
    for one in found:
        table.add_row(*(str(value) for value in one.values()))
    console.print(table if found else "No system is told of anything; ./lapor hook add AGENCY URL adds one.")


@hook.command()
def remove(agency: Agency, url: OneUrl = "") -> None:
    """Tell a system nothing more; what waits for it is forgotten."""
    asyncio.run(_remove(agency, url))
    console.print(f"{url or agency} is told nothing more.", markup=False)


@hook.command()
def retry(agency: Agency, url: OneUrl = "") -> None:
    """Send again what was given up, oldest first."""
    console.print(f"{asyncio.run(_retry(agency, url))} messages are sent again.")


async def _add(agency: str, url: str) -> str:
    async with open_service() as service:
        if agency not in service.regency.agencies:
            raise CommandFailed(f"there is no agency {agency}; agencies.csv has {', '.join(service.regency.agencies)}")
        await _check(service, url)
        salt = service.effect_runner.chance.token_bytes(SALT_BYTES).hex()
        async with service.database.writing() as connection:
            if any((known.agency, known.url) == (agency, url) for known in await all_hooks(connection)):
                raise CommandFailed(f"{agency} has this address already; ./lapor hook list shows all")
            await add_hook(connection, agency, url, salt, service.clock())
        return told_secret(hook_secret(service.links.secret_key, salt))


async def _check(service: Service, url: str) -> None:
    """Whether anything could be sent there now.

    Raises:
        WrongHook: its host is private, or is not known at all.
    """
    allowed = allowed_networks(service.settings)
    parts = urlsplit(allowed.check(url))
    host, resolver = parts.hostname or "", GuardedResolver.on(allowed.over(parts.scheme))
    try:
        await resolver.resolve(host)
    except OSError:
        words = f"{host} is not known here, or is private and in no network of LAPOR_HOOK_NETWORKS"
        raise WrongHook(words) from None
    finally:
        await resolver.close()


async def _list() -> list[dict[str, object]]:
    async with open_service() as service, service.database.reading() as connection:
        backlog = {one.hook: one for one in await hook_backlog(connection)}
        return [
            {
                "agency": known.agency,
                "url": known.url,
                "waiting": backlog[known.id].waiting if known.id in backlog else 0,
                "given_up": backlog[known.id].given_up if known.id in backlog else 0,
            }
            for known in await all_hooks(connection)
        ]


async def _remove(agency: str, url: str) -> None:
    async with open_service() as service, service.database.writing() as connection:
        for known in await _meant(connection, agency, url):
            await remove_hook(connection, known.id)
        await forget_letters_to_nobody(connection)


async def _retry(agency: str, url: str) -> int:
    async with open_service() as service, service.database.writing() as connection:
        now = service.clock()
        meant = await _meant(connection, agency, url)
        return sum([await try_given_up_again(connection, known.id, now) for known in meant])


async def _meant(connection: AsyncConnection, agency: str, url: str) -> Sequence[Hook]:
    meant = [one for one in await all_hooks(connection) if one.agency == agency and url in {"", one.url}]
    if not meant:
        raise CommandFailed(f"{agency} has no such address; ./lapor hook list shows all")
    return meant
