"""The demo as data: its authored words, and scenes of who does what to a case after how many days."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from actions.cases.actions import CaseAction
from actions.regency.settings import TomlTable, read_settings


@dataclass(frozen=True, slots=True)
class StoryWords:
    """The words of one category, each with {tempat} in it or without."""

    stories: tuple[str, ...]
    question: str
    note: str
    answer: str


@dataclass(frozen=True, slots=True)
class Stories:
    """The words of every category, and what is put around a story."""

    matters: Mapping[str, StoryWords]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    landmarks: tuple[str, ...]
    names: tuple[str, ...]

    def story(self, category: str, place: str, dice: random.Random) -> str:
        """One citizen's story."""
        told = dice.choice(self.matters[category].stories).format(tempat=place)
        return f"{dice.choice(self.openings)}{told}{dice.choice(self.closings)}"


def read_stories(file: Path) -> Stories:
    """From demo.toml.

    Raises:
        WrongDeclaration: something is missing in it.
    """
    settings = read_settings(file)
    tables = [name for name, value in settings.values.items() if isinstance(value, dict)]
    around = ("openings", "closings", "landmarks", "names")
    matters = {name: _matter(settings.table(name)) for name in tables}
    return Stories(matters, *(settings.listed(name) for name in around))


def _matter(table: TomlTable) -> StoryWords:
    return StoryWords(table.listed("cerita"), table.words("tanya"), table.words("kabar"), table.words("jawaban"))


class Whom(Enum):
    """Who acts, in relation to the case as it then stands."""

    VERIFIER = auto()
    OTHER_VERIFIER = auto()
    LIAISON = auto()
    OTHER_LIAISON = auto()
    ADMIN = auto()
    ARBITER = auto()
    MODERATOR = auto()
    REPORTER = auto()


class Where(Enum):
    """Which agency an action of a scene names."""

    NOWHERE = auto()
    SIBLING = auto()
    ANY = auto()
    BACK = auto()


@dataclass(frozen=True, slots=True)
class SceneStep:
    """Somebody does something, so many days after the step before."""

    action: CaseAction
    whom: Whom
    days: int = 1
    where: Where = Where.NOWHERE
    rating: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """Steps after filing; `is_held`: of a case that a verifier reads first. The weight says how often it is played.

    With a weight of 0 it is played only so that it ends now.
    """

    steps: tuple[SceneStep, ...]
    weight: int = 1
    is_held: bool = False

    @property
    def days(self) -> int:
        """The number of days from the first step to the last."""
        return sum(step.days for step in self.steps)


_ACCEPT = SceneStep(CaseAction.ACCEPT, Whom.LIAISON)
_NOTE = SceneStep(CaseAction.NOTE, Whom.LIAISON, 3)
_ANSWER = SceneStep(CaseAction.ANSWER, Whom.LIAISON, 4)
_CONFIRM = SceneStep(CaseAction.CONFIRM, Whom.REPORTER, 2)
_SOLVED = (_ACCEPT, _NOTE, _ANSWER, _CONFIRM)
_RETURN = SceneStep(CaseAction.RETURN, Whom.ADMIN, 1, Where.SIBLING)
_FORWARD = SceneStep(CaseAction.FORWARD, Whom.VERIFIER, 1, Where.ANY)
_READ = SceneStep(CaseAction.FORWARD, Whom.VERIFIER, 2, Where.ANY)
_DISPUTED = (_RETURN, _FORWARD, _RETURN)
_REJECT = SceneStep(CaseAction.REJECT, Whom.VERIFIER, 2)
_AGAIN = (SceneStep(CaseAction.DISPUTE, Whom.REPORTER, 2), SceneStep(CaseAction.ANSWER, Whom.OTHER_LIAISON, 4))
_BY_ADMIN = (SceneStep(CaseAction.DISPUTE, Whom.REPORTER, 2), SceneStep(CaseAction.ANSWER, Whom.ADMIN, 4))
_BY_ARBITER = (SceneStep(CaseAction.DISPUTE, Whom.REPORTER, 2), SceneStep(CaseAction.ANSWER, Whom.ARBITER, 4))
_RATE_5, _RATE_3 = (
    SceneStep(CaseAction.RATE, Whom.REPORTER, 0, rating=5),
    SceneStep(CaseAction.RATE, Whom.REPORTER, 0, rating=3),
)

SCENES: Mapping[str, Scene] = {
    "waits": Scene((), 3),
    "accepted": Scene((_ACCEPT,), 3),
    "worked on": Scene((_ACCEPT, _NOTE), 6),
    "answered": Scene((_ACCEPT, _NOTE, _ANSWER), 8),
    "confirmed": Scene((*_SOLVED, _RATE_5), 20),
    "confirmed without a rating": Scene(_SOLVED, 8),
    "late": Scene((SceneStep(CaseAction.ACCEPT, Whom.LIAISON, 9), SceneStep(CaseAction.ANSWER, Whom.LIAISON, 22)), 6),
    "waits too long": Scene((SceneStep(CaseAction.ADD, Whom.REPORTER, 9),), 0),
    "worked on too long": Scene((_ACCEPT, _NOTE, SceneStep(CaseAction.ADD, Whom.REPORTER, 24)), 0),
    "asked": Scene((_ACCEPT, SceneStep(CaseAction.ASK, Whom.LIAISON, 1)), 4),
    "asked and replied": Scene(
        (
            _ACCEPT,
            SceneStep(CaseAction.ASK, Whom.LIAISON),
            SceneStep(CaseAction.REPLY, Whom.REPORTER, 3),
            _NOTE,
            _ANSWER,
            _CONFIRM,
            _RATE_5,
        ),
        6,
    ),
    "passed on": Scene((SceneStep(CaseAction.PASS_ON, Whom.ADMIN, 1, Where.SIBLING), *_SOLVED), 5),
    "returned": Scene((_RETURN,), 2),
    "returned and forwarded": Scene((_RETURN, _FORWARD, *_SOLVED), 5),
    "before the arbiter": Scene(_DISPUTED, 2),
    "ruled": Scene((*_DISPUTED, SceneStep(CaseAction.RULE, Whom.ARBITER, 1, Where.BACK), *_SOLVED), 3),
    "contested": Scene((*_SOLVED[:3], *_AGAIN, _CONFIRM, _RATE_3), 4),
    "contested thrice": Scene((*_SOLVED[:3], *_AGAIN, *_BY_ADMIN, *_BY_ARBITER, _CONFIRM), 2),
    "reopened": Scene((*_SOLVED, SceneStep(CaseAction.REOPEN, Whom.REPORTER, 12)), 2),
    "reopened and mended": Scene(
        (
            *_SOLVED,
            SceneStep(CaseAction.REOPEN, Whom.REPORTER, 12),
            SceneStep(CaseAction.ANSWER, Whom.OTHER_LIAISON, 3),
            _CONFIRM,
            _RATE_5,
        ),
        2,
    ),
    "merged": Scene((SceneStep(CaseAction.MERGE, Whom.VERIFIER, 1),), 5),
    "referred": Scene((SceneStep(CaseAction.REFER, Whom.VERIFIER, 2),), 3),
    "withdrawn": Scene((SceneStep(CaseAction.WITHDRAW, Whom.REPORTER, 2),), 3),
    "added to": Scene((SceneStep(CaseAction.ADD, Whom.REPORTER, 1), _ACCEPT, _NOTE), 3),
    "hidden": Scene((SceneStep(CaseAction.HIDE, Whom.MODERATOR, 1), *_SOLVED), 2),
    "unread": Scene((), 3, is_held=True),
    "read": Scene((_READ, *_SOLVED), 6, is_held=True),
    "asked by the verifier": Scene((SceneStep(CaseAction.ASK, Whom.VERIFIER, 1),), 2, is_held=True),
    "rejected": Scene((_REJECT,), 3, is_held=True),
    "rejected and appealed": Scene(
        (
            _REJECT,
            SceneStep(CaseAction.APPEAL, Whom.REPORTER, 4),
            SceneStep(CaseAction.FORWARD, Whom.OTHER_VERIFIER, 2, Where.ANY),
            _ACCEPT,
            _NOTE,
        ),
        2,
        is_held=True,
    ),
}
