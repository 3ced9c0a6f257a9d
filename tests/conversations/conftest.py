"""`--update` writes the talks anew, before any of them is compared; the diff is the review."""

from __future__ import annotations

import pytest

from tests.conversations.talks import FILES, written_anew


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the talks as they are now held")


@pytest.fixture(scope="session", autouse=True)
def _update(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update", default=False):
        for file in FILES:
            file.write_text(written_anew(file), encoding="utf-8")
