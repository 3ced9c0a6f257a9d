"""How the tasks of an installation are shared among its processes: pure, from the rows of `task_leases` as they stand.

Each process looks for itself. Of each kind of task it takes what is free up to its share; what is free beyond that it
leaves to others for some looks, and then takes it, too, for they may not want it. Whoever has two more of a kind than
somebody else gives one away, once that other has lived for a while: a process that is started may soon be ended again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from actions.store.engine.task_lease import TaskName

PROCESS = "process"
"""The kind of the row by which a process says that it lives; its account is the holder's name."""
LOOKS_LEFT_TO_OTHERS = 3
SETTLED_SECONDS = 30.0


class LiveLease(NamedTuple):
    """A lease that somebody has now, and since how many seconds."""

    name: TaskName
    holder: str
    seconds: float


@dataclass(slots=True)
class TaskShares:
    """What one process takes and gives away, and what it remembers of the looks before."""

    holder: str
    _free: Counter[TaskName] = field(default_factory=Counter)
    _living: frozenset[str] = frozenset()
    _given: set[TaskName] = field(default_factory=set)

    def take(self, live: Iterable[LiveLease], wanted: Sequence[TaskName]) -> list[TaskName]:
        """Which of these to take now, in their order; none that another process has."""
        live = list(live)
        others = {one.name for one in live if one.holder != self.holder}
        free = [name for name in wanted if name not in others]
        self._free = Counter({name: self._free[name] + 1 for name in free})
        processes = len(_settled(live) | {self.holder})
        room = Counter[str]()
        for kind in {name.task for name in free}:
            known = {one.name for one in live if one.name.task == kind} | {name for name in wanted if name.task == kind}
            mine = {one.name for one in live if one.holder == self.holder and one.name.task == kind} - {*free}
            room[kind] = -(-len(known) // processes) - len(mine)
        taken = list[TaskName]()
        for name in free:
            if room[name.task] > 0 or self._free[name] > LOOKS_LEFT_TO_OTHERS:
                taken.append(name)
                room[name.task] -= 1
        return taken

    def give(self, live: Iterable[LiveLease], mine: Sequence[TaskName]) -> TaskName | None:
        """The first of mine that another process should have, if any; each at most once while the processes stay."""
        live = list(live)
        processes = _settled(live) | {self.holder}
        if processes != self._living:
            self._living, self._given = frozenset(processes), set()
        others = _settled(live, SETTLED_SECONDS) - {self.holder}
        for name in mine:
            if name not in self._given and others and _has_two_more(live, self.holder, others, name.task):
                self._given.add(name)
                return name
        return None


def _settled(live: Iterable[LiveLease], seconds: float = 0.0) -> set[str]:
    """The processes that have lived for so long."""
    return {one.name.account for one in live if one.name.task == PROCESS and one.seconds >= seconds}


def _has_two_more(live: Collection[LiveLease], holder: str, others: Collection[str], kind: str) -> bool:
    count = Counter(one.holder for one in live if one.name.task == kind)
    return count[holder] - min(count[other] for other in others) >= 2  # noqa: PLR2004 - with one more, giving changes nothing
