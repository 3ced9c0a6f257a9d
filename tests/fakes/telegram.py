"""A Telegram of one's own: a real HTTP server that speaks the Bot API and can be told to fail.

In a test it runs beside the bot (`async with FakeTelegram() as telegram:`); as a script
(`python -m tests.fakes.telegram --port 8081 --token 1:abc`) it prints its address, and whoever types there is
a citizen: a line is said, a line in [brackets] presses that button.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tests.fakes.telegram_chats import FakeChat
from tests.fakes.telegram_content import user
from tests.fakes.telegram_faults import ANY, Fault, Temper, refusal
from tests.fakes.telegram_people import Citizen
from tests.fakes.telegram_rules import KICKED, NEVER_STARTED
from tests.fakes.telegram_server import BotApiServer, Call
from tests.fakes.telegram_world import World

type Json = dict[str, Any]

TOKEN = "700123:a-token-that-opens-nothing-else"
FIRST_CITIZEN, FIRST_GROUP = 5_000_000_001, -1_002_000_000_001


class FakeTelegram:
    """The server and the people behind it."""

    def __init__(
        self,
        token: str = TOKEN,
        port: int = 0,
        username: str = "LaporBot",
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Make it; it listens from `async with` on. `clock` dates the messages, in Unix seconds."""
        bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Lapor",
            "username": username,
        }
        self.world = World(bot, clock)
        self._server = BotApiServer(self.world, token, port)
        self._citizens = 0
        self._groups = 0

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on a free loopback port, the same again after a `stop`."""
        await self._server.start()

    async def stop(self) -> None:
        """Be out of reach; what it knows is kept."""
        await self._server.stop()

    @property
    def url(self) -> str:
        """What LAPOR_TELEGRAM_API_URL must be."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def token(self) -> str:
        """The only token that it knows."""
        return self._server.token

    @property
    def calls(self) -> list[Call]:
        """All calls so far, in the order of their answers."""
        return self._server.calls

    # The people ---------------------------------------------------------------------------------------------

    def citizen(
        self, first_name: str = "Siti", *, last_name: str | None = None, language: str | None = "id"
    ) -> Citizen:
        """Somebody new; the bot may not write to her before she has written."""
        number = FIRST_CITIZEN + self._citizens
        self._citizens += 1
        person = user(number, first_name, last_name, language)
        chat = FakeChat(number, "private", {"first_name": first_name}, closed=NEVER_STARTED)
        self.world.chats[number] = chat
        return Citizen(self.world, person, chat)

    def group(self, title: str = "Warga RT 05") -> FakeChat:
        """A supergroup; somebody must add the bot to it."""
        number = FIRST_GROUP - self._groups
        self._groups += 1
        self.world.chats[number] = FakeChat(number, "supergroup", {"title": title}, closed=KICKED)
        return self.world.chats[number]

    # What a test asks for -----------------------------------------------------------------------------------

    def send_update(self, kind: str, content: Json) -> int:
        """An update of any kind, known or not; returns its id."""
        return self.world.updates.add(kind, content)

    def resend_update(self, update_id: int) -> None:
        """The same update again, although it was confirmed."""
        self.world.updates.again(update_id)

    def refuse(
        self,
        method: str = ANY,
        status: int = 500,
        *,
        times: float = 1,
        retry_after: int | None = None,
        chat: int | None = None,
        description: str | None = None,
    ) -> None:
        """Let the next calls be answered with an error; `times` may be infinite."""
        answer = refusal(status, description, retry_after)
        self._server.faults.add(Fault(method, Temper.REFUSES, times, chat, answer))

    def fail(self, method: str, temper: Temper, *, times: float = 1, chat: int | None = None) -> None:
        """Let the next calls be met with silence, half an answer, or none after the work is done."""
        self._server.faults.add(Fault(method, temper, times, chat))

    def mend(self) -> None:
        """All is well again, but for calls that already wait in silence."""
        self._server.faults.clear()

    def answer_after(self, seconds: float) -> None:
        """Take so long for every call."""
        self._server.latency_seconds = seconds

    def limit_sending(self, most_per_second: int | None) -> None:
        """Answer 429 when one chat gets more messages a second; None for no limit."""
        self.world.most_per_second = most_per_second

    def expire_presses(self) -> None:
        """Buttons pressed so far can no longer be answered."""
        self.world.waiting_presses.clear()

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method, in order."""
        return [call for call in self.calls if call.method.lower() == method.lower()]


async def talk(telegram: FakeTelegram) -> None:
    """Let whoever types be a citizen; serve on when nobody does."""
    siti, typed = telegram.citizen(), typed_lines()
    async with telegram:
        print(f"LAPOR_TELEGRAM_API_URL={telegram.url} LAPOR_TELEGRAM_TOKEN={telegram.token}", flush=True)
        while True:
            words = await typed.get()
            try:
                await (siti.presses(words[1:-1]) if words.startswith("[") else siti.says(words))
            except LookupError as unseen:
                print(unseen, flush=True)
            for meaning in await siti.hears():
                print(f"< {meaning.text}\n  {' '.join(f'[{label}]' for label in meaning.labels)}", flush=True)


def typed_lines() -> asyncio.Queue[str]:
    """What is typed, line by line, from a thread that does not keep the program from ending."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()

    def listen() -> None:
        for line in sys.stdin:
            if line.strip():
                loop.call_soon_threadsafe(lines.put_nowait, line.strip())

    threading.Thread(target=listen, daemon=True).start()
    return lines


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--token", default=TOKEN)
    asked = options.parse_args()
    try:
        asyncio.run(talk(FakeTelegram(asked.token, asked.port)))
    except KeyboardInterrupt:
        sys.exit(0)
