"""What the gate lets through and what it stops: each demand by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from actions.regency.declaration import WrongDeclaration
from bot.training.models.comparison import ActsCompared, Changed, Comparison, Golden, GroupPair, LabelPair, SetCompared
from bot.training.models.gate import Demand, Gate, checks, read_gate
from bot.training.models.measuring import Share, Worth
from tests.unit.models.made_models import PROJECT

GATE = Gate(
    macro_f1_may_lose=0.005,
    label_may_lose=0.05,
    fewest_of_a_label=20,
    fewest_of_a_set=100,
    calibration_error=0.05,
    wrong_when_sure=0.1,
    milliseconds_a_text=5.0,
    megabytes=40,
    training_minutes=60,
    training_megabytes=6000,
)


def share(value: float, rows: int = 240) -> Share:
    return Share(value=value, low=value, high=value, rows=rows)


def worth(macro_f1: float = 0.8, error: float = 0.03, rows: int = 240) -> Worth:
    return Worth(rows=rows, macro_f1=share(macro_f1, rows), calibration_error=share(error, rows))


def compared(
    former: Worth | None = None,
    candidate: Worth | None = None,
    labels: list[LabelPair] | None = None,
    failed: int = 0,
    milliseconds: float = 0.2,
    size: int = 8_000_000,
) -> Comparison:
    one = SetCompared(
        name="frozen",
        left_out=0,
        former=former or worth(),
        candidate=candidate or worth(),
        difference=None,
        only_former=0,
        only_candidate=0,
        p=1.0,
        better=[],
        worse=[],
    )
    golden = [Changed(text="halo", kind="intent", right="greet", former="greet", candidate="thanks")] * failed
    return Comparison(
        sets=[one],
        labels=labels or [],
        golden=Golden(phrases=60, failed=golden),
        milliseconds_a_text=milliseconds,
        bytes=size,
    )


def stopped_by(found: Comparison, gate: Gate = GATE) -> list[Demand]:
    return [check.demand for check in checks(gate, found) if not check.passed]


def label(former: float, candidate: float, rows: int = 20) -> LabelPair:
    return LabelPair(kind="category", label="jalan", rows=rows, former=former, candidate=candidate)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (compared(), []),
        (compared(failed=1), [Demand.GOLDEN]),
        (compared(worth(0.8), worth(0.7951)), []),
        (compared(worth(0.8), worth(0.7949)), [Demand.MACRO_F1]),
        (compared(worth(0.8, rows=99), worth(0.5, rows=99)), []),
        (compared(labels=[label(0.9, 0.851)]), []),
        (compared(labels=[label(0.9, 0.85)]), [Demand.LABEL]),
        (compared(labels=[label(0.9, 0.1, rows=19)]), []),
        (compared(candidate=worth(error=0.0501)), [Demand.CALIBRATION]),
        (compared(milliseconds=5.1), [Demand.SPEED]),
        (compared(size=40_100_000), [Demand.SIZE]),
    ],
)
def test_each_demand_stops_what_it_is_there_to_stop(found: Comparison, expected: list[Demand]) -> None:
    assert stopped_by(found) == expected


def sure(right: float, rows: int = 150) -> Worth:
    return worth().model_copy(update={"right_when_sure": share(right, rows)})


@pytest.mark.parametrize(
    ("former", "candidate", "expected"),
    [
        (sure(0.95), sure(0.9), []),
        (sure(0.95), sure(0.89), [Demand.SURE]),
        (sure(0.85), sure(0.86), []),
        (sure(0.85), sure(0.84), [Demand.SURE]),
        (sure(0.95), sure(0.5, rows=99), []),
    ],
)
def test_what_it_is_sure_of_is_wrong_of_one_in_ten_or_no_more_than_before(
    former: Worth, candidate: Worth, expected: list[Demand]
) -> None:
    assert stopped_by(compared(former, candidate)) == expected


@pytest.mark.parametrize(
    ("lost", "gained", "expected"), [(4, 0, []), (5, 0, [Demand.LABEL]), (9, 4, []), (9, 2, [Demand.LABEL])]
)
def test_a_category_loses_where_chance_does_not_explain_it(lost: int, gained: int, expected: list[Demand]) -> None:
    pair = label(0.9, 0.8, 53).model_copy(update={"lost": lost, "gained": gained})
    assert stopped_by(compared(labels=[pair])) == expected


@pytest.mark.parametrize(("high", "expected"), [(0.001, []), (-0.0049, []), (-0.0051, [Demand.MACRO_F1])])
def test_mean_f1_loses_where_all_of_the_interval_is_below_half_a_point(high: float, expected: list[Demand]) -> None:
    found = compared(worth(0.8), worth(0.79))
    difference = Share(value=-0.01, low=-0.02, high=high, rows=240)
    sets = [found.sets[0].model_copy(update={"difference": difference})]
    assert stopped_by(found.model_copy(update={"sets": sets})) == expected


def group(candidate: float, members: list[str]) -> GroupPair:
    return GroupPair(kind="category", label="roads", rows=30, former=0.9, candidate=candidate, members=members)


@pytest.mark.parametrize(("rows", "of_group", "expected"), [(19, 0.8, [Demand.LABEL]), (19, 0.86, []), (20, 0.8, [])])
def test_a_category_of_too_few_messages_is_guarded_with_its_neighbours(
    rows: int, of_group: float, expected: list[Demand]
) -> None:
    found = compared(labels=[label(0.9, 0.9, rows)]).model_copy(
        update={"groups": [group(of_group, ["jalan", "parkir"])]}
    )
    assert stopped_by(found) == expected


def test_what_chance_alone_shows_is_no_error_of_the_model() -> None:
    measured = replace_chance(worth(error=0.09), by_chance=0.05)
    assert stopped_by(compared(candidate=measured)) == []


def replace_chance(measured: Worth, by_chance: float) -> Worth:
    return measured.model_copy(update={"by_chance": by_chance})


def test_what_failed_stands_first() -> None:
    found = checks(GATE, compared(size=10**9))
    assert [check.passed for check in found] == sorted(check.passed for check in found)


def test_a_regencys_own_gate_stands_above_the_projects(tmp_path: Path) -> None:
    data = PROJECT / "data"
    own = (data / "gate.toml").read_text().replace("macro_f1_may_lose = 0.005", "macro_f1_may_lose = 0.02")
    (tmp_path / "gate.toml").write_text(own)
    assert read_gate(tmp_path, data) == replace(read_gate(data, data), macro_f1_may_lose=0.02)


@pytest.mark.parametrize(
    "wrong", ["calibration_error = 5", 'calibration_error = "low"', "calibration_error = true", ""]
)
def test_a_wrong_number_is_named_with_its_line_and_its_mend(tmp_path: Path, wrong: str) -> None:
    data = PROJECT / "data"
    (tmp_path / "gate.toml").write_text((data / "gate.toml").read_text().replace("calibration_error = 0.05", wrong))
    with pytest.raises(WrongDeclaration, match="calibration_error"):
        read_gate(tmp_path, data)


def heard(former: float, candidate: float, lost: int, gained: int, acts: list[LabelPair] | None = None) -> Comparison:
    """What messages do in the talk, beside a comparison in which nothing else changed."""
    shares = {"former": share(former, 856), "candidate": share(candidate, 856)}
    found = ActsCompared(**shares, lost=lost, gained=gained, labels=acts or [], worse=[])
    return compared().model_copy(update={"acts": found})


def act(lost: int, gained: int, rows: int = 20) -> LabelPair:
    return LabelPair(kind="act", label="act:cancel", rows=rows, former=0.9, candidate=0.8, lost=lost, gained=gained)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (heard(0.9, 0.9, 0, 0), []),
        (heard(0.9, 0.896, 17, 5), []),
        (heard(0.9, 0.889, 10, 4), []),
        (heard(0.9, 0.889, 17, 5), [Demand.ACTS]),
        (heard(0.9, 0.95, 2, 40), []),
        (heard(0.9, 0.9, 5, 5, [act(5, 0)]), [Demand.ACT]),
        (heard(0.9, 0.9, 5, 5, [act(4, 0)]), []),
        (heard(0.9, 0.9, 5, 5, [act(5, 0, rows=19)]), []),
    ],
)
def test_what_messages_do_is_heard_no_worse_beyond_chance(found: Comparison, expected: list[Demand]) -> None:
    assert stopped_by(found) == expected


def test_a_comparison_of_before_acts_were_looked_at_is_still_read() -> None:
    kept = compared().model_dump(exclude={"heard"})
    assert Comparison.model_validate(kept).acts is None
