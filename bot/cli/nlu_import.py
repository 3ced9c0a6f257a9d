"""`lapor nlu import`: learn from messages that a deployment has labelled itself."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from pathlib import Path
from typing import Annotated

import typer

from actions.store.engine import schema
from actions.store.training.data_changes import NluChange, add_change
from bot.cli.output import console, print_json
from bot.cli.serving import terminal_user
from bot.configuration.settings import read_settings
from bot.main.assembly import Service, assemble
from bot.main.failures import CommandFailed
from bot.main.training_wiring import data_folder
from bot.main.understanding_wiring import model_context_of
from bot.training.corpus.edits import CorpusChange, marked
from bot.training.corpus.folder import DataFolder, NotSaved, Saved
from bot.training.models.import_look import look_at
from bot.training.samples.importing import Imported, LeftOut, additions_of
from bot.understanding.evaluation.evaluation import LabelledText, read_rows

WORDS = {
    LeftOut.FORMULA: "a formula of a spreadsheet",
    LeftOut.NO_TEXT: "no words",
    LeftOut.NO_LABEL: "neither intent, type nor category",
    LeftOut.UNKNOWN_INTENT: "an intent or type that there is not",
    LeftOut.UNKNOWN_CATEGORY: "a category that this regency does not have",
    LeftOut.KNOWN: "in the training data already",
    LeftOut.CONFLICT: "in the training data already, or further up in the file, as something else",
    LeftOut.PERSONAL: "personal data that cannot be covered",
}
ROWS_NAMED = 10


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV with a column text, and category, and intent or type.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,  # noqa: FBT002
    accept: Annotated[  # noqa: FBT002
        bool, typer.Option("--accept", help="Take the file also where it contradicts the model that is sure.")
    ] = False,
) -> None:
    """Add this deployment's own labelled messages to what the model learns from; they stay in the data folder."""
    imported, saved = asyncio.run(_import(file, accept=accept))
    if as_json:
        print_json(document_of(imported, saved))
        return
    console.print(
        f"{len(imported.additions)} messages are learned from now on; ./lapor nlu train makes a model of them."
    )
    for why, rows in by_reason(imported).items():
        named = ", ".join(map(str, rows[:ROWS_NAMED])) + (" …" if len(rows) > ROWS_NAMED else "")
        console.print(f"{len(rows)} left out, {WORDS[why]}: row {named}.")


def by_reason(imported: Imported) -> dict[LeftOut, list[int]]:
    """The numbers of the rows that are left out, by why."""
    found = defaultdict[LeftOut, list[int]](list)
    for number, why in imported.left_out:
        found[why].append(number)
    return found


def document_of(imported: Imported, saved: Saved | None) -> dict[str, object]:
    """What came of it, without a word of a citizen."""
    return {
        "rows": len(imported.additions) + len(imported.left_out),
        "added": len(imported.additions),
        "categories": dict(Counter(one.label.category for one in imported.additions if one.label.category)),
        "left_out": {why.value: rows for why, rows in by_reason(imported).items()},
        "files": list(saved.files) if saved else [],
    }


async def _import(file: Path, *, accept: bool) -> tuple[Imported, Saved | None]:
    rows = read_rows(file)
    service = assemble(read_settings())
    try:
        await service.database.check()
        await schema.upgrade(service.database)
        folder = data_folder(service)
        imported = additions_of(rows, folder.corpus(), folder.categories)
        if not imported.additions:
            return imported, None
        if not accept:
            await _refuse_what_stands_out(service, imported)
        who, at, why = terminal_user(), service.clock(), f"nlu import {file.name}"
        change = marked(CorpusChange(who, why, at, imported.additions))
        saved = await asyncio.to_thread(_save, folder, change)
        async with service.database.writing() as connection:
            await add_change(connection, NluChange(at, who, who, "import", why, saved, change.mark))
    finally:
        await service.database.close()
    return imported, saved


async def _refuse_what_stands_out(service: Service, imported: Imported) -> None:
    """Ask the model in service first.

    Raises:
        CommandFailed: the rows contradict it where it is sure.
    """
    rows = [LabelledText(one.plain, category=one.label.category) for one in imported.additions]
    found = await look_at(model_context_of(service), rows)
    if found.stands_out:
        most = f", most of them {found.most[0]} where it says {found.most[1]}" if found.most else ""
        raise CommandFailed(
            f"Nothing was saved: of {found.sure} rows that the model is sure of, the file labels {found.against} "
            f"otherwise{most}. Read them; if the file is right, import it with --accept."
        )


def _save(folder: DataFolder, change: CorpusChange) -> Saved:
    """Save the change.

    Raises:
        CommandFailed: something stands in its way.
    """
    try:
        return folder.save(change)
    except NotSaved as refused:
        found = refused.preview
        place = found.faults[0].place if found.faults else ""
        why = found.refused or f"{place or 'the data'} is not clean: ./lapor nlu check says what is wrong"
        raise CommandFailed(f"Nothing was saved: {why}.") from None
