"""The registry as its pages show it: names, dates, numbers and pictures. Reads nothing."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from babel.numbers import format_decimal
from fastapi import Response

from actions.store.training.models import InService, Model, ModelChange, Process
from actions.store.training.trainings import Training, TrainingState
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.texts.words import Texts
from bot.training.models.comparing import Judged
from bot.training.models.comparison import ACT, Comparison
from bot.training.models.measuring import Share
from bot.training.models.model_context import BASELINE, NOBODY
from bot.web.trainer.models.words import ACT_WORDS, CHANGES, DOING, ENDED, NUMBERS

type Cell = str | int | float | None
COLUMNS = ("set", "kind", "label", "rows", "former", "candidate", "low", "high")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    """Each number of each set, then each label."""
    yield COLUMNS
    for each in comparison.sets:
        for member in NUMBERS:
            former, candidate = getattr(each.former, member), getattr(each.candidate, member)
            if isinstance(former, Share) and isinstance(candidate, Share):
                interval = (candidate.low, candidate.high)
                yield (each.name, "number", member, candidate.rows, former.value, candidate.value, *interval)
    if acts := comparison.acts:
        interval = (acts.candidate.low, acts.candidate.high)
        yield ("acts", "number", "right", acts.candidate.rows, acts.former.value, acts.candidate.value, *interval)
    for pair in (*comparison.labels, *(acts.labels if acts else ())):
        yield ("", pair.kind, pair.label, pair.rows, pair.former, pair.candidate, None, None)


def csv_answer(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """A file to keep."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(csv_text(rows), media_type="text/csv; charset=utf-8", headers=headers)


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as they stand in a file. A cell that a spreadsheet would take for a formula is made a text."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([[_plain(cell) for cell in row] for row in rows])
    return written.getvalue()


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell


NOTHING = "-"


@dataclass(frozen=True, slots=True)
class ViewWords:
    """Words and numbers in one language.

    Attributes:
        categories: the slugs that the regency has names for.
        names: people's names, by who they are ("person:5").
    """

    texts: Texts
    language: str
    categories: frozenset[str]
    names: Mapping[str, str]

    def __call__(self, one: Line | Label) -> str:
        """The words of a line."""
        return self.texts.label(self.language, one)

    def percent(self, share: float | None) -> str:
        """A share of one."""
        return NOTHING if share is None else f"{self.number(share * 100, '#,##0.0')} %"

    def number(self, value: float, digits: str = "#,##0.##") -> str:
        """A number."""
        return format_decimal(value, digits, locale=self.language)

    def who(self, who: str) -> str:
        """Who did something."""
        if who == NOBODY:
            return self(line("models-who-version"))
        return self.names.get(who) or self(line("models-who-terminal"))

    def model(self, model: Model | None) -> str:
        """What a model is called."""
        return NOTHING if model is None else self(name(model))

    def meaning(self, label: str) -> str:
        """A category, an intent or a dialogue act by its name; what is none as it stands."""
        if (name := label.removeprefix(ACT)) in ACT_WORDS and label.startswith(ACT):
            return self(ACT_WORDS[name])
        if label in self.categories:
            return self(Label(LabelSource.CATEGORY, label))
        return self(INTENT_WORDS[label]) if label in INTENT_WORDS else label or NOTHING

    def made(self, model: Model) -> str:
        """When and by whom a model was made, and from how much."""
        said = self(line("models-made", at=model.made_at, who=self.who(model.who)))
        examples = model.about.get("rows", model.about.get("texts"))
        return f"{said} {self(line('models-examples', count=examples))}" if isinstance(examples, int) else said


def name(model: Model) -> Line:
    """What a model is called."""
    return line("models-baseline") if model.file == BASELINE else line("models-name", number=str(model.id))


@dataclass(frozen=True, slots=True)
class Registry:
    """What the pages read at once. `comparisons`: the last of each model, by its number."""

    now: InService
    current: Model
    models: Sequence[Model]
    trainings: Sequence[Training]
    history: Sequence[ModelChange]
    processes: Sequence[Process]
    comparisons: Mapping[int, Judged]

    def model(self, number: int | None) -> Model | None:
        """The model of this number."""
        return next((each for each in self.models if each.id == number), None)


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model in the list."""

    address: str
    name: str
    made: str
    category: str
    macro_f1: str
    state: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A training as it is shown; `words` says what it does or how it ended, `left` how long it will still take."""

    number: int
    is_running: bool
    percent: int
    words: str
    left: str
    log: str
    model: str
    address: str


def rows(registry: Registry, say: ViewWords) -> list[ModelRow]:
    """All models, the newest first."""
    shown = []
    for model in registry.models:
        judged = registry.comparisons.get(model.id)
        worth = judged.comparison.sets[0].candidate if judged and judged.comparison.sets else None
        shown.append(
            ModelRow(
                address=f"/trainer/models/{model.id}",
                name=say.model(model),
                made=say.made(model),
                category=say.percent(worth.category.value if worth and worth.category else None),
                macro_f1=say.percent(worth.macro_f1.value if worth and worth.macro_f1 else None),
                state=_state(registry, model, judged, say),
            )
        )
    return shown


def _state(registry: Registry, model: Model, judged: Judged | None, say: ViewWords) -> str:
    now = registry.now
    if model.id == registry.current.id:
        return say(line("models-state-now"))
    if model.id == now.former:
        return say(line("models-state-former"))
    if model.id == now.shadow:
        return say(line("models-state-shadow"))
    if judged is None:
        return say(line("models-state-new"))
    return say(line("models-state-passed" if judged.passed else "models-state-stopped"))


SHORTEST_TRAINING = timedelta(seconds=20)
"""What was over sooner had learned nothing: the data had not changed."""


def minutes_left(trainings: Sequence[Training], now: datetime) -> int | None:
    """How many minutes the one that runs will still take, by the median of those before; None where nobody can say."""
    running = trainings[0] if trainings and trainings[0].state is TrainingState.RUNNING else None
    took = [each.ended_at - each.began_at for each in trainings if each.state is TrainingState.DONE and each.ended_at]
    usual = sorted(span.total_seconds() for span in took if span >= SHORTEST_TRAINING)
    if running is None or not usual:
        return None
    left = median(usual) - (now - running.began_at).total_seconds()
    return max(1, math.ceil(left / 60))


def progress(trainings: Sequence[Training], say: ViewWords, now: datetime) -> Progress | None:
    """How far the newest training is; None without one."""
    if not trainings:
        return None
    training, left = trainings[0], minutes_left(trainings, now)
    doing = DOING.get(training.doing)
    ended = ENDED.get(training.state)
    words = say(ended) if ended else say(doing) if doing else ""
    if training.state is TrainingState.FAILED and doing is None:
        words = f"{words} {training.doing}"
    return Progress(
        number=training.id,
        is_running=training.state is TrainingState.RUNNING,
        percent=round(training.done * 100),
        words=words,
        left=say(line("models-train-left", minutes=left)) if left is not None else "",
        log=training.log,
        model=say(line("models-name", number=str(training.model))) if training.model else "",
        address=f"/trainer/models/{training.model}" if training.model else "",
    )


def history(registry: Registry, say: ViewWords) -> list[tuple[str, str, str]]:
    """What was done, the last first: when, what and by whom, and why."""
    shown = []
    for change in registry.history:
        done = say(CHANGES[change.what])
        what = say(
            line("models-change", what=done, model=say.model(registry.model(change.model)), who=say.who(change.who))
        )
        why = say(line("models-change-despite", reason=change.reason)) if change.reason else ""
        shown.append((say(line("models-at", at=change.at)), what, why))
    return shown
