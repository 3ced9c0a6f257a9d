"""Sends words and a token that must not be seen through all that can go wrong. Started by `test_service_logs`."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import insert

from actions.store.engine.database import Database
from actions.store.engine.tables import dialogues
from bot.conversation.effects import Effect
from bot.conversation.events import Event
from bot.observability.logs import set_up_logs
from bot.services.effect_runner import EffectRunner
from tests.fakes.channels import MoodyChannel
from tests.fakes.understandings import TouchyUnderstanding
from tests.unit.delivery.town import NOON, STORY, Town, a_desk

WORDS, TOKEN = "ibu-ratna-dipukul", "123456:rahasia-sekali"


class TellingDesk(EffectRunner):
    """Breaks, and tells why."""

    async def carry_out(self, book: Any, citizen: Any, effect: Effect, cause: Event) -> Event | None:
        raise RuntimeError(WORDS)


async def go_wrong(file: Path) -> None:
    """One after the other."""
    town = Town(Database(f"sqlite:///{file}", busy_seconds=0.1), channel=MoodyChannel())
    await _turns(town)
    await _sending(town)
    await _libraries(town)
    await town.database.close()


async def _turns(town: Town) -> None:
    town.understanding = TouchyUnderstanding(word=WORDS)
    await town.arrives(town.said(f"{STORY} {WORDS}", "budi"))
    await town.works()
    await town.arrives(town.pressed(await town.has_a_card()))
    await town.works(town.worker(effect_runner=a_desk(TellingDesk)))


async def _sending(town: Town) -> None:
    sender = town.sender(wall=lambda: 0.0)
    town.channel.moods["siti"] = [OSError(f"https://api.telegram.org/bot{TOKEN}/sendMessage {WORDS}")]  # type: ignore[attr-defined]
    while await sender.send_waiting():
        await sender.settle()


async def _libraries(town: Town) -> None:
    row = {"channel": "telegram", "chat": "budi", "record": WORDS, "changed_at": NOON}
    try:
        async with town.database.writing() as connection:
            await connection.execute(insert(dialogues), [row, row])
    except Exception:
        logging.getLogger("sqlalchemy.pool").exception("failed: %s", WORDS)
    try:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:1/bot{TOKEN}/getMe"):
            pass
    except aiohttp.ClientError as error:
        logging.getLogger("aiohttp.client").error("failed: %s", error, exc_info=error)
    asyncio.get_running_loop().call_exception_handler({"message": WORDS, "exception": ValueError(WORDS)})
    asyncio.create_task(_fail())  # noqa: RUF006 - nobody asks what became of it
    await asyncio.sleep(0)
    gc.collect()


async def _fail() -> None:
    raise ValueError(WORDS)


class _Unraisable:
    def __del__(self) -> None:
        raise ValueError(WORDS)


def _raise() -> None:
    raise ValueError(WORDS)


def main() -> None:
    """Set up logs as every command does, and go wrong."""
    set_up_logs()
    asyncio.run(go_wrong(Path(sys.argv[1])))
    warnings.warn(WORDS, stacklevel=1)
    thread = threading.Thread(target=_raise)
    thread.start()
    thread.join()
    _Unraisable()
    from bot.cli import main as commands

    lapor = sys.modules["bot.cli.main"].lapor
    lapor.command("break")(_raise)
    sys.argv = ["lapor", "break"]
    commands()


if __name__ == "__main__":
    main()
