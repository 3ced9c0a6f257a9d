"""How tasks are shared among processes: pure, over what a look at the rows has found."""

from __future__ import annotations

import pytest

from actions.store.engine.task_lease import TaskName
from actions.store.engine.task_shares import (
    LOOKS_LEFT_TO_OTHERS,
    PROCESS,
    SETTLED_SECONDS,
    LiveLease,
    TaskShares,
)

TASKS = [TaskName("channel", name) for name in ("email", "sms", "telegram", "web")]
WORK = [TaskName("work", name) for name in ("files", "retention")]


def living(*holders: str, seconds: float = SETTLED_SECONDS) -> list[LiveLease]:
    return [LiveLease(TaskName(PROCESS, holder), holder, seconds) for holder in holders]


def held(holder: str, *names: TaskName) -> list[LiveLease]:
    return [LiveLease(name, holder, 100.0) for name in names]


def test_who_is_alone_takes_everything() -> None:
    assert TaskShares("a").take(living("a"), [*TASKS, *WORK]) == [*TASKS, *WORK]


@pytest.mark.parametrize(("processes", "taken"), [(2, 2), (3, 2), (4, 1), (9, 1)])
def test_of_each_kind_a_process_takes_its_share(processes: int, taken: int) -> None:
    others = [f"process {number}" for number in range(processes - 1)]
    chosen = TaskShares("a").take(living("a", *others), [*TASKS, *WORK])
    assert [name.task for name in chosen].count("channel") == taken
    assert [name.task for name in chosen].count("work") == 1


def test_what_another_has_is_not_taken() -> None:
    live = [*living("a", "b"), *held("b", *TASKS[:3])]
    assert TaskShares("a").take(live, TASKS) == TASKS[3:]


def test_what_nobody_else_wants_is_taken_after_some_looks() -> None:
    live = [*living("a", "b"), *held("a", *TASKS[:2])]
    shares = TaskShares("a")
    looks = [shares.take(live, TASKS[2:]) for _ in range(LOOKS_LEFT_TO_OTHERS + 1)]
    assert looks == [[]] * LOOKS_LEFT_TO_OTHERS + [TASKS[2:]]


def test_who_has_two_more_gives_the_first_away_and_each_only_once() -> None:
    live = [*living("a", "b"), *held("a", *TASKS)]
    shares = TaskShares("a")
    given = [shares.give(live, TASKS) for _ in range(5)]
    assert given == [*TASKS, None]
    assert shares.give([*live, *living("c")], TASKS) == TASKS[0]


def test_who_has_one_more_gives_nothing_away() -> None:
    live = [*living("a", "b"), *held("a", *TASKS[:2]), *held("b", TASKS[2])]
    assert TaskShares("a").give(live, TASKS[:2]) is None


def test_nothing_is_given_to_a_process_that_has_just_begun() -> None:
    live = [*living("a"), *living("b", seconds=SETTLED_SECONDS - 1), *held("a", *TASKS)]
    assert TaskShares("a").give(live, TASKS) is None


def test_each_kind_is_shared_by_itself() -> None:
    live = [*living("a", "b"), *held("a", *TASKS[:2]), *held("b", *TASKS[2:], *WORK)]
    assert TaskShares("a").give(live, TASKS[:2]) is None
    assert TaskShares("b").give(live, [*TASKS[2:], *WORK]) == WORK[0]
