"""`lapor chat`: one lasting citizen, and what she is told when the database is away."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path

import pytest

from bot.configuration.settings import Settings
from bot.main.failures import CommandFailed
from bot.main.terminal import talk_in_terminal
from tests.unit.delivery.town import a_service, assembled


@pytest.fixture
def settings(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("bot.main.terminal.assemble", lambda _: a_service(database_file))
    return assembled().settings


async def test_a_line_is_answered_and_the_next_talk_knows_of_it(settings: Settings) -> None:
    first, second = io.StringIO(), io.StringIO()
    await talk_in_terminal(settings, io.StringIO("lampu jalan mati sudah dua minggu\n"), first)
    await talk_in_terminal(settings, io.StringIO("halo\n"), second)
    assert ("Di mana itu?" in first.getvalue(), "masih tersimpan" in second.getvalue()) == (True, True)


async def test_empty_lines_say_nothing(settings: Settings) -> None:
    out = io.StringIO()
    await talk_in_terminal(settings, io.StringIO("\n   \n"), out)
    assert out.getvalue() == ""


class _LockingLines(io.StringIO):
    """Another process takes the database while she types."""

    file = Path()

    def readline(self, size: int = -1) -> str:
        self.other = sqlite3.connect(self.file, isolation_level=None, check_same_thread=False)
        self.other.execute("BEGIN IMMEDIATE")
        return super().readline(size)


async def test_a_database_that_is_away_ends_the_talk_with_a_sentence(settings: Settings, database_file: Path) -> None:
    lines = _LockingLines("lampu mati\n")
    lines.file = database_file
    with pytest.raises(CommandFailed, match=r"start \./lapor chat again") as failed:
        await talk_in_terminal(settings, lines, io.StringIO())
    lines.other.close()
    assert "lampu" not in str(failed.value)


class _BrokenPipe(io.StringIO):
    """Nobody reads any more."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(text)


async def test_answers_that_nobody_reads_are_kept_for_the_next_talk(settings: Settings, database_file: Path) -> None:
    await talk_in_terminal(settings, io.StringIO("lampu jalan mati sudah dua minggu\n"), _BrokenPipe())
    unsent = sqlite3.connect(database_file).execute("SELECT state FROM outbox").fetchall()
    assert unsent == [("new",)]
