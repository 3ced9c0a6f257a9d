"""What the training data knows: its words, and how many examples of each category; counted anew when it has changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.trainers.corpus import files_of
from bot.trainers.folder import DataFolder
from bot.trainers.worth import Learned, spoken_words


@dataclass(slots=True)
class LearnedData:
    """Counts, and remembers until a file changes."""

    folder: DataFolder
    _of: tuple[tuple[str, int, int], ...] = ()
    _known: Learned = field(default_factory=lambda: Learned(frozenset(), {}))

    def __call__(self) -> Learned:
        """What is known now; takes a second or two when files have changed."""
        now = self._state()
        if now != self._of:
            corpus = self.folder.corpus()
            words = frozenset(word for example in corpus.examples for word in spoken_words(example.text))
            self._known, self._of = Learned(words, corpus.counts()), now
        return self._known

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        folders = (self.folder.reader.base, self.folder.own)
        files = [(path, path.stat()) for folder in folders for _, path in files_of(folder)]
        return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in files)
