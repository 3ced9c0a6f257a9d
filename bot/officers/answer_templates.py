"""Which answers an officer may begin with on a case, and how they read there. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from actions.cases.case import Case
from actions.regency.model import AnswerTemplate, Regency


def fitting(case: Case, regency: Regency) -> Sequence[AnswerTemplate]:
    """Those for its category and its agency, what was made for one of them before what is for all."""
    found = [
        one
        for one in regency.answers
        if (not one.categories or case.category in one.categories) and (not one.agencies or case.agency in one.agencies)
    ]
    return sorted(found, key=lambda one: not (one.categories or one.agencies))


def filled_in(template: AnswerTemplate, place: str, day: str, ticket: str) -> str:
    """Its words on a case; an ellipsis where the place is not known, so that she sees what to write."""
    told = {"place": place or "…", "date": day, "ticket": ticket}
    words = template.words
    for name, value in told.items():
        words = words.replace(f"{{{name}}}", value)
    return words
