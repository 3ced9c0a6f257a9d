"""`docs/faults.md` names every test of a fault, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.integration.process.surroundings import CHECKOUT

HERE = Path(__file__).parent


def test_the_page_and_the_tests_know_each_other() -> None:
    named = re.findall(r"`([a-z_/]*test_[a-z_]+\.py)`", (CHECKOUT / "docs/faults.md").read_text(encoding="utf-8"))
    places = {(CHECKOUT if "/" in name else HERE) / name for name in named}
    assert [place for place in places if not place.is_file()] == []
    assert set(HERE.glob("test_*.py")) - places == {Path(__file__)}
