"""`--update` writes the talks anew; the diff is the review."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.talks.world import remove_folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the talks as they are now held")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update", default=False))


@pytest.fixture(scope="session", autouse=True)
def _no_folder_is_left() -> Iterator[None]:
    yield
    remove_folder()
