"""`/desk/today`: late, due, unclaimed, contested and waiting, by person; each number leads to its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import partial
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from actions.cases.clocks import is_working_day
from actions.people.people import Person
from actions.people.roles import Role
from actions.regency.model import Regency
from actions.store.cases.officer_work import names_of
from actions.store.cases.workload import WorkCount, WorkingDays, count_work
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.web.desk.case.routes import missing
from bot.web.desk.context import DeskContext
from bot.web.shared.access import guarded, person_of

NUMBERS: Final[Mapping[str, Line]] = {
    "urgent": line("today-urgent"),
    "late": line("today-late"),
    "today": line("today-today"),
    "tomorrow": line("today-tomorrow"),
    "unclaimed": line("today-unclaimed"),
    "contested": line("today-contested"),
    "waiting": line("today-waiting"),
}
WORDS: Final[Mapping[str, Line]] = {
    "about": line("today-about"),
    "all": line("today-all"),
    "person": line("today-person"),
    "agency": line("case-agency"),
    "nothing": line("today-nothing"),
    "back": line("today-back"),
    "idle": line("today-idle"),
    "press": line("today-press"),
}


@dataclass(frozen=True, slots=True)
class TodayRow:
    """A row of the table: whose it is, with the address of more, and (number, address of its cases) of each column."""

    name: str | Label | Line
    address: str
    numbers: Sequence[tuple[int, str]]

    @property
    def is_idle(self) -> bool:
        """Whether nothing of it waits."""
        return not any(number for number, _ in self.numbers)


def today_router(context: DeskContext) -> APIRouter:
    """The page."""
    router = guarded(context.sign_in)

    @router.get("/desk/today")
    async def today(request: Request) -> Response:
        return await today_page(context, request)

    return router


def leads(person: Person) -> bool:
    """Whether this page is the first that she should see."""
    return person.has_any({Role.ADMIN}) or (person.agency is not None and person.has_any({Role.AGENCY_ADMIN}))


def working_days(today: date, regency: Regency) -> WorkingDays:
    """This day and the next on which offices work."""
    following = today + timedelta(days=1)
    while not is_working_day(following, regency.holidays):
        following += timedelta(days=1)
    return WorkingDays(today, following)


async def today_page(context: DeskContext, request: Request) -> Response:
    """An agency's work by person; for the admin of the installation that of all agencies, and of each by person."""
    person, asked = person_of(request), request.query_params.get("agency", "")
    is_everywhere = person.has_any({Role.ADMIN})
    agency = person.agency if not is_everywhere else asked or None
    if agency is not None and agency not in context.regency.agencies:
        return missing(context, request)
    days = working_days(context.regency.calendar.day(context.now()), context.regency)
    async with context.database.reading() as connection:
        counts = await count_work(connection, agency, days)
        names = await names_of(connection, {one.person for one in counts if one.person})
    may_read = agency is not None and person.agency == agency
    rows = _by_person(counts, names, may_read=may_read) if agency is not None else _by_agency(counts)
    total = TodayRow(WORDS["all"], "", _numbers(_sum("", counts), _address if may_read else _nowhere))
    return context.answer(
        request,
        "desk/today/today.html",
        line("today-title"),
        WORDS,
        columns=list(NUMBERS.items()),
        rows=[total, *(one for one in rows if agency is not None or not one.is_idle)],
        idle=[one for one in rows if agency is None and one.is_idle],
        of=Label(LabelSource.AGENCY, agency) if agency else context.regency.name,
        by=WORDS["person"] if agency else WORDS["agency"],
        is_part=is_everywhere and agency is not None,
        may_press=may_read or agency is None,
    )


def _by_person(counts: Sequence[WorkCount], names: Mapping[str, str], *, may_read: bool) -> list[TodayRow]:
    """Whoever is behind with most first; what nobody has taken at the top."""
    ordered = sorted(counts, key=lambda one: (one.person != "", -one.late, -one.today))
    return [
        TodayRow(
            names.get(one.person, line("today-without-account")) if one.person else line("today-nobody"),
            "",
            _numbers(one, partial(_address, person=one.person or "none") if may_read else _nowhere),
        )
        for one in ordered
    ]


def _by_agency(counts: Sequence[WorkCount]) -> list[TodayRow]:
    found = [_sum(agency, [one for one in counts if one.agency == agency]) for agency in {one.agency for one in counts}]
    return [
        TodayRow(
            Label(LabelSource.AGENCY, one.agency),
            _of_agency(one.agency),
            _numbers(one, partial(_of_agency, one.agency)),
        )
        for one in sorted(found, key=lambda one: (-one.urgent, -one.late, -one.today, one.agency))
    ]


def _sum(agency: str, counts: Iterable[WorkCount]) -> WorkCount:
    known = list(counts)
    numbers = [one.name for one in fields(WorkCount) if one.name in NUMBERS]
    return WorkCount(agency, **{name: sum(getattr(one, name) for one in known) for name in numbers})


def _numbers(one: WorkCount, address: Callable[[str], str]) -> list[tuple[int, str]]:
    return [(getattr(one, name), address(name) if getattr(one, name) else "") for name in NUMBERS]


def _nowhere(pick: str) -> str:
    """Whoever reads no cases sees the number alone."""
    del pick
    return ""


def _of_agency(agency: str, pick: str = "") -> str:
    """The same page of one agency; it does not depend on the column."""
    del pick
    return f"/desk/today?{urlencode({'agency': agency})}"


def _address(pick: str, person: str = "") -> str:
    """The list of these cases at the desk."""
    return f"/desk?{urlencode({'list': 'agency', 'pick': pick} | ({'person': person} if person else {}))}"
