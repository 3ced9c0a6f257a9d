"""`lapor config` and `lapor doctor`: what is in force, and what is missing."""

from __future__ import annotations

import re
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.cli.output import console, print_json
from bot.configuration.settings import Settings, read_settings

MASK = "********"
PASSWORD = re.compile(r"([?&](?:password|sslpassword)=)[^&]*", re.IGNORECASE)
"""Where an address of a PostgreSQL server may name it besides."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def config(as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """Print the settings in force; secrets are masked."""
    settings = shown_settings(read_settings())
    if as_json:
        print_json(settings)
        return
    for name, value in settings.items():
        console.print(f"{name}={'' if value is None else value}", markup=False)


def shown_settings(settings: Settings) -> dict[str, object]:
    """Every setting by its name in the environment, fit for a screen that others may see."""
    return {f"LAPOR_{name.upper()}": _shown(getattr(settings, name)) for name in Settings.model_fields}


def _shown(value: object) -> object:
    if isinstance(value, SecretStr):
        return MASK
    if isinstance(value, tuple):
        return ",".join(value)
    return value if isinstance(value, int) or value is None else _without_password(str(value))


def _without_password(value: str) -> str:
    """An address without the password in it; anything else as it is."""
    scheme, found, rest = value.partition("://")
    if not found:
        return value
    user, at, host = rest.rpartition("@")
    name, colon, _ = user.partition(":")
    masked = f"{scheme}://{name}{f':{MASK}' if colon else ''}@{host}" if at else value
    return PASSWORD.sub(rf"\g<1>{MASK}", masked)


def doctor() -> None:
    """Say what is missing and how to get it."""
    from bot.ops.doctor.checkup import checkup  # noqa: PLC0415 - needs every part, and must speak when one is missing

    raise typer.Exit(0 if checkup(console) else 1)
