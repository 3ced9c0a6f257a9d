"""The regency's training data without the lines that trainers withdrew: a copy, since it is not ours to edit."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

LIST = "withdrawn.jsonl"
"""A line for each: file and text, who, when and why."""


def without_withdrawn(base: Path, own: Path, copy: Path) -> Path:
    """The folder to learn from: `base` itself, or `copy` when something of it is withdrawn.

    Args:
        base: the regency's data, or the project's.
        own: what trainers added and withdrew.
        copy: where the copy is kept; only what has changed is written.
    """
    gone = _withdrawn(own)
    if not gone:
        return base
    names = set()
    for file in (path for path in sorted(base.rglob("*")) if path.suffix in {".yml", ".toml"}):
        name = file.relative_to(base).as_posix()
        names.add(name)
        _put(copy / name, _left(file.read_bytes().decode("utf-8", "surrogateescape"), gone.get(name, set())))
    for file in (path for path in copy.rglob("*.yml") if path.relative_to(copy).as_posix() not in names):
        file.unlink()
    return copy


def _withdrawn(own: Path) -> dict[str, set[str]]:
    try:
        lines = (own / LIST).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    found = defaultdict[str, set[str]](set)
    for row in map(json.loads, lines):
        found[row["file"]].add(row["text"])
    return found


def _left(content: str, gone: set[str]) -> str:
    lines = content.splitlines(keepends=True)
    return "".join(line for line in lines if line.strip().removeprefix("-").strip() not in gone)


def _put(file: Path, content: str) -> None:
    written = content.encode("utf-8", "surrogateescape")
    if file.exists() and file.read_bytes() == written:
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = file.with_name(f".{file.name}.new")
    unfinished.write_bytes(written)
    unfinished.replace(file)
