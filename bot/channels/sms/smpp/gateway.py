"""An SMSC as a gateway: holds one session while this process leads, submits in parts, and keeps what is delivered."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import structlog
from smpp34 import DeliverSm, SubmitSm

from bot.channels.declaration import ON, ChannelState, Leader
from bot.channels.sms.channel import SentSms
from bot.channels.sms.concatenation import Concatenation
from bot.channels.sms.gsm import ROOM, Coding, coding_of, cut, encode, units
from bot.channels.sms.http_gateway import LONGEST_NAME
from bot.channels.sms.incoming import IncomingMessages
from bot.channels.sms.smpp.address import SmppAccount, read_account
from bot.channels.sms.smpp.deliveries import ALPHANUMERIC, HAS_HEADER, INTERNATIONAL, is_receipt, receipt_of, sms_of
from bot.channels.sms.smpp.pdus import CommandStatus, Pdu, message_id
from bot.channels.sms.smpp.session import BindRefused, SessionEnded, SmppSession
from bot.messaging.ports import Impossible, InboxUnavailable, NeverAgain, NotNow, Receipts, SendingFailed

log = structlog.get_logger()

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 60.0
STEADY_SECONDS: Final = 30.0
"""A session that held so long begins the pauses anew."""
MOST_BEGUN: Final = 1_000


@dataclass(slots=True)
class SmppGateway:
    """A `Gateway`. `run` holds the session: of the processes of an installation the leader does, which also sends.

    `sleep` waits for so many seconds before the next session.
    """

    url: str
    messages: IncomingMessages
    receipts: Receipts
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    account: SmppAccount = field(init=False)
    _session: SmppSession | None = None
    _trouble: str = "connecting"
    _reference: int = field(default_factory=lambda: secrets.randbelow(256))
    _begun: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _to_confirm: list[str] = field(default_factory=list)
    _references: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Reads the address."""
        self.account = read_account(self.url)

    def state(self, leader: Leader) -> ChannelState:
        """How it stands: another process may have the session."""
        if self._session or not leader.is_held:
            return ON
        return ChannelState(self._trouble, is_well=False)

    async def run(self) -> None:
        """Hold a session until cancelled; after each end the next begins, later each time."""
        pause, loop = FIRST_PAUSE_SECONDS, asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await self._hold()
            except BindRefused as refused:
                self._trouble = "refused"
                log.error("smpp_bind_refused", status=refused.status)
            except (SessionEnded, OSError, TimeoutError, ValueError) as error:
                self._trouble = "unreachable"
                log.warning("smpp_session_ended", error=type(error).__name__)
            pause = FIRST_PAUSE_SECONDS if loop.time() - began > STEADY_SECONDS else pause
            await self.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _hold(self) -> None:
        session = await SmppSession.bound(self.account, self._take, self._confirm)
        log.info("smpp_bound")
        self._session = session
        running = asyncio.create_task(session.run())
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            await session.unbind()
            raise
        finally:
            self._session = None
            running.cancel()
            with suppress(SessionEnded, asyncio.CancelledError):
                await running

    # Out -------------------------------------------------------------------------------------------------------

    async def send(self, chat: str, text: str) -> SentSms:
        """Submit the parts that were not taken yet; a message that failed halfway goes on where it stopped."""
        if not text.strip():
            return SentSms(())
        names = self._begun.setdefault((chat, text), [])
        parts = self._parts(chat, text)
        for part in parts[len(names) :]:
            names.append(await self._submit(part))
        self._forget((chat, text))
        return SentSms(tuple(name for name in names if name))

    def _parts(self, chat: str, text: str) -> list[SubmitSm]:
        coding = coding_of(text)
        most, room = ROOM[coding]
        if units(text, coding) <= most:
            return [self._part(chat, encode(text, coding), coding)]
        pieces = cut(text, coding, room)
        reference = self._reference_of(chat, text)
        return [
            self._part(
                chat,
                Concatenation(reference, len(pieces), number).header() + encode(piece, coding),
                coding,
                HAS_HEADER,
            )
            for number, piece in enumerate(pieces, 1)
        ]

    def _reference_of(self, chat: str, text: str) -> int:
        """The same for a message that goes on, so that its parts are joined; other messages have the next ones."""
        if not self._begun.get((chat, text)):
            self._reference = (self._reference + 1) % 256
            self._references[chat, text] = self._reference
        return self._references.get((chat, text), self._reference)

    def _forget(self, message: tuple[str, str]) -> None:
        """It is sent; what began long ago and never ended goes with it."""
        for known in (self._begun, self._references):
            known.pop(message, None)
            while len(known) > MOST_BEGUN:
                del known[next(iter(known))]

    def _part(self, chat: str, octets: bytes, coding: Coding, esm_class: int = 0) -> SubmitSm:
        source = self.account.source
        return SubmitSm(
            source,
            chat.removeprefix("+"),
            octets,
            source_addr_ton=0 if not source or source.isdecimal() else ALPHANUMERIC,
            dest_addr_ton=INTERNATIONAL,
            dest_addr_npi=1,
            esm_class=esm_class,
            registered_delivery=1,
            data_coding=coding.value,
        )

    async def _submit(self, part: SubmitSm) -> str:
        session = self._session
        if session is None:
            raise NotNow(1.0, everybody=True)
        try:
            answer = await session.request(lambda sequence: _numbered(part, sequence))
        except (SessionEnded, OSError, TimeoutError):
            raise NotNow(1.0, everybody=True) from None
        if answer.status:
            raise _refusal(answer)
        return message_id(answer.body)[:LONGEST_NAME]

    # In --------------------------------------------------------------------------------------------------------

    async def _take(self, message: DeliverSm) -> tuple[int, str]:
        """Keep it. Returns what to answer and, of a message that only its content names, its digest."""
        try:
            if is_receipt(message):
                news = receipt_of(message)
                if news and news.receipt:
                    await self.receipts.put(news.part[:LONGEST_NAME], news.receipt)
                return CommandStatus.OK, ""
            sms = sms_of(message)
            name = sms.key
            await self.messages.take(sms.named(secrets.token_hex(16)), digest="" if sms.part else name)
        except InboxUnavailable:
            return CommandStatus.APPLICATION_IS_BUSY, ""
        except Exception as error:  # noqa: BLE001 - a message that cannot be read must not end the session, for ever
            log.error("sms_unreadable", error=type(error).__name__)
            return CommandStatus.SYSTEM_ERROR, ""
        return CommandStatus.OK, "" if sms.part else name

    async def _confirm(self, digests: list[str]) -> None:
        """Those that the database does not take now go with the next."""
        self._to_confirm += digests
        with suppress(InboxUnavailable):
            await self.messages.parts.confirm(self._to_confirm)
            self._to_confirm = []


def _numbered(part: SubmitSm, sequence: int) -> bytes:
    octets = part.encode()
    return octets[:12] + sequence.to_bytes(4) + octets[16:]


def _refusal(answer: Pdu) -> SendingFailed:
    """What a status of a submit_sm_resp means for the message."""
    match answer.status:
        case CommandStatus.THROTTLED | CommandStatus.QUEUE_FULL:
            return NotNow(1.0, everybody=True)
        case CommandStatus.INVALID_DESTINATION:
            return NeverAgain("no such number")
        case CommandStatus.INVALID_LENGTH | CommandStatus.INVALID_SOURCE:
            return Impossible(f"the SMSC says {answer.status:#x}")
    return NotNow(1.0)
