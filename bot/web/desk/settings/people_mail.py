"""`/desk/settings/people/<number>/mail`: an admin gives somebody an e-mail address, or takes it away."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.people.mail import drop_address
from actions.people.people import PersonRefused
from actions.store.people.mail import SqlMailBook
from actions.store.people.people import SqlPeople
from bot.officers.mails import send_mail_code
from bot.web.account.context import HEADERS
from bot.web.desk.case.routes import missing
from bot.web.desk.context import DeskContext
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import PostedFields, UnreadForm, posted

PEOPLE = "/desk/settings/people"
LONGEST_NUMBER = 9


def people_mail_router(context: DeskContext) -> APIRouter:
    """Setting and removing an address."""
    router = guarded(context.sign_in)

    @router.post("/desk/settings/people/{number}/mail")
    async def mail(request: Request, number: str) -> Response:
        try:
            form = await posted(request)
        except UnreadForm:
            return Response(status_code=400)
        if not number.isdecimal() or len(number) > LONGEST_NUMBER:
            return missing(context, request)
        return await _change(context, request, int(number), form)

    return router


async def _change(context: DeskContext, request: Request, number: int, form: PostedFields) -> Response:
    who, now, address = f"person:{person_of(request).id}", context.now(), form.fields.get("address", "")
    try:
        async with context.database.writing() as connection:
            person = await SqlPeople(connection).by_id(number)
            if person is None:
                return missing(context, request)
            if form.fields.get("act") == "drop":
                await drop_address(SqlMailBook(connection), person, now, who)
            else:
                await send_mail_code(context.office, connection, person, address, now, who)
    except PersonRefused:
        return RedirectResponse(f"{PEOPLE}?mail=refused", 303, headers=HEADERS)
    return RedirectResponse(f"{PEOPLE}?done=1", 303, headers=HEADERS)
