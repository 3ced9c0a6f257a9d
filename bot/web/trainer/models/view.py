"""The registry as its pages show it: names, dates, numbers and pictures. Reads nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from actions.store.training.models import InService, Model, ModelChange, Process
from actions.store.training.trainings import Training, TrainingState
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.conversation.staff.lessons import INTENT_WORDS
from bot.texts.words import Texts
from bot.training.models.comparing import Judged
from bot.training.models.model_context import BASELINE, NOBODY
from bot.web.trainer.models.words import CHANGES, DOING, ENDED

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
        """A category or an intent by its name; what is none as it stands."""
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
    """A training as it is shown; `words` says what it does or how it ended."""

    number: int
    is_running: bool
    percent: int
    words: str
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


def progress(training: Training | None, say: ViewWords) -> Progress | None:
    """How far a training is; None without one."""
    if training is None:
        return None
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
