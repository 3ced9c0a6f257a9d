"""What tests of declarations start from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.actions.spoiling import DATA, NAMES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's regency, to spoil."""
    for name in NAMES:
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path
