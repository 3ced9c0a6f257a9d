"""Citizens who write by WhatsApp."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, override

from httpx import AsyncClient, HTTPError

from bot.channels.meta.arrivals import row_name
from tests.fakes.whatsapp import FakeWhatsApp, Json, asks_for_place, choices_of, is_list, words_of
from tests.integration.process.door_kills import OpenDoor, Townsfolk
from tests.integration.process.surroundings import free_port


@dataclass
class WhatsAppTown(Townsfolk[Json]):
    """What they write is posted until it is acknowledged, as the provider does, and now and then once more."""

    citizens: ClassVar[Sequence[str]] = [f"62812000{number:05}" for number in range(8)]
    at_once: ClassVar[int] = 8
    patience_seconds: ClassVar[float | None] = 30.0
    settling_seconds: ClassVar[float] = 0.3

    meta: FakeWhatsApp
    service: AsyncClient

    @override
    def heard_by(self, citizen: str) -> Sequence[Json]:
        came = [{**one, "wamid": ""} for one in self.meta.sent if one["to"] == citizen]
        return [one for one, _ in groupby(came)]

    @override
    def came_to(self, citizen: str) -> Sequence[tuple[str, str]]:
        came = [one for one in self.meta.sent if one["to"] == citizen]
        return [(row_name(one["wamid"]), json.dumps({**one, "wamid": ""})) for one in came]

    @override
    def read(self, heard: Sequence[Json]) -> str:
        return "".join(map(words_of, heard))

    @override
    async def tells(self, citizen: str, story: str, number: int) -> None:
        await self._bring(self.meta.said(story, citizen))

    @override
    async def answers(self, citizen: str, heard: Sequence[Json]) -> None:
        """A place is left out."""
        offered = {title: (press, is_list(one)) for one in heard for title, press in choices_of(one)}
        if offered:
            title = "Kirim" if "Kirim" in offered else next(iter(offered))
            press, in_list = offered[title]
            await self._bring(self.meta.pressed(press, title, citizen, in_list=in_list))
        else:
            is_place = any(asks_for_place(one) for one in heard)
            await self._bring(self.meta.said("lewati" if is_place else "kirim", citizen))

    async def _bring(self, message: Json) -> None:
        times = 1 + (self.dice.random() < 0.3)
        while times:
            with suppress(HTTPError):
                times -= (await self.meta.posts(self.service, message))[0] == 200
            await asyncio.sleep(0.05)


@asynccontextmanager
async def whatsapp_door(dice: random.Random) -> AsyncIterator[OpenDoor]:
    """The provider, and who writes through it."""
    port = free_port()
    async with (
        FakeWhatsApp(time.time) as meta,
        AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=15) as client,
    ):
        yield OpenDoor(WhatsAppTown(dice, meta, client), dict(meta.settings), port)
