"""What several tests here need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina


@pytest.fixture
def no_pauses() -> Iterator[None]:
    """Nothing is waited for between two attempts."""
    with stamina.set_testing(True, attempts=10, cap=True):
        yield
