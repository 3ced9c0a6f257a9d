"""Which part of a list is shown: by agency, category, place, urgency, person, and what a number of today counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.people import Person
from actions.people.roles import Role
from actions.regency.agencies import agency_named
from actions.regency.model import Regency
from actions.store.cases.queue import Pile
from actions.store.people.people import SqlPeople, people
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.officers.chat_bindings import OF_THE_AGENCY
from bot.web.desk.context import DeskContext
from bot.web.desk.reading import CaseList, picked
from bot.web.desk.search.view import DISTRICT_DOTS, district_groups
from bot.web.desk.today.routes import working_days
from bot.web.shared.site import FilterChoice

YES = "ya"
NOBODY = "none"
LONGEST = 80


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of a list is wanted; what is "" may be anything.

    Attributes:
        pick: name of a number of today, such as "late".
        person: id of who works on it; "none" for nobody.
        agency: code of who holds it.
        category: slug of what it is about.
        place: code of its district or village.
        is_urgent: only what speaks of danger or violence.
    """

    pick: str = ""
    person: str = ""
    agency: str = ""
    category: str = ""
    place: str = ""
    is_urgent: bool = False

    @classmethod
    def read(cls, asked: Mapping[str, str], regency: Regency) -> QueueFilter:
        """From the parameters of an address; what the regency does not have is left out."""
        given = {name: value.strip()[:LONGEST] for name, value in asked.items()}
        category, place = given.get("category", ""), given.get("place", "")
        return cls(
            pick=given.get("pick", "")[:9],
            person=given.get("person", "")[:9],
            agency=agency_named(regency.agencies, given.get("agency", "")),
            category=category if category in regency.categories else "",
            place=place if place in regency.regions else "",
            is_urgent=given.get("urgent") == YES,
        )

    @property
    def query(self) -> dict[str, str]:
        """As parameters of an address."""
        each = {
            "pick": self.pick,
            "person": self.person,
            "agency": self.agency,
            "category": self.category,
            "place": self.place,
            "urgent": YES if self.is_urgent else "",
        }
        return {name: value for name, value in each.items() if value}

    def of(self, one: CaseList, context: DeskContext) -> CaseList:
        """The part of this list."""
        days = working_days(context.regency.calendar.day(context.now()), context.regency)
        part = picked(one, self.pick, self.person, days)
        return replace(part, pile=self._narrowed(part.pile))

    def _narrowed(self, pile: Pile) -> Pile:
        if self.agency:
            within = pile.agencies is None or self.agency in pile.agencies
            pile = replace(pile, agencies=frozenset({self.agency} if within else ()))
        pile = replace(pile, category=self.category, place=self.place)
        return replace(pile, is_urgent=True) if self.is_urgent else pile


@dataclass(frozen=True, slots=True)
class FilterFields:
    """What the form that narrows a list offers.

    Attributes:
        agencies: names to search among; none for whoever sees one agency's cases.
        agency: the name that is chosen.
        categories, persons: to choose from.
        places: districts and their villages, by the name of the district.
    """

    agencies: Sequence[Label]
    agency: Label | None
    categories: Sequence[FilterChoice]
    places: Sequence[tuple[str, Sequence[FilterChoice]]]
    persons: Sequence[FilterChoice]


async def fields_of(
    context: DeskContext, connection: AsyncConnection, person: Person, wanted: QueueFilter
) -> FilterFields:
    """The form as it is filled in."""
    regency, is_everywhere = context.regency, person.has_any({Role.VERIFIER, Role.ARBITER, Role.AUDITOR})
    there = people.c.is_active & (people.c.agency.is_not(None) if is_everywhere else people.c.agency == person.agency)
    known = [one for one in await SqlPeople(connection).those(there) if one.has_any(OF_THE_AGENCY)]
    persons: list[tuple[str, Line | Label | str]] = [
        (NOBODY, line("today-nobody")),
        *((str(one.id), one.name) for one in known),
    ]
    return FilterFields(
        agencies=[Label(LabelSource.AGENCY, code) for code in regency.agencies] if is_everywhere else (),
        agency=Label(LabelSource.AGENCY, wanted.agency) if wanted.agency else None,
        categories=_choices(
            [(leaf.slug, Label(LabelSource.CATEGORY, leaf.slug)) for leaf in regency.leaves()], wanted.category
        ),
        places=_places(regency, wanted.place),
        persons=_choices(persons, wanted.person),
    )


def _places(regency: Regency, chosen: str) -> list[tuple[str, Sequence[FilterChoice]]]:
    districts = {one.name: one.code for one in regency.regions.values() if one.code.count(".") == DISTRICT_DOTS}
    found: list[tuple[str, Sequence[FilterChoice]]] = []
    for name, there in district_groups(regency):
        each: list[tuple[str, Line | Label | str]] = [
            (districts[name], line("queue-whole-district", district=name)),
            *there,
        ]
        found.append((name, _choices(each, chosen)))
    return found


def _choices(values: Sequence[tuple[str, Line | Label | str]], chosen: str) -> list[FilterChoice]:
    return [FilterChoice(value, words, value == chosen) for value, words in values]


def filter_of(context: DeskContext, request: Request) -> QueueFilter:
    """What the address of this request asks for."""
    return QueueFilter.read(request.query_params, context.regency)
