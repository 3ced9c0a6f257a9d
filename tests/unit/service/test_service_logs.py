"""No log and no error shows a citizen's words or a token, whatever goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.configuration.settings import HOME
from bot.messaging.records import UnreadableRow, read_event
from bot.observability.faults import place_of, trace_without_words
from tests.unit.service.marked_values import TOKEN, WORDS


@pytest.fixture(scope="module")
def gone_wrong(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """A process in which everything has gone wrong."""
    file = tmp_path_factory.mktemp("logs") / "lapor.db"
    file.write_bytes(migrated_file.read_bytes())
    command = [sys.executable, "-m", "tests.unit.service.marked_values", str(file)]
    return subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_nothing_of_a_citizens_is_in_what_the_process_said(gone_wrong: subprocess.CompletedProcess[str]) -> None:
    said = gone_wrong.stdout + gone_wrong.stderr
    assert [marked for marked in (WORDS, TOKEN, TOKEN.split(":")[1]) if marked in said] == []


@pytest.mark.slow
def test_but_that_each_went_wrong_is(gone_wrong: subprocess.CompletedProcess[str]) -> None:
    lines = [line for line in gone_wrong.stderr.splitlines() if line.startswith("{")]
    told = {json.loads(line)["event"].split(":")[0] for line in lines}
    assert told >= {
        "listening_failed",
        "turn_failed",
        "sending_failed",
        "sqlalchemy.pool",
        "aiohttp.client",
        "asyncio",
        "thread_failed",
        "error_nobody_could_hear",
    }


@pytest.mark.thorough
def test_an_error_that_nobody_caught_ends_the_command_with_its_place(
    gone_wrong: subprocess.CompletedProcess[str],
) -> None:
    last = gone_wrong.stderr.splitlines()[-6:]
    assert gone_wrong.returncode == 1
    assert any("_raise" in line for line in last)
    assert last[-1] == "lapor: this is a fault of ours; please report the lines above"


def test_a_trace_shows_the_way_and_the_kinds_of_errors_and_no_words() -> None:
    def inner() -> None:
        raise KeyError(WORDS)

    def outer() -> None:
        try:
            inner()
        except KeyError as error:
            raise ValueError(WORDS) from error

    with pytest.raises(ValueError, match=WORDS) as raised:
        outer()
    trace = trace_without_words(raised.value)
    assert [line for line in trace.splitlines() if "Error" in line and "raise" not in line] == [
        "KeyError",
        "ValueError",
    ]
    assert WORDS not in trace


def test_the_place_of_an_error_is_in_our_code_where_it_came_by_there() -> None:
    with pytest.raises(UnreadableRow) as raised:
        read_event("[]")
    assert place_of(raised.value).startswith("records.py:")


def test_an_error_that_was_never_raised_is_nowhere() -> None:
    assert place_of(ValueError(WORDS)) == "nowhere"
