"""Every path that a document names is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.howto.steps import FileStep, read_steps

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "decisions"
DOCUMENTS = sorted(
    each
    for each in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data/README.md", ROOT / "nlu/README.md")
    if not each.is_relative_to(DECISIONS)  # they tell how it was
)
TOP = {each.name for each in ROOT.iterdir() if each.is_dir()}
CODE = re.compile(r"`+([^`\n]+)`+")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MADE = {"var", ".venv", ".uv"}
"""Folders that come with running it."""


def named(document: Path) -> str:
    return str(document.relative_to(ROOT))


def paths_in(document: Path) -> Iterator[str]:
    """What stands in code marks or links and looks like a path inside the project."""
    text = document.read_text(encoding="utf-8")
    for said in (*CODE.findall(text), *LINK.findall(text)):
        for word in re.split(r"[\s,;:]+", said):
            looks_like_one = re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", word) and not word.startswith("-")
            if looks_like_one and ("/" in word or word.endswith((".py", ".md"))):
                yield word


def is_there(path: str, document: Path) -> bool:
    """From the project's folder, or from the document's; a bare module may lie anywhere."""
    if (ROOT / path).exists() or (document.parent / path).exists():
        return True
    return "/" not in path and any(ROOT.glob(f"[!.]*/**/{path}"))


def made_by(document: Path) -> set[str]:
    """The files that a how-to has its reader make or change; that they are there then, `test_howto.py` shows."""
    if document.parent.name != "how-to":
        return set()
    return {step.file for step in read_steps(document) if isinstance(step, FileStep)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_path_of_a_document_is_there(document: Path) -> None:
    known = made_by(document)
    ours = [
        path
        for path in paths_in(document)
        if ("/" not in path or path.split("/")[0] in TOP) and path.split("/")[0] not in MADE
    ]
    assert [path for path in ours if path not in known and not is_there(path, document)] == []
