"""`lapor support-bundle`: what a helper needs, and nothing that anybody has written or is called."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from typer.testing import CliRunner

from actions.store.engine import schema
from bot.cli.main import lapor
from bot.main.failures import CommandFailed
from tests.unit.service.test_service_rules import move_three

KEY, TOKEN = "open-sesame-open-sesame", "700123:a-token-of-nobody"


@pytest.fixture(autouse=True)
def settings(database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_DATABASE_URL", f"sqlite:///{database_file}")
    monkeypatch.setenv("LAPOR_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("LAPOR_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("LAPOR_SECRET_KEY", KEY)


def call(file: Path) -> None:
    outcome = CliRunner().invoke(lapor, ["support-bundle", str(file)], catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output


def written_in(database_file: Path) -> set[str]:
    """Every text of the database that could be somebody's: sentences, and who is where."""
    found: set[str] = set()
    with closing(connect(database_file)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            cells = (cell for row in connection.execute(f"SELECT * FROM {table}") for cell in row)  # noqa: S608
            found |= {cell for cell in cells if isinstance(cell, str) and (" " in cell or ":" in cell)}
    return found


@pytest.mark.thorough
def test_it_says_what_is_there_and_nothing_that_anybody_wrote(database_file: Path, tmp_path: Path) -> None:
    asyncio.run(move_three(database_file))
    call(tmp_path / "bundle.json")
    said = (tmp_path / "bundle.json").read_text(encoding="utf-8")
    known = json.loads(said)
    assert known["database"]["schema"] == known["lapor"]["schema"] == schema.newest()
    assert known["database"]["rows"]["cases"] == 4
    assert known["doctor"]["ready"] is True
    assert len(written_in(database_file)) > 20
    assert [one for one in written_in(database_file) if one in said] == []
    assert [secret for secret in (KEY, TOKEN) if secret in said] == []
    assert (tmp_path / "bundle.json").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bundle.json").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandFailed, match="name a new file"):
        call(tmp_path / "bundle.json")
    assert (tmp_path / "bundle.json").read_text(encoding="utf-8") == "mine"
