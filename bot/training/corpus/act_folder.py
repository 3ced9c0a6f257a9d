"""The labelled messages of talks of this installation as files: previewed, checked, saved whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.shipped import PROJECT
from bot.training.corpus.act_rows import FOLDER, ActAddition, rows_in, with_additions, without_change
from bot.training.corpus.corpus import content_of, fold, may_be_personal
from bot.training.corpus.edits import CorpusChange
from bot.training.corpus.folder import Saved
from bot.training.corpus.notes import alone_in
from bot.training.corpus.writing import write_whole
from bot.understanding.acts.rows import read_rows
from bot.understanding.normalise import mask

VERSIONS = PROJECT / "data" / "nlu" / FOLDER
"""The rows that come with the version."""


@dataclass(frozen=True, slots=True)
class ActsPreview:
    """What saving would do.

    Attributes:
        added: what is new.
        conflicts: what the data has as another act, and as which.
        personal: what personal data has slipped into.
    """

    added: tuple[ActAddition, ...] = ()
    conflicts: tuple[tuple[ActAddition, str], ...] = ()
    personal: tuple[ActAddition, ...] = ()

    @property
    def can_be_saved(self) -> bool:
        """Whether nothing stands in its way; what the data has already is saved without a line."""
        return not (self.conflicts or self.personal)


class ActsNotSaved(Exception):
    """Something stands in the way of saving: the preview says what."""

    def __init__(self, preview: ActsPreview) -> None:
        """Keeps what stands in the way."""
        super().__init__("something stands in the way of saving")
        self.preview = preview


@dataclass(frozen=True, slots=True)
class ActFolder:
    """Our own rows, beside those of the version. `own`: the folder of the training data of this installation."""

    own: Path
    version: Path = VERSIONS

    def preview(self, additions: Sequence[ActAddition]) -> ActsPreview:
        """What saving these would do; nothing is written."""
        own = self.own / FOLDER
        known = {**_acts_of(self.version, _state(self.version)), **_acts_of(own, _state(own))}
        added, conflicts = list[ActAddition](), list[tuple[ActAddition, str]]()
        for one in additions:
            other = known.get(one.key)
            if other is None and one.line:
                known[one.key] = one.label
                added.append(one)
            elif other and other != one.label:
                conflicts.append((one, other))
        personal = [one for one in added if may_be_personal(one.words) and mask(one.words) != one.words]
        return ActsPreview(tuple(added), tuple(conflicts), tuple(personal))

    def save(self, additions: Sequence[ActAddition], change: CorpusChange) -> Saved:
        """Adds these.

        Raises:
            ActsNotSaved: something stands in its way; nothing was written.
            OSError: it cannot be written.
        """
        with alone_in(self.own):
            preview = self.preview(additions)
            if not preview.can_be_saved:
                raise ActsNotSaved(preview)
            files = with_additions(self._contents(), preview.added, change)
            for name, content in files.items():
                write_whole(self.own / name, content)
            return Saved(tuple(files), len(preview.added), 0, self._digest())

    def undo(self, mark: str) -> Saved:
        """Takes what the change with this mark has added out of the files again.

        Raises:
            OSError: it cannot be written.
        """
        with alone_in(self.own):
            changed, gone = list[str](), 0
            for name, content in self._contents().items():
                left = without_change(content, mark)
                if left == content:
                    continue
                gone += rows_in(content) - rows_in(left)
                changed.append(name)
                if left:
                    write_whole(self.own / name, left)
                else:
                    (self.own / name).unlink()
            return Saved(tuple(changed), 0, gone, self._digest())

    def _contents(self) -> Mapping[str, str]:
        files = sorted((self.own / FOLDER).glob("*.yml"))
        return {f"{FOLDER}/{file.name}": content_of(file) for file in files}

    def _digest(self) -> str:
        whole = hashlib.sha256()
        for name, content in self._contents().items():
            whole.update(f"{name}\0{content}\n".encode("utf-8", "surrogateescape"))
        return whole.hexdigest()


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    stats = ((file.name, file.stat()) for file in sorted(folder.glob("*.yml")))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=4)
def _acts_of(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Mapping[tuple[str, str], str]:
    """The act of each row that does one thing, by what was asked and its words."""
    del state  # read again where it has changed
    return {(row.moment, fold(row.text)): row.acts[0] for row in read_rows(folder) if len(row.acts) == 1}
