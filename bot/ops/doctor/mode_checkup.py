"""What a checkup finds of who else may read or write what is kept; what is our own it closes at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.configuration.file_modes import check_folders, open_to_others
from bot.configuration.settings import Settings, WrongSetting
from bot.ops.backup.making import backup_place
from bot.ops.doctor.finding import Finding


def look_at_modes(settings: Settings, database: Path | None) -> Iterator[Finding]:
    """Whether others can write in the folders, and whether others could read the files."""
    try:
        check_folders(settings.data_dir, database)
    except WrongSetting as wrong:
        yield Finding(good=False, words=str(wrong))
    for found in open_to_others(settings.data_dir, database, backup_place(settings.data_dir)):
        if found.is_ours and found.close():
            yield Finding(good=True, words=f"Others on this machine could read {found.path}; it is closed now.")
        else:
            words = (
                f"Others on this machine may read {found.path}, which is another user's: as that user, "
                f"chmod {found.wanted:o} {found.path} closes it."
            )
            yield Finding(good=False, words=words, needed=False)
