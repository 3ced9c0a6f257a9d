"""Who else on the machine may read or write what is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.configuration.file_modes import check_folders, open_to_others
from bot.configuration.settings import Settings, WrongSetting
from bot.main.private_files import make_files_private
from bot.ops.doctor import look_at_modes


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    folder.mkdir()
    for name in ("lapor.db", "lapor.db-wal", "lapor.db-shm", "cadangan.tar"):
        (folder / name).touch()
        (folder / name).chmod(0o644)
    folder.chmod(0o755)
    return folder


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}


def test_what_others_could_read_is_closed_at_the_start(data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "elsewhere.tar"
    backup.touch(0o644)
    (data / "last-backup.json").write_text(json.dumps({"made_at": "2026-11-24T08:00:00+00:00", "place": str(backup)}))
    (data / "last-backup.json").chmod(0o600)
    make_files_private(Settings(data_dir=data), data / "lapor.db")
    assert modes(data) == {0o700, 0o600}
    assert backup.stat().st_mode & 0o777 == 0o600
    assert list(open_to_others(data, data / "lapor.db", backup)) == []


def test_a_checkup_closes_them_and_says_so(data: Path) -> None:
    found = list(look_at_modes(Settings(data_dir=data), data / "lapor.db"))
    assert [one.good for one in found] == [True] * 5
    assert found[1].words == f"Others on this machine could read {data / 'lapor.db'}; it is closed now."
    assert modes(data) == {0o700, 0o600}


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_a_folder_that_others_can_write_is_refused(data: Path, tmp_path: Path, mode: int) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(0o700)
    elsewhere.chmod(mode)
    data.chmod(0o700)
    check_folders(data, data / "lapor.db")
    for folders in ((elsewhere, None), (data, elsewhere / "lapor.db")):
        with pytest.raises(WrongSetting, match=f"chmod go-w {elsewhere}"):
            check_folders(*folders)


def test_what_is_not_there_yet_is_no_matter(tmp_path: Path) -> None:
    make_files_private(Settings(data_dir=tmp_path / "var"), tmp_path / "none" / "lapor.db")
