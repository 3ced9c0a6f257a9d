"""An installation of an older wheel is upgraded in place, and taken back: what was filed, and a talk under way, go on.

    .venv/bin/python -m tests.bench.upgrade [--from COMMIT]

Both wheels are built here and installed into one environment, the older first. It prints what it did, and ends with 1
where something is not as it was.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
OLDEST = "b5c8ddd"
"""The first commit whose wheel serves by itself."""
STORIES = (
    "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu",
    "sampah menumpuk di depan pasar petung sudah seminggu tidak diangkut",
)


@dataclass(frozen=True, slots=True)
class Installation:
    """An environment with a wheel, and the folder in which its command is called."""

    folder: Path

    def installs(self, wheel: Path) -> str:
        """Put this wheel in the place of another; returns what it says of itself."""
        python = self.folder / "environment" / "bin" / "python"
        run("uv", "pip", "install", "--quiet", "--reinstall-package", "lapor", "--python", python, wheel)
        return self.says("--version")

    def says(self, *words: str, told: str = "") -> str:
        """What a command prints."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return run(self.folder / "environment" / "bin" / "lapor", *words, cwd=home, told=told)

    def cases(self) -> dict[str, dict[str, object]]:
        """Every case as it is shown, by its number."""
        listed = json.loads(self.says("case", "list", "--json"))
        return {one["ticket"]: json.loads(self.says("case", "show", one["ticket"], "--json")) for one in listed}


def run(*words: str | Path, cwd: Path = ROOT, told: str = "") -> str:
    """Run to its end; what it printed."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("LAPOR_", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=outside, input=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{words}: {done.stdout}{done.stderr}")
    return done.stdout.strip()


def built(commit: str, folder: Path) -> Path:
    """The wheel of a commit."""
    folder.mkdir()
    run("git", "archive", "--output", folder / "tree.tar", commit)
    shutil.unpack_archive(folder / "tree.tar", folder / "tree")
    run("uv", "build", "--wheel", "--quiet", "--python", sys.executable, "--out-dir", folder, folder / "tree")
    return next(folder.glob("lapor-*.whl"))


def check(what: str, *, holds: bool) -> None:
    """Print what was looked at; end where it is not so."""
    print(f"{'ok' if holds else 'NOT'}: {what}", flush=True)
    if not holds:
        sys.exit(1)


def same_events(before: dict[str, dict[str, object]], after: dict[str, dict[str, object]]) -> bool:
    """Whether everything that happened to the older cases is there as it was."""
    return all(after[ticket]["events"] == case["events"] for ticket, case in before.items())


def up_and_back(installation: Installation, old: Path, new: Path, say: Callable[[str], None]) -> None:
    """Files with the old wheel, goes on with the new one, and back."""
    say(installation.installs(old))
    schema = installation.says("--version").splitlines()[-1].split()[-1]
    installation.says("chat", told=f"{STORIES[0]}\nkirim\n{STORIES[1]}\n")
    filed = installation.cases()
    check("one case is filed by the older version, and a second is being told", holds=len(filed) == 1)

    say(installation.installs(new))
    say(installation.says("db", "upgrade"))
    after = installation.cases()
    check("the case is as it was", holds=same_events(filed, after))
    say(installation.says("case", "verify"))
    installation.says("chat", told="kirim\n")
    grown = installation.cases()
    check("the talk under way was sent by the newer version", holds=len(grown) == 2)

    say(installation.says("db", "downgrade", schema))
    say(installation.installs(old))
    back = installation.cases()
    check("both cases are there in the older version", holds=same_events(grown, back) and len(back) == len(grown))
    say(installation.says("case", "verify"))


def main() -> None:
    """Go up and back once."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--from", dest="old", default=OLDEST, help="the older commit")
    old = reader.parse_args().old
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lapor-upgrade-") as made:
        folder = Path(made)
        run("uv", "venv", "--quiet", "--no-project", "--python", sys.executable, folder / "environment")
        wheels = [built(commit, folder / name) for name, commit in (("old", old), ("new", "HEAD"))]
        up_and_back(Installation(folder), *wheels, lambda words: print(words, flush=True))
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
