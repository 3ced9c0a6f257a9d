"""Fits `calibration.toml`: `python calibrate.py --data DIR --real FILE.csv … --out FILE.toml`.

The messages are read from CSV files with the columns text, category (a slug, or empty) and source (the city).
Nothing of them but numbers is written or printed. Run it when `data/nlu/` has changed much; then train again.
"""

from __future__ import annotations

import argparse
import csv
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fingerprint import HERE, training_files
from quiet import quieten

if TYPE_CHECKING:
    from training.calibrated import Calibrated
    from training.calibrating import Guesses

COLUMNS = ("category", "text", "source")
HEAD = """\
# How true the confidences of the category are on real messages. Written by nlu/calibrate.py; do not edit.
#
# {rows} messages of {cities} cities with a known category, none of which is in this project. The half whose
# SHA-256 begins with a zero bit was fitted on; the other half was kept for measuring. A city counts by the
# square root of its messages when fitting, each message alike when measuring.
"""
CONFIDENCE = """
[confidence]  # the first confidence c, a share of one, becomes cap * c ** power
cap = {cap}
power = {power}
"""
MEASURED = """
[measured]  # on the other half, with the numbers above
rows = {rows}
first = {first:.4f}  # share whose first category is right
among_three = {three:.4f}
error_before = {before:.4f}  # expected calibration error, 15 equal bins
error = {after:.4f}
sure = {sure:.4f}  # share at or above the threshold that follows from the curve
sure_wrong = {wrong:.4f}  # share of those that are wrong
authored_sure = {authored_sure:.4f}  # the same of authored texts, guessed by a model that has not seen them
authored_sure_wrong = {authored_wrong:.4f}
"""
CURVE = """
[curve]
# On the half that was fitted on, and the authored texts as one more city: a confidence, the share of messages
# whose first confidence is that or more, the share of those that are wrong, and the share of messages from
# here to the next point that have their category among the first three.
points = [
{points}]
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits and writes; 1 and one sentence on stderr when that fails."""
    parser = argparse.ArgumentParser(description="Fits the calibration on real messages.")
    parser.add_argument("--data", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--real", type=Path, action="append", required=True, metavar="FILE.csv")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.toml")
    words = parser.parse_args(arguments)
    quieten()
    logging.captureWarnings(capture=True)
    try:
        words.out.write_text(calibration_of(words.data, words.real), encoding="utf-8")
    except (ValueError, KeyError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def calibration_of(data: Sequence[Path], real: Sequence[Path]) -> str:
    """The text of `calibration.toml`.

    Raises:
        ValueError: data or messages cannot be used.
        OSError: a file cannot be read.
    """
    messages = [message for path in real for message in _messages(path)]
    from training.calibrating import calibrate  # noqa: PLC0415 - Rasa takes seconds, which wrong words
    from training.guessing import authored_guesses_of, guesses_of  # noqa: PLC0415 - must not wait for
    from training.rasa_model import RasaCorpus  # noqa: PLC0415 - likewise

    files = [path for directory in data for path in training_files(directory)]
    corpus = RasaCorpus(files, HERE / "config.yml", HERE / "domain.yml")
    guesses = guesses_of(corpus, messages)
    authored = authored_guesses_of(corpus)
    found = calibrate(guesses, authored)
    measured = _measured(guesses, authored, found)
    print(measured.strip(), f"thresholds: sure {found.sure()}, three {found.three()}", sep="\n")
    cities = len({city for _, _, city in messages})
    points = [f"    [{at.confidence}, {at.cards}, {at.wrong}, {at.among_three}],\n" for at in found.curve]
    head = HEAD.format(rows=len(guesses.place), cities=cities)
    numbers = CONFIDENCE.format(cap=found.calibration.cap, power=found.calibration.power)
    return head + numbers + measured + CURVE.format(points="".join(points))


def _measured(guesses: Guesses, authored: Guesses, found: Calibrated) -> str:
    """What the calibration comes to on the half that it was not fitted on."""
    from training.calibrating import calibrated, calibration_error, sure_cards  # noqa: PLC0415 - as above

    before = guesses.half(fitting=False)
    after = calibrated(before, found.calibration)
    sure, wrong = sure_cards(after, found.sure())
    authored_sure, authored_wrong = sure_cards(calibrated(authored, found.calibration), found.sure())
    return MEASURED.format(
        rows=len(after.place),
        first=(after.place == 0).mean(),
        three=(after.place < 3).mean(),  # noqa: PLR2004
        before=calibration_error(before),
        after=calibration_error(after),
        sure=sure,
        wrong=wrong,
        authored_sure=authored_sure,
        authored_wrong=authored_wrong,
    )


def _messages(path: Path) -> list[tuple[str, str, str]]:
    """Text, category and city of the messages that have a category."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        for column in COLUMNS:
            if column not in (reader.fieldnames or ()):
                raise ValueError(f"{path.name} has no column {column}: it needs text, category and source.")
        rows = list(reader)
    return [(row["text"], row["category"], row["source"]) for row in rows if row["category"]]


if __name__ == "__main__":
    sys.exit(main())
