"""The categories of the project's own regency, as `data/categories.csv` has them."""

from __future__ import annotations

import csv
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "categories.csv"


def leaves() -> tuple[str, ...]:
    """The slugs that messages are sorted into: those with a parent."""
    with FILE.open(encoding="utf-8-sig", newline="") as opened:
        return tuple(row["slug"] for row in csv.DictReader(opened) if row["parent"])
