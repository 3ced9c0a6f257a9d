"""The declarations of a regency as frozen values. Pure: `files.py` reads and checks the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from actions.cases.case import HandlingClass, ReportType
from actions.cases.clocks import Calendar, ClockName, Ladder
from actions.cases.event_words import Templates
from actions.privacy.publication import PublicationRules
from actions.privacy.retention import Retention
from actions.regency.prices import Prices
from actions.regency.sp4n import Sp4nMapping

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Category:
    """What a complaint is about. A group has no parent; only leaves are predicted and filed.

    Attributes:
        slug: stable name, lower case with underscores.
        parent: slug of the group, None for a group.
        labels: what a citizen reads, by language code.
        physical: an officer's answer needs a photo as proof.
        sensitive: held by the inspectorate or designated body, never forwarded by the system.
        words: by which it is recognised where no model knows it.
        is_offered: whether it can be chosen for something new; cases that have it keep it either way.
        merged_into: slug of the category that took its place, where there is one.
        line: where it stands in categories.csv.
    """

    slug: str
    parent: str | None
    labels: Mapping[str, str]
    physical: bool = False
    sensitive: bool = False
    words: tuple[str, ...] = ()
    is_offered: bool = True
    merged_into: str | None = None
    line: int = field(default=0, compare=False)


class AgencyKind(StrEnum):
    """What an agency is in relation to this regency's government."""

    REGENCY_ADMIN = "regency_admin"
    INSPECTORATE = "inspectorate"
    UNIT = "unit"
    PROVINCE = "province"
    NATIONAL = "national"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Agency:
    """Who is authorised to answer.

    Attributes:
        code: stable name, unique.
        name: as a citizen reads it.
        parent: code of the agency above it, None for the top.
        kind: see `AgencyKind`; exactly one agency is the regency_admin.
        regions: Kemendagri codes it works in; empty means anywhere.
        sensitive: slugs of the categories whose sensitive cases it is the designated body for.
        contact: words for a citizen who is sent there; may be empty.
        aliases: other names by which people call it, such as "dishub".
        line: where it stands in agencies.csv.
    """

    code: str
    name: str
    parent: str | None
    kind: AgencyKind
    regions: frozenset[str] = frozenset()
    sensitive: frozenset[str] = frozenset()
    contact: str = ""
    aliases: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """One row of routing.csv; an empty field of the row is None here and means any."""

    category: str | None
    region: str | None
    type: ReportType | None
    agency: str
    priority: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number to call before anything else. `matters` are words of `hotlines.csv`'s column `for`.

    One for "oversight" is no hotline for emergencies: it hears complaints about the government itself.
    """

    name: str
    number: str
    matters: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_oversight(self) -> bool:
        """Whether it is named to whoever complains of everybody who could hold her case."""
        return OVERSIGHT in self.matters


OVERSIGHT = "oversight"


@dataclass(frozen=True, slots=True)
class Region:
    """A regency, district or village, or a neighbouring regency, by Kemendagri code ("64.09.01.1003")."""

    code: str
    name: str
    level: str
    lat: float
    lon: float
    outline: BaseGeometry = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Clocks in working days, with the regulation that sets them (data/deadlines.toml).

    Attributes:
        resolve: from forwarding to an answer.
        source: the regulation.
        supervisory: categories whose complaints are handled as supervisory ones.
        days: of every other clock.
        ladder: when the marks of a clock come.
        reopen_calendar_days: how long a closed case may be reopened, in days of the calendar.
        questions: how often a reporter may be asked.
        morning_hour, evening_hour: when a working day begins and ends, by the region's clock; at other times officers
            get messages without a sound.
        take_hours: how long whoever an urgent case comes to has to take it; then the next person is told, so often.
        urgent_at_any_hour: of an urgent case officers get their messages with a sound also at night and on days off.
    """

    resolve: Mapping[HandlingClass, int]
    source: str
    supervisory: frozenset[str] = frozenset()
    days: Mapping[ClockName, int] = field(default_factory=dict)
    ladder: Ladder = field(default_factory=Ladder)
    reopen_calendar_days: int = 30
    questions: int = 2
    morning_hour: int = 8
    evening_hour: int = 20
    take_hours: int = 1
    urgent_at_any_hour: bool = True


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one person may do (data/limits.toml)."""

    filed_an_hour: int
    filed_a_day: int
    failed_lookups_an_hour: int
    files_a_case: int = 10


@dataclass(frozen=True, slots=True)
class NearbyRules:
    """When a case is shown to whoever is about to file the same (data/nearby.toml).

    Attributes:
        open_days, closed_days: of the calendar, since it was filed, and since it was closed.
        most_shown: so many cases.
        same_place, same_matter: how alike two places in words, and two stories of one village, must be; to 100.
    """

    open_days: int = 365
    closed_days: int = 14
    most_shown: int = 2
    same_place: int = 85
    same_matter: int = 62


@dataclass(frozen=True, slots=True)
class AnswerTemplate:
    """An answer that an officer may begin with.

    Attributes:
        title: what she chooses it by.
        words: the answer, with `{place}`, `{date}` and `{ticket}` to be filled in.
        categories, agencies: slugs and codes for which it is offered; empty for all.
    """

    title: str
    words: str
    categories: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Regency:
    """Everything that one regency declares, already checked.

    Attributes:
        holidays: days that are not worked (national holidays, cuti bersama, local file), weekends apart.
        regions: of this regency, by code. `neighbours`: the others of the file.
        templates: sentences that count neither as progress nor as an answer.
        retention: how long what is kept of people.
        publication: which answers anybody may read, and after how long.
        answers: that officers may begin with.
        prices: of messages, by what their gateways bill.
        sp4n: how SP4N-LAPOR! calls what is called otherwise here.
        connected: codes of the agencies that another system works for, which need no liaison here.
    """

    code: str
    name: str
    time_zone: ZoneInfo
    languages: tuple[str, ...]
    categories: Mapping[str, Category]
    agencies: Mapping[str, Agency]
    rules: tuple[RoutingRule, ...]
    hotlines: tuple[Hotline, ...]
    regions: Mapping[str, Region]
    neighbours: tuple[Region, ...]
    deadlines: Deadlines
    limits: Limits
    holidays: frozenset[date]
    templates: Templates = field(default_factory=Templates)
    nearby: NearbyRules = field(default_factory=NearbyRules)
    retention: Retention = field(default_factory=Retention)
    publication: PublicationRules = field(default_factory=PublicationRules)
    answers: tuple[AnswerTemplate, ...] = ()
    prices: Prices = field(default_factory=Prices)
    sp4n: Sp4nMapping = field(default_factory=Sp4nMapping)
    connected: frozenset[str] = frozenset()

    @property
    def calendar(self) -> Calendar:
        """Its working days."""
        return Calendar(self.time_zone, self.holidays, self.deadlines.morning_hour)

    @property
    def emergencies(self) -> tuple[Hotline, ...]:
        """The numbers to call in an emergency, in the file's order."""
        return tuple(hotline for hotline in self.hotlines if not hotline.is_oversight)

    def leaves(self) -> tuple[Category, ...]:
        """The categories that a case may have, in the file's order; also those that are not offered any more."""
        return tuple(c for c in self.categories.values() if c.parent is not None)

    def offered(self) -> tuple[Category, ...]:
        """The categories that can be chosen, predicted and taught today, in the file's order."""
        return tuple(leaf for leaf in self.leaves() if leaf.is_offered)

    def offered_for(self, slug: str | None) -> str | None:
        """The category under which something new of this one is filed: itself, what it was merged into, or None."""
        known = self.categories.get(slug or "")
        if known is None or known.is_offered:
            return slug
        return known.merged_into

    def region(self, code: str) -> Region | None:
        """The region of a code, a neighbour too."""
        return self.regions.get(code) or next((other for other in self.neighbours if other.code == code), None)
