"""The fake Telegram's queue of updates: long polling with its offset, and delivery to a webhook."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from tests.fakes.telegram_rules import BESIDE_WEBHOOK, TWO_POLLERS

type Json = dict[str, Any]

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LONGEST_RETRY_SECONDS = 0.5


@dataclass
class Webhook:
    """Where updates are posted, and how that went."""

    url: str
    secret: str
    connections: int
    failures: int = 0
    last_error: str = ""
    statuses: list[int] = field(default_factory=list)


class Updates:
    """Every update since the start, and those that are not confirmed yet."""

    def __init__(self, first_id: int) -> None:
        self.webhook: Webhook | None = None
        self.allowed: frozenset[str] = frozenset()
        self.all: dict[int, Json] = {}
        self.held: list[Json] | None = None
        self._next_id = first_id
        self._waiting: dict[int, Json] = {}
        self._again: list[Json] = []
        self._news = asyncio.Event()
        self.polled = 0
        self._deliveries: set[asyncio.Task[None]] = set()
        self._lines: defaultdict[object, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._session: ClientSession | None = None

    @property
    def unconfirmed(self) -> list[int]:
        """Ids of the updates that the bot has not confirmed."""
        return sorted(self._waiting)

    def are_on_their_way(self, chat: int) -> bool:
        """Whether a webhook has not taken all that was written in this chat; a press may overtake it."""
        on_their_way = [update.get("message") for update in self._waiting.values()] if self.webhook else []
        return any(message["chat"]["id"] == chat for message in on_their_way if isinstance(message, dict))

    def add(self, kind: str, content: Json) -> int:
        """A new update; one of a kind that the bot does not want gets an id and goes nowhere."""
        update_id, self._next_id = self._next_id, self._next_id + 1
        update = {"update_id": update_id, kind: content}
        self.all[update_id] = update
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if wanted:
            self._waiting[update_id] = update
            self._bring([update])
        return update_id

    def again(self, update_id: int) -> None:
        """Bring an update once more, confirmed or not."""
        update = self.all[update_id]
        if self.webhook is None:
            self._again.append(update)
            self._news.set()
        else:
            self._waiting[update_id] = update
            self._bring([update])

    def hold(self) -> None:
        """Keep back what comes from now on."""
        self.held = []

    def release(self, order: Callable[[list[Json]], Iterable[Json]] = reversed) -> None:
        """Bring what was kept back; a webhook gets it in this order, a poller always in the order of ids."""
        held, self.held = self.held or [], None
        self._bring(list(order(held)))

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """Answer getUpdates: confirm what is below the offset, then wait for something to give."""
        if self.webhook is not None:
            raise BESIDE_WEBHOOK
        self.polled = me = self.polled + 1
        self._news.set()
        if offset < 0:
            offset = next(iter(self.unconfirmed[offset:]), 0)
        for update_id in [known for known in self._waiting if known < offset]:
            del self._waiting[update_id]
        await self._until_news(me, timeout)
        again, self._again = self._again, []
        held = {update["update_id"] for update in self.held or []}
        waiting = [self._waiting[known] for known in self.unconfirmed if known not in held]
        return (again + waiting)[:limit]

    async def _until_news(self, me: int, timeout: float) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while not self._has_something() and (left := end - loop.time()) > 0:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                break
            if me != self.polled:
                raise TWO_POLLERS

    def _has_something(self) -> bool:
        return bool(self._again) or len(self._waiting) > len(self.held or [])

    async def set_webhook(self, webhook: Webhook | None, *, drop: bool) -> None:
        """Post updates there from now on, those that wait too; None brings back polling."""
        await self.close()
        self.webhook = webhook
        if drop:
            self._waiting.clear()
        self.resume()
        self._news.set()

    def resume(self) -> None:
        """Bring what waits, if there is a webhook to bring it to."""
        if self.webhook is None:
            return
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.secret} if self.webhook.secret else {}
        connector = TCPConnector(limit=self.webhook.connections)
        self._session = ClientSession(connector=connector, headers=headers, timeout=ClientTimeout(total=10))
        self._bring([self._waiting[known] for known in self.unconfirmed])

    async def close(self) -> None:
        """End all deliveries."""
        for delivery in self._deliveries:
            delivery.cancel()
        await asyncio.gather(*self._deliveries, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _bring(self, updates: list[Json]) -> None:
        if self.held is not None:
            self.held.extend(updates)
        elif self.webhook is None:
            self._news.set()
        else:
            for update in updates:
                delivery = asyncio.create_task(self._deliver(self.webhook, update))
                self._deliveries.add(delivery)
                delivery.add_done_callback(self._deliveries.discard)

    async def _deliver(self, webhook: Webhook, update: Json) -> None:
        """Post an update until it is taken, with growing pauses; as with Telegram, what follows in its chat waits."""
        pause = 0.02
        async with self._lines[_line(update)]:
            while not await self._is_taken(webhook, update):
                webhook.failures += 1
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_RETRY_SECONDS)
        self._waiting.pop(update["update_id"], None)

    async def _is_taken(self, webhook: Webhook, update: Json) -> bool:
        if self._session is None:
            return False
        try:
            async with self._session.post(webhook.url, json=update) as answer:
                webhook.statuses.append(answer.status)
                webhook.last_error = "" if answer.ok else f"Wrong response from the webhook: {answer.status}"
                return answer.ok
        except (ClientError, OSError) as failure:
            webhook.last_error = type(failure).__name__
            return False


def _line(update: Json) -> object:
    """Whatever is of one line is delivered one after the other: a chat's messages, and a person's presses."""
    kind, content = next((name, content) for name, content in update.items() if name != "update_id")
    if not isinstance(content, dict):
        return update["update_id"]
    of = content.get("from") if kind == "callback_query" else content.get("chat")
    return (kind == "callback_query", of["id"]) if isinstance(of, dict) and "id" in of else update["update_id"]
