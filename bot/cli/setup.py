"""`lapor config` and `lapor doctor`: what is in force, and what is missing."""

from __future__ import annotations

import re
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.cli.output import console, print_json
from bot.configuration.settings import FromEnvironment, in_environment, read_settings
from bot.main.installed_channels import installed_channels

MASK = "********"
PASSWORD = re.compile(r"([?&](?:password|sslpassword)=)[^&]*", re.IGNORECASE)
"""Where an address of a PostgreSQL server may name it besides."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def config(as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """Print the settings in force; secrets are masked."""
    settings = shown_settings(*in_force())
    if as_json:
        print_json(settings)
        return
    for name, value in settings.items():
        console.print(f"{name}={'' if value is None else value}", markup=False)


def in_force() -> list[FromEnvironment]:
    """The settings of the service, and those of every channel that is installed.

    Raises:
        WrongSetting: one cannot be used.
        BrokenChannel: a channel cannot be loaded.
    """
    return [read_settings(), *installed_channels().read_settings().values()]


def shown_settings(*given: FromEnvironment) -> dict[str, object]:
    """Every setting by its name in the environment, fit for a screen that others may see."""
    return {in_environment(name): _shown(getattr(some, name)) for some in given for name in type(some).model_fields}


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
