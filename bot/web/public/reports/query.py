"""What a reader of the list of reports asks for, as it stands in the address, and the page's words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from actions.cases.case import Status
from actions.cases.ticket import Ticket, read_back
from actions.store.statistics.listing import Filters, Place, days_of
from bot.conversation.screen import Line, line
from bot.web.case.words import PAGE as CASE

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
class Asked:
    """Which cases, and behind which of them the page begins."""

    filters: Filters
    after: Place | None = None

    def query(self, after: Place | None = None) -> str:
        """The part of an address behind "?": the same filters, and a place."""
        told = {NAMES[name]: str(getattr(self.filters, name) or "") for name in NAMES}
        if after:
            told[BEHIND] = f"{after.received_on.isoformat()}.{after.ticket}"
        return urlencode({name: value for name, value in told.items() if value})


def read_asked(query: Mapping[str, str]) -> Asked | None:
    """What stands in an address; None where it is nothing that can be asked for."""
    told = {name: query.get(called, "").strip()[:80] for name, called in NAMES.items()}
    status, month = told.pop("status"), told["month"]
    try:
        if month:
            days_of(month)
        return Asked(Filters(**told, status=Status(status) if status else None), _place(query.get(BEHIND, "")))
    except ValueError:
        return None


def _place(told: str) -> Place | None:
    """A place in the list.

    Raises:
        ValueError: it is none.
    """
    if not told:
        return None
    day, _, number = told[:32].partition(".")
    if read_back(number) != [Ticket(number)]:
        raise ValueError(told)
    return Place(date.fromisoformat(day), number)
