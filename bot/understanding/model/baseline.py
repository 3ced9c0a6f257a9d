"""The small model that comes with this version, so that a first start understands at once.

`./lapor nlu export --baseline` writes the file and this hash anew, in the commit that changes `data/nlu/`.
"""

from __future__ import annotations

from pathlib import Path

SHA256 = "17a48c502e5c5c8e1fc6ef53b0ded327da2df01d07dc224f1eba73273667d200"
"""Of the file; one that has another is not loaded."""
LARGEST_BYTES = 2_000_000


def baseline_file(project: Path) -> Path:
    """Returns the path of the baseline model in the project."""
    return project / "data" / "nlu" / "baseline" / "model.lapor"
