"""What the commands on models say: why one is refused, and a comparison as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from bot.cli.output import console
from bot.training.models.comparing import Judged
from bot.training.models.gate import Demand, GateCheck
from bot.training.models.promotion import PromotionRefused, Why

WORDS = {
    Why.IN_SERVICE: "This model is in service already.",
    Why.NOT_COMPARED: "This model was not compared with the one in service: ./lapor nlu compare does it.",
    Why.GATE: "The gate does not let this model through. An admin overrules it with --despite REASON --by NAME.",
    Why.NOT_YOURS: "Only an admin may overrule the gate: name one with --by.",
    Why.NO_FORMER: "There is no former model to go back to.",
    Why.UNUSABLE: "This model cannot be used:",
    Why.MEANWHILE: "Somebody else has changed the model in service a moment ago: look again.",
}
DEMANDS = {
    Demand.GOLDEN: "golden phrases that fail",
    Demand.MACRO_F1: "macro-F1",
    Demand.LABEL: "F1",
    Demand.ACTS: "share of acts heard rightly",
    Demand.ACT: "F1 of the act",
    Demand.CALIBRATION: "calibration error",
    Demand.SURE: "share wrong when sure",
    Demand.SPEED: "milliseconds a text",
    Demand.SIZE: "megabytes",
}
_AT_MOST = {Demand.GOLDEN, Demand.CALIBRATION, Demand.SURE, Demand.SPEED, Demand.SIZE}


def why_not(refused: PromotionRefused) -> str:
    """Why a model is not put into service, in one sentence."""
    told = f" {_told(refused.failed)}." if refused.failed else f" {refused.detail}".rstrip()
    return f"{WORDS[refused.why]}{told}"


def show(judged: Judged) -> None:
    """The numbers in a table, and what the gate says."""
    table = Table("set", "number", "in service", "candidate", "95 % interval", box=None)
    for each in judged.comparison.sets:
        for name in ("category", "top3", "macro_f1", "intent", "calibration_error"):
            former, candidate = getattr(each.former, name), getattr(each.candidate, name)
            if former and candidate:
                interval = f"{candidate.low:.3f} - {candidate.high:.3f}"
                table.add_row(each.name, name, f"{former.value:.3f}", f"{candidate.value:.3f}", interval)
    if acts := judged.comparison.acts:
        interval = f"{acts.candidate.low:.3f} - {acts.candidate.high:.3f}"
        table.add_row("acts", "right", f"{acts.former.value:.3f}", f"{acts.candidate.value:.3f}", interval)
    console.print(table)
    for each in judged.comparison.sets:
        console.print(
            f"{each.name}: {each.only_candidate} better, {each.only_former} worse, McNemar p = {each.p:.3f}; "
            f"{each.left_out} left out because a model has learned from them."
        )
    failed = [check for check in judged.checks if not check.passed]
    console.print("The gate lets it through." if not failed else f"The gate does not let it through: {_told(failed)}.")


def _told(failed: Sequence[GateCheck]) -> str:
    return "; ".join(
        f"{DEMANDS[check.demand]}{f' of {check.of}' if check.of else ''} is {check.value:.3g}, "
        f"{'at most' if check.demand in _AT_MOST else 'at least'} {check.limit:.3g}"
        for check in failed
    )
