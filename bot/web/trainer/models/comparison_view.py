"""A comparison as its page shows it: pictures, sentences and what the gate looked at. Reads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.conversation.screen import line
from bot.training.models.comparison import Changed, Comparison, SetCompared
from bot.training.models.gate import Demand, GateCheck
from bot.training.models.measuring import Share
from bot.web.shared.charts import Pair, pairs
from bot.web.trainer.models.view import ViewWords
from bot.web.trainer.models.words import DEMANDS, NUMBERS, SETS

_SHARES = {Demand.MACRO_F1, Demand.LABEL, Demand.CALIBRATION}


@dataclass(frozen=True, slots=True)
class SetShown:
    """A set as it is shown."""

    name: str
    summary: str
    difference: str
    picture: Markup
    better: Sequence[Changed]
    worse: Sequence[Changed]


def sets(comparison: Comparison, say: ViewWords) -> list[SetShown]:
    """Each set with its picture."""
    return [_set(each, say) for each in comparison.sets]


def _set(each: SetCompared, say: ViewWords) -> SetShown:
    named = say(SETS[each.name])
    numbers = [
        Pair(
            name=say(words),
            former=former.value,
            candidate=candidate.value,
            low=candidate.low,
            high=candidate.high,
            note=say.number(candidate.value * 100, "#,##0.0"),
            less_is_better=member == "calibration_error",
        )
        for member, words in NUMBERS.items()
        if isinstance(former := getattr(each.former, member), Share)
        and isinstance(candidate := getattr(each.candidate, member), Share)
    ]
    return SetShown(
        name=named,
        summary=say(line("models-set-rows", count=each.candidate.rows, left=each.left_out)),
        difference=_difference(each, say),
        picture=pairs(named, numbers),
        better=each.better,
        worse=each.worse,
    )


def _difference(each: SetCompared, say: ViewWords) -> str:
    said = say(
        line("models-mcnemar", better=each.only_candidate, worse=each.only_former, p=say.number(each.p, "0.000"))
    )
    if each.difference is None:
        return said
    gained = each.difference
    value, low, high = (say.number(part * 100, "+0.0;-0.0") for part in (gained.value, gained.low, gained.high))
    return f"{said} {say(line('models-gained', value=value, low=low, high=high))}"


def labels(comparison: Comparison, say: ViewWords) -> Markup:
    """F1 of each category and intent, the former's and the candidate's."""
    shown = [
        Pair(say.meaning(each.label), each.former, each.candidate, note=str(each.rows)) for each in comparison.labels
    ]
    return pairs(say(line("models-labels")), shown)


def checked(checks: Sequence[GateCheck], say: ViewWords) -> list[tuple[bool, str]]:
    """What the gate looked at: whether it holds, and the sentence."""
    return [(check.passed, _check(check, say)) for check in checks if not check.passed or check.demand != Demand.LABEL]


def _check(check: GateCheck, say: ViewWords) -> str:
    number = say.percent if check.demand in _SHARES else say.number
    of = say(SETS[check.of]) if check.of in SETS else say.meaning(check.of) if check.of else ""
    demand = say(DEMANDS[check.demand])
    about = f"{demand} · {of}" if of else demand
    return say(line("models-check", about=about, value=number(check.value), limit=number(check.limit)))
