"""How fast a channel may send, by a clock that only a test turns."""

from __future__ import annotations

import pytest

from bot.messaging.rate_limiter import MOST_REMEMBERED, RateLimiter, telegram_rate_limiter


class HealthWatch:
    """Sleeps by turning its own hand."""

    def __init__(self) -> None:
        self.now = 0.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def watch() -> HealthWatch:
    return HealthWatch()


async def moments(rate_limiter: RateLimiter, watch: HealthWatch, *chats: str | None) -> list[float]:
    """When each may go, one waiting after the other."""
    gone = []
    for chat in chats:
        await rate_limiter.wait(chat)
        gone.append(round(watch.now, 3))
    return gone


async def test_without_limits_nobody_waits(watch: HealthWatch) -> None:
    assert await moments(RateLimiter(now=lambda: watch.now, sleep=watch.sleep), watch, "a", "a", "b", None) == [
        0,
        0,
        0,
        0,
    ]


async def test_a_chat_waits_for_itself_and_no_other_chat_does(watch: HealthWatch) -> None:
    rate_limiter = RateLimiter(chat=1.0, now=lambda: watch.now, sleep=watch.sleep)
    assert await moments(rate_limiter, watch, "a", "b", "a", "b") == [0, 0, 1.1, 1.1]


async def test_so_many_go_at_once_and_the_rest_in_groups(watch: HealthWatch) -> None:
    rate_limiter = RateLimiter(most=2, seconds=0.55, now=lambda: watch.now, sleep=watch.sleep)
    assert await moments(rate_limiter, watch, "a", "b", None, "c", "d") == [0, 0, 0.55, 0.55, 1.1]


async def test_nobody_overtakes_those_who_wait_already() -> None:
    gone: list[str] = []
    rate_limiter = RateLimiter(most=1, seconds=0.02)
    for name in "abc":
        await rate_limiter.wait(name)
        gone.append(name)
    assert gone == ["a", "b", "c"]


async def test_in_no_second_more_than_thirty_messages_go_to_telegram(watch: HealthWatch) -> None:
    rate_limiter = telegram_rate_limiter()
    at: list[float] = []

    async def sleep(seconds: float) -> None:
        at.append(watch.now + seconds)

    rate_limiter.now, rate_limiter.sleep = lambda: watch.now, sleep
    for number in range(300):
        await rate_limiter.wait(f"{number}")
    assert max(sum(first <= one < first + 1 for one in at) for first in at) <= 30
    assert max(at) < 15


async def test_a_group_waits_longer_than_a_person(watch: HealthWatch) -> None:
    rate_limiter = telegram_rate_limiter()
    rate_limiter.now, rate_limiter.sleep, rate_limiter.most = lambda: watch.now, watch.sleep, 0
    assert await moments(rate_limiter, watch, "-100", "7", "-100") == [0, 0, 3.3]


async def test_what_belongs_to_no_chat_waits_for_the_channel_only(watch: HealthWatch) -> None:
    rate_limiter = RateLimiter(chat=9.0, now=lambda: watch.now, sleep=watch.sleep)
    assert await moments(rate_limiter, watch, "a", None, None) == [0, 0, 0]


async def test_a_pause_stops_everybody(watch: HealthWatch) -> None:
    rate_limiter = RateLimiter(now=lambda: watch.now, sleep=watch.sleep)
    rate_limiter.pause(20)
    assert await moments(rate_limiter, watch, "a", None) == [20.35, 20.35]


async def test_a_shorter_pause_does_not_end_a_longer_one(watch: HealthWatch) -> None:
    rate_limiter = RateLimiter(now=lambda: watch.now, sleep=watch.sleep)
    rate_limiter.pause(20)
    rate_limiter.pause(1)
    assert await moments(rate_limiter, watch, "a") == [20.35]


async def test_chats_that_may_be_written_to_again_are_forgotten(watch: HealthWatch) -> None:
    rate_limiter = RateLimiter(chat=1.0, now=lambda: watch.now, sleep=watch.sleep)
    for number in range(MOST_REMEMBERED + 1):
        await rate_limiter.wait(f"chat {number}")
    watch.now = 60.0
    await rate_limiter.wait("one more")
    assert len(rate_limiter._next_of) == 1
