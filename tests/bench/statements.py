"""Which few talks carry out every SQL statement that any talk does: those are enough for a second database.

Usage: python -m tests.bench.statements

Holds every talk of `tests/conversations` in Telegram on SQLite, notes the statements, and prints as few talks as it
finds among which is each of them.
"""

from __future__ import annotations

import asyncio
import logging
import re

import structlog
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.conversations.talks import TALKS
from tests.talks.performance import hold
from tests.talks.talk_file import TalkFile
from tests.talks.telegram import TelegramStage
from tests.talks.world import World

VALUES = re.compile(r"\(\?(, \?)*\)|\?(, \?)+")
"""However many are given, it is one statement."""


def statements_of(talk: TalkFile) -> frozenset[str]:
    """What the database is told in this talk."""
    told = set[str]()

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        told.add(VALUES.sub("?", statement))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        asyncio.run(hold(talk, TelegramStage(World(talk.settings))))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return frozenset(told)


def fewest(told: dict[str, frozenset[str]]) -> list[str]:
    """Names of talks that have all statements among them: each time the one that adds most."""
    left, chosen = frozenset[str]().union(*told.values()), list[str]()
    while left:
        chosen.append(max(sorted(told), key=lambda name: len(told[name] & left)))
        left -= told[chosen[-1]]
    return sorted(chosen)


def main() -> None:
    """Print them."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    told = {file.stem: statements_of(talk) for file, talk in TALKS.items()}
    every = frozenset[str]().union(*told.values())
    print(f"{len(every)} statements in {len(told)} talks; all of them are in these:")
    print("\n".join(fewest(told)))


if __name__ == "__main__":
    main()
