"""`lapor whatsapp`: the templates, for submission to Meta and beside what the account there has."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.channels.declaration import CannotStart
from bot.channels.meta.examining import examine_whatsapp
from bot.channels.meta.settings import WhatsAppSettings
from bot.channels.meta.templates import read_templates
from bot.cli.output import console, print_json
from bot.configuration.settings import read, read_settings
from bot.main.failures import CommandFailed

whatsapp = typer.Typer(help="The templates of WhatsApp.", no_args_is_help=True)


@whatsapp.command()
def templates(
    as_json: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--json", help="As Meta's API takes them, one array.")
    ] = False,
) -> None:
    """Print the templates as they are submitted for approval."""
    try:
        found = read_templates(read_settings().config_dir)
    except CannotStart as wrong:
        raise CommandFailed(str(wrong)) from None
    if as_json:
        print_json([template.submission() for template in found.by_use.values()])
        return
    for use, template in found.by_use.items():
        console.print(f"{use.value}: {template.name} ({template.language}, UTILITY)", markup=False)
        console.print(f"  {template.body}", markup=False)
        console.print(f"  {', '.join(template.parameters)}: {', '.join(template.example)}", markup=False)


@whatsapp.command()
def compare(
    as_json: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--json", help="One array.")
    ] = False,
) -> None:
    """Compare token, webhook and templates with the account; exit 1 where something is missing or other."""
    settings = read(WhatsAppSettings)
    if not settings.is_wanted():
        raise CommandFailed("There is no WhatsApp number: docs/whatsapp.md says which settings open it")
    found = asyncio.run(examine_whatsapp(settings, read_settings().config_dir))
    if as_json:
        print_json([{"good": one.is_good, "words": one.words} for one in found])
    for one in found if not as_json else ():
        console.print(f"{'ok     ' if one.is_good else 'MISSING'} {one.words}", markup=False)
    if not all(one.is_good for one in found):
        raise typer.Exit(1)
