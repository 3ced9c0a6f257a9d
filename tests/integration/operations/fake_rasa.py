"""A server that answers Rasa's document, and then whatever it is told to, with the words it was asked in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import web

CATEGORIES = ("penerangan_jalan", "jalan", "sampah")


@dataclass
class FakeRasa:
    """Understands street lights. `ailments`: statuses for the next questions; 0 is rubbish with a 200."""

    token: str
    ailments: list[int] = field(default_factory=list)
    asked: int = 0
    url: str = ""
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/model/parse", self._parse)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _parse(self, request: web.Request) -> web.Response:
        self.asked += 1
        if request.query.get("token") != self.token:
            return web.Response(status=401)
        words = (await request.json())["text"]
        if self.ailments:
            status = self.ailments.pop(0)
            return web.Response(status=status or 200, text=json.dumps({"text": words, "intent": words}))
        ranking = [{"name": name, "confidence": 0.9 - place / 10} for place, name in enumerate(CATEGORIES)]
        intent = {"name": "complaint", "confidence": 0.95}
        return web.json_response({"text": words, "intent": intent, "category_ranking": ranking})
