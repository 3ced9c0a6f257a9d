"""Threat: another user of the same machine reads, or puts files among, what the service keeps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.integration.process.commands import lapor
from tests.integration.process.service import running_service

pytestmark = pytest.mark.slow

FOR_OTHERS = 0o077


def open_to_others(folder: Path) -> list[str]:
    return [str(path) for path in (folder, *folder.rglob("*")) if path.stat().st_mode & FOR_OTHERS]


async def test_in_a_folder_that_was_there_before_nothing_can_be_read(tmp_path: Path) -> None:
    data = tmp_path / "var"
    elsewhere = tmp_path / "elsewhere"
    for folder in (data, elsewhere):
        folder.mkdir()
        folder.chmod(0o755)
    was = os.umask(0o022)
    try:
        async with running_service(tmp_path, database_url=f"sqlite:///{elsewhere / 'lapor.db'}"):
            assert open_to_others(data) == []
            assert open_to_others(elsewhere) == [str(elsewhere)]
    finally:
        os.umask(was)


async def test_a_folder_that_others_can_write_is_refused_in_one_sentence(tmp_path: Path) -> None:
    data = tmp_path / "var"
    data.mkdir()
    data.chmod(0o777)
    started = await lapor(tmp_path, "start")
    assert started.code == 1
    assert started.sentence.endswith(f"chmod go-w {data}")
    looked = await lapor(tmp_path, "doctor")
    assert (looked.code, f"chmod go-w {data}" in looked.stdout) == (1, True)
