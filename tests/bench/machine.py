"""What a number was measured on: processor, cores and memory, and nothing else of the machine."""

from __future__ import annotations

import os
import re
from pathlib import Path


def machine() -> str:
    """One line for the top of a measurement."""
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{found[1] if found else 'unknown processor'}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB"
