"""`lapor support-bundle`: what somebody who helps from afar needs, and no word of a citizen."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Annotated

import typer

from actions.store.engine.database import Database
from bot.cli.output import console
from bot.cli.setup import in_force, shown_settings
from bot.configuration.settings import read_settings
from bot.main.failures import CommandFailed

OWNER_ONLY = 0o600


def support_bundle(
    file: Annotated[Path, typer.Argument(help="A new file; JSON is written to it.", show_default=False)],
) -> None:
    """Write down what this installation is and what the doctor finds, for whoever helps; nothing that people wrote."""
    from bot.ops.doctor import checkup  # noqa: PLC0415 - needs every part
    from bot.ops.support_bundle import bundle_of  # noqa: PLC0415 - likewise

    if file.exists():
        raise CommandFailed(f"{file} is there already; name a new file")
    database = Database(read_settings().database_url)
    document = asyncio.run(bundle_of(database, shown_settings(*in_force()), checkup()))
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as written:
            json.dump(document, written, indent=2, ensure_ascii=False)
    except OSError as error:
        raise CommandFailed(f"{file} cannot be written ({error.strerror}); name a new file") from error
    console.print(f"{file} holds it; read it before you send it. It names no citizen.", markup=False)
