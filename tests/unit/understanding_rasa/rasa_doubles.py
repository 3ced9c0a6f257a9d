"""Real HTTP servers in the place of Rasa, each of its own temper."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Self

from aiohttp import web

TOKEN = "kunci rahasia"


def a_document(intent: str = "complaint", sure: float = 0.9, **ranking: float) -> dict[str, Any]:
    """What Rasa answers, with our ranking."""
    ranking = ranking or {"jalan": sure, "drainase_banjir": 0.06, "sampah": 0.01}
    return {
        "text": "as it came",
        "intent": {"name": intent, "confidence": 0.97},
        "entities": [],
        "category_ranking": [{"name": name, "confidence": confidence} for name, confidence in ranking.items()],
    }


class ObligingRasa:
    """Answers every text with the same document, and remembers what it was asked."""

    def __init__(self, document: object = None) -> None:
        self.document = a_document() if document is None else document
        self.texts: list[str] = []
        self.queries: list[Mapping[str, str]] = []

    async def answer(self, text: str) -> web.StreamResponse:
        """What it answers."""
        del text
        return web.json_response(self.document)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/model/parse", self._parse)
        self._runner = web.AppRunner(app, shutdown_timeout=0, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _parse(self, request: web.Request) -> web.StreamResponse:
        self.queries.append(dict(request.query))
        text = (await request.json())["text"]
        self.texts.append(text)
        return await self.answer(text)


class EchoingRasa(ObligingRasa):
    """Names the text itself as the intent."""

    async def answer(self, text: str) -> web.StreamResponse:
        return web.json_response(a_document(intent=text))


class SilentRasa(ObligingRasa):
    """Takes every question and never answers."""

    async def answer(self, text: str) -> web.StreamResponse:
        await asyncio.Event().wait()
        return await super().answer(text)


class SlowRasa(ObligingRasa):
    """Answers none before so many questions wait at once; `most_at_once` is how many ever did."""

    def __init__(self, questions: int) -> None:
        super().__init__()
        self._crowd = asyncio.Barrier(questions)
        self._now = 0
        self.most_at_once = 0

    async def answer(self, text: str) -> web.StreamResponse:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        await self._crowd.wait()
        self._now -= 1
        return await super().answer(text)


class LateRasa(ObligingRasa):
    """Answers once `now` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.now = asyncio.Event()

    async def answer(self, text: str) -> web.StreamResponse:
        await self.now.wait()
        return await super().answer(text)


class RubbishRasa(ObligingRasa):
    """Answers bytes that are no document."""

    def __init__(self, body: bytes, content_type: str = "application/json") -> None:
        super().__init__()
        self._body, self._content_type = body, content_type

    async def answer(self, text: str) -> web.StreamResponse:
        return web.Response(body=self._body, content_type=self._content_type)


class RefusingRasa(ObligingRasa):
    """Answers with a status and nothing else."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self._status = status

    async def answer(self, text: str) -> web.StreamResponse:
        return web.Response(status=self._status, headers={"Location": "/elsewhere"})
