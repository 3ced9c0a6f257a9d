"""Every talk here, held in the pure core and in Telegram, and some in plain text, reads as its file says."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.conversations.known_failures import ANSWERED_ABOVE, LETTERS_LEFT
from tests.conversations.talks import (
    FILES,
    FILES_OF_A_TERMINAL,
    FILES_OF_MAIL,
    FILES_OF_SMS,
    HELD,
    TALKS,
    held_in_core,
    shapes_in,
    written_anew,
)
from tests.talks.channels import IN_BUTTONS, IN_PLAIN_TEXT, MAIL, SMS, TERMINAL, Eyes
from tests.talks.mail import MailStage
from tests.talks.messages import How
from tests.talks.performance import Stage, hold
from tests.talks.sms import SmsStage
from tests.talks.telegram import TelegramStage
from tests.talks.terminal import TerminalStage
from tests.talks.world import World


def named(file: Path) -> str:
    return file.stem


def lines(text: str) -> list[str]:
    return text.splitlines()


@pytest.mark.parametrize("file", FILES, ids=named)
def test_the_core_talks_as_written(file: Path) -> None:
    assert lines(written_anew(file)) == lines(file.read_text(encoding="utf-8"))


@pytest.mark.thorough
@pytest.mark.parametrize("file", FILES, ids=named)
def test_telegram_talks_as_written(file: Path) -> None:
    talk = TALKS[file]
    stage = TelegramStage(World(talk.settings))
    held = asyncio.run(hold(talk, stage))
    assert lines(talk.with_answers(held.answers)) == lines(file.read_text(encoding="utf-8"))
    assert held.cases == held_in_core(file).cases
    assert not stage.unanswered_presses
    assert [talk.steps[number].lines[0] for number in stage.letters_left] == LETTERS_LEFT.get(file.stem, [])


@pytest.mark.thorough
@pytest.mark.parametrize("file", FILES_OF_A_TERMINAL, ids=named)
def test_a_terminal_talks_as_the_core_does(file: Path) -> None:
    reads_as_the_core(file, TerminalStage(World(TALKS[file].settings)), TERMINAL)


@pytest.mark.thorough
@pytest.mark.parametrize("file", FILES_OF_SMS, ids=named)
def test_sms_talks_as_the_core_does(file: Path) -> None:
    reads_as_the_core(file, SmsStage(World(TALKS[file].settings)), SMS)


@pytest.mark.thorough
@pytest.mark.parametrize("file", FILES_OF_MAIL, ids=named)
def test_mail_talks_as_the_core_does(file: Path) -> None:
    reads_as_the_core(file, MailStage(World(TALKS[file].settings)), MAIL)


def reads_as_the_core(file: Path, stage: Stage, eyes: Eyes) -> None:
    core, held = held_in_core(file, eyes), asyncio.run(hold(TALKS[file], stage))
    assert [eyes.reads(messages) for messages in held.answers] == [eyes.reads(eyes.see(one)) for one in core.answers]
    assert held.cases == core.cases


@pytest.mark.parametrize("file", FILES, ids=named)
def test_what_she_writes_is_answered_below_it(file: Path) -> None:
    steps = zip(TALKS[file].steps, held_in_core(file).answers, strict=True)
    above = [
        step.lines[0]
        for step, messages in steps
        if step.is_written and not any(message.how is How.SENT for message in messages)
    ]
    assert above == ANSWERED_ABOVE.get(file.stem, [])


def test_most_talks_can_be_held_everywhere() -> None:
    assert len(HELD[TERMINAL]) > len(FILES) * 2 / 3
    assert len(HELD[SMS]) > len(FILES) / 2


@pytest.mark.parametrize(("eyes", "chosen"), [(TERMINAL, FILES_OF_A_TERMINAL), (SMS, FILES_OF_SMS)])
def test_the_talks_in_plain_text_have_everything_that_differs_there(eyes: Eyes, chosen: list[Path]) -> None:
    assert shapes_in(chosen) == shapes_in(HELD[eyes])


def test_every_chosen_talk_is_there() -> None:
    assert {file.stem for file in FILES_OF_A_TERMINAL + FILES_OF_SMS} == IN_PLAIN_TEXT
    assert {file.stem for file in FILES} >= IN_BUTTONS
