"""The talks of this folder, each held once in the pure core."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from actions.cases.case import Case
from actions.cases.lifecycle import row_of
from bot.conversation.screen import Screen
from bot.messaging.abilities import WITH_BUTTONS, Abilities
from tests.talks.channels import BY_MAIL_TOO, IN_BUTTONS, IN_PLAIN_TEXT, MAIL, SMS, TELEGRAM, TERMINAL, Eyes, shapes_of
from tests.talks.core import CoreStage
from tests.talks.performance import Held, hold
from tests.talks.talk_file import TalkFile
from tests.talks.world import World

FILES = sorted(Path(__file__).parent.glob("*.txt"))
TALKS = {file: TalkFile.read(file) for file in FILES}
HELD = {eyes: [file for file in FILES if eyes.can_hold(TALKS[file])] for eyes in (TERMINAL, SMS)}
"""The talks that a channel can hold."""
FILES_OF_A_TERMINAL = [file for file in HELD[TERMINAL] if file.stem in IN_PLAIN_TEXT]
FILES_OF_MAIL = [file for file in FILES if file.stem in BY_MAIL_TOO and MAIL.can_hold(TALKS[file])]
FILES_OF_SMS = [file for file in HELD[SMS] if file.stem in IN_PLAIN_TEXT]
"""Of those, the ones that are held there."""


@cache
def _staged(file: Path, abilities: Abilities) -> tuple[Held, CoreStage]:
    talk = TALKS[file]
    stage = CoreStage(World(talk.settings), abilities)
    return asyncio.run(hold(talk, stage)), stage


def held_in_core(file: Path, eyes: Eyes = TELEGRAM) -> Held:
    """What is answered, step by step, and what is filed, in the words and with the buttons of such a channel."""
    return _staged(file, eyes.shows)[0]


def screens_of(file: Path) -> list[tuple[Screen, str]]:
    """What is said in it before it has words, each with its language."""
    return _staged(file, WITH_BUTTONS)[1].screens


def rows_taken_in(file: Path) -> set[int]:
    """Which rows of the table in docs/cases.md its cases take, each as it stands in the table."""
    _, stage = _staged(file, WITH_BUTTONS)
    return {row.number for event in stage.everything_done if (row := row_of(event))}


def written_anew(file: Path) -> str:
    """The file as the core and a telephone have it now."""
    return TALKS[file].with_answers([TELEGRAM.see(messages) for messages in held_in_core(file).answers])


def filed_in(name: str) -> list[Case]:
    """What is filed in the talk of this name, newest first."""
    return held_in_core(Path(__file__).with_name(f"{name}.txt")).cases


def shapes_in(files: Collection[Path]) -> frozenset[tuple[str, object]]:
    """What these talks show that plain text shows in a way of its own, and what is done in them."""
    answers = [messages for file in files for messages in held_in_core(file).answers]
    commands = {("act", type(command)) for file in files for step in TALKS[file].steps for command in step.commands}
    return frozenset(commands).union(*map(shapes_of, answers))


def missing_in(held: Sequence[Path]) -> dict[str, frozenset[object]]:
    """What a talk that a channel with buttons can hold has, and none of those in buttons: one has to be added there."""
    has = {file: _rows_in(file) | shapes_in([file]) for file in held}
    chosen = frozenset[object]().union(*(has[file] for file in held if file.stem in IN_BUTTONS))
    return {file.stem: lacking for file in held if (lacking := has[file] - chosen)}


def _rows_in(file: Path) -> frozenset[object]:
    return frozenset((one.how, one.labels) for answer in held_in_core(file).answers for one in answer)
