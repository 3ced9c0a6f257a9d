"""Whether what is stored of a case is what happened to it: its chain of events, itself, and the words. Pure."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from actions.cases import chain
from actions.cases.case import Case, CaseEvent, Words, is_forgotten
from actions.cases.event_words import Saying
from actions.cases.officer_handlers import stand
from actions.cases.replay import BrokenHistory, agrees
from actions.regency.model import Regency


class CaseFault(StrEnum):
    """What is wrong with a case."""

    NO_CASE = "no_case"
    CHANGED = "changed"
    CUT_OFF = "cut_off"
    IMPOSSIBLE = "impossible"
    OTHERWISE = "otherwise"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Stored:
    """All that is stored of a case; what was erased is not there."""

    ticket: str
    case: Case | None
    events: Sequence[CaseEvent]
    words: Words | None = None
    salt: str = ""
    sayings: Mapping[int, Saying] = field(default_factory=dict)


def fault_of(stored: Stored, regency: Regency) -> tuple[CaseFault, int] | None:
    """The first thing that is wrong and the number of its event, 0 for the whole case; None when all is well."""
    case, events = stored.case, stored.events
    if place := chain.verify(events):
        return CaseFault.CHANGED, place
    if case is None:
        return CaseFault.NO_CASE, 0
    if case.version != len(events):
        return CaseFault.CUT_OFF, len(events)
    try:
        case_state = stand(case, events, regency)
    except BrokenHistory as broken:
        return CaseFault.IMPOSSIBLE, broken.number
    if not agrees(case, case_state):
        return CaseFault.OTHERWISE, 0
    return _words_fault(stored)


def _words_fault(stored: Stored) -> tuple[CaseFault, int] | None:
    first = stored.events[0]
    salt = bytes.fromhex(stored.salt)
    if stored.words and not _is_cut(stored) and not _is_digest(chain.digest_words(stored.words, salt), first):
        return CaseFault.WORDS, first.number
    for number, saying in stored.sayings.items():
        if saying.typed and not (number <= len(stored.events) and _is_digest(saying.digest, stored.events[number - 1])):
            return CaseFault.WORDS, number
    return None


def _is_cut(stored: Stored) -> bool:
    """Her name was taken out of what she wrote, and the salt with it: the story that stays can be compared no more."""
    return not stored.salt and stored.case is not None and is_forgotten(stored.case.reporter)


def _is_digest(digest: str, event: CaseEvent) -> bool:
    return hmac.compare_digest(digest, event.words_digest)
