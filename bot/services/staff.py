"""Carries out what people of the service ask for in the chat, and answers with what happened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.handlers import tie_telegram
from actions.people.people import STAFF_CHANNEL, Permission, Person, who_may
from actions.people.sign_in import OF_A_CHAT
from actions.store.people.people import SqlPeople
from actions.store.people.sign_in import count_try, forget_tries
from actions.store.training.inbox import inbox_page, open_count
from actions.store.training.samples import State, by_id
from bot.conversation.catalogue import Catalogue
from bot.conversation.effects import Effect
from bot.conversation.events import Event
from bot.conversation.staff.effects import AskLesson, TakeLesson, TieAccount
from bot.conversation.staff.events import AccountNotTied, AccountTied, LessonShown, LessonsRefused
from bot.conversation.staff.lessons import AT_ONCE, SKIP
from bot.messaging.turn_ports import Citizen, TurnBooks
from bot.training.samples.labelling import Labelling, choices_of, label_said, likely_type, who
from bot.training.samples.labels import WrongLabel

CHOICES_IN_CHAT = 6


@dataclass(frozen=True, slots=True)
class StaffAccounts:
    """The handlers of people, as the talk needs them."""

    catalogue: Catalogue = field(default_factory=lambda: Catalogue({}))

    async def carry_out(self, books: TurnBooks, citizen: Citizen, effect: Effect, cause: Event) -> Event | None:
        """Do what an effect asks; None for one that is not for people of the service."""
        connection = books.connection
        match effect:
            case TieAccount(code=code):
                return await self._tie(connection, citizen, code, cause)
            case AskLesson() | TakeLesson():
                return await self._teach(connection, citizen, effect, cause)
        return None

    async def _tie(self, connection: AsyncConnection, citizen: Citizen, code: str, cause: Event) -> Event:
        if citizen.channel != STAFF_CHANNEL:
            return AccountNotTied(id=cause.id, at=cause.at)
        counted = hashlib.sha256(f"masuk {citizen.reporter}".encode()).hexdigest()
        until = await count_try(connection, {counted: OF_A_CHAT}, cause.at)
        person = None if until else await tie_telegram(SqlPeople(connection), code, citizen.chat, cause.at)
        if person is None:
            return AccountNotTied(id=cause.id, at=cause.at, until=until)
        await forget_tries(connection, counted)
        return AccountTied(id=cause.id, at=cause.at, person=person.name)

    async def _teach(
        self, connection: AsyncConnection, citizen: Citizen, effect: AskLesson | TakeLesson, cause: Event
    ) -> Event:
        is_staffs = citizen.channel == STAFF_CHANNEL
        person = await SqlPeople(connection).by_telegram(citizen.chat) if is_staffs else None
        if person is None or not person.has_any(who_may(Permission.TEACH)):
            return LessonsRefused(id=cause.id, at=cause.at)
        if isinstance(effect, TakeLesson):
            await self._take(connection, person, effect, cause)
            return await self._show(connection, person, AskLesson(effect.left), cause)
        return await self._show(connection, person, effect, cause)

    async def _take(self, connection: AsyncConnection, person: Person, taken: TakeLesson, cause: Event) -> None:
        """Keep what was tapped; of a message that is gone meanwhile nothing."""
        labelling = Labelling(self._categories)
        sample = await by_id(connection, taken.sample)
        if sample is None:
            return
        if taken.label == SKIP:
            await labelling.skip(connection, person, sample.id, cause.at)
            return
        try:
            label = label_said(taken.label, taken.kind or likely_type(sample))
            await labelling.label(connection, person, sample.id, label, cause.at)
        except WrongLabel:
            return

    async def _show(self, connection: AsyncConnection, person: Person, asked: AskLesson, cause: Event) -> Event:
        """The message that was asked for, while it is open, else the next; no more are to come than wait for her."""
        waiting = await open_count(connection, who(person), AT_ONCE)
        same = await by_id(connection, asked.sample) if asked.sample else None
        is_open = same is not None and same.state == State.OPEN
        found = [same] if same and is_open else await inbox_page(connection, who(person), 1)
        if not found:
            return LessonShown(id=cause.id, at=cause.at, sample=None, left=asked.left)
        return LessonShown(
            id=cause.id,
            at=cause.at,
            sample=found[0].id,
            left=min(asked.left, waiting),
            words=found[0].text,
            choices=tuple(choices_of(found[0], self.catalogue.has, CHOICES_IN_CHAT)),
            kind=asked.kind or likely_type(found[0]),
        )

    @property
    def _categories(self) -> frozenset[str]:
        return frozenset(slug for leaves in self.catalogue.groups.values() for slug in leaves)
