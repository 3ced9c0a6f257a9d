"""Messages of talks that trainers have labelled, as files of `acts/`: rows are added behind all others. Pure.

The files are laid out as those of `data/nlu/acts/` (README.md there), one for each thing that is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.training.corpus.corpus import fold
from bot.training.corpus.edits import CorpusChange
from bot.training.corpus.examples import one_line, written

FOLDER = "acts"
BATCH = "regency"
"""Whose words these are, where the version's files name an imagined person."""
_HEADER = f'version: "3.1"\nbatch: {BATCH}\nacts:\n'
_BLOCK = "- asked: "


@dataclass(frozen=True, slots=True)
class ActAddition:
    """A message that is to be learned as doing this after what was asked. `by`: who says so."""

    asked: str
    words: str
    label: str
    by: str = ""

    @property
    def line(self) -> str:
        """As it will be written; "" when nothing is left of it."""
        return written(self.words).removeprefix("-").strip()

    @property
    def key(self) -> tuple[str, str]:
        """What it has in common with rows that say the same, asked the same."""
        return self.asked, fold(self.words)


def with_additions(
    contents: Mapping[str, str], additions: Iterable[ActAddition], change: CorpusChange
) -> dict[str, str]:
    """The files that change, by name, with a block for each act and person.

    Args:
        contents: what our own files hold, by name.
        additions: the rows.
        change: whose it is, why and when; its mark finds the rows again.
    """
    blocks = defaultdict[tuple[str, str, str], list[ActAddition]](list)
    for one in additions:
        blocks[one.asked, one.label, one.by].append(one)
    files = dict[str, str]()
    for (asked, _, _), some in blocks.items():
        name = f"{FOLDER}/{asked}.yml"
        files[name] = files.get(name, contents.get(name) or _HEADER) + _block(some, change)
    return files


def without_change(content: str, mark: str) -> str:
    """A file without the blocks of the change with this mark; "" where none is left."""
    kept, is_inside = list[str](), False
    for line in content.splitlines(keepends=True):
        if line.startswith("# "):
            is_inside = line.rstrip("\n").endswith(f" · #{mark}")
        if not is_inside:
            kept.append(line)
    return "".join(kept) if any(line.startswith(_BLOCK) for line in kept) else ""


def rows_in(content: str) -> int:
    """How many rows a file holds."""
    return sum(line.startswith("    - ") for line in content.splitlines())


def _block(some: Sequence[ActAddition], change: CorpusChange) -> str:
    first = some[0]
    mark = f" · #{change.mark}" if change.mark else ""
    why = f"# {change.at:%Y-%m-%d %H:%M} · {one_line(first.by or change.who)} · {one_line(change.why)}{mark}\n"
    lines = "".join(f"    - {one.line}\n" for one in some)
    return f"{why}{_BLOCK}{first.asked}\n  act: {first.label}\n  examples: |\n{lines}"
