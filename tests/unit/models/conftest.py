"""A model context on an empty database, with the project's own baseline, gate and test sets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from actions.store.engine.database import Database
from bot.training.models import comparing, measuring
from bot.training.models.acts_compared import frozen_acts
from bot.training.models.evaluation_sets import held_back_rows
from bot.training.models.model_context import ModelContext
from bot.understanding.acts.rows import Row
from bot.understanding.evaluation.evaluation import LabelledText
from tests.unit.models.made_models import a_workbench

KEY = b"the key of this installation"
NOON = datetime(2026, 11, 17, 4, 0, tzinfo=UTC)


class PatientClock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **span: float) -> None:
        self.at += timedelta(**span)


FEW = 120
EVERY = 12
"""Of the 856 messages of talks, one in so many is read."""


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few messages and few resamples: how they are measured is tested apart."""
    monkeypatch.setattr(measuring, "RESAMPLES", 20)
    monkeypatch.setattr(measuring, "CHANCES", 20)
    monkeypatch.setattr(comparing, "held_back_rows", few_rows)
    monkeypatch.setattr(comparing, "frozen_acts", few_acts)


def few_rows(config_dir: Path, known: Collection[str]) -> list[LabelledText]:
    """Those with a category, as many as the gate wants to see."""
    return [row for row in held_back_rows(config_dir, known) if row.category][:FEW]


def few_acts(_own: Path) -> list[Row]:
    """Every twelfth message of a talk that is held back."""
    return _every_act()[::EVERY]


_every_act = cache(frozen_acts)


@pytest.fixture
def clock() -> PatientClock:
    return PatientClock()


@pytest.fixture
def bench(tmp_path: Path, database: Database, clock: PatientClock) -> ModelContext:
    return a_workbench(database, tmp_path, KEY, clock)
