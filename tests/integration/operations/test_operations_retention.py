"""`lapor retention`: counts without changing anything, sweeps, and shows what went."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner, Result

from actions.privacy.retention import RetainedKind
from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.training.turn_samples import turn_samples
from bot.cli.main import lapor

WORDS = "selokan zamrud tersumbat"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of an installation in which one note is older than its rule."""
    monkeypatch.setenv("LAPOR_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LAPOR_NLU", "off")
    asyncio.run(_fill(f"sqlite:///{tmp_path}/lapor.db"))
    return tmp_path


async def _fill(url: str) -> None:
    database = Database(url)
    await schema.upgrade(database)
    old = datetime.now(UTC) - timedelta(days=31)
    async with database.writing() as connection:
        note = {"ticket": "", "words": WORDS, "channel": "telegram", "meaning": "{}", "at": old}
        await connection.execute(insert(turn_samples), [note])
    await database.close()


def runs(*words: str) -> Result:
    return CliRunner().invoke(lapor, ["retention", *words])


def rows_of(kind: RetainedKind, printed: str) -> int:
    return next(int(one["rows"]) for one in json.loads(printed)["kinds"] if one["kind"] == kind)


def test_a_dry_run_counts_a_sweep_takes_away_and_the_protocol_says_so(folder: Path) -> None:
    counted = runs("--dry-run", "--json")
    assert (counted.exit_code, rows_of(RetainedKind.NOTES, counted.stdout)) == (0, 1)
    assert rows_of(RetainedKind.NOTES, runs("--json").stdout) == 1
    assert rows_of(RetainedKind.NOTES, runs("--json").stdout) == 0
    [line] = json.loads(runs("--protocol", "--json").stdout)
    assert (line["kind"], line["days"], line["rows"]) == ("notes", 30, 1)
    assert WORDS.encode() not in (folder / "lapor.db").read_bytes()


@pytest.mark.thorough
def test_what_a_trainer_took_out_of_the_training_data_goes_by_its_days(folder: Path) -> None:
    replaced = folder / "nlu" / "replaced.jsonl"
    replaced.parent.mkdir()
    now = datetime.now(UTC)
    rows = [
        {"written": words, "who": "Rina", "at": (now - timedelta(days=days)).isoformat(), "mark": mark}
        for words, days, mark in ((WORDS, 43, "1f3a9c04"), ("got rubin mampet", 41, "2f3a9c04"))
    ]
    replaced.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert rows_of(RetainedKind.REPLACED, runs("--dry-run", "--json").stdout) == 1
    assert WORDS in replaced.read_text()
    assert rows_of(RetainedKind.REPLACED, runs("--json").stdout) == 1
    assert WORDS not in replaced.read_text()
    assert "got rubin mampet" in replaced.read_text()
    assert [line["kind"] for line in json.loads(runs("--protocol", "--json").stdout)] == ["replaced", "notes"]


@pytest.mark.thorough
def test_in_words_it_says_what_the_regency_must_decide_and_what_it_cannot_delete(folder: Path) -> None:
    del folder
    said = runs("--dry-run").stdout
    assert "to be decided by the regency" in said
    assert "backups (90 days)" in said
