"""The container: built without a daemon on a base of Debian's packages, started behind its walls, and talked to."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from tests.integration.process.surroundings import CHECKOUT, free_port
from tests.release.images import Storage, storage
from tests.release.talk import files_a_report, is_ready

pytestmark = pytest.mark.release

BASE, IMAGE = "localhost/lapor-base", "localhost/lapor"
MOST_BYTES = 250_000_000
USER, PYTHON = 10001, "/opt/lapor/bin/python"
WALLS = {"CapEff": "0000000000000000", "CapBnd": "0000000000000000", "NoNewPrivs": "1", "Uid": str(USER)}
WRITABLE = """
import json, os, tempfile
def is_writable(folder):
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True
mounts = [line.split() for line in open("/proc/mounts")]
found = [where for _, where, kind, *_ in mounts if kind not in {"tmpfs", "mqueue"}]  # these are memory
print(json.dumps(sorted(each for each in {"/opt/lapor", *found} if os.path.isdir(each) and is_writable(each))))
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    """A storage that holds the image."""
    with storage(tmp_path_factory.mktemp("images") / "storage") as made:
        made.run(CHECKOUT / "deploy" / "base.sh", BASE)
        made.build(BASE, IMAGE)
        yield made


def behind_walls(volume: Path, port: int) -> list[str]:
    """As deploy/compose.yaml runs it, but listening in this machine's network."""
    walls = ["--read-only", "--read-only-tmpfs=false", "--cap-drop=all", "--security-opt=no-new-privileges"]
    settings = ["--env=LAPOR_HTTP_HOST=127.0.0.1", f"--env=LAPOR_HTTP_PORT={port}"]
    return [*walls, f"--volume={volume}:/var/lib/lapor", "--tmpfs=/tmp", "--pids-limit=512", *settings, IMAGE]


async def test_it_files_a_report_behind_its_walls_and_keeps_it(kept: Storage, tmp_path: Path) -> None:
    assert int(kept.podman("image", "inspect", "--format={{.Size}}", IMAGE)) < MOST_BYTES
    port, volume = free_port(), tmp_path / "volume"
    volume.mkdir(mode=0o700)
    shutil.chown(volume, USER, USER)
    address, words = f"http://127.0.0.1:{port}", behind_walls(volume, port)
    with kept.running(*words) as name:
        await is_ready(address)
        ticket = await files_a_report(address)
        said = kept.podman("exec", name, "sh", "-c", read("/proc/1/status"))
        status = dict(re.findall(r"^(\w+):\s+(\w+)", said, re.MULTILINE))
        assert {each: status[each] for each in WALLS} == WALLS
        assert json.loads(kept.podman("exec", name, PYTHON, "-c", WRITABLE)) == ["/var/lib/lapor"]
        assert kept.podman("exec", name, "lapor", "--version").splitlines()[0] == f"lapor {bot.__version__}"
        assert "has given up system calls (seccomp)" in kept.podman("exec", name, "lapor", "doctor")
        kept.podman("stop", "--time=15", name)
        assert kept.podman("inspect", "--format={{.State.ExitCode}}", name) == "0"
    with kept.running(*words) as name:
        await is_ready(address)
        assert json.loads(kept.podman("exec", name, "lapor", "case", "show", ticket, "--json"))["ticket"] == ticket
        kept.podman("exec", name, "lapor", "case", "verify")


def test_the_composition_is_understood_by_compose_and_trusts_one_address(tmp_path: Path) -> None:
    shutil.copy(CHECKOUT / "deploy" / "compose.yaml", tmp_path)
    for name in ("lapor.env", "database.env"):
        (tmp_path / name).touch()
    words = ("docker-compose", "--file", tmp_path / "compose.yaml", "config", "--format=json")
    document = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
    service = document["services"]["service"]
    (network,) = document["networks"]["proxy"]["ipam"]["config"]
    assert service["environment"]["LAPOR_TRUSTED_PROXIES"] == network["gateway"]
    assert (service["read_only"], service["cap_drop"], len(service["volumes"])) == (True, ["ALL"], 1)
    assert document["networks"]["database"]["internal"] is True
    assert list(document["services"]["database"]["networks"]) == ["database"]


def read(file: str) -> str:
    """A shell's own words that print a file, where there is no `cat`."""
    return f'while IFS= read -r line; do echo "$line"; done <{file}'
