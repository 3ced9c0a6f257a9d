"""A talk declared so that it reads like the talk: the steps of a report, in the order they are asked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from bot.conversation.catalogue import Catalogue
from bot.conversation.dialogue import Draft
from bot.conversation.screen import Screen


class BrokenFlow(ValueError):
    """The declaration of a flow is wrong; its message says where and how to mend it."""


class Step(Protocol):
    """One question of a report, or the card at its end."""

    @property
    def name(self) -> str:
        """Unique in its flow, and the beginning of its text keys."""
        ...

    @property
    def text_keys(self) -> frozenset[str]:
        """Every key of the text files that it uses."""
        ...

    @property
    def ends(self) -> bool:
        """Nothing comes after it."""
        ...

    def is_done(self, draft: Draft) -> bool:
        """Whether it need not be asked (any more)."""
        ...

    def screen(self, draft: Draft, catalogue: Catalogue) -> Screen:
        """What it shows."""
        ...


class Flow:
    """The steps of a report."""

    def __init__(self, *steps: Step) -> None:
        """Declare the steps.

        Raises:
            BrokenFlow: two steps of one name, a step that can never be reached, or no step that ends.
        """
        names = [step.name for step in steps]
        if twice := {name for name in names if names.count(name) > 1}:
            raise BrokenFlow(f"two steps are named {sorted(twice)}: give each a name of its own")
        ends = [step.name for step in steps if step.ends]
        if not ends:
            raise BrokenFlow("no step ends the flow: put a Review last")
        if unreachable := names[names.index(ends[0]) + 1 :]:
            raise BrokenFlow(f"{unreachable} can never be reached: move them before {ends[0]!r}")
        self.steps = steps

    def check_texts(self, known: Collection[str]) -> None:
        """Refuse a step that would say something the text files do not have.

        Raises:
            BrokenFlow: naming the step and the keys.
        """
        for step in self.steps:
            if missing := step.text_keys.difference(known):
                raise BrokenFlow(f"step {step.name!r} uses unknown text keys {sorted(missing)}")

    def next_for(self, draft: Draft) -> Step:
        """The first step that is still to be asked."""
        return next(step for step in self.steps if step.ends or not step.is_done(draft))

    def named(self, name: str) -> Step | None:
        """The step of this name; None when this version has none."""
        return next((step for step in self.steps if step.name == name), None)
