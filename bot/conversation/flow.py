"""A report declared so that it reads like the talk: its questions in the order they are asked, and the card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.questions.question import BrokenFlow, DraftPress, OpenScreen, Question
from bot.conversation.questions.review import Review
from bot.conversation.screen import Line, Screen
from bot.conversation.screens import SCREENS

type Step = Question | Review
"""A question, or the card at the end."""

CHANGE = "change"
"""The step in which the list behind Ubah stands open."""
COMMON_PRESSES = frozenset(
    "send change split join support skip back cancel cancel-yes delete-draft continue fresh".split()  # noqa: SIM905
)
"""Verbs of buttons that belong to the draft as a whole (`presses/card.py`, `presses/draft.py`), to no question."""


class Flow:
    """The questions of a report, and the card behind them.

    Attributes:
        steps: the questions that the flow may ask, in order, and the card.
        asked: the questions among them.
        questions: those, and what the card offers besides.
        review: the card.
        presses: what the buttons of the questions do, by verb.
        screens: the other screens of the questions, by the step in which each stands open.
    """

    def __init__(self, *steps: Step) -> None:
        """Declare the steps.

        Raises:
            BrokenFlow: two steps of one name, a step that can never be reached, no step that ends, or a button or
                screen that two questions claim.
        """
        _refuse_twice("steps are named", (step.name for step in steps))
        self.review = next((step for step in steps if isinstance(step, Review)), None) or _endless()
        if unreachable := [step.name for step in steps[steps.index(self.review) + 1 :]]:
            raise BrokenFlow(f"{unreachable} can never be reached: move them before {self.review.name!r}")
        self.steps = steps
        self.asked = tuple(step for step in steps if isinstance(step, Question))
        self.questions = (*self.asked, *self.review.beside)
        _refuse_twice("buttons say", chain(COMMON_PRESSES, *(one.presses for one in self.questions)))
        _refuse_twice("screens are named", chain(SCREENS, [CHANGE], *(one.steps for one in self.questions)))
        self.presses: Mapping[str, DraftPress] = _merged(one.presses for one in self.questions)
        self.screens: Mapping[str, OpenScreen] = _merged(one.screens for one in self.questions)

    def check_texts(self, known: Collection[str], say: Callable[[Line], str]) -> None:
        """Refuse a step that would say something the text files of a language do not have.

        Args:
            known: every key of the language.
            say: the words of a line in it.

        Raises:
            BrokenFlow: naming the step and the keys, or two labels that read the same.
        """
        for step in (*self.steps, *self.review.beside):
            if missing := step.text_keys.difference(known):
                raise BrokenFlow(f"step {step.name!r} uses unknown text keys {sorted(missing)}: write them")
        for question in self.questions:
            labels = Counter(say(label) for label in question.labels())
            if same := [words for words, count in labels.items() if count > 1]:
                raise BrokenFlow(f"question {question.name!r} says {same} for several: give each a variant of its own")

    def next_for(self, draft: Draft) -> Step:
        """The first step that is still to be asked."""
        return next(step for step in self.steps if step.ends or not step.is_done(draft))

    def named(self, name: str) -> Step | None:
        """The step of this name that may be asked; None when this version asks none."""
        asked = (step for step in self.steps if isinstance(step, Review) or not step.is_only_heard)
        return next((step for step in asked if step.name == name), None)

    def question_at(self, step: str) -> Question | None:
        """The question that stands open in this step, be it asked, changed or waited for; None for any other."""
        return next((question for question in self.questions if step in question.steps), None)

    def is_in_doubt(self, draft: Draft) -> bool:
        """Whether the card asks for something before it can be sent."""
        return any(question.rows_in_doubt(draft) for question in self.asked)

    def screen(self, step: Step, draft: Draft, catalogue: Catalogue) -> Screen:
        """The message of a step: a question, or the card with the answers of all."""
        if isinstance(step, Review):
            return step.screen(draft, catalogue, self.asked)
        return step.screen(draft, catalogue)

    def change_screen(self, draft: Draft) -> Screen:
        """The list of answers that may be put right, which Ubah opens."""
        return self.review.change_screen(draft, self.asked)

    def card_lines(self, draft: Draft, catalogue: Catalogue) -> Iterator[Line]:
        """The draft as the card shows it; the last line says what pressing Kirim consents to."""
        return self.review.lines(draft, catalogue, self.asked)

    def filed_lines(self, draft: Draft) -> tuple[Line, ...]:
        """The answers that no field of a case keeps, as they are filed below the story."""
        return tuple(line for question in self.questions for line in question.filed_lines(draft))


def _endless() -> Review:
    raise BrokenFlow("no step ends the flow: put a Review last")


def _refuse_twice(what: str, names: Iterable[str]) -> None:
    if twice := sorted(name for name, count in Counter(names).items() if count > 1):
        raise BrokenFlow(f"two {what} {twice}: give each a name of its own")


def _merged[T](tables: Iterable[Mapping[str, T]]) -> Mapping[str, T]:
    return {name: value for table in tables for name, value in table.items()}
