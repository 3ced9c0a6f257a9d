"""How sentences are heard at a question: `python -m tests.bench.answers_of_acts [FOLDER]`.

Without a folder the rows held back are measured. With one, the `text` of rows of its CSV files is said where the
place is asked, and it is counted how many would be taken as the place, with the compiled model and with rules alone.
Only numbers are printed: no text is kept.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.conversation.draft import Draft
from bot.conversation.questions.place import PLACE
from bot.messaging.understanding_service import understood_of
from bot.understanding.acts.baseline import PROJECT, known_acts
from bot.understanding.acts.rows import read_rows
from bot.understanding.acts.train import measured
from tests.talks.world import compiled, keywords, known_listener

AT = datetime(2026, 11, 24, tzinfo=UTC)
MOST_ROWS = 500


def _texts(folder: Path) -> Iterator[str]:
    csv.field_size_limit(10_000_000)
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            yield from (row["text"] for row in csv.DictReader(rows) if row["text"].strip())


def taken_as_place(text: str, *, with_model: bool) -> bool:
    """Whether the place question would take this text as its answer, behind a story without a place."""
    service = known_listener()
    if with_model:
        reading = compiled().read(text)
        acts = known_acts().hear("place", text, reading)
    else:
        reading, acts = compiled().read(text), ()
        reading = type(reading)(keywords().intent(text), keywords().rank(text))
    meaning = service.rules.hear(text, reading, AT.date())
    understood = understood_of(text, {text: meaning}, service.answers, acts)
    return PLACE.accepts(text, Draft("d", AT, AT), understood)


def main() -> None:
    """Measure, and print numbers."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?")
    asked = options.parse_args()
    if asked.folder is None:
        held_back = read_rows(PROJECT / "data" / "nlu" / "acts" / "held_back")
        for key, (right, of) in measured(known_acts(), held_back, compiled().read).items():
            print(f"{key:24} {right:4} of {of:4}  {right / of:.3f}")
        return
    texts = sorted(set(_texts(asked.folder)))
    chosen = random.Random(1).sample(texts, min(MOST_ROWS, len(texts)))  # noqa: S311 - repeatable
    taken = Counter(kind for text in chosen for kind in (True, False) if taken_as_place(text, with_model=kind))
    with_model, without = taken[True] / len(chosen), taken[False] / len(chosen)
    print(f"{len(chosen)} texts: {with_model:.4f} a place with the model, {without:.4f} without")


if __name__ == "__main__":
    main()
