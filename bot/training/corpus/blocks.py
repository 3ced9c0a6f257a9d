"""What the comment above a block of examples says of them, and which lines a change has written. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlockHead:
    """What is said above examples: by whom, with which change, and whether the type of report is known."""

    by: str
    mark: str
    type_known: bool


def head_of(content: str, number: int) -> BlockHead:
    """What is said of the example in a line of a file of ours, counted from 1."""
    type_known = True
    for line in reversed(content.splitlines()[: number - 1]):
        words = line.strip()
        type_known = type_known and words != "type: unknown"
        if words.startswith("# "):
            parts = [*words.split(" · "), "", ""]
            marks = [part.removeprefix("#") for part in parts[3:] if part.startswith("#")]
            return BlockHead(parts[1], marks[-1] if marks else "", type_known)
    return BlockHead("", "", type_known)


def lines_of_change(content: str, mark: str) -> set[int]:
    """The lines of a file that stand in blocks of the change with this mark, counted from 1."""
    found, is_inside, intents = set[int](), False, 0
    for number, row in enumerate(content.splitlines(), 1):
        line = row.strip()
        if line.startswith("# "):
            is_inside, intents = line.endswith(f" · #{mark}"), 0
        elif line.startswith("- intent:"):
            intents += 1
        if is_inside and intents <= 1:
            found.add(number)
    return found
