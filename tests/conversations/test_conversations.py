"""Every talk in this folder, held in the pure core, in a terminal and in Telegram, reads as its file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.talks.channels import TELEGRAM, TERMINAL
from tests.talks.core import CoreStage
from tests.talks.messages import rendered
from tests.talks.performance import hold
from tests.talks.talk_file import TalkFile
from tests.talks.telegram import TelegramStage
from tests.talks.terminal import TerminalStage
from tests.talks.world import World

FILES = sorted(Path(__file__).parent.glob("*.txt"))
TALKS = {file: TalkFile.read(file) for file in FILES}


def named(file: Path) -> str:
    return file.stem


@pytest.mark.parametrize("file", FILES, ids=named)
async def test_the_core_talks_as_written(file: Path, update: bool) -> None:
    talk = TALKS[file]
    answers = await hold(talk, CoreStage(World(talk.settings)))
    held = talk.with_answers([TELEGRAM.see(messages) for messages in answers])
    if update and held != file.read_text(encoding="utf-8"):
        file.write_text(held, encoding="utf-8")
    assert held.splitlines() == file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("file", FILES, ids=named)
async def test_telegram_talks_as_written(file: Path) -> None:
    talk = TALKS[file]
    stage = TelegramStage(World(talk.settings))
    held = talk.with_answers(await hold(talk, stage))
    assert held.splitlines() == file.read_text(encoding="utf-8").splitlines()
    assert not stage.unanswered_presses


@pytest.mark.parametrize("file", [file for file in FILES if TERMINAL.can_hold(TALKS[file])], ids=named)
async def test_a_terminal_talks_as_the_core_does(file: Path) -> None:
    talk = TALKS[file]
    core = await hold(talk, CoreStage(World(talk.settings)))
    held = await hold(talk, TerminalStage(World(talk.settings)))
    expected = [[rendered(message) for message in TERMINAL.see(messages)] for messages in core]
    assert [[rendered(message) for message in messages] for messages in held] == expected


def test_most_talks_are_held_everywhere() -> None:
    everywhere = [file for file in FILES if TERMINAL.can_hold(TALKS[file])]
    assert len(everywhere) > len(FILES) / 2
