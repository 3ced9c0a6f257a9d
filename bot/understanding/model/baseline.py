"""The small model that comes with this version, so that a first start understands at once.

`./lapor nlu export --baseline` writes the file and this hash anew, in the commit that changes `data/nlu/`.
"""

from __future__ import annotations

from pathlib import Path

SHA256 = "17eea216dd9567afe6b2aa7d657a447f3af7aebc19cd42844c8644792d6d013e"
"""Of the file; one that has another is not loaded."""
LARGEST_BYTES = 2_000_000


def baseline_file(project: Path) -> Path:
    """Returns the path of the baseline model in the project."""
    return project / "data" / "nlu" / "baseline" / "model.lapor"
