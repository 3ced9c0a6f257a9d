"""Which failures of a background task end the service; every other is logged, and the task begins anew."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Final

from bot.channels.declaration import CannotStart
from bot.observability.supervision import Task, keep_running, kept_running

ENDS: Final[tuple[type[Exception], ...]] = (CannotStart,)
"""A wrong token, or a webhook where this polls: found out once Telegram is reached, and mended by whoever set it up."""


def kept(*tasks: Task) -> Iterator[Coroutine[object, object, None]]:
    """What runs for as long as the service does."""
    for task in tasks:
        yield keep_running(task, ends=ENDS)


def kept_on_duty(*tasks: Task) -> Sequence[Callable[[], Coroutine[object, object, None]]]:
    """What runs for as long as this process has the duty."""
    return [kept_running(task, ends=ENDS) for task in tasks]
