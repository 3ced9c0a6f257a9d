"""When batches begin, by a clock that only a test turns."""

from __future__ import annotations

import pytest

from bot.messaging.batching import MOST_SECONDS, SECONDS_EACH, BatchInterval


class HealthWatch:
    """Sleeps by turning its own hand."""

    def __init__(self) -> None:
        self.now = 100.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def watch() -> HealthWatch:
    return HealthWatch()


@pytest.fixture
def rhythm(watch: HealthWatch) -> BatchInterval:
    return BatchInterval(now=lambda: watch.now, sleep=watch.sleep)


async def begins(rhythm: BatchInterval, watch: HealthWatch) -> float:
    """So long after the beginning of the test."""
    await rhythm.beat()
    return round(watch.now - 100.0, 3)


async def test_whoever_writes_alone_waits_for_nothing(rhythm: BatchInterval, watch: HealthWatch) -> None:
    assert await begins(rhythm, watch) == 0
    rhythm.count(1)
    watch.now += 1
    assert await begins(rhythm, watch) == 1


async def test_the_more_there_were_the_later_the_next_begins(rhythm: BatchInterval, watch: HealthWatch) -> None:
    await rhythm.beat()
    rhythm.count(5)
    assert await begins(rhythm, watch) == 5 * SECONDS_EACH


async def test_however_many_there_were_the_wait_has_an_end(rhythm: BatchInterval, watch: HealthWatch) -> None:
    await rhythm.beat()
    rhythm.count(1000)
    assert await begins(rhythm, watch) == MOST_SECONDS


async def test_what_is_long_ago_does_not_count(rhythm: BatchInterval, watch: HealthWatch) -> None:
    await rhythm.beat()
    rhythm.count(1000)
    watch.now += 1
    await rhythm.beat()
    assert await begins(rhythm, watch) == 1


async def test_after_a_full_batch_the_next_begins_at_once(rhythm: BatchInterval, watch: HealthWatch) -> None:
    await rhythm.beat()
    rhythm.count(50)
    rhythm.hurry()
    assert await begins(rhythm, watch) == 0


async def test_several_loops_begin_one_after_the_other(rhythm: BatchInterval, watch: HealthWatch) -> None:
    await rhythm.beat()
    rhythm.count(10)
    assert [await begins(rhythm, watch), await begins(rhythm, watch)] == [10 * SECONDS_EACH, 20 * SECONDS_EACH]
