"""The training data of this installation as files: previewed, checked, and saved whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.training.corpus.blocks import lines_of_change
from bot.training.corpus.corpus import BASE, OWN, Corpus, CorpusReader, content_of, files_of, fold
from bot.training.corpus.edits import (
    Addition,
    CorpusChange,
    EditedFiles,
    UneditableFile,
    difference,
    edit,
)
from bot.training.corpus.examples import DataFault, Example
from bot.training.corpus.faults import heavy_faults
from bot.training.corpus.notes import (
    alone_in,
    forget,
    is_too_late,
    note_replaced,
    note_withdrawn,
    replaced_by,
    withdrawn_by,
)
from bot.training.corpus.writing import write_whole
from bot.training.samples.labels import SampleLabel


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
        """Whether the change has no fault or conflict that forbids saving it."""
        return bool(self.edited.files or self.edited.withdrawn) and not (self.conflicts or self.faults or self.refused)


class TooLateToUndo(Exception):
    """What a change replaced is kept no longer: taking it back would leave a hole."""


class NotSaved(Exception):
    """The data has changed meanwhile, or something is wrong with it: the preview says what."""

    def __init__(self, preview: Preview) -> None:
        """Keeps the faults for which nothing was saved."""
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
        """The folder of training data that this installation has added."""
        return self.reader.own

    def corpus(self) -> Corpus:
        """Reads all training data as it is now."""
        return self.reader.read()

    def preview(self, change: CorpusChange) -> Preview:
        """What a change would do; nothing is written."""
        corpus, contents = self.corpus(), self._contents()
        conflicts = tuple(_conflicts(corpus, change))
        try:
            edited = edit(change, contents, corpus)
        except UneditableFile as error:
            return Preview(change, EditedFiles({}), (), conflicts, refused=str(error))
        after = self.reader.read(edited.files, edited.withdrawn)
        faults = [fault for fault in heavy_faults(after, self.categories) if fault.place.layer == OWN]
        return Preview(change, edited, tuple(difference(edited, contents)), conflicts, tuple(faults))

    def save(self, change: CorpusChange) -> Saved:
        """Carry a change out on what the files hold now.

        Raises:
            NotSaved: something stands in its way; nothing was written.
            OSError: it cannot be written.
        """
        with alone_in(self.own):
            preview = self.preview(change)
            if not preview.can_be_saved:
                raise NotSaved(preview)
            note_replaced(self.own, change, self._contents())
            for name, content in preview.edited.files.items():
                write_whole(self.own / name, content)
            note_withdrawn(self.own, preview.edited.withdrawn, change)
            return Saved(
                tuple(preview.edited.files),
                preview.edited.added,
                len(change.removals),
                self.digest(),
            )

    def undo(self, asked: CorpusChange) -> Saved:
        """Takes the change with this mark back: what it added goes, what it withdrew or replaced comes back.

        Raises:
            NotSaved: what would come back is something else by now; nothing was written.
            TooLateToUndo: what would come back is kept no longer; nothing was written.
            OSError: it cannot be written.
        """
        with alone_in(self.own):
            if is_too_late(self.own, asked.mark):
                raise TooLateToUndo
            contents = self._contents()
            gone = {name: lines_of_change(content, asked.mark) for name, content in contents.items()}
            removals = tuple(
                one
                for one in self.corpus().examples
                if one.place.layer == OWN and one.place.line in gone.get(one.place.file, ())
            )
            change = replace(asked, additions=tuple(replaced_by(self.own, asked.mark)), removals=removals)
            preview = self.preview(change)
            conflicts = (*preview.conflicts, *self._withdrawn_against(self.corpus(), change))
            if conflicts or preview.faults or preview.refused:
                raise NotSaved(replace(preview, conflicts=conflicts))
            for name, content in preview.edited.files.items():
                write_whole(self.own / name, content)
            back = forget(self.own, asked.mark)
            return Saved(tuple(preview.edited.files), back, len(removals), self.digest())

    def digest(self) -> str:
        """A digest of this installation's own training files."""
        whole = hashlib.sha256()
        for name, path in files_of(self.own):
            whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return whole.hexdigest()

    def _contents(self) -> Mapping[str, str]:
        return {name: content_of(path) for name, path in files_of(self.own)}

    def _withdrawn_against(self, corpus: Corpus, change: CorpusChange) -> Iterator[Conflict]:
        """What the change with this mark withdrew, and is something else by now."""
        known = corpus.by_words()
        for gone in withdrawn_by(self.own, change.mark):
            file = corpus.files.get((BASE, gone.file))
            for one in file.examples if file else ():
                others = [each for each in known.get(fold(gone.text), ()) if each not in change.removals]
                if one.text == gone.text and any(each.kind != one.kind for each in others):
                    yield Conflict(Addition(one.text, SampleLabel(*one.kind)), tuple(others))


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
