"""Which questions a talk is held over: those that its header names, else all that a whole report has had so far.

A talk of one question runs on a flow of that question (`# flow: story, place`): another question, or another button of
the card, leaves it as it is. Some forty whole talks name nothing: they run the report. A question more leaves them as
they are, too, until it is written into `WHOLE`; before that it has a talk of its own (`# flow: story, severity`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache

from bot.conversation.flow import Flow
from bot.conversation.report import report

WHOLE = ("story", "type", "category", "place", "photos", "name", "secrecy")
"""What whole talks are held over: the questions of the report that they were written for, asked or on the card."""


class UnknownQuestion(LookupError):
    """A talk names a question that the report does not have."""


@cache
def flow_of(named: str = "") -> Flow:
    """The report with these questions alone, in its own order, and its card.

    Args:
        named: as a header has it, with commas between; "" for `WHOLE`.

    Raises:
        UnknownQuestion: the report has no question of such a name.
    """
    return only(report, named_in(named))


def only(declared: Flow, names: Collection[str]) -> Flow:
    """A declared report with these of its questions, be they asked or on the card.

    Raises:
        UnknownQuestion: the report has no question of such a name.
    """
    if unknown := set(names) - {question.name for question in declared.questions}:
        raise UnknownQuestion(f"the report does not have {sorted(unknown)}")
    card = replace(declared.review, beside=tuple(one for one in declared.review.beside if one.name in names))
    return Flow(*(step for step in declared.asked if step.name in names), card)


def named_in(named: str) -> Collection[str]:
    """The names of the questions in a header."""
    return [name.strip() for name in named.split(",")] if named else WHOLE
