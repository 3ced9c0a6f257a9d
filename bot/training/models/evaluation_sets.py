"""What models are measured on: messages held back from training, golden phrases, and what a model has learned from.

Files only; what trainers have labelled comes from the database.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from bot.shipped import PROJECT
from bot.understanding.evaluation.evaluation import LabelledText, read_rows

GOLDEN = "golden.csv"
HELD_BACK = "held_back"
DIGEST_BYTES = 8
_MARKUP = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def golden_rows(config_dir: Path, known: Collection[str]) -> list[LabelledText]:
    """The regency's golden phrases, else the project's; those of categories that it does not have left out.

    Raises:
        UnusableFile: the file cannot be read.
    """
    own = config_dir / GOLDEN
    return _known(read_rows(own if own.exists() else PROJECT / "data" / GOLDEN), known)


def held_back_rows(config_dir: Path, known: Collection[str]) -> list[LabelledText]:
    """The frozen test set: the regency's, else the project's.

    Raises:
        UnusableFile: a file cannot be read.
    """
    own = config_dir / HELD_BACK
    folder = own if own.is_dir() else PROJECT / "data" / HELD_BACK
    return _known([row for file in sorted(folder.glob("*.csv")) for row in read_rows(file)], known)


def unlearned(rows: Sequence[LabelledText], *learned: Collection[bytes]) -> tuple[list[LabelledText], int]:
    """The rows that none of these models has learned from, and how many are left out for that."""
    kept = [row for row in rows if not any(digest_of(row.text) in of_one for of_one in learned)]
    return kept, len(rows) - len(kept)


def learned_from(folders: Iterable[Path]) -> set[bytes]:
    """The digests of every sentence in the training data of these folders.

    Raises:
        OSError: a file cannot be read.
    """
    files = (file for folder in folders for file in folder.glob("*/**/*.yml"))
    return set[bytes]().union(*(_digests(file.read_text(encoding="utf-8")) for file in files))


def write_learned(file: Path, digests: Collection[bytes]) -> None:
    """Keep them beside the model: nobody can read a sentence out of them.

    Raises:
        OSError: it cannot be written.
    """
    file.write_bytes(b"".join(sorted(digests)))


def read_learned(file: Path) -> set[bytes]:
    """Reads the digests that `write_learned` has kept; an empty set where there is no such file."""
    whole = file.read_bytes() if file.exists() else b""
    return {whole[start : start + DIGEST_BYTES] for start in range(0, len(whole), DIGEST_BYTES)}


def digest_of(text: str) -> bytes:
    """Of the letters and digits of a text alone: what two spellings of one sentence have in common."""
    even = " ".join(re.findall(r"\w+", text.casefold()))
    return hashlib.sha256(even.encode()).digest()[:DIGEST_BYTES]


@lru_cache(maxsize=128)
def _digests(content: str) -> frozenset[bytes]:
    lines = (line.strip().removeprefix("- ") for line in content.splitlines())
    return frozenset(digest_of(_MARKUP.sub(r"\1", line)) for line in lines if line)


def _known(rows: Sequence[LabelledText], known: Collection[str]) -> list[LabelledText]:
    return [row for row in rows if row.category is None or row.category in known]
