"""What must hold before a case may take a step, besides who takes it from where to where. Pure.

A guard answers the key of a refusal, which is a sentence of the text files, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from actions.case import Case, Visibility, Who


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step that someone wants to take, as the guards see it."""

    case: Case
    who: Who
    why: str
    agency: str | None
    siblings: Collection[str]


type Guard = Callable[[Attempt], str | None]


def a_reason(attempt: Attempt) -> str | None:
    """Whoever asks later must be able to read why."""
    return None if attempt.why.strip() else "refused-no-reason"


def open_to_the_system(attempt: Attempt) -> str | None:
    """The system forwards what the citizen has categorised, and never a secret or sensitive case."""
    case = attempt.case
    is_open = case.category is not None and not case.sensitive and case.visibility is Visibility.PUBLIC
    return None if is_open or attempt.who is not Who.SYSTEM else "refused-held-back"


def another_agency(attempt: Attempt) -> str | None:
    """It is said who holds the case from now on, and it is someone else."""
    if attempt.agency is None:
        return "refused-no-agency"
    return "refused-same-agency" if attempt.agency == attempt.case.agency else None


def the_same_government(attempt: Attempt) -> str | None:
    """An agency admin moves a case among the units of one government only."""
    return None if attempt.agency in attempt.siblings else "refused-other-government"


def the_first_return(attempt: Attempt) -> str | None:
    """A second return is a dispute about authority."""
    return "refused-returned-before" if attempt.case.returns else None
