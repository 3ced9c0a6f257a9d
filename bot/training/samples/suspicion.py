"""Suspicious labels: the language model's own Python looks for them behind the pages; here they are kept and shown."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.training.corpus.corpus import Corpus, fold
from bot.training.corpus.examples import Example
from bot.training.corpus.writing import write_whole

log = structlog.get_logger()

FOUND, KEPT = "suspicious.json", "suspicious-kept.jsonl"


class NotLookedFor(Exception):
    """Why there is nothing to show, in one sentence."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """An example whose category is likely wrong; shares are what a model that has not seen it says, 0 to 1.

    Attributes:
        likely: the category that it more likely is.
        usual_share: what is said, on average, of that category's own examples.
        like: two of them that are worded alike.
    """

    example: Example
    likely: str
    given_share: float
    likely_share: float
    usual_share: float
    like: tuple[str, ...]

    @property
    def key(self) -> str:
        """Names it as long as it says what it says and stands where it stands."""
        return f"{self.example.category} {fold(self.example.text)}"


@dataclass(slots=True)
class Suspicions:
    """What was found in this folder. `look` has the language model's Python write what it finds there."""

    home: Path
    look: Callable[[Path], Awaitable[None]]
    failed: str = ""
    _running: asyncio.Task[None] | None = field(default=None)

    @property
    def is_running(self) -> bool:
        """Whether a search for suspicious labels is running."""
        return self._running is not None and not self._running.done()

    @property
    def was_looked_for(self) -> bool:
        """Whether a search has ended whose results can be shown."""
        return (self.home / FOUND).is_file()

    def start(self) -> None:
        """Starts a search for suspicious labels in the background."""
        if not self.is_running:
            self.failed = ""
            self._running = asyncio.create_task(self._look())

    async def settle(self) -> None:
        """Waits until the search has ended."""
        if self._running:
            await self._running

    def suspects(self, corpus: Corpus) -> list[Suspect]:
        """What was found and still stands so in the data, the worst first; what somebody said is right is left out."""
        try:
            rows = json.loads((self.home / FOUND).read_text("utf-8"))
        except (OSError, ValueError):
            return []
        words, kept = corpus.by_words(), self._kept()
        found = []
        for row in rows:
            here = [one for one in words.get(fold(row["text"]), ()) if one.category == row["category"]]
            shares = (row["given_share"], row["likely_share"], row["usual_share"])
            found += [Suspect(one, row["likely"], *shares, tuple(row["like"])) for one in here[:1]]
        return [one for one in found if one.key not in kept]

    def keep(self, suspect: Suspect, who: str) -> None:
        """Notes that somebody has confirmed this label, which is then no longer shown."""
        path = self.home / KEPT
        before = path.read_text("utf-8") if path.exists() else ""
        write_whole(path, before + json.dumps({"key": suspect.key, "who": who}, ensure_ascii=False) + "\n")

    def _kept(self) -> frozenset[str]:
        path = self.home / KEPT
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return frozenset(json.loads(line)["key"] for line in lines)

    async def _look(self) -> None:
        try:
            await self.look(self.home / FOUND)
        except NotLookedFor as error:
            self.failed = str(error)
        except OSError as error:
            log.error("suspicious_not_looked_for", error=type(error).__name__)
            self.failed = type(error).__name__
