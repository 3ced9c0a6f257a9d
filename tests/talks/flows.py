"""Which questions a talk is held over: those that its header names, else those that most talks were written for.

So a question more in the report leaves the talks of the others as they are. It has a talk of its own
(`# flow: story, severity`), and `test_flows.py` holds that no question of the report is without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.conversation.flow import Flow
from bot.conversation.report import report

REPORT = "report"
"""Names the whole report, as it is declared."""
OF_MOST_TALKS = ("story", "type", "category", "place")


class UnknownQuestion(LookupError):
    """A talk names a question that the report does not have."""


@cache
def flow_of(named: str = "") -> Flow:
    """The report with these questions alone, in its own order, and its card.

    Args:
        named: as a header has it, with commas between; `REPORT` for the whole, "" for `OF_MOST_TALKS`.

    Raises:
        UnknownQuestion: the report has no question of such a name.
    """
    return report if named == REPORT else only(named_in(named))


def named_in(named: str) -> Sequence[str]:
    """The names of the questions in a header."""
    return [name.strip() for name in named.split(",")] if named else OF_MOST_TALKS


def only(names: Sequence[str]) -> Flow:
    """The report with these questions alone."""
    if unknown := set(names) - {question.name for question in report.asked}:
        raise UnknownQuestion(f"the report does not ask {sorted(unknown)}")
    return Flow(*(step for step in report.steps if step.ends or step.name in names))
