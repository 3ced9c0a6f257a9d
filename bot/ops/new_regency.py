"""Writes the files of a regency into a new folder, for somebody to make her own regency's of them."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Final

from bot.shipped import PROJECT

DEFAULTS: Final = PROJECT / "data"
LEFT_OUT: Final = ("nlu", "held_back", "golden.csv")
"""What models learn from and are measured on stays with the version; a folder without it takes it from there."""


class FolderTaken(Exception):
    """There is something in the folder already."""


def write_regency(folder: Path, source: Path = DEFAULTS) -> None:
    """Copy a regency's files, else those that came with this version, to a folder that is empty or new.

    Raises:
        FolderTaken: it holds something.
        OSError: it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(folder)
    shutil.copytree(
        source, folder, copy_function=shutil.copyfile, ignore=partial(_left_out, source), dirs_exist_ok=True
    )


def _left_out(source: Path, folder: str, names: list[str]) -> set[str]:
    return {*LEFT_OUT} & {*names} if Path(folder) == source else set()
