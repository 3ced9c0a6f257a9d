"""How commands speak: JSON and nothing else on stdout where it is asked for, else words."""

from __future__ import annotations

import json
import sys

from rich.console import Console

WIDE = 200
"""Columns where nobody watches: a table must not be cut for a pipe."""

console = Console(highlight=False, emoji=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_json_line(value: object) -> None:
    """One JSON document on a line of its own."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()
