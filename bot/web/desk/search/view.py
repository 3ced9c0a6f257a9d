"""What a search shows: its fields, what was found with the words in their place, and rows for a spreadsheet. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.cases.case import Case, Status, Words
from actions.privacy.visibility import is_confidential
from actions.regency.model import Regency
from actions.store.cases.search import Word
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.officers.card import place_in_words
from bot.web.case.words import STATUS, TYPES
from bot.web.desk.search.query import NAMES, SearchQuery
from bot.web.desk.search.words import CHANNELS, FILTERS
from bot.web.desk.view import Tag, about, due_words, tags_of
from bot.web.shared.site import FilterChoice
from bot.web.trainer.models.csv import Cell

type Say = Callable[[Line | Label | str], str]

AROUND = 90
"""Letters of a story on either side of the first word that was found."""
DISTRICT_DOTS, VILLAGE_DOTS = 2, 3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a story; `is_sought`: it is one of the words that were sought."""

    words: str
    is_sought: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found; no pieces of one that single persons alone may know of: those are on its own page."""

    ticket: str
    about: Line | Label
    place: str
    status: Line
    agency: Label
    filed: Line
    iso: str
    due: Line | None
    tags: Sequence[Tag]
    pieces: Sequence[Excerpt]
    is_confidential: bool


@dataclass(frozen=True, slots=True)
class SearchField:
    """A filter, as a field of the form: groups of choices, each by its title."""

    called: str
    title: Line
    groups: Sequence[tuple[str, Sequence[FilterChoice]]]


def hit_of(case: Case, words: Words | None, sought: re.Pattern[str] | None, regency: Regency, today: date) -> Hit:
    """A case as the person who seeks may see it (`visible.py`); `sought`: what of its words is marked."""
    filed = case.filed_at.astimezone(regency.time_zone).date()
    return Hit(
        ticket=case.ticket,
        about=about(case),
        place=place_in_words(case, regency),
        status=STATUS[case.status],
        agency=Label(LabelSource.AGENCY, case.agency),
        filed=line("case-day", date=filed),
        iso=filed.isoformat(),
        due=due_words(case, today),
        tags=tags_of(case, today),
        pieces=() if is_confidential(case) or words is None else pieces(words.story, sought),
        is_confidential=is_confidential(case),
    )


def pieces(story: str, pattern: re.Pattern[str] | None) -> list[Excerpt]:
    """The part of a story around what was sought, or its beginning."""
    told = " ".join(story.split())
    first = pattern.search(told) if pattern else None
    start = max(0, first.start() - AROUND) if first else 0
    end = min(len(told), (first.end() if first else AROUND) + AROUND)
    shown = f"{'…' if start else ''}{told[start:end]}{'…' if end < len(told) else ''}"
    parts = pattern.split(shown) if pattern else [shown]
    return [Excerpt(words, bool(place % 2)) for place, words in enumerate(parts) if words]


def pattern_of(sought: Sequence[Word]) -> re.Pattern[str] | None:
    """Finds any of these words in a story; None where none is sought."""
    words = [f"{re.escape(one)}{r'[^\W_]*' if word.begins else ''}" for word in sought for one in word.spellings]
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])({'|'.join(longest_first)})(?![^\W_])", re.IGNORECASE) if words else None


def filters(asked: SearchQuery, regency: Regency, of_agencies: frozenset[str] | None) -> list[SearchField]:
    """Each filter with everything that can be chosen; whoever sees one agency's cases chooses none."""
    wanted = {name: title for name, title in FILTERS.items() if name != "agency" or of_agencies is None}
    return [SearchField(NAMES[name], title, _groups(name, asked, regency)) for name, title in wanted.items()]


def _groups(name: str, asked: SearchQuery, regency: Regency) -> list[tuple[str, Sequence[FilterChoice]]]:
    chosen = str(getattr(asked, name))
    every: Sequence[tuple[str, Sequence[tuple[str, Line | Label | str]]]] = [("", list(_values(name, regency)))]
    if name == "village":
        every = [(district, list[tuple[str, Line | Label | str]](some)) for district, some in district_groups(regency)]
    return [
        (title, [FilterChoice(value, words, value == chosen) for value, words in values]) for title, values in every
    ]


def _values(name: str, regency: Regency) -> Iterator[tuple[str, Line | Label | str]]:
    match name:
        case "status":
            yield from ((status.value, STATUS[status]) for status in Status)
        case "category":
            yield from ((leaf.slug, Label(LabelSource.CATEGORY, leaf.slug)) for leaf in regency.leaves())
        case "agency":
            yield from ((code, Label(LabelSource.AGENCY, code)) for code in regency.agencies)
        case "district":
            regions = regency.regions.values()
            yield from ((region.code, region.name) for region in regions if region.code.count(".") == DISTRICT_DOTS)
        case "channel":
            yield from CHANNELS.items()


def district_groups(regency: Regency) -> list[tuple[str, list[tuple[str, str]]]]:
    """The villages as (code, name), district by district."""
    regions = regency.regions.values()
    districts = [region for region in regions if region.code.count(".") == DISTRICT_DOTS]
    villages = [region for region in regions if region.code.count(".") == VILLAGE_DOTS]
    return [
        (district.name, [(one.code, one.name) for one in villages if one.code.startswith(f"{district.code}.")])
        for district in districts
    ]


COLUMNS: Mapping[str, Line] = {
    "ticket": line("case-number"),
    "status": line("public-status"),
    "type": line("case-type"),
    "category": line("case-category"),
    "agency": line("case-agency"),
    "district": line("public-district"),
    "village": line("public-village"),
    "channel": line("desk-search-channel"),
    "filed": line("case-filed"),
    "due": line("desk-search-due"),
    "late": line("public-late"),
}
"""What a spreadsheet is given: where cases stand. What was told, names and places stay at the desk."""


def csv_row(case: Case, regency: Regency, say: Say, today: date) -> Sequence[Cell]:
    """A case as a row."""
    place = case.location
    district, village = (regency.region(code) if code else None for code in (place.district, place.village))
    is_late = any(tag.kind == "late" for tag in tags_of(case, today))
    return (
        case.ticket,
        say(STATUS[case.status]),
        say(TYPES[case.type]),
        say(about(case)),
        say(Label(LabelSource.AGENCY, case.agency)),
        district.name if district else None,
        village.name if village else None,
        say(CHANNELS[case.channel]) if case.channel in CHANNELS else case.channel,
        case.filed_at.astimezone(regency.time_zone).date().isoformat(),
        case.due_on.isoformat() if case.due_on else None,
        int(is_late),
    )
