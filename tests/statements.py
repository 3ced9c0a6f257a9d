"""What SQLAlchemy compiles of a statement is kept for the whole process, and not for one test's database.

An engine keeps its statements by its dialect, and a test opens two engines of its own: compiling the same few hundred
statements for each took a quarter of what a test of a page costs.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from actions.store.engine import database

STATEMENTS = 5_000


def compile_once() -> None:
    """From now on, the engines of one kind of database share a dialect, and the statements that it has compiled."""
    first: dict[str, Engine] = {}

    def create(*words: Any, **options: Any) -> AsyncEngine:
        opened = create_async_engine(*words, query_cache_size=STATEMENTS, **options)
        engine = opened.sync_engine
        shared = first.setdefault(engine.name, engine)
        if getattr(shared.dialect, "server_version_info", None) is None:  # it never connected, and knows nothing yet
            first[engine.name] = engine
        else:
            engine.dialect = engine.pool._dialect = shared.dialect
            engine._compiled_cache = shared._compiled_cache
        return opened

    database.create_async_engine = create
