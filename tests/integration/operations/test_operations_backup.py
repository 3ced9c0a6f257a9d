"""A backup is made while people write, and becomes another installation in which nothing of theirs is missing."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import sqlite3
import stat
import tarfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Citizen
from tests.integration.process.commands import lapor
from tests.integration.process.reporting import lead_to_filing, tickets_of
from tests.integration.process.service import running_service
from tests.integration.process.surroundings import until

pytestmark = pytest.mark.slow

STORY = "lampu jalan di jl provinsi km 5 mati sudah dua minggu"
TALKERS = 6


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A service that ran while it was backed up: where it is, the backup, and what had been filed before it."""

    folder: Path
    archive: Path
    tickets: list[str]


def a_photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(content, "JPEG")
    return content.getvalue()


def kept_files(folder: Path) -> list[Path]:
    """What is kept of what citizens sent."""
    places = (folder / "var" / "files").rglob("*")
    return [path for path in places if path.is_file() and "arriving" not in path.parts]


async def goes_on_talking(citizen: Citizen) -> None:
    """Tell one thing after the other, for ever."""
    number = 0
    while True:
        number += 1
        await citizen.says(f"{STORY}, ini yang ke {number}")
        await citizen.hears(quiet=0)


async def backed_up(folder: Path) -> BackedUp:
    async with FakeTelegram() as telegram:
        settings = {"telegram_token": telegram.token, "telegram_api_url": telegram.url}
        async with running_service(folder, **settings) as service:
            siti = telegram.citizen()
            first = await siti.sends_photo(STORY, a_photo())
            await lead_to_filing(siti, first)
            await until(lambda: kept_files(folder), "her photo is kept")
            talking = [asyncio.create_task(goes_on_talking(telegram.citizen())) for _ in range(TALKERS)]
            await until(lambda: '"turn": 20' in service.stderr, "much is said")
            made = await lapor(folder, "backup", "b.tar")
            assert (made.code, made.stderr) == (0, "")
            for task in talking:
                task.cancel()
            await asyncio.gather(*talking, return_exceptions=True)
        return BackedUp(folder, folder / "b.tar", tickets_of(siti))


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> BackedUp:
    return asyncio.run(backed_up(tmp_path_factory.mktemp("backup")))


def seen(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def test_it_is_for_its_owner_alone_and_nothing_half_made_lies_beside_it(backup: BackedUp) -> None:
    assert stat.S_IMODE(backup.archive.stat().st_mode) == 0o600
    assert sorted(path.name for path in backup.folder.iterdir()) == ["b.tar", "stderr", "stdout", "var"]


@pytest.mark.manual("operator-backup", "operator-restore")
async def test_it_becomes_an_installation_that_runs_and_knows_every_case(backup: BackedUp, tmp_path: Path) -> None:
    restored = await lapor(tmp_path, "restore", str(backup.archive))
    assert (restored.code, restored.stderr) == (0, "")
    assert "1 cases" in restored.stdout
    async with running_service(tmp_path) as service:
        await service.becomes(status="ready")
        shown = await lapor(tmp_path, "case", "show", backup.tickets[0], "--json")
    assert json.loads(shown.stdout)["ticket"] == backup.tickets[0]
    before = [path.read_bytes() for path in kept_files(backup.folder)]
    assert [path.read_bytes() for path in kept_files(tmp_path)] == before
    key = Path("var") / "secret-key"
    assert (tmp_path / key).read_bytes() == (backup.folder / key).read_bytes()
    assert stat.S_IMODE((tmp_path / key).stat().st_mode) == 0o600


async def test_it_holds_one_moment_no_turn_is_half_there(backup: BackedUp, tmp_path: Path) -> None:
    await lapor(tmp_path, "restore", str(backup.archive))
    file = tmp_path / "var" / "lapor.db"
    unanswered = """
        SELECT count(*) FROM inbox WHERE state = 'done' AND channel = 'telegram' AND NOT EXISTS (
            SELECT 1 FROM dialogues WHERE dialogues.chat = inbox.chat)
    """
    assert seen(file, unanswered) == [(0,)]
    [(rows,)] = seen(file, "SELECT count(*) FROM inbox")
    [(in_all,)] = seen(backup.folder / "var" / "lapor.db", "SELECT count(*) FROM inbox")
    assert 20 <= int(str(rows)) <= int(str(in_all))


@pytest.mark.manual("operator-restore")
async def test_nothing_is_restored_over_an_installation_unless_it_is_wished(backup: BackedUp, tmp_path: Path) -> None:
    shutil.copytree(backup.folder / "var", tmp_path / "var")
    before = (tmp_path / "var" / "lapor.db").read_bytes()
    refused = await lapor(tmp_path, "restore", str(backup.archive))
    assert refused.code == 1
    assert "--replace" in refused.sentence
    replaced = await lapor(tmp_path, "restore", "--replace", str(backup.archive))
    assert replaced.code == 0
    [aside] = (tmp_path / "var").glob("before-restore-*")
    assert {path.name for path in aside.iterdir()} >= {"lapor.db", "files", "secret-key"}
    assert len((aside / "lapor.db").read_bytes()) == len(before)


async def test_nothing_is_restored_under_a_running_service(backup: BackedUp, tmp_path: Path) -> None:
    async with running_service(tmp_path) as service:
        refused = await lapor(tmp_path, "restore", "--replace", str(backup.archive))
        assert refused.code == 1
        assert "already running" in refused.sentence
        assert await service.health()
    assert list((tmp_path / "var").glob("before-restore-*")) == []


def cut_off(content: bytes) -> bytes:
    return content[: len(content) // 2]


def changed(content: bytes) -> bytes:
    """One letter of what somebody said is another."""
    return content.replace(b"lampu jalan", b"lampu jalaN", 1)


def of_something_else(content: bytes) -> bytes:
    del content
    return b"not a tar"


def climbing(content: bytes) -> bytes:
    """A tar that wants to write beside the data folder."""
    del content
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("../outside"), io.BytesIO())
    return made.getvalue()


def linking(content: bytes) -> bytes:
    """A tar with a way out of the folder."""
    del content
    made, link = io.BytesIO(), tarfile.TarInfo("files")
    link.type, link.linkname = tarfile.SYMTYPE, "/tmp"  # noqa: S108 - where a link would lead
    with tarfile.open(fileobj=made, mode="w") as tar:
        tar.addfile(link)
    return made.getvalue()


@pytest.mark.parametrize("spoil", [cut_off, changed, of_something_else, climbing, linking])
async def test_what_is_not_as_it_was_written_is_not_restored(
    backup: BackedUp, tmp_path: Path, spoil: type[cut_off]
) -> None:
    spoilt = tmp_path / "spoilt.tar"
    spoilt.write_bytes(spoil(backup.archive.read_bytes()))
    refused = await lapor(tmp_path, "restore", str(spoilt))
    assert refused.code == 1
    assert "was not restored" in refused.sentence
    assert [path.name for path in (tmp_path / "var").iterdir() if path.name != "lapor.db.lock"] == []
    assert not (tmp_path / "outside").exists()


async def test_the_key_may_be_left_out(backup: BackedUp, tmp_path: Path) -> None:
    shutil.copytree(backup.folder / "var", tmp_path / "var")
    made = await lapor(tmp_path, "backup", str(tmp_path), "--without-secret-key")
    assert made.code == 0
    [archive] = tmp_path.glob("lapor-*.tar")
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert "secret-key" not in names
    assert names[0] == "lapor.db"
    assert names[-1] == "manifest.json"


async def test_a_file_that_is_there_is_not_written_over(backup: BackedUp, tmp_path: Path) -> None:
    shutil.copytree(backup.folder / "var", tmp_path / "var")
    (tmp_path / "mine.tar").write_text("mine")
    refused = await lapor(tmp_path, "backup", "mine.tar")
    assert (refused.code, (tmp_path / "mine.tar").read_text()) == (1, "mine")


async def test_where_nothing_is_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    refused = await lapor(tmp_path, "backup", "b.tar")
    assert refused.code == 1
    assert "nothing to back up" in refused.sentence
    assert {path.name for path in tmp_path.iterdir()} <= {"var"}
