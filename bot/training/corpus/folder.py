"""The training data of this installation as files: previewed, checked, and saved whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.training.corpus.corpus import HEAVY, OWN, Corpus, CorpusReader, WithdrawnExample, content_of, files_of, fold
from bot.training.corpus.edits import Addition, CorpusChange, EditedFiles, UneditableFile, difference, edit
from bot.training.corpus.examples import DataFault, Example
from bot.understanding.rasa.withdrawn import LIST

LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A message that stands in the data as something else: which addition, and where."""

    addition: Addition
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: the difference, and what stands in its way."""

    change: CorpusChange
    edited: EditedFiles
    lines: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    faults: tuple[DataFault, ...] = ()
    refused: str = ""

    @property
    def can_be_saved(self) -> bool:
        """Whether nothing stands in its way."""
        return bool(self.edited.files or self.edited.withdrawn) and not (self.conflicts or self.faults or self.refused)


class NotSaved(Exception):
    """The data has changed meanwhile, or something is wrong with it: the preview says what."""

    def __init__(self, preview: Preview) -> None:
        """Keep what was found."""
        super().__init__("something stands in the way of saving")
        self.preview = preview


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: names of files, how many lines came and went, and a digest of all of them."""

    files: tuple[str, ...]
    added: int
    removed: int
    digest: str


@dataclass(slots=True)
class DataFolder:
    """Our own files, over the data that they are laid over. `categories`: the leaves of this regency."""

    reader: CorpusReader
    categories: Collection[str]

    @property
    def own(self) -> Path:
        """Where our own files lie."""
        return self.reader.own

    def corpus(self) -> Corpus:
        """All data, as it is."""
        return self.reader.read()

    def faults(self) -> list[DataFault]:
        """What `nlu check` finds."""
        return self.corpus().faults(self.categories)

    def preview(self, change: CorpusChange) -> Preview:
        """What a change would do; nothing is written."""
        corpus, contents = self.corpus(), self._contents()
        conflicts = tuple(_conflicts(corpus, change))
        try:
            edited = edit(change, contents, corpus)
        except UneditableFile as error:
            return Preview(change, EditedFiles({}), (), conflicts, refused=str(error))
        after = self.reader.read(edited.files, edited.withdrawn)
        faults = [fault for fault in after.faults(self.categories) if fault.what in HEAVY and fault.place.layer == OWN]
        return Preview(change, edited, tuple(difference(edited, contents)), conflicts, tuple(faults))

    def save(self, change: CorpusChange) -> Saved:
        """Carry a change out on what the files hold now.

        Raises:
            NotSaved: something stands in its way; nothing was written.
            OSError: it cannot be written.
        """
        with self._alone():
            preview = self.preview(change)
            if not preview.can_be_saved:
                raise NotSaved(preview)
            for name, content in preview.edited.files.items():
                write_whole(self.own / name, content)
            self._withdraw(preview.edited.withdrawn, change)
            return Saved(
                tuple(preview.edited.files),
                preview.edited.added,
                len(change.removals),
                self.digest(),
            )

    def digest(self) -> str:
        """Names what our own files hold."""
        whole = hashlib.sha256()
        for name, path in files_of(self.own):
            whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return whole.hexdigest()

    def _contents(self) -> Mapping[str, str]:
        return {name: content_of(path) for name, path in files_of(self.own)}

    def _withdraw(self, gone: Sequence[WithdrawnExample], change: CorpusChange) -> None:
        if not gone:
            return
        path = self.own / LIST
        before = path.read_text("utf-8") if path.exists() else ""
        about = {"who": change.who, "why": change.why, "at": change.at.isoformat(timespec="seconds")}
        lines = (json.dumps({"file": one.file, "text": one.text, **about}, ensure_ascii=False) for one in gone)
        write_whole(path, before + "".join(f"{line}\n" for line in lines))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else changes the files meanwhile, in whatever process."""
        self.own.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.own / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _conflicts(corpus: Corpus, change: CorpusChange) -> Iterator[Conflict]:
    """What is something else already, in the data or in the change itself."""
    known = corpus.by_words() if change.additions else {}
    first = dict[str, Addition]()
    for addition in change.additions:
        words = fold(addition.plain)
        others = [
            example
            for example in known.get(words, ())
            if example.kind != addition.label.kind and example not in change.removals
        ]
        before = first.setdefault(words, addition)
        if others or before.label.kind != addition.label.kind:
            yield Conflict(addition, tuple(others))


def write_whole(path: Path, content: str) -> None:
    """The whole file or the former one, whatever happens; an empty one goes."""
    if not content:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            unfinished.chmod(0o600)
            file.write(content.encode("utf-8", "surrogateescape"))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
