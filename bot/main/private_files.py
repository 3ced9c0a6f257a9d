"""At the start: what the service makes is for itself alone, and so is what it finds of its own."""

from __future__ import annotations

from pathlib import Path

import structlog

from bot.configuration.file_modes import check_folders, open_to_others
from bot.configuration.settings import Settings
from bot.ops.backup.making import backup_place

log = structlog.get_logger()


def make_files_private(settings: Settings, database: Path | None) -> None:
    """Refuse folders that others can write, and close files that others can read; opens none.

    Raises:
        WrongSetting: others can write where data is kept.
    """
    check_folders(settings.data_dir, database)
    for found in open_to_others(settings.data_dir, database, backup_place(settings.data_dir)):
        is_closed = found.is_ours and found.close()
        log.warning("file_closed" if is_closed else "file_open_to_others", file=found.path.name)
