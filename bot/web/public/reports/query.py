"""What a reader of the list asks for, as it stands in the address. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from actions.cases.case import Status
from actions.cases.ticket import Ticket, read_back
from actions.store.statistics.listing import Filters, ListingCursor, days_of

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
