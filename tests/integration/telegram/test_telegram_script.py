"""The fake Telegram as a program of its own."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE

from bot.channels.telegram.connect import make_bot
from bot.channels.telegram.outgoing import TelegramChannel
from tests.integration.telegram.bots import KIRIM, a_message
from tests.patience import PATIENCE_SECONDS


async def test_whoever_types_there_is_a_citizen() -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.telegram", "--token", "1:abc", stdin=PIPE, stdout=PIPE
    )
    assert program.stdin is not None
    assert program.stdout is not None
    settings = (await asyncio.wait_for(program.stdout.readline(), PATIENCE_SECONDS)).decode().split()
    assert settings[1] == "LAPOR_TELEGRAM_TOKEN=1:abc"
    bot = make_bot("1:abc", settings[0].partition("=")[2])
    try:
        await bot.initialize()
        program.stdin.write(b"lampu mati\n")
        (said,) = await bot.fetch_updates(0, 10, ())
        chat = said["message"]["chat"]["id"]
        await TelegramChannel(bot).send(str(chat), a_message("Laporan Anda", KIRIM))
        assert (await program.stdout.readline()).decode() == "< Laporan Anda\n"
        assert (await program.stdout.readline()).decode() == "  [Kirim]\n"
        program.stdin.write(b"[Kirim]\n")
        (pressed,) = await bot.fetch_updates(said["update_id"] + 1, 10, ())
        assert pressed["callback_query"]["data"] == KIRIM.press
    finally:
        await bot.shutdown()
        program.kill()
        await program.communicate()
