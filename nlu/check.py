"""Checks the training data: `python check.py --data DIR [--categories FILE.csv]`.

Prints a line for each thing to mend, with file and line, and exits 1 when there is one.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fingerprint import HERE, training_files
from quiet import quieten

if TYPE_CHECKING:
    from checking.faults import Example, Fault


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks and prints; 1 when something is to be mended, or cannot be read."""
    parser = argparse.ArgumentParser(description="Checks the training data.")
    parser.add_argument("--data", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--categories", type=Path, metavar="FILE.csv")
    words = parser.parse_args(arguments)
    quieten()
    try:
        faults, examples = check(words.data, words.categories)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for fault in faults:
        print(fault)
    print(
        f"{len(examples)} examples, {len(faults)} to mend."
        if faults
        else f"{len(examples)} examples, none to mend."
    )
    return 1 if faults else 0


def check(data: Sequence[Path], categories: Path | None = None) -> tuple[list[Fault], list[Example]]:
    """What is to be mended in data directories, and their examples.

    Args:
        data: as a model is trained on them.
        categories: the regency's categories.csv; without it any slug will do.

    Raises:
        ValueError: a directory holds no training data.
        OSError: a file cannot be read.
    """
    files = [path for directory in data for path in training_files(directory)]
    known = _slugs(categories) if categories else None
    from checking.reading import read  # noqa: PLC0415 - wrong words need not wait for what this imports

    found = [read(file) for file in files]
    examples = [example for one in found for example in one.examples]
    faults = [fault for one in found for fault in one.faults]
    faults += _faults(examples, known)
    if not faults:
        from checking.rasas_own import faults_by_rasa  # noqa: PLC0415 - Rasa takes seconds

        faults += faults_by_rasa(files, HERE / "config.yml", HERE / "domain.yml")
    return faults, examples


def _faults(examples: Sequence[Example], categories: Collection[str] | None) -> Iterator[Fault]:
    from checking.labels import Labels, faults_of_labels, faults_of_twins  # noqa: PLC0415 - as above
    from checking.sentences import faults_of_sentences  # noqa: PLC0415 - as above
    from components.spelling import read_table  # noqa: PLC0415 - as above

    yield from faults_of_sentences(examples)
    yield from faults_of_labels(examples, Labels(_intents(), categories))
    yield from faults_of_twins(examples, read_table())


def _intents() -> list[str]:
    from ruamel.yaml import YAML  # noqa: PLC0415 - as above

    intents: list[str] = YAML(typ="safe").load(HERE / "domain.yml")["intents"]
    return intents


def _slugs(categories: Path) -> list[str]:
    """The slugs that messages are sorted into: those with a parent."""
    with categories.open(encoding="utf-8-sig", newline="") as opened:
        return [row["slug"] for row in csv.DictReader(opened) if row.get("parent")]


if __name__ == "__main__":
    sys.exit(main())
