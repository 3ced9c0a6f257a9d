"""Words that may refuse secrecy are told from those that want it, on rows written before; they are asked about."""

from __future__ import annotations

import tomllib

from bot.understanding.acts.baseline import PROJECT
from bot.understanding.acts.stance import may_refuse_secrecy

FEWEST_REFUSALS, MOST_WISHES = 0.80, 0.20
"""When this was measured 17 and 3 of 20. Of refusals and wishes of two earlier sets 36 and 14 of 45 (decision 0125)."""


def test_refusals_are_asked_about_and_few_wishes_are() -> None:
    rows = tomllib.loads((PROJECT / "tests" / "held_back" / "registers_against_secrecy.toml").read_text("utf-8"))
    assert sum(map(may_refuse_secrecy, rows["against"])) / len(rows["against"]) >= FEWEST_REFUSALS
    assert sum(map(may_refuse_secrecy, rows["for"])) / len(rows["for"]) <= MOST_WISHES


def test_only_a_clause_that_names_secrecy_counts() -> None:
    assert may_refuse_secrecy("jadi biar umum bisa lihat aja, jangan dirahasiakan")
    assert not may_refuse_secrecy("tidak mau ribut sama tetangga, tolong dirahasiakan")
    assert not may_refuse_secrecy("jangan sampai suami saya tau")
