"""At the start: what the service makes is for itself alone, and so is what it finds of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import structlog

from bot.configuration.file_modes import check_folders, open_to_others
from bot.configuration.settings import Settings

log = structlog.get_logger()

LAST_BACKUP: Final = "last-backup.json"
"""The file of the data folder that says when the last backup was made, and where it lies."""


def make_files_private(settings: Settings, database: Path | None) -> list[tuple[str, str]]:
    """Refuse folders that others can write, and close files that others can read; opens none.

    Returns:
        What was done, as a log event and the name of a file each: `log_private_files` tells of it once the service
        runs, since a start that is refused says one sentence and nothing else.

    Raises:
        WrongSetting: others can write where data is kept.
    """
    check_folders(settings.data_dir, database)
    return [
        ("file_closed" if found.is_ours and found.close() else "file_open_to_others", found.path.name)
        for found in open_to_others(settings.data_dir, database, backup_place(settings.data_dir))
    ]


def log_private_files(done: list[tuple[str, str]]) -> None:
    """Tell of files that others could read."""
    for event, name in done:
        log.warning(event, file=name)


def backup_place(data_dir: Path) -> Path | None:
    """Returns where the last backup of this data folder was written; None when that is not known."""
    try:
        return Path(json.loads((data_dir / LAST_BACKUP).read_text(encoding="utf-8"))["place"])
    except (OSError, ValueError, LookupError, TypeError):
        return None
