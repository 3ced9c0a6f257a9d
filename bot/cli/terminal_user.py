"""Who works at this terminal, for lines that say who did something."""

from __future__ import annotations

import getpass

LONGEST = 80


def terminal_user() -> str:
    """The user of the operating system, as "terminal:<name>"; "terminal" where there is none."""
    try:
        return f"terminal:{getpass.getuser()}"[:LONGEST]
    except (KeyError, OSError):
        return "terminal"
