"""Joins a citizen's chats in two channels, and parts them, as the talk asks.

Whoever holds one of two joined chats reads the reports of both. So a code is short-lived, used once and kept as a
digest; the chat that showed it is told which other one typed it, and confirms. A channel that proves nothing of who
writes may show a code, which goes to the true number, and never type one.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Chance
from actions.people.sign_in import OF_A_CHAT
from actions.store.messages.joined_chats import (
    JoinedChat,
    chat_of_code,
    join_chats,
    keep_code,
    others_of,
    part_chat,
    show_secret,
    take_typed,
    use_code,
)
from actions.store.messages.messages import Chat, load_records, put_in_outbox
from actions.store.people.sign_in import count_try
from bot.conversation.effects import Effect
from bot.conversation.events import Event
from bot.conversation.joining.effects import (
    ConfirmJoin,
    DeclineJoin,
    EnterJoinCode,
    PartChats,
    ShowJoinCode,
    ShowSecretElsewhere,
)
from bot.conversation.joining.events import (
    ChatsJoined,
    ChatsParted,
    JoinAsked,
    JoinCodeShown,
    JoinDeclined,
    JoinRefusal,
    JoinRefused,
    SecretSet,
)
from bot.conversation.joining.requests import confirm_screen, joined_screen, named
from bot.conversation.joining.words import CODE_DIGITS
from bot.conversation.screen import Line, Screen, line, screen
from bot.messaging.abilities import AbilitiesOf
from bot.messaging.outbox_message import ButtonSigner
from bot.messaging.records import UnreadableRow, read_record, write_outgoing
from bot.messaging.rendering import MessageRenderer
from bot.messaging.turn_ports import Citizen, TurnBooks
from bot.texts.words import Texts

VALID_FOR: Final = timedelta(minutes=10)
"""So long a code can be typed, and so long after that it can be confirmed."""
MOST_JOINED: Final = 4
PERSON_BYTES: Final = 16
PURPOSE: Final = b"lapor codes that join chats"


@dataclass(frozen=True, slots=True)
class Joining:
    """The handlers of joined chats, as the talk needs them. `labels`: names of channels for people."""

    secret_key: bytes
    chance: Chance
    abilities_of: AbilitiesOf
    texts: Texts
    signer: ButtonSigner
    labels: Mapping[str, Line]

    async def carry_out(self, books: TurnBooks, citizen: Citizen, effect: Effect, cause: Event) -> Event | None:
        """Do what an effect asks; None for one that is about no other chat."""
        connection, chat = books.connection, (citizen.channel, citizen.chat)
        match effect:
            case ShowJoinCode():
                return await self._show(connection, chat, cause)
            case EnterJoinCode(code=code):
                return await self._enter(connection, chat, code, cause)
            case ConfirmJoin(request=request):
                return await self._confirm(connection, chat, request, cause)
            case DeclineJoin():
                return await self._decline(connection, chat, cause)
            case PartChats():
                return await self._part(connection, chat, cause)
            case ShowSecretElsewhere(is_shown=is_shown):
                await show_secret(connection, chat, is_shown=is_shown)
                channels = self._labels(await others_of(connection, chat))
                return SecretSet(id=cause.id, at=cause.at, is_shown=is_shown, channels=channels)
        return None

    async def _show(self, connection: AsyncConnection, chat: Chat, cause: Event) -> Event:
        joined = await others_of(connection, chat)
        if len(joined) + 1 >= MOST_JOINED:
            return _refused(cause, JoinRefusal.MANY)
        code = f"{self.chance.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        await keep_code(connection, chat, self._digest(code), cause.at, cause.at - 2 * VALID_FOR)
        return JoinCodeShown(id=cause.id, at=cause.at, code=code, joined=self._labels(joined))

    async def _enter(self, connection: AsyncConnection, chat: Chat, code: str, cause: Event) -> Event:
        if not self.abilities_of(chat[0]).proves_sender:
            return _refused(cause, JoinRefusal.UNPROVEN)
        counted = hashlib.sha256(f"join {chat[0]}:{chat[1]}".encode()).hexdigest()
        if until := await count_try(connection, {counted: OF_A_CHAT}, cause.at):
            return JoinRefused(id=cause.id, at=cause.at, until=until)
        digest = self._digest(code)
        shown = await chat_of_code(connection, digest, cause.at - VALID_FOR)
        if shown is None:
            return _refused(cause, JoinRefusal.UNKNOWN)
        if shown == chat:
            return _refused(cause, JoinRefusal.OWN)
        if await others_of(connection, chat):
            return _refused(cause, JoinRefusal.ALREADY)
        if not await use_code(connection, digest, chat, cause.at):
            return _refused(cause, JoinRefusal.UNKNOWN)
        number = _number(digest)
        by_words = self.abilities_of(shown[0]).is_plain
        request = str(int(cause.at.timestamp()))
        asked = confirm_screen(self._label(chat[0]), number, request, by_words=by_words)
        await self._tell(connection, shown, asked, f"join.{request}", cause.at)
        return JoinAsked(id=cause.id, at=cause.at, channel=self._label(shown[0]), number=number)

    async def _confirm(self, connection: AsyncConnection, chat: Chat, request: str, cause: Event) -> Event:
        typed = await take_typed(connection, chat)
        is_late = typed is None or cause.at - typed.at > VALID_FOR
        if typed is None or is_late or (request and request != str(int(typed.at.timestamp()))):
            return _refused(cause, JoinRefusal.LATE)
        if await others_of(connection, typed.chat):
            return _refused(cause, JoinRefusal.ALREADY)
        person = self.chance.token_bytes(PERSON_BYTES).hex()
        await join_chats(connection, chat, typed.chat, person, cause.at)
        by_words = self.abilities_of(typed.chat[0]).is_plain
        told = joined_screen(self._label(chat[0]), by_words=by_words)
        await self._tell(connection, typed.chat, told, f"joined.{int(cause.at.timestamp())}", cause.at)
        return ChatsJoined(id=cause.id, at=cause.at, channel=self._label(typed.chat[0]))

    async def _decline(self, connection: AsyncConnection, chat: Chat, cause: Event) -> Event:
        typed = await take_typed(connection, chat)
        if typed:
            told = screen(line("joining-was-declined"))
            await self._tell(connection, typed.chat, told, f"join.{int(typed.at.timestamp())}.no", cause.at)
        return JoinDeclined(id=cause.id, at=cause.at)

    async def _part(self, connection: AsyncConnection, chat: Chat, cause: Event) -> Event:
        others = await part_chat(connection, chat)
        told = screen(line("joining-was-parted", channels=named((self._label(chat[0]),))))
        for one in others:
            ref = f"parted.{int(cause.at.timestamp())}"
            await self._tell(connection, (one.channel, one.chat), told, ref, cause.at)
        return ChatsParted(id=cause.id, at=cause.at, channels=self._labels(others))

    async def _tell(self, connection: AsyncConnection, chat: Chat, shown: Screen, ref: str, at: datetime) -> None:
        """A message into another chat than the one whose turn it is, in that one's language."""
        stored = (await load_records(connection, [chat])).get(chat)
        abilities = self.abilities_of(chat[0])
        words = MessageRenderer(
            self.texts, self.signer, chat[1], self._language(stored), plain=False, abilities=abilities
        )
        row = {"channel": chat[0], "chat": chat[1], "ref": ref, "edits": "", "created_at": at}
        await put_in_outbox(connection, [row | {"message": write_outgoing(words.message(shown, 1))}])

    def _language(self, stored: str | None) -> str:
        try:
            return self.texts.spoken(read_record(stored).dialogue.language)
        except UnreadableRow:
            return self.texts.spoken(None)

    def _digest(self, code: str) -> str:
        key = hmac.digest(self.secret_key, PURPOSE, "sha256")
        return hmac.digest(key, code.encode(), "sha256").hex()

    def _label(self, channel: str) -> str:
        return label_key(self.labels, channel)

    def _labels(self, joined: Sequence[JoinedChat]) -> tuple[str, ...]:
        return tuple(self._label(one.channel) for one in joined)


def label_key(labels: Mapping[str, Line], channel: str) -> str:
    """The key of a channel's name for people; also of one that is installed no more."""
    return (labels.get(channel) or line("desk-channel-gone")).key


def _refused(cause: Event, why: JoinRefusal) -> JoinRefused:
    return JoinRefused(id=cause.id, at=cause.at, why=why)


def _number(digest: str) -> int:
    """Two digits that stand in both chats, so that she can compare; nothing of the code is in them."""
    return 10 + int(digest[:8], 16) % 90
