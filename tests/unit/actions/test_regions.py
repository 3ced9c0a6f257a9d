"""Looking up where a pin lies."""

from __future__ import annotations

import pytest

from actions.regency.regions import ancestors, is_within, locate
from tests.unit.actions.builders import a_regency


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (5, 8, "64.09.01.1001"),
        (5, 1, "64.09.02.2001"),
        (5, 5.4, "64.09.01.1001"),
        (5, 4.95, "64.09.02.2001"),
        (5, 15, "64.71"),
        (5, 10.01, "64.09.01.1001"),
        (-0.01, 2, "64.09.02.2001"),
        (20.01, 15, None),
        (-6.2, 106.8, None),
    ],
)
def test_a_pin_lies_in_its_village_the_nearest_one_in_a_gap_or_a_neighbour(
    lat: float, lon: float, code: str | None
) -> None:
    found = locate(a_regency(), lat, lon)
    assert (found.code if found else None) == code


def test_a_code_lies_in_all_that_it_begins_with() -> None:
    assert ancestors("64.09.01.1001") == ("64.09.01.1001", "64.09.01", "64.09", "64")
    assert is_within("64.09.01", "64.09")
    assert is_within("64.09", "64.09")
    assert not is_within("64.091", "64.09")
    assert not is_within("64.09", "64.09.01")
