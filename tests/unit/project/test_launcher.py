"""What the launcher says while packages come, with programs in the place of uv and sleep that take no time."""

import os
import shutil
import subprocess
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]

UV = """#!/bin/sh
[ "$1" = sync ] || exit 0
while [ "$(wc -l < waited)" -lt 3 ]; do :; done
mkdir -p .venv/bin && printf '#!/bin/sh\\necho "served: $*"\\n' > .venv/bin/python && chmod +x .venv/bin/python
"""
SLEEP = """#!/bin/sh
echo "$1" >> waited
"""

PYTHON = """#!/bin/sh
case $1 in -m) exit 1 ;; -c) exit 0 ;; esac
while [ "$(wc -l < waited)" -lt 2 ]; do :; done
mkdir -p "$2/bin" && cp uv-in-the-index "$2/bin/uv"
"""
"""One without venv, so that `deploy/bring_uv.py` is its way."""


def write_program(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


def test_the_first_start_says_what_it_does_every_ten_seconds(tmp_path: Path) -> None:
    shutil.copy(HOME / "lapor", tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "waited").touch()
    write_program(tmp_path / "bin" / "uv", UV)
    write_program(tmp_path / "bin" / "sleep", SLEEP)
    found = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "LAPOR_UV": str(tmp_path / "bin" / "uv")}
    words = [tmp_path / "lapor", "doctor"]
    done = subprocess.run(words, cwd=tmp_path, env={**os.environ, **found}, capture_output=True, text=True, check=True)
    assert done.stdout == "served: -P -m bot doctor\n"
    said = done.stderr.splitlines()
    assert said[0].startswith("lapor: the first start here: bringing")
    assert said[1:3] == [f"lapor: still bringing the service's packages, {seconds} s ..." for seconds in (10, 20)]
    assert set((tmp_path / "waited").read_text("utf-8").split()) == {"10"}


def test_it_says_so_while_uv_comes_too_and_takes_the_way_without_venv(tmp_path: Path) -> None:
    shutil.copy(HOME / "lapor", tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "waited").touch()
    write_program(tmp_path / "uv-in-the-index", UV)
    write_program(tmp_path / "bin" / "sleep", SLEEP)
    write_program(tmp_path / "bin" / "python3", PYTHON)
    for name in ("dirname", "env", "wc", "mkdir", "cp", "chmod", "sh", "rm", "readlink", "ls"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or name)
    found = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path)}
    done = subprocess.run(
        [tmp_path / "lapor", "doctor"], cwd=tmp_path, env=found, capture_output=True, text=True, check=True
    )
    said = done.stderr.splitlines()
    assert said[:2] == ["lapor: uv is not here yet, bringing it ...", "lapor: still bringing uv, 10 s ..."]
    assert done.stdout == "served: -P -m bot doctor\n"
