"""How the model does from week to week, against what its test set promised; and whether messages drift. Pure."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from actions.store.training.models import Model
from actions.store.training.sample_counts import DayCount, texts_between
from bot.training.models.measuring import Worth
from bot.training.models.model_context import ModelContext
from bot.understanding.model.compiled_model import CompiledModel
from bot.understanding.model.model_file import UnusableModel

A_WEEK = timedelta(days=7)
WEEKS = 12
RECENT_WEEKS = 2
FEWEST_FOR_DRIFT = 100
"""Messages that the recent weeks and those before must have, each, before anything is said on drift."""
LEAST_SHARE = 0.0005
"""What a category that nobody wrote about counts as, so that the index has a value."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the messages of a week, or of a category, 0 to 1."""

    texts: int
    unsure: float
    corrected: float
    rerouted: float


@dataclass(frozen=True, slots=True)
class Promise:
    """What the test sets make one expect, as shares of messages, 0 to 1.

    Attributes:
        unsure: of which the model is unsure.
        wrong: whose first category is wrong.
        wrong_of: the same of single categories (1 less F1), where they were measured.
    """

    unsure: float
    wrong: float
    wrong_of: Mapping[str, float]

    def of(self, category: str) -> float:
        """The value that the test set promises for a category."""
        return self.wrong_of.get(category, self.wrong)


@dataclass(frozen=True, slots=True)
class Drift:
    """How much the recent weeks differ from those before.

    Attributes:
        psi: population stability index of the guessed categories; below 0.1 is noise, above 0.2 matters.
        most: the categories that make most of it: name, share before, share now.
    """

    psi: float
    most: Sequence[tuple[str, float, float]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What changed with a change: the two weeks before it and since, two weeks at most."""

    before: Shares
    after: Shares


def monday_of(day: date) -> date:
    """The week of a day, by its first day."""
    return day - timedelta(days=day.weekday())


def last_weeks(today: date, weeks: int = WEEKS) -> list[date]:
    """The Mondays of the last weeks, this one the last."""
    return [monday_of(today) - A_WEEK * back for back in reversed(range(weeks))]


def by_week(counts: Iterable[DayCount]) -> Mapping[date, Shares]:
    """Shares of each week that has messages."""
    found: dict[date, list[DayCount]] = {}
    for count in counts:
        found.setdefault(monday_of(count.day), []).append(count)
    return {week: shares(some) for week, some in found.items()}


def by_category(counts: Iterable[DayCount]) -> Mapping[str, Shares]:
    """Shares of each category, those with most messages first."""
    found: dict[str, list[DayCount]] = {}
    for count in counts:
        found.setdefault(count.category, []).append(count)
    return dict(sorted(((name, shares(some)) for name, some in found.items()), key=lambda each: -each[1].texts))


def shares(counts: Sequence[DayCount]) -> Shares:
    """The shares over all of these counts together."""
    texts = sum(count.texts for count in counts)
    of = max(texts, 1)
    return Shares(
        texts=texts,
        unsure=sum(count.unsure for count in counts) / of,
        corrected=sum(count.corrected for count in counts) / of,
        rerouted=sum(count.rerouted for count in counts) / of,
    )


def promise_of(worth: Worth | None, f1: Mapping[str, float]) -> Promise | None:
    """What was measured.

    Args:
        worth: on the frozen test set.
        f1: of each category, in all sets together.
    """
    if worth is None or worth.sure is None or worth.category is None:
        return None
    return Promise(1 - worth.sure.value, 1 - worth.category.value, {name: 1 - value for name, value in f1.items()})


def drift(counts: Sequence[DayCount], today: date) -> Drift | None:
    """The recent weeks against those before; None where one of the two has too few messages."""
    since = today - A_WEEK * RECENT_WEEKS
    before, now = Counter[str](), Counter[str]()
    for count in counts:
        (now if count.day > since else before)[count.category] += count.texts
    if min(before.total(), now.total()) < FEWEST_FOR_DRIFT:
        return None
    parts = {name: _part(before[name] / before.total(), now[name] / now.total()) for name in before | now}
    most = sorted(parts, key=lambda name: (-parts[name], name))[:3]
    told = [(name, before[name] / before.total(), now[name] / now.total()) for name in most]
    return Drift(psi=math.fsum(parts.values()), most=told)


def effect(counts: Sequence[DayCount], day: date, today: date) -> Effect | None:
    """What changed with what was done on this day, which counts to neither side; None without messages on both."""
    span = A_WEEK * RECENT_WEEKS
    before = [count for count in counts if day - span <= count.day < day]
    after = [count for count in counts if day < count.day <= min(day + span, today)]
    return Effect(shares(before), shares(after)) if before and after else None


def unknown_share(words: Iterable[tuple[int, int]]) -> float | None:
    """The share of words that the model has never seen, from unknown and all words of each message; None without."""
    unknown, every = (sum(some) for some in zip(*words, strict=True)) if (words := list(words)) else (0, 0)
    return unknown / every if every else None


def _part(before: float, now: float) -> float:
    """What one category adds to the population stability index."""
    was, is_now = max(before, LEAST_SHARE), max(now, LEAST_SHARE)
    return (is_now - was) * math.log(is_now / was)


MOST_TEXTS = 500


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """Shares of all words, 0 to 1, in the recent weeks and in those before; None without messages."""

    now: float | None
    before: float | None


async def unknown_words(bench: ModelContext, model: Model) -> UnknownWords | None:
    """Read up to 500 messages of the recent weeks and of those before; None where the model cannot be read."""
    today = bench.clock()
    recent: timedelta = A_WEEK * RECENT_WEEKS
    async with bench.database.reading() as connection:
        now = await texts_between(connection, today - recent, today, MOST_TEXTS)
        before = await texts_between(connection, today - A_WEEK * WEEKS, today - recent, MOST_TEXTS)
    try:
        return await asyncio.to_thread(_counted, bench, model, now, before)
    except UnusableModel:
        return None


def _counted(bench: ModelContext, model: Model, now: Sequence[str], before: Sequence[str]) -> UnknownWords:
    read = bench.read(model)
    return UnknownWords(unknown_share(_words(read, now)), unknown_share(_words(read, before)))


def _words(model: CompiledModel, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Unknown and all words of each text."""
    found = [model.spelling.words(text) for text in texts]
    return [(sum(not model.grams.knows(word) for word in words), len(words)) for words in found]
