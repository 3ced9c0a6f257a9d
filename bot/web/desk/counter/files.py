"""Scans and photos that somebody brings to the counter: looked at before the case is filed, and fetched once it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case
from bot.channels.web.arrivals import PostedFile
from bot.conversation.dialogue import File
from bot.conversation.screen import Line, line
from bot.files.changes import FileChanges, save_file_changes
from bot.web.case.view import not_kept
from bot.web.case.words import FILES
from bot.web.chat.forms import LATER, MOST_BYTES_OF_A_FILE, NOT_KEPT, NOT_THIS_KIND, TOO_BIG, TOO_MANY, Form
from bot.web.desk.context import DeskContext
from bot.web.desk.counter.form import YES, CounterForm
from bot.web.desk.sent_files import files_before, look_first

BYTES_OF_A_KILOBYTE: Final = 1024
NOT_TAKEN: Final[Mapping[Line, Line]] = {
    TOO_BIG: line("counter-file-too-big", megabytes=MOST_BYTES_OF_A_FILE // BYTES_OF_A_KILOBYTE**2),
    TOO_MANY: line("counter-file-too-many"),
    LATER: line("counter-file-too-many"),
    NOT_THIS_KIND: line("counter-file-kind"),
    NOT_KEPT: line("counter-file-not-kept"),
}
"""What the chat says to a citizen, for whoever sits at the counter."""


@dataclass(frozen=True, slots=True)
class Brought:
    """`files`: what will be attached; `refused`: why the rest will not, a sentence each."""

    files: tuple[File, ...]
    refused: Sequence[Line]


async def brought(context: DeskContext, form: Form) -> Brought:
    """What came with this form and with earlier looks at it, but for what was unticked since, which is thrown away."""
    uploads, most = context.sign_in.chat.uploads, context.regency.limits.files_a_case
    before = [File(kind, name) for kind, name in files_before(uploads.folder, form)]
    ticked = [file for file in before if form.fields.get(f"with-{file.file_id}") == YES]
    why = await asyncio.gather(*(look_first(context.examiner, uploads.folder / new.file_id) for new in form.files))
    looked = [(File(new.kind, new.file_id), refusal) for new, refusal in zip(form.files, why, strict=True)]
    sound = list(dict.fromkeys([*ticked, *(file for file, refusal in looked if refusal is None)]))
    refused = [
        not_kept(FILES[file.kind](number), refusal) for number, (file, refusal) in enumerate(looked, 1) if refusal
    ]
    taken = tuple(sound[:most])
    _forget(context, {*before, *(file for file, _ in looked)} - {*taken})
    said = [*form.refused, *([TOO_MANY] if len(sound) > most else [])]
    return Brought(taken, [*refused, *dict.fromkeys(NOT_TAKEN[words] for words in said)])


def _forget(context: DeskContext, files: Iterable[File]) -> None:
    context.sign_in.chat.uploads.forget(PostedFile(file.kind, file.file_id, "") for file in files)


async def want_files_of(connection: AsyncConnection, case: Case, form: CounterForm, at: datetime) -> None:
    """Have them fetched as files of this case's reporter."""
    await save_file_changes(connection, [((case.channel, form.key), FileChanges(wanted=form.files))], at)


def shown_files(context: DeskContext, files: Sequence[File]) -> list[tuple[str, Line]]:
    """(name, words) of each that will be attached."""
    folder = context.sign_in.chat.uploads.folder
    return [
        (
            file.file_id,
            line(
                "counter-file-size",
                file=(FILES[file.kind](number),),
                kilobytes=-(-(folder / file.file_id).stat().st_size // BYTES_OF_A_KILOBYTE),
            ),
        )
        for number, file in enumerate(files, 1)
    ]
