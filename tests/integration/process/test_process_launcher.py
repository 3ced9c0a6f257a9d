"""The launcher, in a copy of the checkout that lies in a folder with a space, called by a link from somewhere else."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.process.commands import lapor
from tests.integration.process.service import running_service
from tests.integration.process.surroundings import CHECKOUT, NOT_SET, environment

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

INSTALLING_SECONDS = 600.0
SECRETS = {
    "TELEGRAM_TOKEN": "700123:token-of-the-env-file",
    "TELEGRAM_WEBHOOK_SECRET": "webhook-secret-of-the-env-file",
    "NLU_TOKEN": "nlu-token-of-the-env-file",
    "SECRET_KEY": "secret-key-of-the-env-file",
    "METRICS_TOKEN": "metrics-token-of-the-env-file",
}
FROM_ENV_FILE: dict[str, object] = dict.fromkeys(map(str.lower, [*NOT_SET, "NLU", "TELEGRAM_MODE", "DATA_DIR"])) | {
    "config_dir": None
}
"""Settings that the environment does not name, so that `.env` and the defaults hold."""


def files_of_checkout() -> list[str]:
    """What belongs to the project: tracked by git or not yet, but nothing that it ignores; all files without git."""
    words = ["git", "-C", str(CHECKOUT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [name for name in listed.stdout.split("\0") if name]
    ignored = {".venv", "var", ".git", "__pycache__"}
    found = (path.relative_to(CHECKOUT) for path in CHECKOUT.rglob("*") if path.is_file())
    return [str(path) for path in found if ignored.isdisjoint(path.parts)]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the checkout without its environments."""
    home = tmp_path_factory.mktemp("warga") / "Layanan Pengaduan Warga"
    for name in files_of_checkout():
        if (CHECKOUT / name).is_file():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, home / name)
    words = [str(home / "lapor"), "--version"]
    first = subprocess.run(words, env=environment(home, "first", {}), capture_output=True, text=True, check=True)
    assert first.stderr.startswith("lapor: the first start here: bringing the service's packages")
    yield home
    shutil.rmtree(home)


@pytest.fixture
def linked(copy: Path, tmp_path: Path) -> tuple[str, ...]:
    """The copy's launcher, behind two links, one of which is relative."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "lapor").symlink_to(copy / "lapor")
    (tmp_path / "lapor").symlink_to("bin/lapor")
    return (str(tmp_path / "lapor"),)


def write_env(home: Path, **settings: object) -> None:
    lines = [f"LAPOR_{name.upper()}={value}" for name, value in settings.items()]
    (home / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")


async def config(folder: Path, program: tuple[str, ...]) -> dict[str, object]:
    finished = await lapor(
        folder, "config", "--json", program=program, within_seconds=INSTALLING_SECONDS, **FROM_ENV_FILE
    )
    assert (finished.code, finished.stderr) == (0, "")
    document: dict[str, object] = json.loads(finished.stdout)
    return document


async def test_env_and_relative_paths_are_taken_from_its_folder(
    copy: Path, linked: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LAPOR_HTTP_PORT=1111\n", encoding="utf-8")
    write_env(copy, http_port=2222, data_dir="./here")
    known = await config(tmp_path, linked)
    assert known["LAPOR_HTTP_PORT"] == 2222
    assert known["LAPOR_DATA_DIR"] == str(copy / "here")
    assert known["LAPOR_CONFIG_DIR"] == str(copy / "data")
    assert known["LAPOR_DATABASE_URL"] == f"sqlite:///{copy / 'here' / 'lapor.db'}"


async def test_the_environment_stands_above_env(copy: Path, linked: tuple[str, ...], tmp_path: Path) -> None:
    write_env(copy, http_port=2222, nlu="off")
    finished = await lapor(
        tmp_path,
        *("config", "--json"),
        program=linked,
        within_seconds=INSTALLING_SECONDS,
        **FROM_ENV_FILE | {"http_port": 3333},
    )
    known = json.loads(finished.stdout)
    assert (known["LAPOR_HTTP_PORT"], known["LAPOR_NLU"]) == (3333, "off")


@pytest.mark.parametrize("form", [["config"], ["config", "--json"]])
async def test_config_shows_no_secret(copy: Path, linked: tuple[str, ...], tmp_path: Path, form: list[str]) -> None:
    write_env(copy, database_url="postgresql://clerk:open-sesame@localhost/cases", **SECRETS)
    finished = await lapor(tmp_path, *form, program=linked, within_seconds=INSTALLING_SECONDS, **FROM_ENV_FILE)
    assert finished.code == 0
    said = finished.stdout + finished.stderr
    assert [name for name, secret in SECRETS.items() if secret in said] == []
    assert "open-sesame" not in said
    assert all(f"LAPOR_{name}" in said for name in SECRETS)


@pytest.mark.manual("operator-start")
async def test_it_serves_from_there_and_ends_when_it_is_told_to(
    copy: Path, linked: tuple[str, ...], tmp_path: Path
) -> None:
    write_env(copy, nlu="off")
    settings = FROM_ENV_FILE | {"data_dir": tmp_path / "var"}
    async with running_service(tmp_path, program=linked, start_seconds=INSTALLING_SECONDS, **settings) as service:
        command = Path(f"/proc/{service.process.pid}/cmdline").read_text(encoding="utf-8").split("\0")
        assert command[0] == str(copy / ".venv/bin/python")
        assert await service.end(signal.SIGINT) == 0
