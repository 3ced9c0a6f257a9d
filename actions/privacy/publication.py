"""Which answers of closed cases anybody may come to read, under which title, and from when on. Pure.

The reporter's story is never published. What is published is an officer's answer, whole, under a title in the
service's own words: the kind of problem, and a place in which enough people reported the same kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from actions.cases.case import Case, ReportType, Status, is_forgotten, is_public
from actions.cases.clocks import Calendar


@dataclass(frozen=True, slots=True)
class PublicationRules:
    """How answers are published (data/publication.toml).

    Attributes:
        working_days: so many whole working days lie between the proposal and the day of publication.
        fewest_reporters: a title names a place only where so many people reported the same kind of problem.
        titles: what a problem is called in people's words, by category; another is called by its label.
        persons: words that tell of one person.
        cues: what stands before a name.
        ordinary: words that are no name, as they are written in answers.
    """

    working_days: int = 2
    fewest_reporters: int = 5
    titles: Mapping[str, str] = field(default_factory=dict)
    persons: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Area:
    """A village, a district, or everywhere."""

    district: str = ""
    village: str = ""

    @property
    def code(self) -> str:
        """Of the smallest that it names; "" for everywhere."""
        return self.village or self.district


class PublicationState(StrEnum):
    """How far an answer has come.

    CLOSED: its case was closed, and nobody has looked at the answer yet. PROPOSED: it is published on its day unless a
    moderator holds it. HELD: it is not published unless a moderator does so. PUBLISHED: anybody reads it.
    """

    CLOSED = "closed"
    PROPOSED = "proposed"
    HELD = "held"
    PUBLISHED = "published"


class HeldFor(StrEnum):
    """Why an answer waits for a moderator.

    WORDS: something in it may be a name or a number. FEW: too few people reported this kind of problem. DECIDED: a
    moderator has said before what others read of the case. MODERATOR: one has held it.
    """

    WORDS = "words"
    FEW = "few"
    DECIDED = "decided"
    MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class Publication:
    """The answer of a case on its way to the public.

    Attributes:
        number: of the event with which it was given; 0 while nobody has looked.
        title: under which it is published.
        publish_at: when it is published unless it is held; None where it is not.
        reason: what the moderator who held it wrote.
    """

    ticket: str
    state: PublicationState
    number: int = 0
    title: str = ""
    held_for: HeldFor | None = None
    reason: str = ""
    publish_at: datetime | None = None


def may_be_published(case: Case, sensitive: frozenset[str]) -> bool:
    """Whether the answer of a case may come to be published at all.

    It is closed, neither secret, sensitive nor hidden, of a category that is known and not among the `sensitive`
    slugs, and its reporter has not asked to be forgotten.
    """
    is_known = case.category is not None and case.category not in sensitive
    return case.status is Status.CLOSED and is_public(case) and is_known and not is_forgotten(case.reporter)


def publication_day(at: datetime, rules: PublicationRules, calendar: Calendar) -> datetime:
    """When an answer that is proposed now is published: as the first working day begins after those to look at it."""
    return calendar.opening(calendar.after(calendar.day(at), rules.working_days + 1))


def title_of_answer(case: Case, label: str, place: str, rules: PublicationRules) -> str:
    """The title: what it is about in people's words, and the place where one may be named.

    Args:
        case: whose answer it is.
        label: of its category, for what is no complaint and for categories without a title of their own.
        place: the place that may be named; "" for none.
        rules: with the titles.
    """
    is_complaint = case.type is ReportType.COMPLAINT
    words = rules.titles.get(case.category or "", label) if is_complaint else label
    return f"{words}, {place}" if place else words


def places_around(case: Case) -> tuple[Area, ...]:
    """The places that a title might name, the smallest first; the last one is everywhere, which is not named."""
    district, village = case.location.district or "", case.location.village or ""
    found = [Area(district, village)] if village else []
    return (*found, *([Area(district)] if district else []), Area())
