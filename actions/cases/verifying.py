"""Whether what is stored of a case is what happened to it: its chain of events, its columns, and the words. Pure."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from actions.cases import chain
from actions.cases.case import Case, CaseEvent, Words, is_forgotten
from actions.cases.decide import next_due_at
from actions.cases.event_words import Saying
from actions.cases.links import (
    PERSONAL_DIGEST,
    CaseLink,
    ChainKeys,
    Erased,
    Tombstone,
    digest_personal,
    facts_of,
    is_genuine,
    is_genuine_tombstone,
)
from actions.cases.officer_handlers import stand
from actions.cases.replay import BrokenHistory, agrees
from actions.people.roles import Role
from actions.regency.model import Regency


class CaseFault(StrEnum):
    """What is wrong with a case."""

    NO_CASE = "no_case"
    CHANGED = "changed"
    CUT_OFF = "cut_off"
    IMPOSSIBLE = "impossible"
    OTHERWISE = "otherwise"
    COLUMN = "column"
    PERSONAL = "personal"
    WORDS = "words"
    WORDS_GONE = "words_gone"
    NO_LINK = "no_link"
    LINK = "link"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: with which event (0 for the whole case), or in which column of `cases` ("" for none)."""

    kind: CaseFault
    number: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Installation:
    """Whose cases are verified.

    Attributes:
        keys: with which its links were made.
        id: that every link covers.
        is_sealed: every event has a link; before, those without one prove less.
    """

    keys: ChainKeys
    id: str
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything that is stored of a case; erased words are missing."""

    ticket: str
    case: Case | None
    events: Sequence[CaseEvent]
    words: Words | None = None
    salt: str = ""
    sayings: Mapping[int, Saying] = field(default_factory=dict)
    links: Mapping[int, CaseLink] = field(default_factory=dict)
    tombstones: Sequence[Tombstone] = ()


LONGEST_POSTPONEMENT = timedelta(days=14)
"""What the table refuses for now is tried again the next working morning; no run of holidays is longer."""


def fault_of(
    stored: Stored, regency: Regency, installation: Installation | None = None, now: datetime | None = None
) -> Fault | None:
    """The first thing that is wrong; None when all is well.

    Args:
        stored: all of a case.
        regency: in whose calendar and with whose deadlines it is replayed.
        installation: whose links are looked at; without one only what the database itself says.
        now: by which it is told how far the service may have put off its next look at a case.
    """
    return next(faults_of(stored, regency, installation, now), None)


def faults_of(
    stored: Stored, regency: Regency, installation: Installation | None = None, now: datetime | None = None
) -> Iterator[Fault]:
    """Everything that is wrong, in the order in which one thing may follow from another; see `fault_of`."""
    case, events = stored.case, stored.events
    if place := chain.verify(events):
        yield Fault(CaseFault.CHANGED, place)
    if case is None:
        yield Fault(CaseFault.NO_CASE)
        return
    if case.version != len(events):
        yield Fault(CaseFault.CUT_OFF, len(events))
    if installation:
        yield from _link_faults(stored, installation)
    try:
        case_state = stand(case, events, regency)
    except BrokenHistory as broken:
        yield Fault(CaseFault.IMPOSSIBLE, broken.number)
    else:
        if not agrees(case, case_state):
            yield Fault(CaseFault.OTHERWISE)
        if now and not _is_due_in_time(stored, next_due_at(case_state, regency), now):
            yield Fault(CaseFault.COLUMN, column="next_due_at")
    if installation:
        yield from _column_faults(stored, installation)
    yield from _words_faults(stored, installation)


# Links and columns -----------------------------------------------------------------------------------------------


def is_late(stored: Stored) -> bool:
    """Whether some of its events were there before there were keys, so that they prove less."""
    return not stored.links or any(link.is_late for link in stored.links.values())


def _link_faults(stored: Stored, installation: Installation) -> Iterator[Fault]:
    for event in stored.events:
        link = stored.links.get(event.number)
        if link is None:
            if installation.is_sealed:
                yield Fault(CaseFault.NO_LINK, event.number)
        elif not is_genuine(installation.keys, installation.id, link, event.hash):
            yield Fault(CaseFault.LINK, event.number)
    for number in sorted(stored.links):
        if number > len(stored.events):
            yield Fault(CaseFault.CUT_OFF, len(stored.events))


def _column_faults(stored: Stored, installation: Installation) -> Iterator[Fault]:
    """Each column of the case that is not as it was when its last event was sealed."""
    case, told = stored.case, [link.facts for _, link in sorted(stored.links.items()) if link.facts]
    if case is None or not told:
        return
    sealed, now, erased = json.loads(told[-1]), facts_of(case), erased_of(stored, installation)
    moved = {"next_due_at"} | ({"identity"} if Erased.NAME in erased else set())
    for column, value in now.items():
        if column in sealed and column not in moved and sealed[column] != value:
            yield Fault(CaseFault.COLUMN, column=column)
    digests = [facts[PERSONAL_DIGEST] for text in told if PERSONAL_DIGEST in (facts := json.loads(text))]
    if digests and stored.salt and Erased.NAME not in erased and digests[-1] != digest_personal(case, stored.salt):
        yield Fault(CaseFault.PERSONAL)


def _is_due_in_time(stored: Stored, derived: datetime | None, now: datetime) -> bool:
    """Whether the service looks at the case again when it was sealed to, or has only put it off as it does."""
    told = [link.facts for _, link in sorted(stored.links.items()) if link.facts]
    if stored.case is None or not told:
        return True
    sealed, next_look = json.loads(told[-1])["next_due_at"], stored.case.next_due_at
    if facts_of(stored.case)["next_due_at"] == sealed:
        return True
    if sealed is None or datetime.fromisoformat(sealed) > now:
        return False
    return next_look == derived or (next_look is not None and next_look <= now + LONGEST_POSTPONEMENT)


def erased_of(stored: Stored, installation: Installation) -> frozenset[Erased]:
    """What was erased of a case, as far as its tombstones are genuine."""
    stones = [stone for stone in stored.tombstones if stone.ticket == stored.ticket]
    genuine = [stone for stone in stones if is_genuine_tombstone(installation.keys, installation.id, stone)]
    return frozenset(Erased(stone.what) for stone in genuine)


# Words -----------------------------------------------------------------------------------------------------------


def _words_faults(stored: Stored, installation: Installation | None) -> Iterator[Fault]:
    if not stored.events:
        return
    if installation and stored.links:
        yield from _missing_words(stored, installation)
    first = stored.events[0]
    if stored.words:
        is_cut = _is_cut(stored, installation)
        if not is_cut and not _is_digest(chain.digest_words(stored.words, bytes.fromhex(stored.salt)), first):
            yield Fault(CaseFault.WORDS, first.number)
    for number, saying in stored.sayings.items():
        if saying.typed and not (number <= len(stored.events) and _is_digest(saying.digest, stored.events[number - 1])):
            yield Fault(CaseFault.WORDS, number)


def _missing_words(stored: Stored, installation: Installation) -> Iterator[Fault]:
    """Words that are gone without a tombstone; of events that were sealed late nobody knows whether there were any."""
    erased = erased_of(stored, installation)
    if Erased.ALL in erased:
        return
    for event in stored.events:
        link = stored.links.get(event.number)
        is_hers = event.number == 1 or event.who is Role.REPORTER
        if link is None or link.is_late or not event.words_digest or (is_hers and Erased.HERS in erased):
            continue
        has_words = stored.words is not None if event.number == 1 else event.number in stored.sayings
        if not has_words:
            yield Fault(CaseFault.WORDS_GONE, event.number)


def _is_cut(stored: Stored, installation: Installation | None) -> bool:
    """Her name was taken out of what she wrote, and the salt with it: the story that stays can be compared no more."""
    if stored.salt or stored.case is None or not is_forgotten(stored.case.reporter):
        return False
    needs_stone = installation is not None and bool(stored.links) and not is_late(stored)
    return not needs_stone or (installation is not None and Erased.NAME in erased_of(stored, installation))


def _is_digest(digest: str, event: CaseEvent) -> bool:
    return hmac.compare_digest(digest, event.words_digest)
