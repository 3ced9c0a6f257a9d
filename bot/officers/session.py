"""One chat's turn as officers' handlers have it: what they read, and what they leave behind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Chance
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from bot.configuration.case_links import CaseLinks
from bot.conversation.dialogue import File
from bot.conversation.screen import Line, Screen
from bot.messaging.button_signing import ButtonSigner
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, TopicTurn
from bot.messaging.records import write_outgoing
from bot.messaging.rendering import AddressedMessage, MessageRenderer
from bot.texts.words import Texts

TELEGRAM = "telegram"
"""The one channel in which officers work."""
_REF = re.compile(r"officer\.(LP-\w{4}-\w{4})\.")


def ref_of(ticket: str, name: str) -> str:
    """What a message to officers about a case is called in the outbox."""
    return f"officer.{ticket}.{name}"


def is_group(chat: str) -> bool:
    """Whether this chat of Telegram is a group: their numbers are negative."""
    return chat.startswith("-")


def ticket_of(ref: str) -> str | None:
    """The case that a message of this name is about; None for a message that is not for officers."""
    found = _REF.match(ref)
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class OfficersService:
    """What does not change from turn to turn."""

    regency: Regency
    texts: Texts
    signer: ButtonSigner
    chance: Chance
    links: CaseLinks

    @property
    def language(self) -> str:
        """The regency's first: a group has people of every phone."""
        return self.regency.languages[0]

    def message(
        self,
        chat: str,
        shown: Screen,
        *,
        topic: str = "",
        turn: TopicTurn = TopicTurn.NONE,
        is_edit: bool = False,
    ) -> OutboxMessage:
        """A screen in words, with its buttons signed for this chat; `topic`, `turn`: of a group, as in `OutboxMessage`."""
        outgoing = MessageRenderer(self.texts, self.signer, chat, self.language, plain=False).message(shown, 0)
        kind = OutboxMessageKind.EDIT if is_edit else OutboxMessageKind.MESSAGE
        return (
            replace(outgoing, kind=kind, topic=topic, topic_turn=turn)
            if is_group(chat)
            else replace(outgoing, kind=kind)
        )

    def row(self, chat: str, ref: str, message: OutboxMessage, at: datetime, edits: str = "") -> dict[str, object]:
        """A message as a row of the outbox."""
        written = {"message": write_outgoing(message), "created_at": at}
        return {"channel": TELEGRAM, "chat": chat, "ref": ref, "edits": edits, **written}

    def say(self, one: Line, language: str | None = None) -> str:
        """The words of a line, in the office's language or in this one."""
        return self.texts.say(self.texts.spoken(language or self.language), one)


@dataclass(slots=True)
class OfficersSession:
    """One turn of one chat.

    Attributes:
        officers_service: see `OfficersService`.
        connection: of the turn's transaction.
        book: the turn's cases.
        chat: in Telegram.
        name: of the turn, unique.
        outgoing_messages: what is to be sent.
        toast: what the pressed button answers.
        wanted: files that went to a citizen, to be kept.
        channel: in which she sent them.
    """

    officers_service: OfficersService
    connection: AsyncConnection
    book: SqlCaseBook
    chat: str
    name: str
    outgoing_messages: list[AddressedMessage] = field(default_factory=list)
    toast: str = ""
    wanted: list[File] = field(default_factory=list)
    channel: str = TELEGRAM

    def answer(self, one: Line) -> None:
        """Say this where the button was pressed, for a moment."""
        self.toast = self.officers_service.say(one)

    def show(self, shown: Screen, ticket: str = "", edits: str = "") -> str:
        """A message, in the place of an earlier one where that is named; returns the name of what now stands there."""
        place = f"{self.name}.{len(self.outgoing_messages)}o"
        ref = ref_of(ticket, place) if ticket else place
        message = self.officers_service.message(self.chat, shown, topic=ticket, is_edit=bool(edits))
        self.outgoing_messages.append(AddressedMessage(ref, message, edits))
        return edits or ref

    def invite(self, asked: Screen, ticket: str) -> str:
        """A question of whose answer the phone makes an answer to this message by itself; returns its name.

        Only in a private chat: in a group it would do so on everybody's phone.
        """
        ref = ref_of(ticket, f"{self.name}.{len(self.outgoing_messages)}o")
        question = replace(self.officers_service.message(self.chat, asked), rows=(), keyboard=Keyboard.REPLY)
        self.outgoing_messages.append(AddressedMessage(ref, question))
        return ref
