"""What a trainer looks for in her inbox, as it stands in the address of the page and in the form above it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from actions.store.training.inbox import InboxFilter
from bot.messaging.records import storable

NAMES: Mapping[str, str] = {
    "words": "kata",
    "guess": "tebakan",
    "doubt": "ragu",
    "channel": "saluran",
    "first": "dari",
    "last": "sampai",
}
LONGEST_VALUE = 100
MOST_WORDS = 8
DOUBTS: Mapping[str, bool] = {"ya": False, "tidak": True}
"""The value of the field, and whether the model was sure then."""


@dataclass(frozen=True, slots=True)
class InboxSearch:
    """The fields of the form; "" means any.

    Attributes:
        guess: "category:jalan" or "intent:greet".
        doubt: one of `DOUBTS`.
        first, last: days, the last one included.
    """

    words: str = ""
    guess: str = ""
    doubt: str = ""
    channel: str = ""
    first: str = ""
    last: str = ""

    @property
    def query(self) -> str:
        """The part of an address behind "?"."""
        values = {NAMES[each.name]: getattr(self, each.name) for each in fields(self)}
        return urlencode({name: value for name, value in values.items() if value})

    def sought(self, zone: ZoneInfo, hidden: frozenset[int] = frozenset()) -> InboxFilter:
        """The same as it is looked for; what cannot be is left out. `hidden`: samples that are shown already."""
        kind, _, name = self.guess.partition(":")
        first, last = _day(self.first), _day(self.last)
        return InboxFilter(
            words=tuple(self.words.split()[:MOST_WORDS]),
            category=name if kind == "category" else "",
            intent=name if kind == "intent" else "",
            is_sure=DOUBTS.get(self.doubt),
            channel=self.channel,
            first=_midnight(first, zone) if first else None,
            end=_midnight(last + timedelta(days=1), zone) if last and last < date.max else None,
            hidden=hidden,
        )


def read_search(query: Mapping[str, str]) -> InboxSearch:
    """What stands in an address, cut to what a form can hold."""
    return InboxSearch(
        **{name: storable(query.get(called, "")).strip()[:LONGEST_VALUE] for name, called in NAMES.items()}
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _midnight(day: date, zone: ZoneInfo) -> datetime | None:
    """When a day begins; None where the calendar has no such moment in UTC, so that it bounds nothing."""
    moment = datetime.combine(day, time(), zone)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None
