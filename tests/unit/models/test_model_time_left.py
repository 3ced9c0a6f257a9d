"""How long a training will still take is said by those before it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.store.training.trainings import Training, TrainingState
from bot.web.trainer.models.view import minutes_left

NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)


def a_training(state: TrainingState, began_seconds_ago: float, took_seconds: float | None = None) -> Training:
    began = NOW - timedelta(seconds=began_seconds_ago)
    ended = began + timedelta(seconds=took_seconds) if took_seconds is not None else None
    return Training(1, state, "person:1", began, NOW, ended, 0.5, "learning", "", is_cancelled=False, model=None)


RUNNING = a_training(TrainingState.RUNNING, 60)
BEFORE = [a_training(TrainingState.DONE, 9_000, seconds) for seconds in (180, 300, 240, 2)]


@pytest.mark.parametrize(
    ("trainings", "minutes"),
    [
        ([RUNNING, *BEFORE], 3),
        ([a_training(TrainingState.RUNNING, 900), *BEFORE], 1),
        ([RUNNING], None),
        ([RUNNING, a_training(TrainingState.FAILED, 900, 200), BEFORE[-1]], None),
        (BEFORE, None),
        ([], None),
    ],
)
def test_the_median_of_those_that_learned_something(trainings: list[Training], minutes: int | None) -> None:
    assert minutes_left(trainings, NOW) == minutes
