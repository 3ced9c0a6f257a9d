"""Carries out what people of the service ask for in the chat, and answers with what happened."""

from __future__ import annotations

import hashlib

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people_handlers import tie_telegram
from actions.people_tries import OF_A_CHAT
from actions.store.people import SqlPeople
from actions.store.people_tries import count_try, forget_tries
from bot.conversation.effects import Effect, TieAccount
from bot.conversation.events import AccountNotTied, AccountTied, Event
from bot.delivery.desk import Citizen

TELEGRAM = "telegram"
"""The one channel whose accounts belong to people: there a private chat and an account are the same."""


class Staff:
    """The handlers of people, as the talk needs them."""

    async def carry_out(
        self, connection: AsyncConnection, citizen: Citizen, effect: Effect, cause: Event
    ) -> Event | None:
        """Do what an effect asks; None for one that is not for people of the service."""
        match effect:
            case TieAccount(code=code):
                return await self._tie(connection, citizen, code, cause)
        return None

    async def _tie(self, connection: AsyncConnection, citizen: Citizen, code: str, cause: Event) -> Event:
        if citizen.channel != TELEGRAM:
            return AccountNotTied(id=cause.id, at=cause.at)
        counted = hashlib.sha256(f"masuk {citizen.reporter}".encode()).hexdigest()
        until = await count_try(connection, {counted: OF_A_CHAT}, cause.at)
        person = None if until else await tie_telegram(SqlPeople(connection), code, citizen.chat, cause.at)
        if person is None:
            return AccountNotTied(id=cause.id, at=cause.at, until=until)
        await forget_tries(connection, counted)
        return AccountTied(id=cause.id, at=cause.at, person=person.name)
