"""A change of the training data as new contents of files: lines are added and taken away, all else stays. Pure.

Files are cut and pasted as text, never written anew from what was read, so that comments, order and spelling survive
byte for byte; what comes out is read again and must hold what was asked for.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.training.corpus.corpus import BASE, OWN, Corpus, WithdrawnExample
from bot.training.corpus.examples import Example, one_line, read, read_file, written
from bot.training.samples.labels import SampleLabel

HEADER = 'version: "3.1"\nnlu:\n'
CONTEXT_LINES = 2


class UneditableFile(Exception):
    """A file that nothing can be added to or taken from; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A message that is to be learned as this.

    Attributes:
        by: who says so; "" where it is who makes the change.
        mark: of the change that it belongs to, where that is an earlier one.
    """

    text: str
    label: SampleLabel
    by: str = ""
    mark: str = ""

    @property
    def line(self) -> str:
        """As it will be written; "" when nothing is left of it."""
        return written(self.text, self.label.marks)

    @property
    def plain(self) -> str:
        """The text of the example as the reader will read it, without markup."""
        return read(self.line)[0]


@dataclass(frozen=True, slots=True)
class CorpusChange:
    """What one person does to the data, and why; `mark`: by which its lines are found again, to take them back."""

    who: str
    why: str
    at: datetime
    additions: tuple[Addition, ...] = ()
    removals: tuple[Example, ...] = ()
    mark: str = ""


def marked(change: CorpusChange) -> CorpusChange:
    """The same change with a mark: eight hexadecimal digits of all that it is."""
    whole = hashlib.blake2b(
        f"{change.who} {change.at.isoformat()} {change.why}".encode("utf-8", "replace"), digest_size=4
    )
    for text in (*(one.line for one in change.additions), *(str(one.place) for one in change.removals)):
        whole.update(f"\0{text}".encode("utf-8", "replace"))
    return replace(change, mark=whole.hexdigest())


@dataclass(frozen=True, slots=True)
class EditedFiles:
    """The contents of our own files as they will be, by name, base examples that are withdrawn, and lines `added`."""

    files: Mapping[str, str]
    withdrawn: tuple[WithdrawnExample, ...] = ()
    added: int = 0


def file_of(label: SampleLabel) -> str:
    """The file that a message of this kind stands in."""
    return f"category/{label.category}.yml" if label.category else f"intent/{label.intent}.yml"


def edit(change: CorpusChange, contents: Mapping[str, str], corpus: Corpus) -> EditedFiles:
    """Carry a change out.

    Args:
        change: additions that stand in the data already, as the same, are left out.
        contents: what our own files hold, by name.
        corpus: all data, as it is.

    Raises:
        CannotEdit: a file has a form that nothing can be added to.
    """
    files = {}
    for name, lines in _lines_to_go(change.removals).items():
        files[name] = _without(name, contents.get(name, ""), lines)
    gone_from = frozenset(change.removals)
    known = {(example.text, example.kind) for example in corpus.examples if example not in gone_from}
    by_file = _by_file(change.additions, known)
    for name, additions in by_file.items():
        files[name] = _with(name, files.get(name, contents.get(name, "")), additions, change)
    gone = (example for example in change.removals if example.place.layer == BASE)
    withdrawn = tuple(WithdrawnExample(example.place.file, example.text) for example in gone)
    return EditedFiles(files, withdrawn, sum(map(len, by_file.values())))


def difference(edited: EditedFiles, contents: Mapping[str, str]) -> list[str]:
    """What changes, as a unified diff, a line each."""
    lines = list[str]()
    for name, content in edited.files.items():
        before, after = contents.get(name, "").splitlines(), content.splitlines()
        lines += difflib.unified_diff(before, after, name, name, n=CONTEXT_LINES, lineterm="")
    return lines + [f"-{gone.file}: {gone.text}" for gone in edited.withdrawn]


def _by_file(
    additions: Iterable[Addition], known: set[tuple[str, tuple[str, str | None]]]
) -> dict[str, list[Addition]]:
    found = defaultdict[str, list[Addition]](list)
    for addition in additions:
        key = (addition.plain, addition.label.kind)
        if addition.line and key not in known:
            known.add(key)
            found[file_of(addition.label)].append(addition)
    return found


def _with(name: str, content: str, additions: Sequence[Addition], change: CorpusChange) -> str:
    """The file with a block for each intent behind all that it holds; those of unknown type stand apart.

    Raises:
        CannotEdit: it has a form that nothing can be added to.
    """
    before = content or HEADER
    column = read_file(OWN, name, content).add_at if content else 0
    if column is None:
        raise UneditableFile(f"{name}: its examples do not stand last in the file; put `nlu:` at its end")
    blocks = defaultdict[tuple[str, bool, str, str], list[Addition]](list)
    for addition in additions:
        blocks[addition.label.intent, addition.label.type_known, addition.by, addition.mark].append(addition)
    added = "".join(_block(some, change) for some in blocks.values())
    indented = "".join(f"{' ' * column}{line}\n" for line in added.splitlines())
    after = f"{before}{'' if before.endswith('\n') else '\n'}{indented}"
    wanted = [(addition.plain, addition.label.kind) for some in blocks.values() for addition in some]
    found = read_file(OWN, name, after).examples[-len(wanted) :]
    if [(example.text, example.kind) for example in found] != wanted:
        raise UneditableFile(f"{name}: what was added would be read as something else")
    return after


def _block(additions: Sequence[Addition], change: CorpusChange) -> str:
    label = additions[0].label
    about = f"  metadata:\n    category: {label.category}\n" if label.category else ""
    about += "    type: unknown\n" if label.category and not label.type_known else ""
    lines = "".join(f"    - {addition.line}\n" for addition in additions)
    return f"{_comment(change, additions[0])}- intent: {label.intent}\n{about}  examples: |\n{lines}"


def _comment(change: CorpusChange, first: Addition) -> str:
    known = first.mark or change.mark
    mark = f" · #{known}" if known else ""
    return f"# {change.at:%Y-%m-%d %H:%M} · {one_line(first.by or change.who)} · {one_line(change.why)}{mark}\n"


def _lines_to_go(removals: Iterable[Example]) -> dict[str, set[int]]:
    found = defaultdict[str, set[int]](set)
    for example in removals:
        if example.place.layer == OWN:
            found[example.place.file].add(example.place.line)
    return found


def _without(name: str, content: str, gone: set[int]) -> str:
    """The file without these lines; a block that is left without an example goes with its comment.

    Raises:
        CannotEdit: what would be left is read as something else.
    """
    before = read_file(OWN, name, content)
    lines = content.splitlines(keepends=True)
    emptied = _emptied_blocks(lines, gone)
    kept = [line for number, line in enumerate(lines, 1) if number not in gone | emptied]
    after = "".join(kept)
    left = [(one.text, one.kind) for one in before.examples if one.place.line not in gone]
    if not left:
        return ""
    if [(one.text, one.kind) for one in read_file(OWN, name, after).examples] != left:
        raise UneditableFile(f"{name}: a line cannot be taken away without changing others")
    return after


def _emptied_blocks(lines: Sequence[str], gone: set[int]) -> set[int]:
    """The lines of blocks of ours that lose their last example: comment, intent, metadata and its members, examples."""
    emptied = set[int]()
    for number in gone:
        first, last = _run(gone, number, -1), _run(gone, number, 1)
        if not _is_example(lines, first - 1) and not _is_example(lines, last + 1):
            emptied |= _head_of(lines, first - 1)
    return emptied


def _run(gone: set[int], number: int, step: int) -> int:
    """How far lines that go follow each other."""
    while number + step in gone:
        number += step
    return number


def _is_example(lines: Sequence[str], number: int) -> bool:
    line = lines[number - 1].lstrip() if 1 <= number <= len(lines) else ""
    return line.startswith("-") and not line.startswith("- intent:")


def _head_of(lines: Sequence[str], number: int) -> set[int]:
    """From the line above the first example up to the block's comment."""
    found = set[int]()
    while number >= 1:
        line = lines[number - 1].strip()
        if line.startswith(("examples:", "metadata:", "category:", "type:", "- intent:")):
            found.add(number)
        elif line.startswith("# ") and "- intent:" in lines[number]:
            found.add(number)
            return found
        else:
            return found
        number -= 1
    return found
