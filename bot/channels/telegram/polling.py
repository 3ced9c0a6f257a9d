"""Fetches updates and acknowledges them only when they are committed. Decides nothing about what they say.

python-telegram-bot's own `Updater` is not used: see `docs/decisions`. It deletes a webhook that stands, hands
over updates one by one, ends for good at a 401, keeps time-outs to itself, and an update that it cannot read
holds it up for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum

import stamina
import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.connect import Json, LaporBot
from bot.channels.telegram.incoming import arrival_of_json
from bot.channels.telegram.patience import TelegramTimeouts
from bot.channels.telegram.refusals import retry_seconds
from bot.channels.telegram.rival import Rival
from bot.channels.telegram.start import KINDS, get_acquainted, refuse_webhook
from bot.messaging.batch_interval import BatchInterval
from bot.messaging.ports import Arrival, Inbox

log = structlog.get_logger()


class PollingState(StrEnum):
    """How it stands with Telegram. REFUSED: it no longer accepts the token."""

    POLLING = "polling"
    CONFLICT = "conflict"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


class NotFetched(Exception):
    """Telegram gave no updates. Holds nothing that came from there, so it may be logged."""

    def __init__(self, state: PollingState, *, wait: float | None = None) -> None:
        """Remember why, and after how many seconds to try again (None: as long as pauses have grown)."""
        super().__init__(state)
        self.state = state
        self.wait = wait


class NotCommitted(Exception):
    """The inbox did not take what arrived; named by the kind of its error alone."""


class Polling:
    """Long polling into an inbox.

    `start` once, then `run` until it is cancelled; `state` says at any time how it stands with Telegram.
    """

    def __init__(
        self,
        bot: LaporBot,
        inbox: Inbox,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: TelegramTimeouts | None = None,
    ) -> None:
        """Fetch with this bot into this inbox; the bot is closed by who made it."""
        self._bot = bot
        self._inbox = inbox
        self._clock = clock
        self._patience = patience or TelegramTimeouts()
        self._batch_interval = BatchInterval()
        self._state = PollingState.UNREACHABLE
        self._offset = 0
        self._checked = False
        self._rival = Rival(self._patience.conflict)

    @property
    def state(self) -> PollingState:
        """How it stands with Telegram, as of the last answer."""
        return self._state

    async def start(self) -> None:
        """Make sure that polling can work. A Telegram that cannot be reached is left to `run`.

        Raises:
            CannotStart: the token is wrong, or a webhook stands elsewhere.
        """
        try:
            async with asyncio.timeout(self._patience.start):
                await self._check()
        except (TelegramError, TimeoutError):
            log.warning("telegram_unreachable")
            return
        self._state = PollingState.POLLING

    async def run(self) -> None:
        """Fetch and commit until cancelled.

        Raises:
            CannotStart: as `start`, when Telegram could not be reached before; or another process has been
                fetching the bot's updates ever since the start.
        """
        while True:
            await self._batch_interval.beat()
            updates = await self._fetch_patiently()
            if updates:
                await self._commit([arrival for update in updates if (arrival := self._read(update))])
                self._offset = max(self._offset, *(update["update_id"] + 1 for update in updates))
                self._batch_interval.count(len(updates))

    def _read(self, update: Json) -> Arrival | None:
        return arrival_of_json(update, self._bot, self._clock())

    async def _commit(self, arrivals: Sequence[Arrival]) -> None:
        """Put all of a batch into the inbox, however often it takes."""
        if not arrivals:
            return
        async for attempt in stamina.retry_context(
            on=NotCommitted,
            attempts=None,
            timeout=None,
            wait_initial=self._patience.first_pause,
            wait_max=self._patience.longest_commit_pause,
            wait_jitter=self._patience.first_pause,
        ):
            with attempt:
                try:
                    await self._inbox.put(arrivals)
                except Exception as failure:  # noqa: BLE001 - whatever it is, nothing is let go
                    raise NotCommitted(type(failure).__name__) from None

    async def _fetch_patiently(self) -> list[Json]:
        async for attempt in stamina.retry_context(
            on=_pause_after,
            attempts=None,
            timeout=None,
            wait_initial=self._patience.first_pause,
            wait_max=self._patience.longest_pause,
            wait_jitter=self._patience.first_pause,
        ):
            with attempt:
                return await self._fetch()
        return []

    async def _fetch(self) -> list[Json]:
        """One call; what comes of it shows in `state`."""
        try:
            await self._check()
            # After an outage, ask for a quick answer, so that `state` does not wait for the next update.
            wait = 0 if self._state is PollingState.UNREACHABLE else self._patience.poll
            updates = await self._bot.fetch_updates(self._offset, wait, KINDS)
        except TelegramError as error:
            raise self._noted(error) from None
        self._rival.not_seen()
        self._turn(PollingState.POLLING)
        return updates

    async def _check(self) -> None:
        """Once: who the bot is, and that no webhook stands."""
        if not self._checked:
            await get_acquainted(self._bot)
            await refuse_webhook(self._bot)
            self._checked = True

    def _noted(self, error: TelegramError) -> NotFetched:
        match error:
            case RetryAfter():
                return NotFetched(self._state, wait=retry_seconds(error))
            case Conflict():
                self._turn(PollingState.CONFLICT)
                return NotFetched(self._state, wait=self._rival.seen())
            case InvalidToken():
                self._turn(PollingState.REFUSED)
            case _:
                self._turn(PollingState.UNREACHABLE)
        return NotFetched(self._state)

    def _turn(self, state: PollingState) -> None:
        if state is not self._state:
            log.warning("telegram_state", state=state.value, before=self._state.value)
        self._state = state


def _pause_after(failure: Exception) -> bool | float:
    """Seconds to pause before the next try, True for as long as pauses have grown, False for no next try."""
    if not isinstance(failure, NotFetched):
        return False
    return True if failure.wait is None else failure.wait
