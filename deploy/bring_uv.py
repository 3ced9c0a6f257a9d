"""Brings uv where there is Python, but neither pip nor venv, which Debian keeps apart: `bring_uv.py FOLDER`.

The wheel is the one that `uv.lock` names, from the index that the environment names, else from where the lock says. It
is held to the lock's checksum, so it need not matter who sent it: a bare Debian has no certificates to tell by.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import re
import ssl
import sys
import tomllib
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "uv.lock"
INDEXES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")


def wheel_for_here() -> tuple[str, str]:
    """Where the lock says that this machine's wheel is, and its SHA-256. Raises StopIteration where there is none."""
    system = {"Linux": f"{'many' if platform.libc_ver()[0] == 'glibc' else 'musl'}linux", "Darwin": "macosx"}
    machine = "arm64" if (sys.platform, platform.machine()) == ("darwin", "arm64") else platform.machine()
    fits = re.compile(rf"-{system[platform.system()]}_.*_{machine}\.whl$")
    (uv,) = (each for each in tomllib.loads(LOCK.read_text("utf-8"))["package"] if each["name"] == "uv")
    return next(
        (each["url"], each["hash"].removeprefix("sha256:")) for each in uv["wheels"] if fits.search(each["url"])
    )


def fetched(url: str) -> bytes:
    """What is there."""
    unknown = ssl._create_unverified_context()  # noqa: S323, SLF001 - what comes is held to a checksum
    known = ssl.create_default_context()
    context = known if known.cert_store_stats()["x509_ca"] else unknown
    with urllib.request.urlopen(url, context=context) as answer:  # noqa: S310 - of an index
        found: bytes = answer.read()
        return found


def at_index(index: str, url: str) -> str:
    """Where an index of one's own keeps the same file."""
    page = index.rstrip("/") + "/uv/"
    links = re.findall(r'href="([^"#]+)', fetched(page).decode("utf-8"))
    return next(urllib.parse.urljoin(page, link) for link in links if link.endswith(url.rpartition("/")[2]))


def main(folder: Path) -> None:
    """Put `bin/uv` and `bin/uvx` into this folder."""
    url, checksum = wheel_for_here()
    index = next((os.environ[name] for name in INDEXES if os.environ.get(name)), None)
    wheel = fetched(at_index(index, url) if index else url)
    if hashlib.sha256(wheel).hexdigest() != checksum:
        sys.exit(f"{url} is not what uv.lock says")
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as files:
        for name in files.namelist():
            if re.search(r"\.data/scripts/uvx?$", name):
                program = folder / "bin" / Path(name).name
                program.write_bytes(files.read(name))
                program.chmod(0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
