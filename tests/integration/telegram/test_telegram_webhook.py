"""Updates that are posted: told where, checked by the secret, taken once, in whatever order they come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from bot.channels.telegram.start import CannotStart
from bot.channels.telegram.webhook import SECRET_HEADER, arrivals_of_body, check_secret, set_webhook
from tests.fakes.inbox import ReluctantInbox, RememberingInbox
from tests.fakes.telegram import FakeTelegram
from tests.integration.telegram.bots import connected, until
from tests.unit.channels.bot_api import NOW

SECRET = "a-secret_123"


@asynccontextmanager
async def receiving(inbox: RememberingInbox) -> AsyncIterator[str]:
    """A server as the app's, at the address that it gives."""

    async def receive(request: web.Request) -> web.Response:
        if not check_secret(request.headers.get(SECRET_HEADER), SECRET):
            return web.Response(status=401)
        arrival = arrivals_of_body(await request.read(), None, NOW)
        if arrival:
            await inbox.put([arrival])
        return web.Response()

    app = web.Application()
    app.router.add_post("/telegram", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    finally:
        await runner.cleanup()


async def test_what_waited_and_what_comes_is_posted_until_it_is_taken() -> None:
    inbox = ReluctantInbox(2)
    async with receiving(inbox) as url, FakeTelegram() as telegram, connected(telegram) as bot:
        siti = telegram.citizen()
        await siti.says("lampu mati")
        await set_webhook(bot, url, SECRET)
        await siti.says("sudah lama")
        await inbox.holds(2)
        await until(lambda: not telegram.world.updates.unconfirmed)
        webhook = telegram.world.updates.webhook
        assert webhook is not None
        assert webhook.failures == 2


async def test_updates_may_come_in_any_order_and_keep_their_place() -> None:
    inbox = RememberingInbox()
    async with receiving(inbox) as url, FakeTelegram() as telegram, connected(telegram) as bot:
        await set_webhook(bot, url, SECRET)
        telegram.world.updates.hold()
        siti = telegram.citizen()
        first, second = await siti.says("lampu mati"), await siti.says("sudah lama")
        telegram.world.updates.release()
        taken = sorted(await inbox.holds(2), key=lambda arrival: arrival.sequence)
        assert [arrival.message_id for arrival in taken] == [str(first), str(second)]


async def test_the_same_update_may_be_posted_again() -> None:
    inbox = RememberingInbox()
    async with receiving(inbox) as url, FakeTelegram() as telegram, connected(telegram) as bot:
        await set_webhook(bot, url, SECRET)
        await telegram.citizen().says("lampu mati")
        taken = await inbox.holds(1)
        telegram.resend_update(taken[0].sequence)
        await until(lambda: len(inbox.batches) == 2)
        assert inbox.arrivals == taken


async def test_nothing_is_taken_without_the_secret() -> None:
    inbox = RememberingInbox()
    async with receiving(inbox) as url, ClientSession() as stranger:
        async with stranger.post(url, json={"update_id": 1}) as answer:
            assert answer.status == 401
        async with stranger.post(url, json={"update_id": 1}, headers={SECRET_HEADER: "guess"}) as answer:
            assert answer.status == 401
    assert inbox.batches == []


@pytest.mark.parametrize("secret", ["", "with blanks", "x" * 257, "é"])
async def test_a_secret_that_telegram_does_not_take_ends_the_start(secret: str) -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        with pytest.raises(CannotStart, match="LAPOR_TELEGRAM_WEBHOOK_SECRET"):
            await set_webhook(bot, "https://lapor.example/telegram", secret)


async def test_an_address_that_telegram_does_not_take_ends_the_start() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        with pytest.raises(CannotStart, match="LAPOR_PUBLIC_URL"):
            await set_webhook(bot, "http://lapor.example/telegram", SECRET)
