"""Asks every route of the real app for anything, as anybody."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from hypothesis import HealthCheck, Phase, given, settings

from bot.web.shared.access import GUARDED, PUBLIC
from tests.attacks.crowd import Crowd
from tests.attacks.odd_requests import CODE, Ask, asks, names_in


def folders_of(app: FastAPI) -> dict[str, Path]:
    """Where the code of each route lies."""
    found = dict[str, Path]()
    for one in iter_route_contexts(app.routes):
        module = sys.modules[one.original_route.endpoint.__module__]  # type: ignore[attr-defined]
        for method in one.methods or ():
            found[f"{method} {one.path}"] = Path(str(module.__file__)).parent
    return found


def fuzz(crowd: Crowd, loop: asyncio.AbstractEventLoop, examples: int, seed: int | None = None) -> list[str]:
    """Ask every route so often, from a thread beside the loop; returns the routes that failed, and by what.

    Args:
        crowd: the app.
        loop: in which it runs.
        examples: of each route.
        seed: None for the same requests each time.
    """
    names, failed, folders = names_in(CODE), list[str](), folders_of(crowd.app)
    routes = sorted({*GUARDED, *PUBLIC})
    if seed is not None:
        random.Random(seed).shuffle(routes)  # noqa: S311 - only an order

    for route in routes:
        own = names_in(folders[route])

        @settings(
            max_examples=examples,
            derandomize=seed is None,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink] if seed is not None else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(ask=asks(route, own, names))
        def holds(ask: Ask) -> None:
            status = asyncio.run_coroutine_threadsafe(crowd.asks(ask), loop).result()
            assert status < 500, f"{status}: {ask}"

        try:
            holds()
        except Exception as error:  # noqa: BLE001 - all routes are looked at
            trace = error.__traceback__
            while trace and trace.tb_next:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
            notes = getattr(error, "__notes__", [])
            failed.append(f"{route}: {type(error).__name__} {str(error)[:300]} at {where} {str(notes)[:1500]}")
    return failed
