"""Two files of a regency are written as one, wherever the process ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from actions.regency.files import load
from bot.main.assembly import DEFAULTS
from bot.web.desk.settings.files import FileChangedMeanwhile, RegencyFiles
from bot.web.desk.settings.journal import end_what_was_begun

OWN_FILES = ("regency.toml", "regions.geojson", "categories.csv", "agencies.csv", "routing.csv", "hotlines.csv")
STEPS, STEPS_OF_JOURNAL = 12, 2
"""What is counted below: of all of it, and until the journal stands."""
KILLED_AT_EACH = """
import os, sys
from pathlib import Path
from bot.web.desk.settings import journal
from tests.unit.web_desk_more.test_files_together import files_of, with_pasar_hewan
calls, last = 0, 0
def then_dies(step):
    def run(*args, **wishes):
        global calls
        calls += 1
        if calls > last:
            os._exit(9)
        return step(*args, **wishes)
    return run
def dies_in(folder):
    global calls
    files = files_of(folder)
    changed = with_pasar_hewan(files)
    calls = 0
    files.save_together(changed, {name: files.read(name).print for name in changed})
    os._exit(0)
for owner, name in ((journal, "write_whole"), (Path, "chmod"), (Path, "unlink")):
    setattr(owner, name, then_dies(getattr(owner, name)))
for last, folder in enumerate(sys.argv[1:]):
    calls = -100
    pid = os.fork()
    if pid == 0:
        dies_in(Path(folder))
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""
"""Forks a process for each folder: the first dies at the first step, the second at the second, and so on."""


def files_of(folder: Path) -> RegencyFiles:
    return RegencyFiles(folder / "regency", DEFAULTS, folder / "lock", ("id", "en"))


def with_pasar_hewan(files: RegencyFiles) -> dict[str, str]:
    """The two files with a category more, of which neither stands without the other."""
    category = "pasar_hewan,kerja_dan_usaha,Pasar hewan,Livestock markets,no,no\n"
    return {
        "categories.csv": files.read("categories.csv").text + category,
        "routing.csv": files.read("routing.csv").text + "pasar_hewan,,,dispertan,0\n",
    }


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "regency").mkdir()
    for name in OWN_FILES:
        shutil.copy(DEFAULTS / name, tmp_path / "regency" / name)
    return tmp_path


def test_neither_file_stands_alone_and_both_are_written(house: Path) -> None:
    files = files_of(house)
    changed = with_pasar_hewan(files)
    known = {name: files.read(name).print for name in changed}
    for name, text in changed.items():
        with pytest.raises(Exception, match="pasar_hewan"):
            files.save(name, text, known[name])
    files.save_together(changed, known)
    assert "pasar_hewan" in load(files.folder, DEFAULTS).categories
    with pytest.raises(FileChangedMeanwhile):
        files.save_together(changed, known)


def test_killed_at_any_step_a_start_finds_both_files_or_none(house: Path) -> None:
    houses = [house / f"step-{step}" for step in range(STEPS + 1)]
    for each in houses:
        shutil.copytree(house / "regency", each / "regency")
    command = [sys.executable, "-c", KILLED_AT_EACH, *map(str, houses)]
    ended = subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": "."}, capture_output=True, text=True)
    assert [int(code) for code in ended.stdout.split()] == [9] * STEPS + [0]
    for step, killed in enumerate(houses):
        end_what_was_begun(killed / "lock", killed / "regency")
        regency = load(killed / "regency", DEFAULTS)
        assert ("pasar_hewan" in regency.categories) == (step >= STEPS_OF_JOURNAL), step
        assert not list(killed.rglob("*.writing")), step


def test_what_cannot_be_written_leaves_both_files_as_they_were(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = files_of(house)
    changed = with_pasar_hewan(files)
    known = {name: files.read(name).print for name in changed}
    chmod = Path.chmod

    def refuses(path: Path, mode: int) -> None:
        if path.name == "routing.csv":
            raise OSError(path)
        chmod(path, mode)

    monkeypatch.setattr(Path, "chmod", refuses)
    with pytest.raises(OSError, match=r"routing\.csv"):
        files.save_together(changed, known)
    monkeypatch.undo()
    assert {name: files.read(name).print for name in changed} == known
    assert not list(house.rglob("*.writing"))
