"""What a verifier is proposed: which agency a case goes to, because of what, and how sure that is. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from actions.cases.case import Case, Location, Status, Visibility
from actions.cases.routing import RoutingDecision, accused_by, route
from actions.regency.model import Regency
from actions.store.cases.queue import ModelGuess
from bot.conversation.screen import Label, LabelSource, Line, line

MOST_SHOWN = 3
OF_A_HUNDRED = 100

type InWords = Callable[[RoutingDecision, Location], str]
"""Why an agency is the one, in the language of whoever reads."""


@dataclass(frozen=True, slots=True)
class RoutingProposal:
    """Where a case may go.

    Attributes:
        agency: code of the agency.
        why: because of what, the weightiest first.
        guesses: what the understanding made of the words, best first.
        category: slug of what it is about; None where nobody knows.
    """

    agency: str
    why: tuple[Line, ...]
    guesses: tuple[Line, ...] = ()
    category: str | None = None


def proposal_of(
    case: Case, suggested: str, guessed: ModelGuess | None, regency: Regency, in_words: InWords
) -> RoutingProposal | None:
    """For a case that waits to be forwarded; None for any other.

    Args:
        case: which.
        suggested: the agency that was named when it was returned; "" for none.
        guessed: what the understanding made of its words, where that was kept.
        regency: its rules.
        in_words: says why.
    """
    if case.status is not Status.RECEIVED:
        return None
    guesses = _guesses(guessed)
    best = guessed.categories[0] if guessed and guessed.categories else None
    category = next((slug for slug in (case.category, best and best[0]) if slug in regency.categories), None)
    if suggested in regency.agencies:
        return RoutingProposal(suggested, (line("desk-why-returned"),), guesses, category)
    decision = route(
        regency,
        type=case.type,
        category=category,
        location=case.location,
        severity=case.severity,
        sensitive=case.sensitive,
        secret=case.visibility is Visibility.SECRET,
        accused=accused_by(regency, case),
    )
    basis = _basis(case, best)
    if decision.reason.key == "reason-unknown-category":
        return RoutingProposal(decision.agency, (basis,), guesses, category)
    return RoutingProposal(
        decision.agency, (basis, line("desk-why", why=in_words(decision, case.location))), guesses, category
    )


def _basis(case: Case, best: tuple[str, float] | None) -> Line:
    """On which category it rests: the reporter's, the understanding's, or none."""
    if case.category:
        return line("desk-why-chosen", category=Label(LabelSource.CATEGORY, case.category))
    if best:
        percent = round(best[1] * OF_A_HUNDRED)
        return line("desk-why-guessed", category=Label(LabelSource.CATEGORY, best[0]), percent=percent)
    return line("desk-why-nothing")


def _guesses(guessed: ModelGuess | None) -> tuple[Line, ...]:
    shown = guessed.categories[:MOST_SHOWN] if guessed else ()
    return tuple(
        line("desk-guess", category=Label(LabelSource.CATEGORY, name), percent=round(sure * OF_A_HUNDRED))
        for name, sure in shown
    )
