"""`lapor nlu examples` and `nlu suspicious`: what the model learns from, and which labels look wrong."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from actions.people.people import Permission, who_may
from actions.store.people.people import SqlPeople
from bot.cli.output import console, print_json
from bot.configuration.settings import read_settings
from bot.main.assembly import assemble
from bot.main.failures import CommandFailed
from bot.main.training_processes import IMPORT, look_for_suspicious, step_back
from bot.main.training_wiring import data_folder, importer, make_labelling_service
from bot.main.understanding_wiring import model_context_of, model_folders
from bot.training.corpus.rows import UnreadableImport
from bot.training.corpus.written_rows import format_to_write, write_rows
from bot.training.models.import_look import look_at
from bot.training.samples.import_jobs import ImportWork
from bot.training.samples.suspicion import FOUND, NotLookedFor, Suspicions

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def add_data(nlu: typer.Typer) -> None:
    """Add these commands."""
    nlu.command()(examples)
    nlu.command()(suspicious)
    nlu.command(IMPORT, hidden=True)(import_on)


def examples(
    file: Annotated[Path, typer.Argument(help="Where they go: .csv, .jsonl or .yml.")],
) -> None:
    """Write all sentences that the model learns from, with their labels, to a file."""
    folder = data_folder(assemble(read_settings()))
    rows = [(one.text, one.intent, one.category or "") for one in folder.corpus().examples]
    try:
        written = format_to_write(file.name)
        with file.open("w", encoding="utf-8", newline="") as out:
            out.writelines(write_rows(iter(rows), written))
    except UnreadableImport:
        raise typer.BadParameter("the file's name must end in .csv, .jsonl or .yml") from None
    except OSError as error:
        raise CommandFailed(f"{file} cannot be written: {error.strerror}") from None
    console.print(f"{len(rows):,} examples are written to {file}.")


def import_on(number: str, person: int) -> None:
    """Go on with an import that the pages began, for a person of this number."""
    step_back()
    asyncio.run(_import_on(number, person))


async def _import_on(number: str, person: int) -> None:
    service = assemble(read_settings())
    try:
        labelling_service = make_labelling_service(service)
        reads = importer(service, labelling_service.folder)
        begun = reads.find(number)
        async with service.database.reading() as connection:
            whose = await SqlPeople(connection).by_id(person)
        if begun and whose and whose.has_any(who_may(Permission.TEACH)):
            look = partial(look_at, model_context_of(service))
            await ImportWork(reads, labelling_service, look)(begun, whose)
    finally:
        await service.database.close()


def suspicious(as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """Look for labels that are likely wrong, worst first; takes minutes."""
    settings = read_settings()
    service = assemble(settings)
    folders, folder = model_folders(settings), data_folder(service)
    try:
        asyncio.run(look_for_suspicious(folders, settings.data_dir / FOUND))
    except NotLookedFor as error:
        raise CommandFailed(str(error)) from None
    found = Suspicions(settings.data_dir, _never).suspects(folder.corpus())
    rows = [
        {
            "file": one.example.place.file,
            "line": one.example.place.line,
            "category": one.example.category,
            "likely": one.likely,
            "share": one.likely_share,
        }
        for one in found
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        said = f"{row['file']}:{row['line']}: {row['category']}, more likely {row['likely']} ({row['share']:.0%})"
        console.print(said, markup=False, highlight=False)
    console.print(f"{len(rows)} labels are suspicious; /trainer/suspicious shows them with their sentences.")


async def _never(out: Path) -> None:
    raise NotLookedFor(f"{out.name} was looked for already")
