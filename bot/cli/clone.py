"""What only a clone of the project can do: a wheel holds neither its tests nor what trains its language model."""

from __future__ import annotations

from bot.main.failures import CommandFailed
from bot.shipped import IS_CLONE


def require_clone() -> None:
    """Return in a clone alone.

    Raises:
        CommandFailed: this was installed from a wheel.
    """
    if not IS_CLONE:
        raise CommandFailed("this works in a clone of the project alone, by its launcher ./lapor")
