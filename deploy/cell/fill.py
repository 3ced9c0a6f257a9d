"""Writes the configuration of one machine of a cell: `python3 fill.py CELL.toml MACHINE`.

Each file of `FILES` stands beside this one, with `@words@` in it that are filled in from CELL.toml; what is written
goes into its `folders.configuration`, as its owner's alone. Needs nothing but Python 3.11 or later.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
FILES: Final[Mapping[str, str]] = {
    "etcd.yml": "etcd",
    "patroni.yml": "postgres",
    "database.sql": "postgres",
    "pgbackrest.conf": "postgres",
    "pgbouncer.ini": "postgres",
    "userlist.txt": "postgres",
    "haproxy.cfg": "haproxy",
}
"""Whose each of them is, by the names in `users`."""
SHORTEST_PASSWORD: Final = 24
PLACE: Final = re.compile(r"@([a-z_]+)@")


class CannotFill(Exception):
    """Something is missing in the cell's file, or wrong; the message says what."""


def words_of(cell: Mapping[str, Any], name: str) -> dict[str, str]:
    """What stands for each `@word@` on this machine. Raises CannotFill."""
    machines = [_machine(cell, one) for one in cell["machines"]]
    here = next((one for one in machines if one["machine"] == name), None)
    if here is None:
        raise CannotFill(f"there is no machine {name!r} in [[machines]]")
    bad = [key for key, value in cell["passwords"].items() if not re.fullmatch(rf"\w{{{SHORTEST_PASSWORD},}}", value)]
    if bad:
        raise CannotFill(f"[passwords] {', '.join(bad)}: {SHORTEST_PASSWORD} letters and digits or more")
    return here | {
        "name": str(cell["name"]),
        **{f"{key}_password": str(value) for key, value in cell["passwords"].items()},
        **{f"{key}_user": str(value) for key, value in cell["users"].items()},
        "etcd_members": ",".join(f"{one['machine']}=https://{one['address']}:{one['etcd_peers']}" for one in machines),
        "etcd_hosts": ",".join(f"{one['address']}:{one['etcd_clients']}" for one in machines),
        "haproxy_servers": _lines("server {machine} {address}:{postgres} port {patroni}", machines),
    }


def _machine(cell: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, str]:
    """What counts on one of the machines: the cell's, and what stands at the machine itself."""
    everywhere = cell["folders"] | cell["ports"] | cell["sizes"]
    mine = everywhere | {key: value for key, value in own.items() if key not in {"name", "address"}}
    return {key: str(value) for key, value in mine.items()} | {"machine": own["name"], "address": own["address"]}


def _lines(pattern: str, machines: Sequence[Mapping[str, str]]) -> str:
    return "\n    ".join(pattern.format_map(one) for one in machines)


def filled(template: str, words: Mapping[str, str]) -> str:
    """The text with its places filled in. Raises CannotFill where nothing is known for one."""
    if unknown := {word for word in PLACE.findall(template) if word not in words}:
        raise CannotFill(f"nothing is said for {', '.join(sorted(unknown))}")
    return PLACE.sub(lambda place: words[place[1]], template)


def write(cell: Mapping[str, Any], name: str) -> Path:
    """Write them all, and return the folder. Raises CannotFill, and writes nothing then."""
    words = words_of(cell, name)
    texts = {file: filled((HERE / file).read_text(encoding="utf-8"), words) for file in FILES}
    folder = Path(words["configuration"])
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        (folder / file).unlink(missing_ok=True)
        descriptor = os.open(folder / file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as written:
            written.write(text)
        if os.geteuid() == 0:
            shutil.chown(folder / file, cell["users"][FILES[file]])
    return folder


if __name__ == "__main__":
    try:
        print(write(tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), sys.argv[2]))  # noqa: T201 - a command
    except (CannotFill, IndexError, KeyError, OSError, tomllib.TOMLDecodeError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
