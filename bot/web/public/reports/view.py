"""What the list of public cases shows, chosen from what was read. Pure; words come from what `visible.py` leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from urllib.parse import urlencode

from actions.cases.case import Status
from actions.cases.ticket import Ticket, read_back
from actions.privacy.redaction import NOTHING_MODERATED, Moderated
from actions.privacy.visibility import Reader, anybody_reads, see
from actions.regency.model import Regency
from actions.store.statistics.listing import Filters, ListedCase, ListingCursor, days_of
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.messaging.records import storable
from bot.web.case.view import title_of
from bot.web.case.words import PAGE as CASE
from bot.web.case.words import STATUS
from bot.web.public.reports.map import classes
from bot.web.public.statistics.view import Voice
from bot.web.shared.site import FilterChoice

PAGE: Mapping[str, Line] = {
    "skip": CASE["skip"],
    "language": CASE["language"],
    "title": CASE["list"],
    "about": line("public-about"),
    "filters": line("public-filters"),
    "show": line("public-show"),
    "all": line("public-all"),
    "found": line("public-found"),
    "none": line("public-none"),
    "late": line("public-late"),
    "answer": line("public-answer"),
    "older": line("public-older"),
    "newest": line("public-newest"),
    "feed": line("public-feed"),
    "map": line("public-map"),
    "map_about": line("public-map-about"),
    "map_none": line("public-map-none"),
    "village": line("public-village"),
    "received": line("statistics-received"),
    "table": line("statistics-table"),
    "csv": line("statistics-csv"),
    "statistics": CASE["statistics"],
    "check": CASE["check_title"],
    "chat": CASE["chat"],
}

FILTERS: Mapping[str, Line] = {
    "agency": line("case-agency"),
    "category": line("case-category"),
    "district": line("public-district"),
    "status": line("public-status"),
    "month": line("public-month"),
}


NAMES: Final = {
    "agency": "instansi",
    "category": "kategori",
    "district": "kecamatan",
    "status": "status",
    "month": "bulan",
}
"""The filters, and how each is called in an address."""
BEHIND: Final = "sesudah"


@dataclass(frozen=True, slots=True)
class ReportsQuery:
    """Which cases, and behind which of them the page begins."""

    filters: Filters
    after: ListingCursor | None = None

    def query(self, after: ListingCursor | None = None) -> str:
        """The part of an address behind "?": the same filters, and a place."""
        told = {NAMES[name]: str(getattr(self.filters, name) or "") for name in NAMES}
        if after:
            told[BEHIND] = f"{after.received_on.isoformat()}.{after.ticket}"
        return urlencode({name: value for name, value in told.items() if value})


def read_asked(query: Mapping[str, str]) -> ReportsQuery | None:
    """What stands in an address; None where it is nothing that can be asked for."""
    told = {name: query.get(called, "").strip()[:80] for name, called in NAMES.items()}
    status, month = told.pop("status"), told["month"]
    if any(storable(value) != value for value in told.values()):
        return None
    try:
        if month:
            days_of(month)
        return ReportsQuery(Filters(**told, status=Status(status) if status else None), _place(query.get(BEHIND, "")))
    except ValueError:
        return None


def _place(told: str) -> ListingCursor | None:
    """A place in the list.

    Raises:
        ValueError: it is none.
    """
    if not told:
        return None
    day, _, number = told[:32].partition(".")
    if read_back(number) != [Ticket(number)]:
        raise ValueError(told)
    return ListingCursor(date.fromisoformat(day), number)


DISTRICT_DOTS = 2


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A case as anybody may see it.

    Attributes:
        updated: the day of the last change, as a moment for feeds.
        answer: the agency's, as it is published or a moderator has let it out; "" while none is.
    """

    ticket: str
    title: Line | str
    status: Line
    agency: Label
    day: str
    iso_day: str
    updated: str
    is_late: bool
    answer: str = ""


@dataclass(frozen=True, slots=True)
class FilterField:
    """A filter, as a field of the form."""

    called: str
    title: Line
    choices: Sequence[FilterChoice]


@dataclass(frozen=True, slots=True)
class MapRow:
    """A village of the map."""

    name: str
    number: str


def entries(
    listed: Sequence[ListedCase], moderated: Mapping[str, Moderated], regency: Regency, today: date, voice: Voice
) -> list[ReportEntry]:
    """Those that anybody may see, in their order; `moderated`: what moderators let anybody read of them."""
    told = [(one, moderated.get(one.case.ticket, NOTHING_MODERATED)) for one in listed]
    return [entry for one, let_out in told if (entry := _entry(one, let_out, regency, today, voice))]


def _entry(one: ListedCase, moderated: Moderated, regency: Regency, today: date, voice: Voice) -> ReportEntry | None:
    seen, statistics = see(one.case, None, Reader.ANYBODY), one.statistics
    if seen is None:
        return None
    let_out = anybody_reads(one.case, moderated)
    updated = datetime.combine(statistics.changed_on, time(), regency.time_zone)
    return ReportEntry(
        ticket=seen.case.ticket,
        title=let_out.title or title_of(seen.case, regency),
        status=STATUS[seen.case.status],
        agency=Label(LabelSource.AGENCY, seen.case.agency),
        day=voice.day(statistics.received_on),
        iso_day=statistics.received_on.isoformat(),
        updated=updated.isoformat(),
        is_late=statistics.is_late or (statistics.due_on is not None and today > statistics.due_on),
        answer=let_out.answer,
    )


def filters(asked: ReportsQuery, regency: Regency, months: Sequence[str], voice: Voice) -> list[FilterField]:
    """Each filter with everything that can be chosen."""
    districts = [code for code in regency.regions if code.count(".") == DISTRICT_DOTS]
    values: dict[str, list[tuple[str, Line | Label | str]]] = {
        "agency": [(code, Label(LabelSource.AGENCY, code)) for code in regency.agencies],
        "category": [
            (leaf.slug, Label(LabelSource.CATEGORY, leaf.slug)) for leaf in regency.leaves() if not leaf.sensitive
        ],
        "district": [(code, voice.key("district", code)) for code in districts],
        "status": [(status.value, STATUS[status]) for status in Status],
        "month": [(month, voice.month(month)) for month in months],
    }
    chosen = {name: str(getattr(asked.filters, name) or "") for name in NAMES}
    return [
        FilterField(
            NAMES[name], title, [FilterChoice(value, words, value == chosen[name]) for value, words in values[name]]
        )
        for name, title in FILTERS.items()
    ]


def months(years: Sequence[int], today: date) -> Iterator[str]:
    """The months of these years up to this one, the last first."""
    for year in years:
        last = today.month if year == today.year else 12
        yield from (f"{year}-{month:02}" for month in range(last, 0, -1))


def shades(counts: Collection[int]) -> list[tuple[int, Line]]:
    """The key of the map: each shade and what it stands for, as the numbers of its villages have it."""
    every = classes(counts)
    told = [(0, line("public-map-few"))]
    for place, least in enumerate(every, 1):
        most = every[place] - 1 if place < len(every) else None
        to = line("public-map-to", least=least, most=most) if most else line("public-map-from", least=least)
        told.append((place, to))
    return told
