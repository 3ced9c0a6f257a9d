"""Learns where another matter begins, and writes its file: `python -m bot.understanding.matters.train`.

Messages of the corpus are joined as people join two matters, and their clauses as people go on with one
(`data/nlu/matters/joins.toml`); authored messages (`matters.toml`, and a writer a file in `voices/`) weigh more. The
level from which on a message is divided is chosen on authored messages left out, a writer's all at once;
`tests/held_back/` is only measured on, by the tests.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.understanding import words
from bot.understanding.acts import learn as learning
from bot.understanding.acts.learn import Example, Recipe, learn
from bot.understanding.matters import baseline, features, marked
from bot.understanding.matters import cuts as cutting
from bot.understanding.matters.cuts import Cut, cuts_of, pieces_of
from bot.understanding.matters.features import COLUMNS, columns_of
from bot.understanding.matters.model import FEWEST_WORDS, ONE, TWO, MattersModel, Reader, packed
from bot.understanding.model.baseline import SHA256, baseline_file
from bot.understanding.model.compiled_model import CompiledModel, CompiledUnderstanding
from bot.understanding.model.model_file import read_known
from bot.understanding.weights_file import digest_of, ship

RECIPE = Recipe(rounds=8, averaged=4, step=0.3)
BETWEEN = " || "
_MADE = 4_000
"""Messages that are made of each kind, besides every single message of the corpus as it is."""
_EVERY = 2
"""Of the corpus one message in so many is learned as it is."""
_TIMES_AUTHORED = 8
_WHOLE, _KEPT = 0.5, 0.65
"""The share of messages that are learned as they are, and of the words of the others."""
_FOLDS = 4
_LEVELS = tuple(round(0.3 + 0.05 * step, 2) for step in range(14))
LEAST = 0.5, 0.6
"""How likely another matter must be where her words say so, and where not; chosen on authored rows left out in turn."""
_LARGEST_BYTES = 150_000
_SEED = 15
_CODE = (cutting.__file__, marked.__file__, features.__file__, learning.__file__, __file__)
_CLAUSE_ENDS = re.compile(
    r"[.;!?,\n]+\s+|\s(?:dan|terus|lalu|jadi|sampai|karena|sehingga|tapi|padahal|makanya|and|but)\s"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A message, and each matter in it; one matter where there is none."""

    text: str
    matters: tuple[str, ...]


def authored(file: Path) -> list[Told]:
    """The messages of a file of `[cases]`: "first || second", or "" for one matter."""
    cases: Mapping[str, str] = tomllib.loads(file.read_text("utf-8"))["cases"]
    return [Told(text, tuple(joined.split(BETWEEN)) if joined else ()) for text, joined in cases.items()]


def batches(folder: Path) -> list[list[Told]]:
    """The authored messages, in batches that are left out together: those of a writer, and parts of `matters.toml`."""
    first = authored(folder / "matters.toml")
    return [
        *(first[fold::_FOLDS] for fold in range(_FOLDS)),
        *map(authored, sorted((folder / "voices").glob("*.toml"))),
    ]


def made(folder: Path) -> list[Told]:
    """Messages of the corpus as they are, joined as two or three matters, and cut into a list of one."""
    corpus = {file.stem: _written(file) for file in sorted((folder.parent / "category").glob("*.yml"))}
    joins = tomllib.loads((folder / "joins.toml").read_text("utf-8"))
    chance = random.Random(_SEED)  # noqa: S311 - nothing secret
    single = [Told(_worn(text, chance), ()) for texts in corpus.values() for text in texts[::_EVERY]]
    several = [_several(corpus, chance.choice(joins["several"]), chance) for _ in range(_MADE)]
    lists = [_one(corpus, chance.choice(joins["one"]), chance) for _ in range(2 * _MADE)]
    return [*single, *several, *(one for one in lists if one)]


def _written(file: Path) -> list[str]:
    blocks = YAML(typ="safe").load(file.read_text("utf-8"))["nlu"]
    lines = (line.strip() for block in blocks for line in block["examples"].splitlines())
    return [line.removeprefix("- ").strip(" .") for line in lines if line.startswith("- ")]


def _several(corpus: Mapping[str, Sequence[str]], join: str, chance: random.Random) -> Told:
    """Messages of different categories in one; of some only their beginning, as a whole story is rare there."""
    names = chance.sample(sorted(corpus), join.count("{}"))
    parts = [_worn(_beginning(chance.choice(corpus[name]), chance), chance) for name in names]
    return Told(join.format(*parts), tuple(parts))


def _one(corpus: Mapping[str, Sequence[str]], join: str, chance: random.Random) -> Told | None:
    """The clauses of one message, joined otherwise than they were; None where it has too few."""
    text = _worn(chance.choice(corpus[chance.choice(sorted(corpus))]), chance)
    clauses = [clause for clause in _CLAUSE_ENDS.split(text) if len(clause.split()) >= FEWEST_WORDS]
    count = join.count("{}")
    return Told(join.format(*clauses[:count]), ()) if len(clauses) >= count else None


def _beginning(text: str, chance: random.Random) -> str:
    cuts = cuts_of(text)
    return pieces_of(text, cuts, -1, chance.randrange(len(cuts) + 1)) if cuts else text


def _worn(text: str, chance: random.Random) -> str:
    """Of half of the messages some words are left out: the compiled model knows the corpus, and doubts new words."""
    words = text.split(" ")
    if chance.random() < _WHOLE:
        return text
    kept = [word for word in words if chance.random() < _KEPT or any(sign in word for sign in ".,;:!?\n")]
    return " ".join(kept) if len(kept) > FEWEST_WORDS else text


def examples_of(told: Told, read: Reader) -> Iterator[Example]:
    """Each cut of a message as it may be asked about: between its ends, and within what is divided already."""
    cuts = cuts_of(told.text)
    right = _right_cuts(told, cuts)
    for at, cut in enumerate(cuts):
        within = max([-1, *(one for one in right if one < at)]), min([len(cuts), *(one for one in right if one > at)])
        for first, last in {(-1, len(cuts)), within}:
            before, after = pieces_of(told.text, cuts, first, at), pieces_of(told.text, cuts, at, last)
            if min(len(before.split()), len(after.split())) >= FEWEST_WORDS:
                readings = read(before), read(after), read(pieces_of(told.text, cuts, first, last))
                yield Example(columns_of(told.text, cut, (before, after), readings), TWO if at in right else ONE)


def _right_cuts(told: Told, cuts: Sequence[Cut]) -> list[int]:
    """The number of the cut before each matter but the first."""
    found, end = list[int](), 0
    for matter in told.matters:
        start = told.text.find(matter, end)
        between = [at for at, cut in enumerate(cuts) if end - 2 <= cut.start <= start]
        if end and between:
            found.append(between[-1])
        end = start + len(matter)
    return found


def learned(examples: Sequence[Example], rows: Sequence[Told], read: Reader) -> MattersModel:
    """The model of examples of made messages, and of authored ones."""
    weighty = [one for told in rows for one in examples_of(told, read)]
    model = learn([*examples, *weighty * _TIMES_AUTHORED], (ONE, TWO), RECIPE)
    return MattersModel(*LEAST, model.weights[:COLUMNS], model.bias)


def levels(
    examples: Sequence[Example], told_in: Sequence[Sequence[Told]], read: Reader
) -> Mapping[float, tuple[int, int, int]]:
    """By level: messages of several that are divided, those into as many parts as told, and single ones divided."""
    found = {level: [0, 0, 0] for level in _LEVELS}
    for fold in range(_FOLDS):
        kept = [one for at, batch in enumerate(told_in) if at % _FOLDS != fold for one in batch]
        model = learned(examples, kept, read)
        for level, counts in found.items():
            asked = replace(model, least=level, least_unmarked=level)
            for told in (one for batch in told_in[fold::_FOLDS] for one in batch):
                parts = len(asked.parts_of(told.text, read))
                counts[0] += bool(told.matters and parts)
                counts[1] += bool(told.matters and parts == len(told.matters))
                counts[2] += bool(parts and not told.matters)
    return {level: (counts[0], counts[1], counts[2]) for level, counts in found.items()}


def learned_from(folder: Path) -> str:
    """The digest of what the model is learned from: rows, the corpus, words, the compiled model, and the code."""
    rows = (file for part in (folder, folder.parent / "category") for file in part.rglob("*") if file.is_file())
    tables = (Path(words.__file__).with_name(f"{name}.toml") for name in ("matters", "slang"))
    files = (*sorted(rows), *tables, *map(Path, _CODE))
    return digest_of([*(file.read_bytes() for file in files), SHA256.encode()])


def main() -> None:
    """Train, write, and say what is divided of writers left out."""
    folder = baseline.PROJECT / "data" / "nlu" / "matters"
    read = cache(CompiledUnderstanding(CompiledModel.of(read_known(baseline_file(baseline.PROJECT), SHA256))).read)
    told_in = batches(folder)
    rows = [one for batch in told_in for one in batch]
    examples = [one for told in made(folder) for one in examples_of(told, read)]
    whole = packed(learned(examples, rows, read))
    print(
        ship(whole, baseline.matters_file(), Path(baseline.__file__), learned_from(folder), _LARGEST_BYTES), flush=True
    )
    several = sum(bool(one.matters) for one in rows)
    for level, (divided, right, false) in levels(examples, told_in, read).items():
        print(f"{level:.2f}: {divided} of {several} divided, {right} as told; {false} of {len(rows) - several} single")


if __name__ == "__main__":
    main()
