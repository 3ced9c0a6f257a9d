"""What there must be only one of: the installation's secret, and a start on one file."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.configuration.secret_key import secret_key
from bot.configuration.settings import HOME
from bot.main.failures import CommandFailed
from bot.main.single_process import only_one

MAKE = (
    "import sys; from pathlib import Path; from bot.configuration.secret_key import secret_key; sys.stdin.readline(); \
print(secret_key(None, Path(sys.argv[1])).decode())"
)
HOLD = "import sys; from pathlib import Path; from bot.main.single_process import only_one\n\
with only_one(Path(sys.argv[1])): print('held', flush=True); sys.stdin.readline()"


def started(code: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(path)]
    return subprocess.Popen(command, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


# The secret ---------------------------------------------------------------------------------------------------


def test_a_secret_that_is_given_is_taken(tmp_path: Path) -> None:
    assert secret_key("given", tmp_path) == b"given"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_that_is_made_is_kept_where_only_its_owner_reads_it(tmp_path: Path) -> None:
    made = secret_key(None, tmp_path)
    [file] = tmp_path.iterdir()
    assert (len(made), file.stat().st_mode & 0o777, secret_key(None, tmp_path)) == (64, 0o600, made)


def test_processes_that_make_it_at_once_agree(tmp_path: Path) -> None:
    processes = [started(MAKE, tmp_path) for _ in range(3)]
    for process in processes:
        process.stdin.write("now\n")  # type: ignore[union-attr]
        process.stdin.flush()  # type: ignore[union-attr]
    made = {process.communicate()[0] for process in processes}
    assert (len(made), len(list(tmp_path.iterdir()))) == (1, 1)


# The lock -----------------------------------------------------------------------------------------------------


def test_a_second_start_on_the_same_file_is_told_how_to_go_on(tmp_path: Path) -> None:
    file = tmp_path / "lapor.db"
    with only_one(file), pytest.raises(CommandFailed, match=r"already running.*LAPOR_DATA_DIR"), only_one(file):
        pass


def test_another_file_is_another_start(tmp_path: Path) -> None:
    with only_one(tmp_path / "a.db"), only_one(tmp_path / "b.db"):
        assert sorted(file.name for file in tmp_path.iterdir()) == ["a.db.lock", "b.db.lock"]


def test_after_an_end_the_next_may_start(tmp_path: Path) -> None:
    with only_one(tmp_path / "lapor.db"):
        pass
    with only_one(tmp_path / "lapor.db"):
        assert (tmp_path / "lapor.db.lock").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_a_start_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "lapor.db"
    process = started(HOLD, file)
    held = process.stdout.readline()  # type: ignore[union-attr]
    with pytest.raises(CommandFailed), only_one(file):
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with only_one(file):
        assert held == "held\n"


def test_a_server_needs_no_lock(tmp_path: Path) -> None:
    with only_one(None), only_one(None):
        assert list(tmp_path.iterdir()) == []


def test_a_lock_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match=r"cannot be written.*LAPOR_DATABASE_URL"), only_one(tmp_path / "no/l.db"):
        pass
