"""Each how-to, carried out in a copy of the project as its document says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.howto.trial import a_copy, follow

pytestmark = [pytest.mark.slow, pytest.mark.thorough]


@pytest.mark.parametrize("name", ["add-a-language.md", "add-a-page-at-the-desk.md", "add-an-agencys-rule.md"])
def test_what_a_how_to_says_works(name: str, tmp_path: Path) -> None:
    follow(name, a_copy(tmp_path))
