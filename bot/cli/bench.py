"""`lapor bench`: the short ones of the measurements in `tests/bench`, one after the other, in under two minutes."""

from __future__ import annotations

import subprocess
import sys

from bot.cli.clone import require_clone
from bot.cli.output import console
from bot.configuration.settings import without_settings
from bot.shipped import PROJECT

SHORT: dict[str, tuple[str, ...]] = {
    "durable turns, SQLite": ("turns", "--citizens", "300"),
    "durable turns, PostgreSQL": ("turns", "--citizens", "300", "--database", "postgresql"),
    "messages in and out": ("end_to_end", "--citizens", "60"),
    "webhook acknowledgement": ("webhook", "--seconds", "10"),
    "status look-up among many": ("million", "--cases", "20000"),
    "understanding": ("understanding",),
    "understanding while models are promoted": ("promotions",),
}
"""What is measured, and how; docs/performance.md says what the long ones gave."""


def bench() -> None:
    """Measure the speed of this installation's program on this machine, on data of its own."""
    require_clone()
    failed = []
    for name, (module, *options) in SHORT.items():
        console.rule(name)
        command = [sys.executable, "-m", f"tests.bench.{module}", *options]
        done = subprocess.run(command, cwd=PROJECT, env=without_settings(), stderr=subprocess.DEVNULL, check=False)  # noqa: S603
        if done.returncode:
            failed.append(name)
    if failed:
        console.print(f"Not measured: {', '.join(failed)}.")
        sys.exit(1)
