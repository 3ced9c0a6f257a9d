"""Sends what waits to agencies' own systems: of each case in order, no address waiting for another, until it arrives.

A message is as the case stands when it is sent, so that no citizen's words lie about in a queue. It has arrived with a
status of 2xx. Killed between that and writing it down, the service sends it again, under the same id.

Where nobody has such a system it costs nothing but a look at the clock: addresses are read once in some seconds, and
only when something was done to a case.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.outcome import Done
from actions.people.secret_key import accepted
from actions.privacy.visibility import is_confidential
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.officer_work import words_of
from actions.store.engine.database import Database, is_away
from actions.store.integrations.webhooks import (
    Hook,
    WebhookDelivery,
    all_hooks,
    due_webhook_deliveries,
    give_hook_letter_up,
    hook_letter_arrived,
    hook_letter_waits,
    put_webhook_deliveries,
)
from actions.store.messages.messages import Chat
from bot.integrations.webhooks.addresses import Allowed, GuardedResolver, may_connect
from bot.integrations.webhooks.payload import CaseNotification, hook_secret, message_id, payload, signed_headers
from bot.observability.faults import place_of

log = structlog.get_logger()

READ_EVERY_SECONDS: Final = 5.0


@dataclass(slots=True)
class HookNotices:
    """Queues a webhook for each event of a case whose agency has registered an address."""

    now: Callable[[], float] = time.monotonic
    _hooks: Sequence[Hook] = ()
    _read_at: float = field(default=float("-inf"))

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """One letter for each event and each address of whoever has, or until now had, the case."""
        rows = [
            {"hook": hook.id, "ticket": done.case.ticket, "number": done.event.number, "created_at": at}
            for hook in await self._known(connection)
            for done in all_done
            if hook.agency in {done.before.agency, done.case.agency} and _is_for_others(done)
        ]
        await put_webhook_deliveries(connection, rows)
        return ()

    async def _known(self, connection: AsyncConnection) -> Sequence[Hook]:
        if self.now() - self._read_at >= READ_EVERY_SECONDS:
            self._hooks, self._read_at = await all_hooks(connection), self.now()
        return self._hooks


def _is_for_others(done: Done) -> bool:
    """A case of which a group of officers may know, or knew until now."""
    return not (is_confidential(done.case) and is_confidential(done.before))


PAUSES_SECONDS: Final = (5.0, 30.0, 120.0, 600.0, 1800.0, 3600.0, 7200.0)
"""Before each further try; the last again and again."""
GIVEN_UP_AFTER: Final = timedelta(days=3)
PATIENCE: Final = ClientTimeout(total=15, sock_connect=5)
MOST_AT_ONE_ADDRESS: Final = 4
LOOK_EVERY_SECONDS: Final = 1.0
PAUSE_OF_A_FAULT_SECONDS: Final = 5.0

type Sessions = Mapping[str, ClientSession]
"""HTTP sessions by the scheme of an address, "http" or "https"."""
type Place = tuple[int, str]
"""An address and a case, of which one letter is sent at a time."""


@dataclass(slots=True)
class HookSender:
    """Sends for every address.

    Attributes:
        secret_key: of the service; each address has a secret that is worked out from it.
        wall: seconds since 1970.
    """

    database: Database
    regency: Regency
    secret_key: bytes
    allowed: Allowed
    wall: Callable[[], float]
    look_every_seconds: float = LOOK_EVERY_SECONDS
    _in_flight: dict[Place, asyncio.Task[None]] = field(default_factory=dict)
    _landed: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Send until cancelled."""
        async with AsyncExitStack() as stack:
            sessions = {scheme: await stack.enter_async_context(self._session(scheme)) for scheme in ("https", "http")}
            try:
                while True:
                    self._landed.clear()
                    await self._send_what_waits(sessions)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(self.look_every_seconds):
                            await self._landed.wait()
            finally:
                for task in self._in_flight.values():
                    task.cancel()
                await asyncio.gather(*self._in_flight.values(), return_exceptions=True)

    def _session(self, scheme: str) -> ClientSession:
        """What sends in this way, and into no network that is not for it."""
        connector = TCPConnector(resolver=GuardedResolver.on(self.allowed.over(scheme)))
        return ClientSession(connector=connector, timeout=PATIENCE, cookie_jar=DummyCookieJar())

    async def _send_what_waits(self, sessions: Sessions) -> None:
        busy = frozenset(self._in_flight)  # as it was before the look: what lands meanwhile still seems unsent to it
        try:
            async with self.database.reading() as connection:
                hooks = await all_hooks(connection)
                due = [(hook, letter) for hook in hooks for letter in await _due(connection, hook, busy, self.wall())]
        except Exception as error:  # noqa: BLE001 - what waits goes on waiting
            what = "hooks_wait_for_database" if is_away(error) else "hooks_wait"
            log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(PAUSE_OF_A_FAULT_SECONDS)
            return
        for hook, letter in due:
            task = asyncio.create_task(self._send(sessions[urlsplit(hook.url).scheme], hook, letter))
            self._in_flight[letter.hook, letter.ticket] = task
            task.add_done_callback(partial(self._lands, (letter.hook, letter.ticket)))

    def _lands(self, place: Place, task: asyncio.Task[None]) -> None:
        del task
        self._in_flight.pop(place, None)
        self._landed.set()

    async def _send(self, session: ClientSession, hook: Hook, letter: WebhookDelivery) -> None:
        """One letter, and what became of it; where that cannot be written down, the next look finds it unsent."""
        try:
            async with self.database.reading() as connection:
                told = await _told(connection, letter)
            await self._write(letter, arrived=told is None or await self._posted(session, hook, letter, told))
        except Exception as error:  # noqa: BLE001 - it concerns this letter alone
            log.error("hook_failed", error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(PAUSE_OF_A_FAULT_SECONDS)

    async def _posted(
        self, session: ClientSession, hook: Hook, letter: WebhookDelivery, told: CaseNotification
    ) -> bool:
        """Posts a message and says whether the receiver has accepted it."""
        if not may_connect(hook.url, self.allowed):
            log.info("hook_refused", agency=hook.agency)
            return False
        body = json.dumps(payload(told, hook.agency, self.regency), ensure_ascii=False).encode("utf-8", "replace")
        headers = self._headers(hook, letter, body)
        try:
            async with session.post(hook.url, data=body, headers=headers, allow_redirects=False) as answer:
                status = answer.status
        except (ClientError, OSError, TimeoutError) as error:
            log.info("hook_unreachable", agency=hook.agency, error=type(error).__name__)
            return False
        if status // 100 != 2:  # noqa: PLR2004 - HTTP's own
            log.info("hook_not_taken", agency=hook.agency, status=status)
            return False
        log.info("hook_told", agency=hook.agency)
        return True

    def _headers(self, hook: Hook, letter: WebhookDelivery, body: bytes) -> Mapping[str, str]:
        name = message_id(letter.ticket, letter.number)
        secret, *former = (hook_secret(key, hook.salt) for key in accepted(self.secret_key))
        signed = signed_headers(secret, name, int(self.wall()), body, former)
        return {"content-type": "application/json; charset=utf-8", "user-agent": "lapor", **signed}

    async def _write(self, letter: WebhookDelivery, *, arrived: bool) -> None:
        attempts, now = letter.attempts + 1, self.wall()
        is_old = now - letter.created_at.timestamp() >= GIVEN_UP_AFTER.total_seconds()
        async with self.database.writing() as connection:
            if arrived:
                await hook_letter_arrived(connection, letter.id)
            elif is_old:
                log.warning("hook_given_up", hook=letter.hook, tries=attempts)
                await give_hook_letter_up(connection, letter.id, attempts)
            else:
                pause = PAUSES_SECONDS[min(letter.attempts, len(PAUSES_SECONDS) - 1)]
                await hook_letter_waits(connection, letter.id, attempts, now + pause)


async def _due(
    connection: AsyncConnection, hook: Hook, in_flight: Collection[Place], now: float
) -> list[WebhookDelivery]:
    """What may be sent there now, a few at a time: an address that answers late keeps no other waiting."""
    busy = [ticket for number, ticket in in_flight if number == hook.id]
    room = MOST_AT_ONE_ADDRESS - len(busy)
    return await due_webhook_deliveries(connection, hook.id, now, room, busy) if room > 0 else []


async def _told(connection: AsyncConnection, letter: WebhookDelivery) -> CaseNotification | None:
    """What is to be told; None where the case is no more."""
    book = SqlCaseBook(connection)
    case = await book.by_ticket(letter.ticket)
    event = next((one for one in await book.events(letter.ticket) if one.number == letter.number), None)
    if case is None or (event is None and letter.number > 0):
        return None
    words = (await words_of(connection, [letter.ticket])).get(letter.ticket)
    at = event.at if event else letter.created_at
    return CaseNotification(case, words, event, at, await book.said(letter.ticket, letter.number))
