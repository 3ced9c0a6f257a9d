"""Many small writes in one commit: nobody waits for a commit of her own, nobody is left without an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.messaging.batching import GroupCommit


class Ledger:
    """Writes when it is let go, and remembers what it wrote together."""

    def __init__(self, *errors: Exception | None) -> None:
        self.written: list[list[str]] = []
        self.begun, self.let_go = asyncio.Event(), asyncio.Event()
        self._errors = list(errors)

    async def write(self, items: Sequence[str]) -> None:
        self.begun.set()
        await self.let_go.wait()
        if error := self._errors.pop(0) if self._errors else None:
            raise error
        self.written.append(list(items))


async def test_what_arrives_during_a_commit_goes_into_the_next_together() -> None:
    ledger = Ledger()
    commits = GroupCommit(ledger.write)
    first = asyncio.create_task(commits.put(["a"]))
    await ledger.begun.wait()
    others = [asyncio.create_task(commits.put([name])) for name in "bcd"]
    await asyncio.sleep(0)
    ledger.let_go.set()
    await asyncio.gather(first, *others)
    assert ledger.written == [["a"], ["b", "c", "d"]]


async def test_nothing_is_committed_for_nothing() -> None:
    ledger = Ledger()
    await GroupCommit(ledger.write).put([])
    assert not ledger.begun.is_set()


async def test_an_error_reaches_everyone_whose_item_it_held_and_nobody_else() -> None:
    ledger = Ledger(None, OSError("full"))
    commits = GroupCommit(ledger.write)
    first = asyncio.create_task(commits.put(["a"]))
    await ledger.begun.wait()
    others = [asyncio.create_task(commits.put([name])) for name in "bc"]
    await asyncio.sleep(0)
    ledger.let_go.set()
    outcomes = await asyncio.gather(first, *others, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), OSError, OSError]


async def test_after_an_error_the_next_commit_is_written() -> None:
    ledger = Ledger(OSError("full"))
    ledger.let_go.set()
    commits = GroupCommit(ledger.write)
    with pytest.raises(OSError, match="full"):
        await commits.put(["a"])
    await commits.put(["b"])
    assert ledger.written == [["b"]]


async def test_who_stops_waiting_takes_nothing_from_the_others() -> None:
    ledger = Ledger()
    commits = GroupCommit(ledger.write)
    leaves, stays = asyncio.create_task(commits.put(["a"])), asyncio.create_task(commits.put(["b"]))
    await ledger.begun.wait()
    leaves.cancel()
    ledger.let_go.set()
    await stays
    assert (leaves.cancelled(), ledger.written) == (True, [["a", "b"]])
