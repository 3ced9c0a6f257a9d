"""All training data of this installation, and whether it is clean: unreadable files, unknown labels, conflicts."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.training.corpus.examples import DataFault, Example, ReadFile, SourcePosition, read_file
from bot.training.samples.labels import INTENTS
from bot.understanding.personal import mask
from bot.understanding.rasa.withdrawn import LIST
from bot.understanding.understood import REPORT_TYPES

FOLDERS = ("category", "intent")
"""The folders of a data directory that are learned from, as `nlu/fingerprint.py` has it."""
BASE, OWN = "base", "own"
FEWEST_EXAMPLES = 10
HEAVY = frozenset(
    {"unreadable", "no_examples", "no_intent", "unknown_mark", "empty", "unknown_intent", "unknown_category"}
    | {"category_of_small_talk", "conflict", "personal"}
)
"""Faults with which nothing is saved or trained; the others are worth a look."""
_NOT_WORDS = re.compile(r"[\W_]+")
_MAY_BE_PERSONAL = re.compile(r"\d(?:[ .-]?\d){6}|@|\bnama (?:saya|sy|ulun|aku|abdi|kulo)\b", re.IGNORECASE)


def may_be_personal(text: str) -> bool:
    """Whether it is worth looking closer, which takes milliseconds."""
    return bool(_MAY_BE_PERSONAL.search(text))


def fold(text: str) -> str:
    """What two ways of writing one message have in common: its words, without case and signs."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip() or text.strip()


@dataclass(frozen=True, slots=True)
class WithdrawnExample:
    """A base example that is not learned from here any more."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every file as it was read, by layer and name; a later layer lies over an earlier one."""

    files: Mapping[tuple[str, str], ReadFile]
    withdrawn: frozenset[WithdrawnExample] = frozenset()

    @property
    def examples(self) -> Iterator[Example]:
        """All that is learned from, in the order of the files."""
        for (layer, name), file in self.files.items():
            for example in file.examples:
                if layer != BASE or WithdrawnExample(name, example.text) not in self.withdrawn:
                    yield example

    def faults(self, categories: Collection[str]) -> list[DataFault]:
        """Everything that is wrong, file by file."""
        found = [fault for file in self.files.values() for fault in file.faults]
        examples = list(self.examples)
        found += (fault for example in examples for fault in _faults_of(example, categories))
        found += _twice(examples)
        found += _rare(examples)
        return sorted(found, key=lambda fault: (fault.what not in HEAVY, fault.place, fault.what))

    def by_words(self) -> Mapping[str, list[Example]]:
        """The examples that say the same, by `fold`."""
        found = defaultdict[str, list[Example]](list)
        for example in self.examples:
            found[fold(example.text)].append(example)
        return found

    def counts(self) -> Counter[str]:
        """How many examples each category has."""
        return Counter(example.category for example in self.examples if example.category)


def _faults_of(example: Example, categories: Collection[str]) -> Iterator[DataFault]:
    is_report = example.intent in REPORT_TYPES
    if example.intent not in INTENTS:
        yield DataFault("unknown_intent", example.place, example.intent)
    if example.category and example.category not in categories:
        yield DataFault("unknown_category", example.place, example.category)
    if example.category and not is_report:
        yield DataFault("category_of_small_talk", example.place, example.category)
    if example.place.layer == OWN and may_be_personal(example.text) and mask(example.text) != example.text:
        yield DataFault("personal", example.place)


def _twice(examples: Iterable[Example]) -> Iterator[DataFault]:
    first = dict[str, Example]()
    for example in examples:
        before = first.setdefault(fold(example.text), example)
        if before.kind != example.kind:
            yield DataFault("conflict", example.place, f"{_said(before)} / {_said(example)}", before.place)
        elif before is not example:
            yield DataFault("twice", example.place, _said(example), before.place)


def _said(example: Example) -> str:
    return f"{example.intent} {example.category}" if example.category else example.intent


def _rare(examples: Sequence[Example]) -> Iterator[DataFault]:
    places = defaultdict[str, list[SourcePosition]](list)
    for example in examples:
        if example.category:
            places[example.category].append(example.place)
    for category, found in places.items():
        if len(found) < FEWEST_EXAMPLES:
            yield DataFault("rare", found[0], f"{category} {len(found)}")


@dataclass(slots=True)
class CorpusReader:
    """Reads the folders; a file that has not changed is not read again.

    `base`: the regency's data, or the project's. `own`: what was added here.
    """

    base: Path
    own: Path
    _known: dict[tuple[str, str], tuple[str, ReadFile]] = field(default_factory=dict)

    def read(self, edited: Mapping[str, str] | None = None, withdrawn: Iterable[WithdrawnExample] = ()) -> Corpus:
        """Everything, with `edited` in the place of what our own files of these names hold."""
        changed = edited or {}
        contents = {(BASE, name): content_of(path) for name, path in files_of(self.base)}
        contents |= {(OWN, name): content_of(path) for name, path in files_of(self.own)}
        contents |= {(OWN, name): content for name, content in changed.items()}
        files = {key: self._file(key, content) for key, content in contents.items() if content}
        return Corpus(files, frozenset((*read_withdrawn(self.own), *withdrawn)))

    def _file(self, key: tuple[str, str], content: str) -> ReadFile:
        known = self._known.get(key)
        if known and known[0] == content:
            return known[1]
        file = read_file(*key, content)
        self._known[key] = (content, file)
        return file


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """The training files of a data directory, by name, in order."""
    for part in FOLDERS:
        for path in sorted((folder / part).rglob("*.yml")):
            yield path.relative_to(folder).as_posix(), path


def content_of(path: Path) -> str:
    """A file as it is, line ends too; bytes that are no UTF-8 stay what they are, and make it unreadable."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def read_withdrawn(own: Path) -> Iterator[WithdrawnExample]:
    """The base examples that are not learned from here, a line each with who and why."""
    try:
        lines = (own / LIST).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        row = json.loads(line)
        yield WithdrawnExample(row["file"], row["text"])
