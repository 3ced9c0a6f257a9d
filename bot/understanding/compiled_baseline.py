"""The small model that comes with this version, so that a first start understands at once.

`./lapor nlu export --baseline` writes the file and this hash anew, in the commit that changes `data/nlu/`.
"""

from __future__ import annotations

from pathlib import Path

SHA256 = "c2252e703cb0a58bf1e314a68bd1600517d6d61c42f0014d5b39457e3d918a56"
"""Of the file; one that has another is not loaded."""
LARGEST_BYTES = 2_000_000


def baseline_file(project: Path) -> Path:
    """Where it lies in the project."""
    return project / "data" / "nlu" / "baseline" / "model.lapor"
