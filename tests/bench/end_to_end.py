"""Messages in and out per CPU-second: `python -m tests.bench.end_to_end [--citizens 300]`.

The real process polls a Telegram on loopback that does nothing but hand out updates and take messages. Each citizen
holds a whole talk, her next message coming when the last was answered. The processor time is the service's alone, from
the first update to the last answer; Telegram's pace (at most 30 messages in any second) holds, so waiting is
in it, too.

Beside it, in the same minute, runs a bot on the same library that stores nothing and only answers each message with
another: what is left of its speed is a number that does not depend on the machine and on who else uses it.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import uvloop
from aiohttp import web

from bot.channels.telegram.connect import make_bot
from tests.bench.machine import machine
from tests.bench.webhook import cpu_seconds
from tests.integration.process.service import running_service
from tests.integration.process.surroundings import free_port

IDLE_ANSWERS, CITIZENS_OF_IDLE_BOT = 1500, 50
TOKEN = "700123:a-token-that-opens-nothing-else"
FIRST_CITIZEN = 6_000_000_001
MOST_A_POLL = 100
TALK = (
    ("lampu jalan di depan rumah saya mati sudah dua minggu", "Di mana itu?"),
    ("Lewati", "Laporan Anda."),
    ("Tidak tahu", "Periksa sebentar"),
    ("Kirim", "Nomor tiket Anda"),
)
"""What she writes, and what stands in the message for which she waits."""
LONGEST_TALK_SECONDS = 60.0
ME = {"id": 700123, "is_bot": True, "first_name": "Lapor", "username": "LaporBot"}


_NOBODY = asyncio.Event()


@dataclass
class IdleTelegram:
    """ChatLeases out what citizens say, takes what they are told, and keeps nothing but counts."""

    updates: int = 0
    sent: int = 0
    _waiting: deque[dict[str, Any]] = field(default_factory=deque)
    _handed_out: list[dict[str, Any]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _awaited: dict[int, tuple[str, asyncio.Event]] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    async def hears(self, who: int, words: str, answer: str) -> None:
        """A citizen says something, and waits for the answer, which has these words in it."""
        answered = asyncio.Event()
        self._awaited[who] = (answer, answered)
        self._waiting.append(telegram_update(next(self._numbers), who, words))
        self._news.set()
        await asyncio.wait_for(answered.wait(), LONGEST_TALK_SECONDS)

    async def answers(self, request: web.Request) -> web.Response:
        """Any method of the Bot API."""
        method, given = request.match_info["method"], await _given(request)
        if method == "getUpdates":
            return _ok(await self._poll(int(given.get("offset", 0)), float(given.get("timeout", 0))))
        if method == "sendMessage":
            self.sent += 1
            who = int(given["chat_id"])
            words, answered = self._awaited.get(who, ("", _NOBODY))
            if words in given["text"]:
                answered.set()
            chat = {"id": who, "type": "private"}
            return _ok({"message_id": self.sent, "date": int(time.time()), "chat": chat, "text": given["text"]})
        if method == "editMessageText":
            self.sent += 1
            return _ok(ME)
        return _ok(ME if method == "getMe" else {"url": "", "pending_update_count": 0} if "Info" in method else True)

    async def _poll(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        """What was not acknowledged yet, and what is new."""
        self._handed_out = [update for update in self._handed_out if update["update_id"] >= offset]
        if not self._waiting and not self._handed_out:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), seconds)
            except TimeoutError:
                return []
        while self._waiting and len(self._handed_out) < MOST_A_POLL:
            self._handed_out.append(self._waiting.popleft())
            self.updates += 1
        return self._handed_out


async def _given(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        given: dict[str, Any] = await request.json()
        return given
    return dict(await request.post())


def _ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def telegram_update(number: int, who: int, words: str) -> dict[str, Any]:
    """A message as Telegram hands it out."""
    sender = {"id": who, "first_name": "Siti", "is_bot": False, "language_code": "id"}
    chat = {"id": who, "type": "private", "first_name": "Siti"}
    message = {"message_id": number, "date": int(time.time()), "from": sender, "chat": chat, "text": words}
    return {"update_id": number, "message": message}


async def measure(citizens: int, at_once: int) -> None:
    """Run it and print what came of it."""
    telegram, port = IdleTelegram(), free_port()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", telegram.answers)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    settings = {"telegram_token": TOKEN, "telegram_api_url": f"http://127.0.0.1:{port}"}
    with tempfile.TemporaryDirectory(prefix="lapor-end-to-end-") as folder:
        async with running_service(Path(folder), nlu="off", **settings) as service:
            await service.becomes(status="ready")
            await _talks(telegram, range(FIRST_CITIZEN, FIRST_CITIZEN + 20), at_once)
            before, messages, began = cpu_seconds(service), telegram.updates + telegram.sent, time.monotonic()
            await _talks(telegram, range(FIRST_CITIZEN + 20, FIRST_CITIZEN + 20 + citizens), at_once)
            used, seconds = cpu_seconds(service) - before, time.monotonic() - began
            messages = telegram.updates + telegram.sent - messages
            await service.end(within_seconds=60)
    idle = await _answers_alone(telegram, f"http://127.0.0.1:{port}")
    await runner.cleanup()
    print(machine())
    print(
        f"{citizens} talks, {at_once} at once, {messages} messages in and out in {seconds:.0f} s, LAPOR_NLU=off, SQLite"
    )
    print(f"{messages / used:.0f} messages a CPU-second ({1000 * used / messages:.2f} ms each)")
    print(f"a bot that does nothing: {idle:.0f}, so {messages / used / idle:.0%} of it are left")


async def _answers_alone(telegram: IdleTelegram, url: str) -> float:
    """Messages in and out per CPU-second of a bot that answers everything at once."""
    command = (sys.executable, "-m", __spec__.name, "--as-idle-bot", url)
    bot = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    for _ in range(IDLE_ANSWERS // CITIZENS_OF_IDLE_BOT):
        people = range(FIRST_CITIZEN, FIRST_CITIZEN + CITIZENS_OF_IDLE_BOT)
        await asyncio.gather(*(telegram.hears(who, "halo", "halo") for who in people))
    output, _ = await bot.communicate()
    return float(output)


async def answer_alone(url: str) -> None:
    """Be that bot, and print how fast it was."""
    answered, offset = 0, 0
    async with make_bot(TOKEN, url) as bot:
        began = _used()
        while answered < IDLE_ANSWERS:
            for update in await bot.fetch_updates(offset, 10, ("message",)):
                offset = update["update_id"] + 1
                await bot.send_text(str(update["message"]["chat"]["id"]), update["message"]["text"])
                answered += 1
        print(2 * IDLE_ANSWERS / (_used() - began))


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def _talks(telegram: IdleTelegram, people: range, at_once: int) -> None:
    waiting = deque(people)

    async def one_after_the_other() -> None:
        while waiting:
            who = waiting.popleft()
            for words, answer in TALK:
                await telegram.hears(who, words, answer)

    async with asyncio.TaskGroup() as everybody:
        for _ in range(at_once):
            everybody.create_task(one_after_the_other())


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--citizens", type=int, default=300)
    options.add_argument("--at-once", type=int, default=150)
    options.add_argument("--as-idle-bot", metavar="URL", help=argparse.SUPPRESS)
    asked = options.parse_args()
    asyncio.run(
        answer_alone(asked.as_idle_bot) if asked.as_idle_bot else measure(asked.citizens, asked.at_once),
        loop_factory=uvloop.new_event_loop,
    )
