"""`lapor init`, `config`, `doctor` and `demo`: files to begin with, what is in force and missing, cases to look at."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.progress import Progress

from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine import schema
from bot import __version__
from bot.cli.demo_open import open_demo
from bot.cli.output import console, print_json
from bot.cli.serving import open_service
from bot.configuration.settings import FromEnvironment, in_environment, read_settings
from bot.main.assembly import DEFAULTS
from bot.main.failures import CommandFailed
from bot.main.installed_channels import installed_channels
from bot.ops.demo.filling import Demo
from bot.ops.demo.scenes import read_stories
from bot.ops.new_regency import FolderTaken, write_regency
from bot.shipped import HOME
from bot.understanding.model.baseline import SHA256 as MODEL_SHA256

LINE_EVERY = 500
"""Cases between two lines about how far it is, where no bar can be drawn; a multiple of those of one transaction."""


CASES, CASES_AT_ONCE = 300, 120
"""How many there are where nobody waits, and where somebody does."""


def init(
    folder: Annotated[Path, typer.Argument(help="A new or an empty one.", show_default=False)],
) -> None:
    """Write the files of a regency into a folder, to be made into those of your own."""
    try:
        write_regency(folder)
    except FolderTaken as taken:
        raise CommandFailed(f"{folder} holds something already; name a folder that is empty or new") from taken
    except OSError as error:
        raise CommandFailed(f"{folder} cannot be written ({error.strerror}); name another folder") from error
    in_place = folder.resolve() == (HOME / "data").resolve()
    console.print(f"{folder} holds a whole regency as an example; its README.md says what each file is.", markup=False)
    start = "lapor start" if in_place else f"LAPOR_CONFIG_DIR={folder.resolve()} lapor start"
    console.print(f"Make them those of your own, and serve them: {start}", markup=False)


def show_version(wanted: bool) -> None:  # noqa: FBT001 - an option of the command line
    """Print which code, model and schema this is, and end."""
    if not wanted:
        return
    console.print(f"lapor {__version__}")
    console.print(f"language model {MODEL_SHA256[:12]}, which comes with it; ./lapor nlu models shows those made here")
    console.print(f"schema {schema.newest()}")
    raise typer.Exit


def demo(
    cases: Annotated[
        int | None, typer.Option(min=1, help=f"About so many; else {CASES}, or {CASES_AT_ONCE} with --open.")
    ] = None,
    served: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--open", help="In a folder of its own, with guests of every role; served, and shown.")
    ] = False,
    folder: Annotated[Path, typer.Option(help="That folder; deleting it undoes everything.")] = Path("lapor-demo"),
) -> None:
    """Fill an empty database with authored cases over six months, in every state and at every agency."""
    if served:
        open_demo(folder, lambda: asyncio.run(_demo(cases or CASES_AT_ONCE)))
    else:
        asyncio.run(_demo(cases or CASES))


async def _demo(cases: int) -> None:
    async with open_service() as service:
        async with service.database.reading() as connection:
            if await SqlCaseBook(connection).latest(1):
                raise CommandFailed("there are cases already; the demo is for an empty database (LAPOR_DATA_DIR)")
        own = service.settings.config_dir / "demo.toml"
        stories = read_stories(own if own.exists() else DEFAULTS / "demo.toml")
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("cases", total=cases)

            def made(number: int) -> None:
                progress.update(task, completed=number)
                if not console.is_terminal and number % LINE_EVERY == 0:  # where no bar is drawn
                    console.print(f"{number} of {cases} cases")

            statuses = await Demo(service, stories, service.clock(), made).play(cases)
    for status, number in sorted(statuses.items()):
        console.print(f"{number:5} {status.value}")
    console.print(f"{sum(statuses.values()):5} cases, all invented. ./lapor case list shows them.")


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


def doctor(as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """Say what is missing and how to get it."""
    from bot.ops.doctor import checkup, document_of, show, suffices  # noqa: PLC0415 - needs every part

    found = checkup()
    if as_json:
        print_json(document_of(found))
    else:
        show(found, console)
    raise typer.Exit(0 if suffices(found) else 1)
