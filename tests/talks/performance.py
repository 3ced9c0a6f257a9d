"""Holds a talk on a stage, and writes down what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Protocol

from tests.talks.acts import Act, as_a_phone_sends
from tests.talks.messages import Mask, Message
from tests.talks.talk_file import TalkFile
from tests.talks.world import mistyped, tickets


class Stage(Protocol):
    """Where a talk is held."""

    async def opens(self) -> None:
        """Make ready."""
        ...

    async def closes(self) -> None:
        """Put away."""
        ...

    async def plays(self, acts: Sequence[Act]) -> list[Message]:
        """Do these, and return what is then to be read."""
        ...


async def hold(talk: TalkFile, stage: Stage) -> list[list[Message]]:
    """What she reads after each step, with numbers masked."""
    numbers = tickets()
    mask = Mask(numbers, mistyped(numbers[0]))
    await stage.opens()
    try:
        answers = []
        for step in talk.steps:
            acts = [one for act in step.acts for one in as_a_phone_sends(_uncovered(act, mask))]
            answers.append(mask.cover(await stage.plays(acts)))
        return answers
    finally:
        await stage.closes()


def _uncovered(act: Act, mask: Mask) -> Act:
    """An act with real ticket numbers in its words."""
    words = {f.name: getattr(act, f.name) for f in fields(act) if isinstance(getattr(act, f.name), str)}
    return replace(act, **{name: mask.uncover(text) for name, text in words.items()})
