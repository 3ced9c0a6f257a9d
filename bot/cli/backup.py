"""`lapor backup` and `lapor restore`: an installation in one file, and back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import console
from bot.configuration.settings import read_settings
from bot.ops.backup.making import make_backup
from bot.ops.backup.restoring import restore_backup

File = Annotated[Path, typer.Argument(metavar="FILE.tar", help="A file, or a folder in which one is made.")]
WithoutKey = Annotated[
    bool, typer.Option("--without-secret-key", help="Leave the key out: who reads the backup cannot sign links.")
]
Replace = Annotated[bool, typer.Option("--replace", help="There is an installation already: put it aside.")]


def backup(file: File, without_secret_key: WithoutKey = False) -> None:  # noqa: FBT002 - an option of the command line
    """Write everything people told the service into one file, while it runs."""
    made = asyncio.run(
        make_backup(read_settings(), file.absolute(), datetime.now(UTC), with_key=not without_secret_key)
    )
    console.print(f"{made.place}: {made.size_bytes / 1e6:.1f} MB, {made.files} files of citizens' in it.", markup=False)
    console.print("It holds what citizens wrote, and their names: keep it where only you can read it.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE.tar", help="What ./lapor backup has made.")],
    replace: Replace = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Put a backup in place; the service must not run meanwhile."""
    settings = read_settings()
    restored = asyncio.run(restore_backup(settings, file.absolute(), datetime.now(UTC), replace=replace))
    console.print(f"Restored as of {restored.made_at}: {restored.cases} cases, each with its chain of events in order.")
    if restored.aside:
        console.print(f"What was there before is in {restored.aside}; remove it when all is well.", markup=False)
    if restored.key_differs:
        console.print("LAPOR_SECRET_KEY is not the key of the backup: old buttons and links do not work with it.")
