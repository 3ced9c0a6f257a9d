"""Files that come along with a form of the desk: looked at and kept at once, fetched once a case is filed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case
from bot.channels.web.arrivals import PostedFile
from bot.conversation.draft import File
from bot.conversation.events import FileRefusal
from bot.conversation.screen import Line, line
from bot.files.kinds import FileRefused
from bot.files.ports import Examiner, StorageFull, TryLater
from bot.files.receiving import NAME
from bot.messaging.file_changes import FileChanges, save_file_changes
from bot.web.case.view import not_kept
from bot.web.case.words import FILES
from bot.web.chat.forms import KINDS, LATER, MOST_BYTES_OF_A_FILE, NOT_KEPT, TOO_BIG, TOO_MANY, Form
from bot.web.chat.multipart import UNFINISHED
from bot.web.desk.context import DeskContext
from bot.web.desk.counter.form import YES, CounterForm

SENT_ALONG: Final = frozenset({*KINDS.values(), "document"})


def files_before(folder: Path, form: Form) -> list[tuple[str, str]]:
    """(kind, name) of what came with earlier looks at a form, as far as it still waits in `folder`."""
    named = [one.partition(":")[::2] for one in form.fields.get("files", "").split()]
    return [
        (kind, name)
        for kind, name in named
        if kind in SENT_ALONG and NAME.fullmatch(name) and (folder / name).is_file()
    ]


async def look_first(examiner: Examiner, file: Path) -> FileRefusal | None:
    """Why a file will not be kept, as far as a look at it tells; what is made of it in looking is thrown away."""
    clean, thumb = (file.with_name(f"{UNFINISHED}{file.name}-{part}") for part in ("clean", "thumb"))
    try:
        await examiner.examine(file, clean, thumb)
    except FileRefused as refused:
        return refused.refusal
    except StorageFull:
        return FileRefusal.FULL
    except TryLater:  # it is looked at again when it is fetched
        return None
    finally:
        clean.unlink(missing_ok=True)
        thumb.unlink(missing_ok=True)
    return None


BYTES_OF_A_KILOBYTE: Final = 1024
NOT_TAKEN: Final[Mapping[Line, Line]] = {
    TOO_BIG: line("counter-file-too-big", megabytes=MOST_BYTES_OF_A_FILE // BYTES_OF_A_KILOBYTE**2),
    TOO_MANY: line("counter-file-too-many"),
    LATER: line("counter-file-too-many"),
    NOT_KEPT: line("counter-file-not-kept"),
}
"""What the chat says to a citizen, for whoever sits at a form of the desk."""


def not_taken(form: Form) -> Sequence[Line]:
    """Why files were left out of a form of the desk; one of a kind that is never taken is named."""
    return [NOT_TAKEN.get(why) or line("counter-file-kind", files=dict(why.args)["files"]) for why in form.refused]


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
    said = [*not_taken(form), *([NOT_TAKEN[TOO_MANY]] if len(sound) > most else [])]
    return Brought(taken, [*refused, *dict.fromkeys(said)])


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
