"""How well names are covered in real messages: `python -m tests.bench.names FOLDER [--seed N] [--read]`.

FOLDER holds CSV files with a column `text`, whose names were covered before by a slot ("[NAMA]", "[NAME]"). A made-up
name is put into each slot behind a cue. The messages are read as they were typed and in capitals; 200 coverings are
drawn at random. Those that cover a word that was not put in may be wrong or a name that nobody had covered before:
`--read` shows them to whoever counts, one a line with what stands around it. Without it nothing is printed but counts.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from lokal import Samaran

from bot.understanding.personal import KEPT, PersonalData

SEED, DRAWN, AROUND = 20261201, 200, 40
LISTED = ("Budi Santoso", "Siti Aminah", "Agus Wijaya", "Dewi Lestari", "Joko Susilo", "Sri Wahyuni", "Rahmat Hidayat")
UNLISTED = ("Kamsiah", "Darmoji", "Tejoko Marsudi", "Ambo Tuwo", "Dahniar Pabicara", "Jumrah", "Songkeng")
SLOT = re.compile(
    r"(?P<cue>\b(?:pak|bapak|bpk\.?|ibu|bu|sdr\.?|a\.?n\.?|atas nama|nama saya|nama\s*:|bernama)\s*)\[(?:NAMA|NAME)\]",
    re.IGNORECASE,
)
ANY_SLOT = re.compile(r"\[[A-Z_0-9]+\]")


def messages(folder: Path) -> Iterator[str]:
    """Returns the messages of every CSV file of a folder."""
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            yield from (row["text"] for row in csv.DictReader(lines))


def filled(text: str, names: tuple[str, ...], draw: random.Random) -> tuple[str, list[tuple[int, int]]]:
    """A message with a name in each slot behind a cue and without every other slot, and where the names stand."""
    spans, parts, end = list[tuple[int, int]](), "", 0
    for slot in SLOT.finditer(text):
        parts += ANY_SLOT.sub("", text[end : slot.start()]) + slot["cue"]
        name = draw.choice(names)
        spans.append((len(parts), len(parts) + len(name)))
        parts, end = parts + name, slot.end()
    return parts + ANY_SLOT.sub("", text[end:]), spans


def report(folder: Path, seed: int, *, is_read: bool) -> Iterator[str]:
    """The lines of the report; with `is_read` also each covering of the draw that covers what was not put in."""
    every, draw = list(messages(folder)), random.Random(seed)  # noqa: S311 - a sample that can be drawn again
    yield f"messages {len(every)}"
    drawn = list[tuple[bool, str]]()
    for kind, names in (("listed", LISTED), ("unlisted", UNLISTED)):
        for form in (str, str.upper):
            put_in = covered = before = 0
            rightly = list[tuple[bool, str]]()
            for text in every:
                whole, spans = filled(text, names, draw)
                whole = form(whole)
                bare = Samaran(exclude=KEPT).scan(whole) if kind == "listed" else []
                before += sum(match.type == "NAME" for match in bare)
                found = [(one.start, one.end) for one in PersonalData().scan(whole) if one.type == "NAME"]
                rightly += [
                    (any(s < end and start < e for s, e in spans), _around(whole, start, end)) for start, end in found
                ]
                put_in += len(spans)
                covered += sum(any(s < end and start < e for start, end in found) for s, e in spans)
            drawn += rightly
            counts = f"names put in {put_in}, missed {put_in - covered}; coverings {len(rightly)}"
            manner = "capitals" if form is str.upper else "as typed"
            yield f"{kind}, {manner}: {counts}, of nothing put in {_wrong(rightly)}"
            if before:
                yield f"  the bare detector covers {before}"
    sample = draw.sample(drawn, min(DRAWN, len(drawn)))
    yield f"of {len(sample)} coverings drawn at random (seed {seed}) on what was not put in: {_wrong(sample)}"
    if is_read:
        yield from (shown for is_right, shown in sample if not is_right)


def _wrong(coverings: Sequence[tuple[bool, str]]) -> int:
    return sum(not is_right for is_right, _ in coverings)


def _around(text: str, start: int, end: int) -> str:
    """A covering in one line, with what stands around it."""
    shown = f"{text[max(0, start - AROUND) : start]}[[{text[start:end]}]]{text[end : end + AROUND]}"
    return " ".join(shown.split())


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--read", action="store_true")
    asked = options.parse_args()
    sys.stdout.writelines(f"{one}\n" for one in report(asked.folder, asked.seed, is_read=asked.read))


if __name__ == "__main__":
    main()
