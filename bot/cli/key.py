"""`lapor key`: the installation's secret key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from bot.cli.output import console
from bot.configuration.secret_key import NEXT, rotate
from bot.configuration.settings import read_settings

KEEP_DAYS = 90

key = typer.Typer(help="The key that signs buttons, cookies, links and the chain of events.", no_args_is_help=True)


@key.callback()
def about() -> None:
    """Has the command keep its own name, since there is only one."""


@key.command("rotate")
def rotate_key(
    keep_days: Annotated[
        int, typer.Option(min=0, help="So many days buttons, cookies and links of the former key are accepted.")
    ] = KEEP_DAYS,
) -> None:
    """Put a new key in the place of the one in use; the service uses it from its next start."""
    settings, now = read_settings(), datetime.now(UTC)
    settings.make_data_dir()
    given = settings.secret_key.get_secret_value() if settings.secret_key else None
    waiting = rotate(given, settings.data_dir, now, timedelta(days=keep_days))
    until = (now + timedelta(days=keep_days)).date()
    if waiting:
        console.print(
            f"The new key is in {waiting}. Set LAPOR_SECRET_KEY to it, restart, and remove {NEXT}.", markup=False
        )
    else:
        console.print("A new key is in place. Restart the service: a running one still signs with the former.")
    console.print(
        f"Buttons, cookies and links of the former key are accepted until {until}; the chain of events for ever."
    )
    console.print("Make a backup now: older ones do not hold the new key.")
