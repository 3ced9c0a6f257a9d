"""What is watched, as pictures and sentences. Reads nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from actions.store.training.models import ModelChange
from actions.store.training.sample_counts import DayCount
from bot.conversation.screen import Line, line
from bot.training.models.promotion import PROMOTED, ROLLED_BACK
from bot.training.models.watching import (
    Drift,
    Effect,
    Promise,
    Shares,
    UnknownWords,
    by_category,
    by_week,
    drift,
    effect,
    last_weeks,
    monday_of,
)
from bot.web.shared.charts import Bar, Pair, Series, bars, lines, pairs
from bot.web.trainer.models.view import Cell, Registry, ViewWords

PAGE: Mapping[str, Line] = {
    "weeks": line("watch-weeks"),
    "weeks_about": line("watch-weeks-about"),
    "unsure": line("watch-unsure"),
    "corrected": line("watch-corrected"),
    "rerouted": line("watch-rerouted"),
    "promised": line("watch-promised"),
    "marks": line("watch-marks"),
    "categories": line("watch-categories"),
    "categories_about": line("watch-categories-about"),
    "drift": line("watch-drift"),
    "changes": line("watch-changes"),
    "changes_about": line("watch-changes-about"),
    "nothing": line("watch-nothing"),
    "csv": line("watch-csv"),
    "unknown": line("watch-unknown-title"),
    "key_before": line("watch-before"),
    "key_after": line("watch-after"),
}


PSI_NOISE, PSI_MATTERS = 0.1, 0.2
"""Below the first nothing has changed that matters; above the second it is time to look (the usual rule of thumb)."""
UNKNOWN_MATTERS = 0.03
"""So many points more unknown words than before are worth a word."""
FEWEST_OF_A_CATEGORY = 5


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched. `counts`: of the last weeks; `promise`: of the model in service."""

    today: date
    counts: Sequence[DayCount]
    registry: Registry
    promise: Promise | None
    unknown: UnknownWords | None

    @property
    def changes(self) -> list[ModelChange]:
        """What was put into service in these weeks, the first first."""
        since = last_weeks(self.today)[0]
        done = [each for each in self.registry.history if each.what in {PROMOTED, ROLLED_BACK}]
        return [each for each in reversed(done) if each.at.date() >= since]

    @property
    def drift(self) -> Drift | None:
        """Whether what is written about has changed."""
        return drift(self.counts, self.today)

    def effects(self) -> Iterator[tuple[ModelChange, Effect]]:
        """What changed with each change, where there are messages on both sides."""
        for change in self.changes:
            found = effect(self.counts, change.at.date(), self.today)
            if found:
                yield change, found


def weeks(watched: Watched, say: ViewWords) -> Markup:
    """Shares by week, with what was promised, and a line where the model changed."""
    places, found = last_weeks(watched.today), by_week(watched.counts)
    series = [
        Series(say(PAGE[name]), [_of(found.get(week), name) for week in places])
        for name in ("unsure", "corrected", "rerouted")
    ]
    if watched.promise:
        series.append(Series(say(PAGE["promised"]), [watched.promise.unsure] * len(places)))
    marks = [places.index(monday_of(each.at.date())) for each in watched.changes if monday_of(each.at.date()) in places]
    names = [format_date(week, "d/M", locale=say.language) for week in places]
    return lines(say(PAGE["weeks"]), names, series, marks)


def categories(watched: Watched, say: ViewWords) -> Markup:
    """For each category how often its guess was wrong, beside what the test set makes one expect."""
    found = {name: each for name, each in by_category(watched.counts).items() if each.texts >= FEWEST_OF_A_CATEGORY}
    rows = [_wrong(watched, name, each, say) for name, each in found.items()]
    return bars(say(PAGE["categories"]), rows)


def _wrong(watched: Watched, name: str, each: Shares, say: ViewWords) -> Bar:
    wrong = each.corrected + each.rerouted
    return Bar(say.meaning(name), wrong, watched.promise.of(name) if watched.promise else 0.0, say.percent(wrong))


def effects(watched: Watched, say: ViewWords) -> list[tuple[str, Markup]]:
    """For each change its picture: two weeks before, and two since."""
    return [
        (
            say(line("watch-change", model=say.model(watched.registry.model(change.model)), at=change.at)),
            pairs(say(PAGE["changes"]), [_moved(found, name, say) for name in ("unsure", "corrected", "rerouted")]),
        )
        for change, found in watched.effects()
    ]


def words(watched: Watched, say: ViewWords) -> list[tuple[bool, Line]]:
    """What is to be said on drift: whether it matters, and the sentence."""
    return [*_on_categories(watched.drift, say), *_on_words(watched.unknown, say)]


def _on_categories(found: Drift | None, say: ViewWords) -> Iterator[tuple[bool, Line]]:
    if found is None:
        yield False, line("watch-drift-few")
        return
    psi = say.number(found.psi, "0.00")
    if found.psi < PSI_NOISE:
        yield False, line("watch-drift-none", psi=psi)
        return
    most = ", ".join(f"{say.meaning(name)} ({say.percent(was)} → {say.percent(now)})" for name, was, now in found.most)
    if found.psi > PSI_MATTERS:
        yield True, line("watch-drift-much", psi=psi, most=most)
    else:
        yield False, line("watch-drift-some", psi=psi, most=most)


def _on_words(found: UnknownWords | None, say: ViewWords) -> Iterator[tuple[bool, Line]]:
    if found is None or found.now is None:
        return
    now = say.percent(found.now)
    if found.before is None:
        yield False, line("watch-unknown-now", now=now)
    elif found.now - found.before > UNKNOWN_MATTERS:
        yield True, line("watch-unknown-more", now=now, before=say.percent(found.before))
    else:
        yield False, line("watch-unknown", now=now, before=say.percent(found.before))


def csv_of(watched: Watched, picture: str) -> Iterator[Sequence[Cell]] | None:
    """The numbers of a picture; None of one that there is not."""
    tables = {"weeks": _weeks_csv, "categories": _categories_csv, "drift": _drift_csv, "changes": _changes_csv}
    table = tables.get(picture)
    return table(watched) if table else None


def _weeks_csv(watched: Watched) -> Iterator[Sequence[Cell]]:
    yield ("week", "category", *_NAMES, "promised_unsure", "promised_wrong")
    for week in last_weeks(watched.today):
        counts = [count for count in watched.counts if monday_of(count.day) == week]
        promised = (watched.promise.unsure, watched.promise.wrong) if watched.promise else (None, None)
        every = by_week(counts).get(week)
        if every:
            yield (week.isoformat(), "", *_cells(every), *promised)
        for name, each in by_category(counts).items():
            yield (week.isoformat(), name, *_cells(each), None, None)


def _categories_csv(watched: Watched) -> Iterator[Sequence[Cell]]:
    yield ("category", *_NAMES)
    for name, each in by_category(watched.counts).items():
        yield (name, *_cells(each))


def _drift_csv(watched: Watched) -> Iterator[Sequence[Cell]]:
    yield ("number", "value", "before", "now")
    found, unknown = watched.drift, watched.unknown
    if found:
        yield ("psi", found.psi, None, None)
        yield from ((f"category {name}", None, was, now) for name, was, now in found.most)
    if unknown:
        yield ("unknown_words", None, unknown.before, unknown.now)


def _changes_csv(watched: Watched) -> Iterator[Sequence[Cell]]:
    yield ("at", "what", "model", *(f"before_{name}" for name in _NAMES), *(f"after_{name}" for name in _NAMES))
    for change, found in watched.effects():
        at = change.at.isoformat(timespec="seconds")
        yield (at, change.what, change.model, *_cells(found.before), *_cells(found.after))


_NAMES = ("texts", "unsure", "corrected", "rerouted")


def _cells(each: Shares) -> tuple[Cell, ...]:
    return (each.texts, each.unsure, each.corrected, each.rerouted)


def _of(each: Shares | None, name: str) -> float | None:
    return None if each is None else float(getattr(each, name))


def _moved(found: Effect, name: str, say: ViewWords) -> Pair:
    before, after = float(getattr(found.before, name)), float(getattr(found.after, name))
    return Pair(say(PAGE[name]), before, after, note=say.number(after * 100, "#,##0.0"), less_is_better=True)
