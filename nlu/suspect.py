"""Finds examples whose category is likely wrong: `python suspect.py --data DIR … --out FILE.json`.

Progress goes to stderr, a line a fold. FILE.json appears whole or not at all: a list, the worst first, of
`{text, category, likely, given_share, likely_share, usual_share, like}`.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fingerprint import HERE, training_files
from quiet import quieten

MOST = 500


def suspect(data: Sequence[Path]) -> list[dict[str, object]]:
    """The suspicious examples of some data directories.

    Raises:
        ValueError: the data cannot be used; the message says where and how to mend it.
    """
    from components.spelling import spell_as  # noqa: PLC0415 - as all of these
    from suspecting.confident import suspicions  # noqa: PLC0415 - Rasa takes ten seconds to load
    from suspecting.unseen import nearest, shares_unseen  # noqa: PLC0415 - likewise
    from training.guessing import Settings, labelled_of  # noqa: PLC0415 - likewise
    from training.rasa_model import RasaCorpus  # noqa: PLC0415 - likewise

    files = [path for directory in data for path in training_files(directory)]
    spell_as(data)
    corpus = RasaCorpus(files, HERE / "config.yml", HERE / "domain.yml")
    labelled = labelled_of(corpus)
    texts, labels = [text for text, _ in labelled], [label for _, label in labelled]
    names = sorted(set(labels))
    shares = shares_unseen(texts, labels, Settings.of(corpus), _tell)
    found = suspicions(shares, [names.index(label) for label in labels])[:MOST]
    return [
        {
            "text": texts[one.row],
            "category": labels[one.row],
            "likely": names[one.likely],
            "given_share": round(one.given_share, 4),
            "likely_share": round(one.likely_share, 4),
            "usual_share": round(one.usual_share, 4),
            "like": nearest(texts, labels, one.row, names[one.likely]),
        }
        for one in found
    ]


def _tell(fold: int) -> None:
    print(f"fold {fold}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Finds and writes; 1 and one sentence on stderr when that fails."""
    parser = argparse.ArgumentParser(description="Finds examples whose category is likely wrong.")
    parser.add_argument("--data", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.json")
    words = parser.parse_args(arguments)
    quieten()
    logging.captureWarnings(capture=True)
    try:
        found = suspect(words.data)
        unfinished = words.out.with_name(f".{words.out.name}.{os.getpid()}")
        unfinished.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        unfinished.chmod(0o600)
        unfinished.replace(words.out)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
