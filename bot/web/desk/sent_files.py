"""Files that come along with a form of the desk: kept at once, and known by name from one look at it to the next."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.conversation.events import FileRefusal
from bot.files.ports import Examiner, StorageFull, TryLater
from bot.files.refused import FileRefused
from bot.files.sources import NAME
from bot.web.chat.forms import KINDS, Form
from bot.web.chat.multipart import UNFINISHED

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
