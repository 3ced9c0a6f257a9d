"""Whether a model may take over: what `data/gate.toml` demands, held against a comparison. Pure but for reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from actions.regency.declaration import phrase
from actions.regency.settings import TomlTable, read_settings
from bot.training.models.comparison import Comparison, LabelPair, SetCompared
from bot.training.models.measuring import sign_test

NAME = "gate.toml"
CHANCE = 0.05
"""A category, intent or act loses something where so uneven a change is less likely than this if nothing got worse."""
WRONG_WHEN_SURE = 0.1
"""What holds in a regency whose own file was written before this was asked."""


class Demand(StrEnum):
    """A property that the gate checks before a model may take over."""

    GOLDEN = "golden"
    MACRO_F1 = "macro-f1"
    LABEL = "label"
    ACTS = "acts"
    ACT = "act"
    CALIBRATION = "calibration"
    SURE = "sure"
    SPEED = "speed"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Gate:
    """The numbers of the gate; shares are 0 to 1.

    Attributes:
        macro_f1_may_lose: against the model in service, beyond what may be chance; also of the acts heard rightly.
        label_may_lose: F1 of one intent, category or act.
        fewest_of_a_label: messages that a label needs to be looked at.
        fewest_of_a_set: messages that a set needs to be looked at.
        calibration_error: beyond what chance shows on so few messages.
        wrong_when_sure: of the messages that a model is sure of; more only where the one in service has more.
        milliseconds_a_text: of processor, in the mean.
        megabytes: of the file.
        training_minutes, training_megabytes: after which, and beyond which memory, a training is ended.
    """

    macro_f1_may_lose: float
    label_may_lose: float
    fewest_of_a_label: int
    fewest_of_a_set: int
    calibration_error: float
    wrong_when_sure: float
    milliseconds_a_text: float
    megabytes: int
    training_minutes: int
    training_megabytes: int


class GateCheck(BaseModel):
    """One thing that was looked at.

    Attributes:
        of: the set or the label that it is about; "" where it is about the model.
        value, limit: what was found, and what must hold.
    """

    model_config = ConfigDict(frozen=True)

    demand: Demand
    of: str
    value: float
    limit: float
    passed: bool


def read_gate(config_dir: Path, defaults_dir: Path) -> Gate:
    """The regency's gate, else the project's.

    Raises:
        WrongDeclaration: the file, the line and the mend.
    """
    own = config_dir / NAME
    settings = read_settings(own if own.exists() else defaults_dir / NAME)
    gate, training = settings.table("gate"), settings.table("training")
    return Gate(
        macro_f1_may_lose=_share(gate, "macro_f1_may_lose"),
        label_may_lose=_share(gate, "label_may_lose"),
        fewest_of_a_label=gate.positive("fewest_of_a_label"),
        fewest_of_a_set=gate.positive("fewest_of_a_set"),
        calibration_error=_share(gate, "calibration_error"),
        wrong_when_sure=_share(gate, "wrong_when_sure") if "wrong_when_sure" in gate.values else WRONG_WHEN_SURE,
        milliseconds_a_text=float(gate.positive("milliseconds_a_text")),
        megabytes=gate.positive("megabytes"),
        training_minutes=training.positive("minutes"),
        training_megabytes=training.positive("megabytes"),
    )


def checks(gate: Gate, compared: Comparison) -> list[GateCheck]:
    """Everything that is looked at, what failed first."""
    of_labels = (*_of_labels(gate, compared), *_of_acts(gate, compared))
    found = [*_of_golden(compared), *_of_sets(gate, compared), *of_labels, *_of_cost(gate, compared)]
    return sorted(found, key=lambda check: check.passed)


def _of_golden(compared: Comparison) -> Iterator[GateCheck]:
    failed = len(compared.golden.failed)
    yield GateCheck(demand=Demand.GOLDEN, of="", value=failed, limit=0, passed=failed == 0)


def _of_sets(gate: Gate, compared: Comparison) -> Iterator[GateCheck]:
    for each in compared.sets:
        if each.candidate.macro_f1 and each.candidate.macro_f1.rows >= gate.fewest_of_a_set:
            yield _macro_f1(gate, each)
            yield _calibration(gate, each)
            yield from _sure(gate, each)


def _macro_f1(gate: Gate, each: SetCompared) -> GateCheck:
    former = each.former.macro_f1.value if each.former.macro_f1 else 0.0
    limit = former - gate.macro_f1_may_lose
    value = each.candidate.macro_f1.value if each.candidate.macro_f1 else 0.0
    may_be_chance = each.difference is not None and each.difference.high >= -gate.macro_f1_may_lose
    passed = value >= limit or may_be_chance
    return GateCheck(demand=Demand.MACRO_F1, of=each.name, value=value, limit=limit, passed=passed)


def _calibration(gate: Gate, each: SetCompared) -> GateCheck:
    error = each.candidate.error_beyond_chance or 0.0
    limit = gate.calibration_error
    return GateCheck(demand=Demand.CALIBRATION, of=each.name, value=error, limit=limit, passed=error <= limit)


def _sure(gate: Gate, each: SetCompared) -> Iterator[GateCheck]:
    right, before = each.candidate.right_when_sure, each.former.right_when_sure
    if right and right.rows >= gate.fewest_of_a_set:
        limit = max(gate.wrong_when_sure, 1 - before.value if before else 0.0)
        value = 1 - right.value
        yield GateCheck(demand=Demand.SURE, of=each.name, value=value, limit=limit, passed=value <= limit)


def _of_labels(gate: Gate, compared: Comparison) -> Iterator[GateCheck]:
    """Each label of enough messages; a category of too few is guarded with its neighbours."""
    few = {pair.label for pair in compared.labels if pair.rows < gate.fewest_of_a_label}
    for pair in (*compared.labels, *(group for group in compared.groups if few.intersection(group.members))):
        if pair.rows >= gate.fewest_of_a_label:
            yield _label(gate, pair, Demand.LABEL)


def _of_acts(gate: Gate, compared: Comparison) -> Iterator[GateCheck]:
    """What messages do in the talk: all together, and each act of enough messages."""
    acts = compared.acts
    if acts is None:
        return
    limit, value = acts.former.value - gate.macro_f1_may_lose, acts.candidate.value
    passed = value >= limit or _may_be_chance(acts.lost, acts.gained)
    yield GateCheck(demand=Demand.ACTS, of="", value=value, limit=limit, passed=passed)
    for pair in acts.labels:
        if pair.rows >= gate.fewest_of_a_label:
            yield _label(gate, pair, Demand.ACT)


def _label(gate: Gate, pair: LabelPair, demand: Demand) -> GateCheck:
    limit = pair.former - gate.label_may_lose
    passed = pair.candidate > limit or _may_be_chance(pair.lost, pair.gained)
    return GateCheck(demand=demand, of=pair.label, value=pair.candidate, limit=limit, passed=passed)


def _may_be_chance(lost: int, gained: int) -> bool:
    return lost + gained > 0 and sign_test(lost, gained) >= CHANCE


def _of_cost(gate: Gate, compared: Comparison) -> Iterator[GateCheck]:
    speed, size = compared.milliseconds_a_text, compared.bytes / 1e6
    slowest, largest = gate.milliseconds_a_text, float(gate.megabytes)
    yield GateCheck(demand=Demand.SPEED, of="", value=speed, limit=slowest, passed=speed <= slowest)
    yield GateCheck(demand=Demand.SIZE, of="", value=size, limit=largest, passed=size <= largest)


def _share(settings: TomlTable, key: str) -> float:
    value = settings.values.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        what = phrase("'{key}' is not there or is no number from 0 to 1", key=key)
        raise settings.wrong(key, what, phrase("write {key} = 0.05", key=key))
    return float(value)
