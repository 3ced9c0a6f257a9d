"""What each reader sees of a case: the one place that decides it. Pure.

Whoever shows a case takes it through `see` and shows what comes out. What a reader may not see is not in it: words are
None, texts are empty, and what has no empty value says the least. Nothing that comes out for somebody else than the
reporter and the service itself tells who she is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from actions.cases.case import Case, Identity, Location, Severity, Words, is_public
from actions.privacy.redaction import NOTHING_MODERATED, Moderated, cover, cover_again


class Reader(StrEnum):
    """Who reads, as far as it matters for what is shown.

    ANYBODY: whoever has the number, a supporter and whoever is about to file the same too. REPORTER: whose case it is.
    OFFICER: one person who has to do with it. GROUP: officers in a chat in which others may read. OPERATOR: whoever
    runs the service, at its command line. TRAINER: people who teach what words mean, nothing else.
    """

    ANYBODY = "anybody"
    REPORTER = "reporter"
    OFFICER = "officer"
    GROUP = "group"
    OPERATOR = "operator"
    TRAINER = "trainer"


@dataclass(frozen=True, slots=True)
class VisibleCase:
    """A case as one reader sees it; `words` is None where they are not for her, or were erased."""

    case: Case
    words: Words | None = None


def see(case: Case, words: Words | None, reader: Reader) -> VisibleCase | None:
    """The case as this reader sees it; None where she may not know of it.

    Source: what a ticket number reveals, and to whom, as docs/cases.md has it.
    """
    return READERS[reader](case, words)


def is_confidential(case: Case) -> bool:
    """Whether only single persons may know of it: it is secret, sensitive, or was hidden."""
    return not is_public(case)


def _as_anybody(case: Case, words: Words | None) -> VisibleCase | None:
    """Type, category, district, agency, status and dates: neither the words nor anything of the reporter's."""
    del words
    return VisibleCase(_public(case)) if is_public(case) else None


def _as_reporter(case: Case, words: Words | None) -> VisibleCase:
    return VisibleCase(case, words)


def as_officer(case: Case, words: Words | None) -> VisibleCase:
    """Everything but the reporter's identity; her name where she consented to it."""
    return VisibleCase(_nameless(case), _named(case, words))


def _as_group(case: Case, words: Words | None) -> VisibleCase | None:
    """As an officer, but for what a moderator has covered or withheld."""
    if is_confidential(case):
        return None
    suppressed = words.redaction.suppressed if words else frozenset[int]()
    sent = tuple(file for place, file in enumerate(case.attachments, 1) if place not in suppressed)
    where = replace(case.location, spoken=said_to_group(case.location.spoken or "", words) or None)
    return as_officer(replace(case, attachments=sent, location=where), _covered(words))


def said_to_group(said: str, words: Words | None) -> str:
    """What the reporter said beside her story, as a group reads it: what is covered there is covered here."""
    return cover_again(said, words.story, words.redaction.story) if words else said


def as_operator(case: Case) -> Case:
    """Where the case stands and what was sent with it; nothing that somebody typed of it but the place."""
    where = replace(case.location, lat=None, lon=None)
    return replace(_nameless(case), location=where)


def _as_operator(case: Case, words: Words | None) -> VisibleCase:
    del words
    return VisibleCase(as_operator(case))


def _as_trainer(case: Case, words: Words | None) -> VisibleCase | None:
    """What was told, as a sample of language: nothing around it, and nothing that a moderator has covered."""
    if is_confidential(case):
        return None
    covered = _covered(words)
    return VisibleCase(replace(_public(case), location=Location()), Words(covered.story) if covered else None)


READERS: Mapping[Reader, Callable[[Case, Words | None], VisibleCase | None]] = {
    Reader.ANYBODY: _as_anybody,
    Reader.REPORTER: _as_reporter,
    Reader.OFFICER: as_officer,
    Reader.GROUP: _as_group,
    Reader.OPERATOR: _as_operator,
    Reader.TRAINER: _as_trainer,
}


def _public(case: Case) -> Case:
    place = case.location
    is_outside = place.outside is not None or place.outside_province
    district = Location(
        district=place.district, outside="" if is_outside else None, outside_province=place.outside_province
    )
    return replace(
        case,
        draft_key="",
        reporter="",
        channel="",
        reason="",
        location=district,
        severity=Severity.NORMAL,
        identity=Identity.ANONYMOUS,
        sensitive=False,
        consent="",
        attachments=(),
        returns=0,
        next_due_at=None,
        due_on=None,
        accused=(),
        assignee="",
    )


def anybody_reads(case: Case, moderated: Moderated) -> Moderated:
    """What of a moderator's title and answer anybody may read; nothing of a case of which she may not know."""
    return moderated if is_public(case) else NOTHING_MODERATED


def _covered(words: Words | None) -> Words | None:
    return Words(cover(words.story, words.redaction.story), words.name) if words else None


def _nameless(case: Case) -> Case:
    return replace(case, reporter="", draft_key="")


def _named(case: Case, words: Words | None) -> Words | None:
    return words if words is None or case.identity is Identity.NAMED else replace(words, name=None)
