"""The authored corpus, read without Rasa: the files as they lie there."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

CORPUS = Path(__file__).resolve().parents[2] / "data" / "nlu"

CATEGORIES = CORPUS.parent / "categories.csv"

with CATEGORIES.open(encoding="utf-8-sig", newline="") as _opened:
    SLUGS = tuple(row["slug"] for row in csv.DictReader(_opened) if row["parent"])
"""Of the categories that messages are sorted into: those with a parent."""

INTENTS = (
    "complaint",
    "aspiration",
    "information",
    "check_status",
    "greet",
    "thanks",
    "goodbye",
    "affirm",
    "deny",
    "cancel",
    "help",
    "about_bot",
    "praise",
    "out_of_scope",
)


@dataclass(frozen=True)
class Utterance:
    """One line of the corpus, and where it stands."""

    text: str
    intent: str
    category: str | None
    file: str


def read_file(path: Path) -> Iterator[Utterance]:
    """The utterances of one file of Rasa's format."""
    for block in YAML(typ="safe", pure=False).load(path)["nlu"]:
        category = (block.get("metadata") or {}).get("category")
        for line in block["examples"].splitlines():
            yield Utterance(line.removeprefix("- ").strip(), block["intent"], category, path.name)


@cache
def read_corpus() -> tuple[Utterance, ...]:
    """All utterances of the authored corpus."""
    files = [*sorted(CORPUS.glob("category/*.yml")), *sorted(CORPUS.glob("intent/*.yml"))]
    return tuple(utterance for path in files for utterance in read_file(path))
