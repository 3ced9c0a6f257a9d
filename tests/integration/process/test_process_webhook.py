"""The webhook of the real process: the secret before the body, the commit before the 200, no waiting for Telegram."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import ANY, Temper
from tests.integration.process.books import waiting
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import free_port, until
from tests.patience import PATIENCE_SECONDS

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

SECRET = "a-secret-that-opens-nothing-else"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
STORY = "lampu jalan di Petung mati sudah dua minggu"


def settings_for(telegram: FakeTelegram, port: int) -> dict[str, object]:
    return {
        "telegram_mode": "webhook",
        "telegram_webhook_secret": SECRET,
        "telegram_token": telegram.token,
        "telegram_api_url": telegram.url,
        "public_url": f"http://127.0.0.1:{port}",
        "port": port,
    }


@dataclass(frozen=True, slots=True)
class Door:
    """The service behind its webhook, and somebody who posts to it beside the fake Telegram."""

    service: Service
    telegram: FakeTelegram
    session: ClientSession

    async def posts(self, body: object, secret: str | None = SECRET) -> int:
        """Post this, and return the status."""
        headers = {} if secret is None else {HEADER: secret}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.session.post(f"{self.service.address}/telegram", data=data, headers=headers) as answer:
            return answer.status

    def inbox(self) -> list[tuple[str, str]]:
        """Number and state of every row of the inbox."""
        with closing(sqlite3.connect(f"file:{self.service.database}?mode=ro", uri=True)) as reading:
            return reading.execute("SELECT CAST(sequence AS TEXT), state FROM inbox ORDER BY id").fetchall()


@asynccontextmanager
async def webhook(folder: Path, telegram: FakeTelegram) -> AsyncIterator[Door]:
    async with (
        running_service(folder, **settings_for(telegram, free_port())) as service,
        ClientSession(timeout=ClientTimeout(total=30)) as session,
    ):
        await service.becomes(status="ready")
        yield Door(service, telegram, session)


def an_update(number: int, text: str = STORY, chat: int = 6_000_000_001) -> dict[str, Any]:
    who = {"id": chat, "first_name": "Siti", "is_bot": False, "language_code": "id"}
    where = {"id": chat, "type": "private", "first_name": "Siti"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1_790_000_000, "from": who, "chat": where, "text": text},
    }


async def test_a_report_over_the_webhook(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, webhook(tmp_path, telegram):
        siti = telegram.citizen()
        await siti.says(STORY)
        await siti.hears()
        await siti.presses("Tidak tahu")
        await siti.hears()
        await siti.presses("Kirim")
        assert any("LP-" in meaning.text for meaning in await siti.hears())
        assert telegram.calls_of("getUpdates") == []


async def test_a_wrong_secret_is_401_whatever_the_body(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, webhook(tmp_path, telegram) as context:
        for secret in (None, "", "wrong", SECRET[:-1], SECRET + "x"):
            assert [await context.posts(body, secret) for body in (an_update(1), b"{", b"")] == [401, 401, 401]
        assert context.inbox() == []


async def test_the_secret_is_checked_before_the_body_is_read(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, webhook(tmp_path, telegram) as context:
        port = int(context.service.address.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: wrong\r\nContent-Length: 500000\r\n\r\n"
        writer.write(head.encode())
        status = await asyncio.wait_for(reader.readline(), PATIENCE_SECONDS)  # no byte of the body was sent
        writer.close()
        assert status.split()[1] == b"401"


async def test_what_is_no_update_is_400_and_an_update_of_no_interest_is_200(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, webhook(tmp_path, telegram) as context:
        bodies = (b"{", b"", b"[1]", b'"words"', b"\xff\xfe", {"update_id": 5, "poll": {"id": "1"}})
        assert [await context.posts(body) for body in bodies] == [400, 400, 400, 400, 400, 200]
        assert context.inbox() == []
        assert await context.posts(an_update(6)) == 200


async def test_200_comes_only_after_the_commit(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, webhook(tmp_path, telegram) as context:
        with closing(sqlite3.connect(context.service.database, isolation_level=None)) as locking:
            locking.execute("BEGIN IMMEDIATE")
            posted = asyncio.create_task(context.posts(an_update(7)))
            for _ in range(5):  # the service answers others meanwhile
                assert await context.service.health()
            assert not posted.done()
            assert context.inbox() == []
            locking.execute("ROLLBACK")
        assert await posted == 200
        assert [update for update, _ in context.inbox()] == ["7"]


async def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.citizen()
        async with webhook(tmp_path, telegram) as context:
            numbers = range(100, 140)
            assert [await context.posts(an_update(number, chat=number)) for number in numbers] == [200] * 40
            await context.service.end(signal.SIGKILL)
        async with webhook(tmp_path, telegram) as context:
            everything = [(str(number), "done") for number in numbers]
            await until(lambda: context.inbox() == everything, "all that was acknowledged is worked")


async def test_the_same_update_again_is_one_turn(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, webhook(tmp_path, telegram) as context:
        siti = telegram.citizen()
        await siti.says(STORY)
        await siti.hears()
        [update] = telegram.world.updates.all.values()
        assert await asyncio.gather(*(context.posts(update) for _ in range(10))) == [200] * 10
        await until(lambda: waiting(context.service.database) == 0, "it has come to rest")
        assert context.inbox() == [(str(update["update_id"]), "done")]
        assert len(siti.transcript) == 1


async def test_it_is_acknowledged_while_telegram_is_silent(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, webhook(tmp_path, telegram) as context:
        telegram.fail(ANY, Temper.SILENT, times=float("inf"))
        posts = (context.posts(an_update(number, chat=number)) for number in range(200, 260))
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await asyncio.gather(*posts) == [200] * 60
        assert len(context.inbox()) == 60
        assert telegram.calls_of("sendMessage") == []
