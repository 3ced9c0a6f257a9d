"""Reads a file of training data with the lines that its examples stand on, and says what breaks its form.

A file must be written back to the same bytes, so that what a trainer adds shows as one line in its history.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from checking.faults import Example, Fault

_BULLET = "- "
_SHAPE = "a block is: intent, perhaps metadata with a category, and examples: | with a line each"


@dataclass(frozen=True)
class Found:
    """What stands in a file."""

    examples: Sequence[Example]
    faults: Sequence[Fault]


def read(file: Path) -> Found:
    """The examples of a file, and what is wrong with its form.

    Raises:
        OSError: it cannot be read.
    """
    try:
        written = file.read_bytes().decode()
        yaml = _yaml()
        document = yaml.load(written)
    except UnicodeDecodeError:
        return Found((), (Fault(file, 0, "this is not UTF-8: save it as UTF-8."),))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return Found(
            (), (Fault(file, line, f"this breaks the YAML ({error.problem}): mend it or quote it."),)
        )
    except YAMLError:
        return Found((), (Fault(file, 0, "this is no YAML: compare it with a file beside it."),))
    found = list(_blocks(file, document))
    examples = [one for one in found if isinstance(one, Example)]
    faults = [one for one in found if isinstance(one, Fault)]
    if not faults and _written_back(yaml, document) != written:
        faults.append(
            Fault(file, 0, "written back this would not be the same: indent and quote as its neighbours do.")
        )
    return Found(examples, faults)


def _yaml() -> YAML:
    """As the files of this project are written."""
    yaml = YAML()
    yaml.preserve_quotes = True  # type: ignore[assignment] # ruamel declares its settings as None
    yaml.width = 10_000  # type: ignore[assignment] # likewise
    return yaml


def _written_back(yaml: YAML, document: object) -> str:
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def _blocks(file: Path, document: object) -> Iterator[Example | Fault]:
    blocks = document.get("nlu") if isinstance(document, Mapping) else None
    if not isinstance(blocks, Sequence) or isinstance(blocks, str):
        yield Fault(file, 0, f"there is no list under nlu; {_SHAPE}.")
        return
    for block in blocks:
        yield from _block(file, block)


def _block(file: Path, block: object) -> Iterator[Example | Fault]:
    line = int(block.lc.line) + 1 if isinstance(block, CommentedBase) else 0
    if not isinstance(block, CommentedMap):
        yield Fault(file, line, f"this is no block; {_SHAPE}.")
        return
    intent, examples = block.get("intent"), block.get("examples")
    metadata = block.get("metadata") or {}
    category = metadata.get("category") if isinstance(metadata, Mapping) else None
    if (
        not isinstance(intent, str)
        or not isinstance(examples, str)
        or not isinstance(category, (str, type(None)))
    ):
        yield Fault(file, line, f"this block lacks its intent or its examples; {_SHAPE}.")
        return
    first = int(block.lc.value("examples")[0]) + 2
    for number, bullet in enumerate(examples.splitlines(), start=first):
        if bullet.startswith(_BULLET) and (text := bullet[len(_BULLET) :].strip()):
            yield Example(text, intent, category, file, number)
        else:
            yield Fault(file, number, "this line is no example: write '- ' and the message.")
