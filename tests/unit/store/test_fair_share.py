"""Who had much of the service lately comes behind everybody else, and is as everybody else a minute later."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from actions.store.engine.fair_share import ALLOWED_A_SECOND, ALLOWED_AT_ONCE, MOST_OWED, FairShare, fairest, in_bursts

NAMES = st.sampled_from("abcdefgh")
SERVED = st.lists(st.tuples(NAMES, st.floats(0, 20, width=16), st.floats(0, 5, width=16)))
"""Who was served, how much, and how many seconds later the next was; of few digits, so that sums are exact."""


@dataclass
class Watch:
    """A clock that is set."""

    now: float = 1000.0

    def passes(self, seconds: float) -> None:
        self.now += seconds


def a_share(watch: Watch) -> FairShare[str]:
    return FairShare(lambda: watch.now)


def after(served: list[tuple[str, float, float]]) -> tuple[FairShare[str], Watch]:
    """What is known after all of this."""
    watch = Watch()
    share = a_share(watch)
    for name, many, seconds in served:
        share.count(name, many)
        watch.passes(seconds)
    return share, watch


@given(SERVED)
def test_a_minute_later_everybody_is_as_before(served: list[tuple[str, float, float]]) -> None:
    share, watch = after(served)
    watch.passes((MOST_OWED - ALLOWED_AT_ONCE) / ALLOWED_A_SECOND)
    assert not share.throttled()


@given(st.lists(st.floats(2, 60), max_size=50))
def test_who_writes_as_people_do_is_never_throttled(pauses: list[float]) -> None:
    assert not after([("siti", 1, pause) for pause in pauses])[0].throttled()


def test_who_had_least_is_first_of_the_throttled() -> None:
    share, watch = after([("siti", 9, 0), ("budi", 30, 0), ("tono", 8, 0), ("wati", 2, 0)])
    assert share.throttled() == ["tono", "siti", "budi"]
    share.count("tono", 9)
    watch.passes(1)
    assert share.throttled() == ["siti", "tono", "budi"]


def test_who_floods_is_throttled_at_once() -> None:
    watch = Watch()
    share = a_share(watch)
    for _ in range(20):
        share.count("siti", 1)
        share.count("budi", 1 if watch.now < 1000.2 else 0)
        watch.passes(0.1)
    assert share.throttled() == ["siti"]


@given(st.lists(NAMES, unique=True), st.lists(NAMES, unique=True), st.integers(0, 9), st.integers(-1, 9))
def test_the_choice_is_fair(waiting: list[str], throttled: list[str], most: int, most_throttled: int) -> None:
    chosen = fairest(waiting, throttled, most, most_throttled)
    others, behind = ([one for one in chosen if (one in throttled) is is_one] for is_one in (False, True))
    free = [one for one in waiting if one not in throttled]
    assert chosen == [*others, *behind]
    assert others == free[:most]
    assert behind == [one for one in throttled if one in waiting][: len(behind)]
    waits_behind = sum(one in throttled for one in waiting)
    assert len(behind) == min(max(0, most_throttled), waits_behind, most - len(others))


def test_of_bursts_one_is_worked_where_all_are_too_much() -> None:
    waiting = {"siti": 12, "budi": 1, "tono": 40, "wati": 3}
    assert in_bursts(waiting, most_together=50, most_bursts=1) == ["tono"]
    assert in_bursts(waiting, most_together=50, most_bursts=0) == ["siti", "tono"]
    assert in_bursts(waiting, most_together=56, most_bursts=0) == []
    assert in_bursts(dict.fromkeys(["siti", "budi", "tono"], 3), most_together=5, most_bursts=0) == []
