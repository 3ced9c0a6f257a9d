"""Reads NLU YAML into examples that know their place, and says what is wrong with a file. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.training.corpus.markup import UnknownMark, read

BULLET = "-"


@dataclass(frozen=True, slots=True, order=True)
class SourcePosition:
    """Where something stands. `layer`: "base" for data of the regency or the project, "own" for what was added here."""

    layer: str
    file: str
    line: int

    def __str__(self) -> str:
        """As an editor takes it."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Example:
    """A message that the model learns from; `line` is how it is written."""

    text: str
    intent: str
    category: str | None
    place: SourcePosition
    written: str

    @property
    def kind(self) -> tuple[str, str | None]:
        """What the model learns of it."""
        return (self.intent, self.category)


@dataclass(frozen=True, slots=True)
class DataFault:
    """What is wrong with a file, and where. `what` is a word for it; `detail` names the thing."""

    what: str
    place: SourcePosition
    detail: str = ""
    other: SourcePosition | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file's examples in order, what is wrong with it, and where a block can be added (`add_at`: the column)."""

    examples: tuple[Example, ...]
    faults: tuple[DataFault, ...]
    add_at: int | None = None


@lru_cache(maxsize=128)
def read_file(layer: str, name: str, content: str) -> ReadFile:
    """Read one file; faults are found as far as it can be read."""
    try:
        root = YAML(typ="safe", pure=True).compose(content)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return ReadFile((), (DataFault("unreadable", SourcePosition(layer, name, line), error.problem or ""),))
    except (YAMLError, ValueError) as error:
        return ReadFile((), (DataFault("unreadable", SourcePosition(layer, name, 1), type(error).__name__),))
    blocks = _value(root, "nlu")
    if not isinstance(blocks, SequenceNode):
        return ReadFile((), (DataFault("no_examples", SourcePosition(layer, name, 1)),))
    found = [_read_block(layer, name, block) for block in blocks.value]
    examples = tuple(example for some, _ in found for example in some)
    faults = tuple(fault for _, some in found for fault in some)
    return ReadFile(examples, faults, _column(root, blocks, content))


def _column(root: Node | None, blocks: SequenceNode, content: str) -> int | None:
    """The column of a block's dash, where another can stand behind the last; None where it cannot."""
    is_last = isinstance(root, MappingNode) and root.value[-1][1] is blocks
    if not is_last or blocks.flow_style or not blocks.value:
        return None
    first = blocks.value[0].start_mark
    line = content.splitlines()[first.line]
    return len(line) - len(line.lstrip())


def _read_block(layer: str, name: str, block: Node) -> tuple[list[Example], list[DataFault]]:
    place = SourcePosition(layer, name, block.start_mark.line + 1)
    intent, examples = _value(block, "intent"), _value(block, "examples")
    if not isinstance(intent, ScalarNode):
        return [], [DataFault("no_intent", place)]
    category = _value(_value(block, "metadata"), "category")
    slug = category.value if isinstance(category, ScalarNode) else None
    found, faults = list[Example](), list[DataFault]()
    for line, number in _lines(examples):
        where = SourcePosition(layer, name, number)
        try:
            text, _ = read(line)
        except UnknownMark as unknown:
            faults.append(DataFault("unknown_mark", where, str(unknown)))
            continue
        if not text:
            faults.append(DataFault("empty", where))
            continue
        found.append(Example(text, str(intent.value), slug, where, line))
    return found, faults if found or faults else [DataFault("no_examples", place)]


def _lines(examples: Node | None) -> Iterator[tuple[str, int]]:
    """Each example as it is written, and its line in the file."""
    if isinstance(examples, ScalarNode):
        first = examples.start_mark.line + (2 if examples.style in {"|", ">"} else 1)
        for number, line in enumerate(str(examples.value).split("\n")):
            if line.startswith(BULLET):
                yield line[1:].strip(), first + number
    elif isinstance(examples, SequenceNode):
        for one in examples.value:
            text = one if isinstance(one, ScalarNode) else _value(one, "text")
            if isinstance(text, ScalarNode):
                yield " ".join(str(text.value).split()), one.start_mark.line + 1


def _value(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)
