"""What the training data knows: its words, and how many examples of each category; counted anew when it has changed."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import batched

from bot.training.corpus.corpus import Corpus, files_of
from bot.training.corpus.folder import DataFolder
from bot.training.samples.worth import Learned, spoken_words

EXAMPLES_AT_A_TIME = 50
BREATH_SECONDS = 0.005


@dataclass(slots=True)
class LearnedData:
    """Counts, and remembers until a file changes."""

    folder: DataFolder
    _of: tuple[tuple[str, int, int], ...] = ()
    _known: Learned = field(default_factory=lambda: Learned(frozenset(), {}))

    def __call__(self) -> Learned:
        """What is known now; takes some seconds when files have changed."""
        now = self._state()
        if now != self._of:
            corpus = self.folder.corpus()
            self._known, self._of = Learned(_words_of(corpus), corpus.counts()), now
        return self._known

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        folders = (self.folder.reader.base, self.folder.own)
        files = [(path, path.stat()) for folder in folders for _, path in files_of(folder)]
        return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in files)


def _words_of(corpus: Corpus) -> frozenset[str]:
    """All words of the examples; it breathes between them, for those who answer citizens meanwhile."""
    words = set[str]()
    for some in batched(corpus.examples, EXAMPLES_AT_A_TIME):
        words.update(*(spoken_words(example.text) for example in some))
        time.sleep(BREATH_SECONDS)
    return frozenset(words)
