"""What a reader of requests asks for: the specification's filters, and where a page begins. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from actions.cases.case import OPEN, TERMINAL, Status
from actions.cases.ticket import Ticket, read_back
from actions.store.statistics.listing import ListingCursor, ListingScope
from bot.conversation.dialogue import UNKNOWN
from bot.integrations.open311.problems import TurnedAway, wrong

LONGEST_SPAN: Final = timedelta(days=90)
MOST_REQUESTS: Final = 1000
"""Both are the specification's."""
MOST_NUMBERS: Final = 50
LONGEST_VALUE: Final = 2000
STATUSES: Final[Mapping[str, frozenset[Status]]] = {"open": OPEN, "closed": TERMINAL}
"""A case is open until nothing more is done about it: one that was answered may still be disputed."""
EARLIEST, LATEST = date(1970, 1, 1), date(2999, 12, 31)
"""No case is from before or after."""
W3C: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class AskedRequests:
    """Which requests. `numbers`, where there are any, stand above everything else."""

    numbers: tuple[str, ...]
    span: ListingScope
    after: ListingCursor | None = None
    most: int = MOST_REQUESTS


def read_asked(query: Mapping[str, str], today: date, zone: ZoneInfo, slugs: Collection[str]) -> AskedRequests:
    """What stands in an address; what is empty counts as not there.

    Args:
        query: its arguments.
        today: by the region's calendar.
        zone: of the region, in which the day of a moment is looked up.
        slugs: of the categories there are.

    Raises:
        TurnedAway: something there cannot be asked for.
    """
    numbers = _list(query, "service_request_id")
    if len(numbers) > MOST_NUMBERS:
        raise TurnedAway(wrong("service_request_id"))
    first, last = _days(query, today, zone)
    return AskedRequests(
        numbers=tuple(dict.fromkeys(number_of(typed) for typed in numbers)),
        span=ListingScope(first=first, last=last, categories=_categories(query, slugs), statuses=_statuses(query)),
        after=_after(query),
        most=_most(query),
    )


def number_of(typed: str) -> str:
    """A number as cases have it; what is none is looked up all the same, as one that no case has."""
    read = next(iter(read_back(typed)), None) if len(typed) <= LONGEST_VALUE else None
    return read.number if isinstance(read, Ticket) else ""


def query_after(query: Mapping[str, str], last: ListingCursor) -> str:
    """The part of an address behind "?" that asks for the same behind this place."""
    kept = {name: value for name, value in query.items() if name != "api_key"}
    return urlencode(kept | {"after": f"{last.received_on.isoformat()}.{last.ticket}"})


def _list(query: Mapping[str, str], name: str) -> list[str]:
    value = query.get(name, "")
    if len(value) > LONGEST_VALUE:
        raise TurnedAway(wrong(name))
    return [one.strip() for one in value.split(",") if one.strip()]


def _days(query: Mapping[str, str], today: date, zone: ZoneInfo) -> tuple[date, date]:
    """The days in which was asked for; a day counts whole, since no more of a case is told than its day."""
    first, last = _day(query, "start_date", zone), _day(query, "end_date", zone)
    if first and last and first > last:
        raise TurnedAway(wrong("end_date"))
    if first and last and last - first > LONGEST_SPAN:
        raise TurnedAway(wrong("start_date, end_date"))
    if last is None:
        last = min(first + LONGEST_SPAN, max(first, today)) if first else today
    return first or last - LONGEST_SPAN, last


def _day(query: Mapping[str, str], name: str, zone: ZoneInfo) -> date | None:
    typed = query.get(name, "").strip().replace(" ", "+")  # a plus that was not escaped
    if not typed:
        return None
    if not W3C.fullmatch(typed):
        raise TurnedAway(wrong(name))
    try:
        day = datetime.fromisoformat(typed).astimezone(zone).date()
    except (ValueError, OverflowError):
        raise TurnedAway(wrong(name)) from None
    return min(max(day, EARLIEST), LATEST)


def _categories(query: Mapping[str, str], slugs: Collection[str]) -> frozenset[str | None]:
    """Those that are asked for; of one that does not exist there are no requests."""
    asked = _list(query, "service_code")
    return frozenset(None if slug == UNKNOWN else slug if slug in slugs else "" for slug in asked)


def _statuses(query: Mapping[str, str]) -> frozenset[Status]:
    asked = _list(query, "status")
    if not set(asked) <= STATUSES.keys():
        raise TurnedAway(wrong("status"))
    return frozenset(status for name in asked for status in STATUSES[name])


def _after(query: Mapping[str, str]) -> ListingCursor | None:
    typed = query.get("after", "").strip()
    if not typed:
        return None
    day, _, number = typed[:32].partition(".")
    try:
        if read_back(number) == [Ticket(number)]:
            return ListingCursor(date.fromisoformat(day), number)
    except ValueError:
        pass
    raise TurnedAway(wrong("after"))


def _most(query: Mapping[str, str]) -> int:
    typed = query.get("limit", "").strip()
    if not typed:
        return MOST_REQUESTS
    if not re.fullmatch(r"[0-9]{1,4}", typed) or not 1 <= int(typed) <= MOST_REQUESTS:
        raise TurnedAway(wrong("limit"))
    return int(typed)
