"""`/desk/account/mail`: whoever has an e-mail address types the code that was sent to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.mail import confirm_address
from actions.people.people import Person
from actions.people.sign_in import OF_A_CODE
from actions.store.people.mail import AddressState, SqlMailBook, kept_addresses
from actions.store.people.sign_in import count_try, forget_tries
from bot.conversation.screen import Line, line
from bot.web.account.context import HEADERS
from bot.web.account.routes import ACCOUNT
from bot.web.desk.context import DeskContext
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import UnreadForm, posted

WORDS: Final[Mapping[str, Line]] = {
    "mail": line("account-mail"),
    "mail_code": line("account-mail-code"),
    "mail_confirm": line("account-mail-confirm"),
    "mail_wrong": line("account-mail-wrong"),
}


@dataclass(frozen=True, slots=True)
class ShownAddress:
    """What the account page says of an address; `is_asked`: its code is still to be typed."""

    state: Line
    is_asked: bool
    is_wrong: bool


def account_mail_router(context: DeskContext) -> APIRouter:
    """Confirming an address."""
    router = guarded(context.sign_in)

    @router.post("/desk/account/mail")
    async def mail(request: Request) -> Response:
        try:
            fields = (await posted(request)).fields
        except UnreadForm:
            return Response(status_code=400)
        is_right = await _confirm(context, person_of(request), fields.get("code", ""))
        return RedirectResponse(f"{ACCOUNT}#mail" if is_right else f"{ACCOUNT}?mail=wrong#mail", 303, headers=HEADERS)

    return router


async def shown_address(connection: AsyncConnection, person: Person, request: Request) -> ShownAddress | None:
    """How it stands with this person's address; None where there is none."""
    kept = (await kept_addresses(connection)).get(person.id)
    if kept is None:
        return None
    is_asked, is_wrong = kept.state is AddressState.UNCONFIRMED, request.query_params.get("mail") == "wrong"
    return ShownAddress(line(f"account-mail-{kept.state.value}", address=kept.address), is_asked, is_wrong)


async def _confirm(context: DeskContext, person: Person, typed: str) -> bool:
    """Whether the code was right; tries are counted as those of other codes."""
    counted, now = context.sign_in.checking.devices.counted_as("mail code", str(person.id)), context.now()
    async with context.database.writing() as connection:
        if await count_try(connection, {counted: OF_A_CODE}, now):
            return False
    async with context.database.writing() as connection:
        if not await confirm_address(SqlMailBook(connection), person, typed, now):
            return False
        await forget_tries(connection, counted)
    return True
