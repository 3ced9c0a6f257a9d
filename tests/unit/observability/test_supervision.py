"""What runs behind the pages fails, is said to have failed, and begins anew."""

from __future__ import annotations

import errno

import pytest
from structlog.testing import capture_logs

from bot.observability.supervision import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, keep_running, kept_running


class Failing:
    """Fails so often, and then is done."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    async def run(self) -> None:
        if self.errors:
            raise self.errors.pop(0)


class Pauses(list[float]):
    async def pass_by(self, seconds: float) -> None:
        self.append(seconds)


async def test_whatever_a_task_fails_with_it_begins_anew_after_growing_pauses() -> None:
    pauses = Pauses()
    failing = Failing(*(OSError(errno.EMFILE, "her words") for _ in range(9)))
    with capture_logs() as logs:
        await keep_running(failing.run, sleep=pauses.pass_by)
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
    assert (pauses[0], pauses[-1]) == (FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
    assert {(one["event"], one["task"], one["error"]) for one in logs} == {("task_failed", "Failing.run", "OSError")}
    assert "her words" not in str(logs)


async def test_what_is_made_to_end_the_service_ends_it() -> None:
    with pytest.raises(LookupError):
        await kept_running(Failing(LookupError()).run, ends=(LookupError,))()
