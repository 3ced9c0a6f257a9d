"""What a list is told when one of its keys was pressed and it stays: the notice, its numbers, whether the case left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.queue import count_up_to
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.web.desk.case.view import WORDS
from bot.web.desk.context import DeskContext
from bot.web.desk.reading import CaseList, list_named, lists_for
from bot.web.shared.access import person_of

STAYING: Final = "x-lapor-list"
"""A header of the script that presses keys without leaving the list."""
COUNTED_UP_TO = 1_000

type Tab = tuple[CaseList, Line]


async def tabs_of(context: DeskContext, connection: AsyncConnection, request: Request) -> Sequence[Tab]:
    """Her lists, each with how much is on it."""
    lists = await lists_for(context, connection, person_of(request))
    counts = [(each, await count_up_to(connection, each.pile, COUNTED_UP_TO)) for each in lists]
    return [(each, line("desk-count", count=count, more=_more(count))) for each, count in counts]


def _more(count: int) -> str:
    return "yes" if count >= COUNTED_UP_TO else "no"


def done_words(action: str, ticket: str) -> Line:
    """That this was just done to this case."""
    return line("desk-done", ticket=ticket, what=Label(LabelSource.TEXT, f"deed-{action}"))


async def pressed(context: DeskContext, request: Request, action: str, ticket: str, name: str) -> Response:
    """The parts of the list that change, and whether the case has left it."""
    async with context.database.reading() as connection:
        tabs = await tabs_of(context, connection, request)
        case = await SqlCaseBook(connection).by_ticket(ticket)
    one = list_named([each for each, _ in tabs], name)
    left = ticket if one and _has_left(one, case) else ""
    done = done_words(action, ticket)
    title = line("desk-title")
    return context.answer(request, "desk/queue/pressed.html", title, WORDS, tabs=tabs, one=one, done=done, left=left)


def _has_left(one: CaseList, case: Case | None) -> bool:
    """Whether a case that stood on a list stands there no more, by where it is now."""
    return case is None or case.status not in one.pile.statuses or one.pile.agency not in {None, case.agency}
