"""A candidate reads along with the model that answers: what both said is counted, and nobody hears the shadow."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from actions.store.training.shadows import ShadowCount, add_counts
from bot.training.models.model_context import ModelContext
from bot.understanding.acts.model import ActsModel
from bot.understanding.acts.own import HearsActs
from bot.understanding.evaluation.evaluation import first_category
from bot.understanding.fallback_breaker import PROBE_TEXT
from bot.understanding.port import ModelAnswer, Understanding, UnderstandingState

log = structlog.get_logger()
UNSURE = "unsure"
CATEGORY, INTENT = "category", "intent"
MOST_AT_ONCE = 32
"""Calls that a shadow is behind; more than that it does not read."""

type Pair = tuple[str, str, str]
"""Kind, what was said, and what the shadow would have said."""


@dataclass(slots=True)
class Tally:
    """What was counted since it was kept the last time."""

    model: int = 0
    shadow: int | None = None
    counts: Counter[Pair] = field(default_factory=Counter)

    def begin(self, model: int, shadow: int | None) -> None:
        """From now on these two are counted; what is not kept yet of two others is let go."""
        if (model, shadow) != (self.model, self.shadow):
            self.model, self.shadow = model, shadow
            self.counts.clear()

    def take(self, said: ModelAnswer, unsaid: ModelAnswer) -> None:
        """Count what both made of one text."""
        self.counts[CATEGORY, _category(said), _category(unsaid)] += 1
        self.counts[INTENT, said.intent.name, unsaid.intent.name] += 1


class Shadowed:
    """An understanding that another one shadows, once the answer is given."""

    def __init__(self, served: Understanding, shadow: Understanding, tally: Tally) -> None:
        """Keeps the model that answers and the one that reads along."""
        self.served, self.shadow, self._tally = served, shadow, tally
        self._reading: set[asyncio.Task[None]] = set()

    @property
    def state(self) -> UnderstandingState:
        """The state of the model that answers."""
        return self.served.state

    @property
    def acts(self) -> ActsModel | None:
        """The dialogue acts of the model that answers."""
        return self.served.acts if isinstance(self.served, HearsActs) else None

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """What the model in service says; the shadow reads the same texts afterwards.

        Raises:
            CannotUnderstand: the model in service says nothing.
        """
        readings = await self.served.understand(texts)
        if list(texts) != [PROBE_TEXT] and len(self._reading) < MOST_AT_ONCE:
            reading = asyncio.create_task(self._read_along(texts, readings))
            self._reading.add(reading)
            reading.add_done_callback(self._reading.discard)
        return readings

    async def _read_along(self, texts: Sequence[str], readings: Sequence[ModelAnswer]) -> None:
        """Whatever breaks here breaks nothing else."""
        try:
            unsaid = await self.shadow.understand(texts)
            for said, other in zip(readings, unsaid, strict=True):
                self._tally.take(said, other)
        except Exception as error:  # noqa: BLE001 - a shadow must never be noticed
            log.warning("shadow_broken", kind=type(error).__name__)


async def keep_tally(bench: ModelContext, tally: Tally) -> None:
    """Add what was counted to the day's numbers.

    Raises:
        SQLAlchemyError, OSError: the database cannot be written; what was counted is counted still.
    """
    if tally.shadow is None or not tally.counts:
        return
    day = bench.clock().date()
    counts = [ShadowCount(tally.shadow, tally.model, day, *pair, texts) for pair, texts in sorted(tally.counts.items())]
    async with bench.database.writing() as connection:
        await add_counts(connection, counts)
    tally.counts.subtract({(count.kind, count.said, count.unsaid): count.texts for count in counts})
    tally.counts += Counter()  # those that are nothing now go


def _category(reading: ModelAnswer) -> str:
    return first_category(reading)[0] or UNSURE if reading.sure else UNSURE
