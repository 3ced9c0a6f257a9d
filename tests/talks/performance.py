"""Holds a talk on a stage, and writes down what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol

from actions.cases.case import Case
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

    async def plays(self, commands: Sequence[Act]) -> list[Message]:
        """Do these, and return what is then to be read."""
        ...

    async def cases(self) -> Sequence[Case]:
        """All that was filed so far, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """A talk as it was held: what she read after each step, and what was filed, newest first."""

    answers: list[list[Message]]
    cases: list[Case]


async def hold(talk: TalkFile, stage: Stage) -> Held:
    """Hold a talk; numbers are masked in what she reads, and cases say nothing of their channel."""
    numbers = tickets()
    mask = Mask(numbers, mistyped(numbers[0]))
    await stage.opens()
    try:
        answers = []
        for step in talk.steps:
            commands = [one for command in step.commands for one in as_a_phone_sends(_uncovered(command, mask))]
            answers.append(mask.cover(await stage.plays(commands)))
        return Held(answers, [_of_any_channel(case) for case in await stage.cases()])
    finally:
        await stage.closes()


def filed_to_the_second(cases: Sequence[Case]) -> list[Case]:
    """Cases as a channel knows them that dates its messages by the second."""
    return [replace(case, filed_at=case.filed_at.replace(microsecond=0)) for case in cases]


def _uncovered(command: Act, mask: Mask) -> Act:
    """An act with real ticket numbers in its words."""
    words = {f.name: getattr(command, f.name) for f in fields(command) if isinstance(getattr(command, f.name), str)}
    return replace(command, **{name: mask.uncover(text) for name, text in words.items()})


def _of_any_channel(case: Case) -> Case:
    """A case without what each channel names in its own way."""
    nameless = tuple(replace(attachment, file_id="") for attachment in case.attachments)
    return replace(case, channel="", reporter="", draft_key="", attachments=nameless)
