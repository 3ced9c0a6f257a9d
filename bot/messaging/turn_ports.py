"""The roles that a turn needs filled beside the talk: who carries out effects, takes part, and is told afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.outcome import Done
from actions.store.cases.casebook import SqlCaseBook
from actions.store.messages.messages import Chat
from bot.conversation.draft import File
from bot.conversation.effects import Effect
from bot.conversation.events import Event
from bot.messaging.rendering import AddressedMessage


@dataclass(frozen=True, slots=True)
class Citizen:
    """Who is talking, where, and in which language; `owner`: as whom, where it is about a case of a joined chat."""

    channel: str
    chat: str
    language: str
    owner: str = ""

    @property
    def reporter(self) -> str:
        """Names the person in the cases."""
        return self.owner or f"{self.channel}:{self.chat}"


@dataclass(frozen=True, slots=True)
class TurnBooks:
    """What a turn reads and writes: cases are gathered until the turn is saved, everything else is written at once."""

    connection: AsyncConnection
    cases: SqlCaseBook


type CarryOut = Callable[[TurnBooks, Citizen, Effect, Event], Awaitable[Event | None]]
"""Carries out one effect of the talk, caused by the event; None where the effect is not its business."""


class TurnPart(Protocol):
    """One turn of one chat, for somebody who takes part in it beside the talk."""

    @property
    def messages(self) -> Sequence[AddressedMessage]:
        """What is to be sent into this chat."""
        ...

    @property
    def toast(self) -> str:
        """What the pressed button answers for a moment; "" for nothing."""
        ...

    @property
    def wanted(self) -> Sequence[File]:
        """Files that are to be fetched and kept."""
        ...

    async def leaves(self, event: Event) -> Event | None:
        """Hear an arrival before the talk does; what is for the talk is given back."""
        ...

    async def ends(self) -> None:
        """Everything of this turn is heard."""
        ...


class TurnParticipant(Protocol):
    """Somebody who takes part in turns beside the talk, such as officers in their groups."""

    def takes_part(self, books: TurnBooks, chat: Chat, name: str, rows: Sequence[int]) -> TurnPart | None:
        """Returns its part of a turn.

        Args:
            books: of the turn's transaction.
            chat: channel and chat.
            name: of the turn, unique.
            rows: of the inbox, which the turn works.

        Returns:
            None where this chat is not its business.
        """
        ...

    async def forget(self, books: TurnBooks, tickets: Sequence[str], at: datetime) -> None:
        """Take the words of somebody who is forgotten out of what was sent about these cases."""
        ...


class Notifier(Protocol):
    """Somebody who tells others of what was done to cases."""

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """Put it into the outbox of this transaction; returns the chats that have a message now."""
        ...
