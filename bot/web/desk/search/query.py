"""What an officer seeks, as it stands in the address of a page, and the words of the search form. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from actions.cases.case import Status
from actions.store.cases.search import CaseQuery, Word
from bot.conversation.screen import Line, line
from bot.understanding import words as tables
from bot.understanding.normalise import plain

PAGE: Mapping[str, Line] = {
    "title": line("desk-search-title"),
    "words": line("desk-search-words"),
    "hint": line("desk-search-hint"),
    "filters": line("desk-search-filters"),
    "all": line("public-all"),
    "from": line("desk-search-from"),
    "to": line("desk-search-to"),
    "late": line("desk-search-late"),
    "search": line("desk-search-button"),
    "found": line("desk-search-found"),
    "none": line("desk-search-none"),
    "none_yet": line("desk-search-none-yet"),
    "newest": line("public-newest"),
    "older": line("public-older"),
    "go_on": line("desk-search-go-on"),
    "csv": line("statistics-csv"),
    "xlsx": line("statistics-xlsx"),
    "csv_about": line("desk-search-csv-about"),
    "discreet": line("desk-search-discreet"),
}
FILTERS: Mapping[str, Line] = {
    "status": line("public-status"),
    "category": line("case-category"),
    "agency": line("case-agency"),
    "district": line("public-district"),
    "village": line("public-village"),
    "channel": line("desk-search-channel"),
}
DESK_CHANNELS: Mapping[str, Line] = {
    "counter": line("desk-channel-counter"),
    "phone": line("desk-channel-phone"),
    "letter": line("desk-channel-letter"),
    "sp4n": line("desk-channel-sp4n"),
}
"""The channels of cases that are typed in at the desk or come from SP4N; each other channel declares its own label."""


NAMES: Final = {
    "words": "kata",
    "status": "status",
    "category": "kategori",
    "agency": "instansi",
    "district": "kecamatan",
    "village": "desa",
    "channel": "saluran",
    "first": "dari",
    "last": "sampai",
    "late": "terlambat",
}
"""What can be sought, and how each is called in an address."""
BEHIND: Final = "sesudah"
YES: Final = "ya"
MOST_WORDS, LONGEST_WORD, LONGEST_VALUE = 8, 40, 200
SHORTEST_BEGINNING, SHORTEST_ROOT = 4, 4
PREFIXES = ("ber", "be", "di", "ke", "me", "mem", "men", "meng", "meny", "pe", "pem", "pen", "peng", "ter", "se")
SUFFIXES = ("an", "kan", "i", "nya")
_WORD = re.compile(r"[^\W_]+\*?")
_TYPED = {meant: tuple(typed) for meant, typed in tables.lists("slang").items()}


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What stands in an address; "" for anything. `after`: the row behind which the page begins."""

    words: str = ""
    status: str = ""
    category: str = ""
    agency: str = ""
    district: str = ""
    village: str = ""
    channel: str = ""
    first: str = ""
    last: str = ""
    late: str = ""
    after: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether anything at all is sought."""
        return not any(getattr(self, name) for name in NAMES)

    def query(self, after: int | None = None) -> str:
        """The part of an address behind "?": the same, and a row."""
        told = {called: getattr(self, name) for name, called in NAMES.items()} | {BEHIND: str(after or "")}
        return urlencode({called: value for called, value in told.items() if value})


class UnreadableSearch(ValueError):
    """The address asks for what there cannot be."""


def read_asked(query: Mapping[str, str]) -> SearchQuery:
    """What stands in an address, cut to what a form can hold."""
    told = {name: query.get(called, "").strip()[:LONGEST_VALUE] for name, called in NAMES.items()}
    after = query.get(BEHIND, "")
    return SearchQuery(**told, after=int(after) if after.isdecimal() and len(after) < 19 else None)  # noqa: PLR2004 - a row's


def sought(asked: SearchQuery, of_agencies: frozenset[str] | None, now: datetime, zone: ZoneInfo) -> CaseQuery:
    """The same as it is looked for.

    Raises:
        UnreadableSearch: a status or a day that there is not.
    """
    try:
        status = Status(asked.status) if asked.status else None
        first = date.fromisoformat(asked.first) if asked.first else None
        last = date.fromisoformat(asked.last) if asked.last else None
    except ValueError as error:
        raise UnreadableSearch(str(error)) from error
    return CaseQuery(
        words=tuple(words_of(asked.words)),
        status=status,
        category=asked.category,
        agency=asked.agency,
        district=asked.district,
        village=asked.village,
        channel=asked.channel,
        first=_midnight(first, zone) if first else None,
        last=_midnight(last + timedelta(days=1), zone) if last and last < date.max else None,
        late_on=now.astimezone(zone).date() if asked.late == YES else None,
        of_agencies=of_agencies,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime | None:
    """When a day begins; None where the calendar has no such moment in UTC, so that it bounds nothing."""
    moment = datetime.combine(day, time(), zone)
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return None
    return moment


def words_of(typed: str) -> Iterator[Word]:
    """The words that were typed, each as it may stand in a story; "berlub*" is whatever begins so."""
    for found in _WORD.findall(typed.lower())[:MOST_WORDS]:
        word = found.removesuffix("*")[:LONGEST_WORD]
        if found.endswith("*") and len(word) >= SHORTEST_BEGINNING:
            yield Word((word,), begins=True)
        else:
            yield Word(spellings(word))


def spellings(word: str) -> tuple[str, ...]:
    """A word with and without what Indonesian puts before and behind it, and as people type it on a phone."""
    meant = plain(word)
    root = min(_roots(meant), key=len, default=meant)
    forms = dict.fromkeys([word, meant, *_with_suffixes(meant)])
    if len(root) >= SHORTEST_ROOT and root.isalpha():
        forms |= dict.fromkeys(form for prefix in ("", *PREFIXES) for form in _with_suffixes(f"{prefix}{root}"))
    typed = (short for form in forms for short in _TYPED.get(form, ()))
    return tuple(dict.fromkeys([*forms, *(short for short in typed if short.isalnum())]))


def _with_suffixes(word: str) -> Iterator[str]:
    yield word
    if len(word) >= SHORTEST_ROOT and word.isalpha():
        yield from (f"{word}{suffix}" for suffix in SUFFIXES)


def _roots(word: str) -> Iterator[str]:
    """What may be left of it without a prefix and a suffix."""
    bare = [word.removesuffix(suffix) for suffix in SUFFIXES if word.endswith(suffix)]
    for form in (word, *bare):
        prefix = max((one for one in PREFIXES if form.startswith(one)), key=len, default="")
        yield from (left for left in (form, form.removeprefix(prefix)) if len(left) >= SHORTEST_ROOT)
