"""`lapor doctor` says what stands still, what is old, and who may read too much, with the way out."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect

import pytest

from tests.integration.process.commands import lapor

pytestmark = pytest.mark.slow


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """The data folder of an installation that has been started once."""
    await lapor(tmp_path, "db", "upgrade")
    return tmp_path / "var"


def has_row(data: Path, *, state: str, received_at: datetime) -> None:
    query = (
        "INSERT INTO inbox (channel, update_id, chat, sequence, event, state, received_at)"
        " VALUES ('web', 'u1', 'v1', 1, '{}', ?, ?)"
    )
    with closing(connect(data / "lapor.db")) as connection, connection:
        connection.execute(query, (state, received_at.strftime("%Y-%m-%d %H:%M:%S.%f")))


def has_a_case(data: Path) -> None:
    """Just enough of one."""
    with closing(connect(data / "lapor.db")) as connection, connection:
        columns = connection.execute("PRAGMA table_info(cases)").fetchall()
        needed = [(name, kind) for _, name, kind, not_null, _, is_key in columns if not_null and not is_key]
        values = [0 if "INT" in kind or "BOOL" in kind else "2026-11-24" for _, kind in needed]
        names = ", ".join(f'"{name}"' for name, _ in needed)
        connection.execute(f"INSERT INTO cases ({names}) VALUES ({', '.join('?' * len(needed))})", values)  # noqa: S608 - names of our own


async def doctor(tmp_path: Path) -> str:
    looked = await lapor(tmp_path, "doctor")
    assert (looked.code, looked.stderr) == (0, "")
    return looked.stdout


@pytest.mark.alert("LaporMessagesWait")
@pytest.mark.manual("operator-check")
async def test_a_message_that_waits_too_long_is_told_and_where_to_look(data: Path, tmp_path: Path) -> None:
    has_row(data, state="new", received_at=datetime.now(UTC) - timedelta(minutes=42))
    said = await doctor(tmp_path)
    assert "1 messages wait to be worked" in said
    assert "waiting for 42 minutes: is ./lapor start running?" in said


@pytest.mark.alert("LaporSetAside")
async def test_a_message_that_was_set_aside_is_told(data: Path, tmp_path: Path) -> None:
    has_row(data, state="aside", received_at=datetime.now(UTC))
    assert "1 messages could not be worked and are set aside" in await doctor(tmp_path)


@pytest.mark.parametrize(("days", "mark"), [(3, "ok"), (9, "later")])
async def test_a_backup_that_is_old_is_told(data: Path, tmp_path: Path, days: int, mark: str) -> None:
    has_a_case(data)
    assert "There are cases and no backup" in await doctor(tmp_path)
    made = datetime.now(UTC) - timedelta(days=days)
    (data / "last-backup.json").write_text(json.dumps({"made_at": made.isoformat()}))
    [line] = [line for line in (await doctor(tmp_path)).splitlines() if "last backup" in line]
    assert (
        line.split() == f"{mark} The last backup is {days} days old{': ./lapor backup FILE.tar' * (days > 7)}.".split()
    )


async def test_who_may_read_too_much_is_told(data: Path, tmp_path: Path) -> None:
    await doctor(tmp_path)
    (data / "secret-key").chmod(0o644)
    assert f"chmod 600 {data / 'secret-key'}" in await doctor(tmp_path)


@pytest.mark.manual("operator-check")
async def test_a_new_installation_has_nothing_to_be_told_of_its_data(data: Path, tmp_path: Path) -> None:
    said = await doctor(tmp_path)
    assert "0 messages wait to be worked, 0 to be sent" in said
    assert "backup" not in said
