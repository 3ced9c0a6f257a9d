"""What the service needs when it runs, and under which licence; `docs/licences.md` lists it."""

from __future__ import annotations

from importlib.metadata import distribution

import pytest

from tests.docs.licences import NLU, ROOT, gpl_inside, installed, is_gpl, nlu_names, packages, page


def test_the_page_lists_what_is_needed_now() -> None:
    assert (ROOT / "docs" / "licences.md").read_text(encoding="utf-8") == page()


def test_no_package_that_runs_is_under_the_gpl() -> None:
    assert [each for each in packages() if is_gpl(each.licence)] == []


@pytest.mark.thorough
def test_no_wheel_holds_a_library_under_the_gpl() -> None:
    assert {name: found for name, one in installed().items() if (found := gpl_inside(one))} == {}


def test_what_the_language_model_names_is_listed() -> None:
    assert set(NLU) == nlu_names()


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-or-later", "MIT AND AGPL-3.0-only", "GNU General Public License v3 (GPLv3)", ""]
)
def test_what_counts_as_gpl(licence: str) -> None:
    assert is_gpl(licence)


@pytest.mark.parametrize("licence", ["LGPL-3.0-only", "GPL-2.0-only OR MIT", "GPL-3.0-only WITH GCC-exception-3.1"])
def test_what_does_not(licence: str) -> None:
    assert not is_gpl(licence)


def test_a_wheel_that_holds_a_gpl_library_is_seen() -> None:
    """pillow-heif, which the tests alone use, holds the encoder x265."""
    assert gpl_inside(distribution("pillow-heif")) != []
