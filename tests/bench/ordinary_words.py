"""Writes the words of everyday language that no name is taken for, from the authored sentences of `data/nlu/`.

`.venv/bin/python -m tests.bench.ordinary_words > bot/understanding/words/ordinary.txt`
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from lokal.samaran._names import AMBIGUOUS_GIVEN_NAMES, FAMILY_NAMES, GIVEN_NAMES

from bot.understanding import words as word_files

FOLDER = Path(word_files.__file__).parent
DATA = Path(__file__).resolve().parents[2] / "data" / "nlu"
CUE = {"pak", "bu", "bapak", "ibu", "sdr", "mas", "mbak", "bang", "bernama", "nama", "haji", "namanya", "om", "tante"}
LEAST_TIMES, MOST_BEHIND_CUE = 2, 0.3
NAMES = (GIVEN_NAMES | FAMILY_NAMES) - AMBIGUOUS_GIVEN_NAMES
WORD = re.compile(r"[^\W\d_]+")
ANSWERS = DATA / "office" / "answers.txt"
"""What officers write, authored without a name: a word of it counts as written twice."""


def ordinary_words() -> list[str]:
    """Returns every word that was written at least twice, is on no list of names, and seldom stands behind a cue."""
    everywhere, behind_cue = Counter[str](), Counter[str]()
    files = [*sorted(DATA.rglob("*.yml")), *sorted(FOLDER.glob("*.toml")), ANSWERS, ANSWERS]
    for file in files:
        words = [word.lower() for word in WORD.findall(file.read_text(encoding="utf-8"))]
        everywhere.update(words)
        behind_cue.update(word for before, word in pairwise(words) if before in CUE)
    return sorted(
        word
        for word, times in everywhere.items()
        if times >= LEAST_TIMES and word not in NAMES and behind_cue[word] <= MOST_BEHIND_CUE * times
    )


if __name__ == "__main__":
    sys.stdout.write("\n".join(ordinary_words()) + "\n")
