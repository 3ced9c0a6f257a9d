"""`/desk/account/leave`: an officer says who works in her place while she is away, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.people import Person
from actions.store.people.people import SqlPeople, people
from actions.store.people.substitutes import Leave, begin_leave, end_leave, leave_of
from bot.conversation.screen import Line, line
from bot.officers.chat_bindings import OF_THE_AGENCY
from bot.web.account.context import HEADERS
from bot.web.account.routes import ACCOUNT
from bot.web.desk.context import DeskContext
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import UnreadForm, posted

LONGEST: Final = timedelta(days=365)
WORDS: Final[Mapping[str, Line]] = {
    "leave": line("leave-title"),
    "leave_about": line("leave-about"),
    "leave_person": line("leave-person"),
    "leave_until": line("leave-until"),
    "leave_begin": line("leave-begin"),
    "leave_end": line("leave-end"),
    "choose": line("desk-choose"),
}


@dataclass(frozen=True, slots=True)
class LeaveForm:
    """What her account page shows of it.

    Attributes:
        colleagues: id and name of each who could work in her place.
        now: that she is away, in words; None while she is there.
        first, last: the days between which she may choose.
    """

    colleagues: Sequence[tuple[str, str]]
    now: Line | None
    first: date
    last: date


def leave_router(context: DeskContext) -> APIRouter:
    """Beginning and ending a leave."""
    router = guarded(context.sign_in)

    @router.post("/desk/account/leave")
    async def leave(request: Request) -> Response:
        try:
            fields = (await posted(request)).fields
        except UnreadForm:
            return Response(status_code=400)
        await _change(context, person_of(request), fields)
        return RedirectResponse(f"{ACCOUNT}#away", 303, headers=HEADERS)

    return router


async def leave_form(context: DeskContext, connection: AsyncConnection, person: Person) -> LeaveForm | None:
    """For whoever works for an agency; None for others, who have no cases of their own."""
    if person.agency is None or not person.has_any(OF_THE_AGENCY):
        return None
    today = context.regency.calendar.day(context.now())
    colleagues = await _colleagues(connection, person)
    leave = await leave_of(connection, person.id, today)
    names = dict(colleagues)
    now = line("leave-now", name=names.get(leave.substitute, "?"), date=leave.until) if leave else None
    return LeaveForm(colleagues, now, today, today + LONGEST)


async def _colleagues(connection: AsyncConnection, person: Person) -> Sequence[tuple[str, str]]:
    there = people.c.is_active & (people.c.agency == person.agency) & (people.c.id != person.id)
    return [(str(one.id), one.name) for one in await SqlPeople(connection).those(there) if one.has_any(OF_THE_AGENCY)]


async def _change(context: DeskContext, person: Person, fields: Mapping[str, str]) -> None:
    """What cannot be is left as it was: the page shows how it stands."""
    today = context.regency.calendar.day(context.now())
    async with context.database.writing() as connection:
        if fields.get("act") == "end":
            await end_leave(connection, person.id)
            return
        known = {one for one, _ in await _colleagues(connection, person)}
        until, substitute = _day(fields.get("until", "")), fields.get("person", "")
        if until and today <= until <= today + LONGEST and substitute in known and person.agency:
            await begin_leave(connection, Leave(str(person.id), substitute, until))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
