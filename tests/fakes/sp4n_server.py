"""SP4N-LAPOR! on this machine: a real server made from its published form, with the faults that offices tell of.

Forms with a KEYTOKEN are posted to `/api/services/f01/METHOD`; JSON lists come back. It is no help with what is sent
twice: two reports with one reference are two reports.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

KEY: Final = "kunci-uji"
PATH: Final = "/api/services/f01"
A_PAGE: Final = 20
FIRST_NUMBER: Final = 1916449


@dataclass(slots=True)
class FakeSp4n:
    """What it holds, and what goes wrong with it.

    Attributes:
        url: what LAPOR_SP4N_URL is.
        handed_over: what was added, as it was sent, in order.
        followed_up: what was told of reports of its own, in order.
        for_us: reports that it has for the regency, the oldest first.
        statuses: by number, its word, the moment of it, and what was answered.
        fails: so many of the next requests are answered with 500; -1 for all.
        loses: so many of the next additions are kept, and their answer never comes.
        halves: so many of the next answers end in their middle.
        refuses: topics that it takes no report of.
        answers: only while it is set.
        asked: how often each method was.
    """

    url: str
    handed_over: list[dict[str, str]] = field(default_factory=list)
    followed_up: list[dict[str, str]] = field(default_factory=list)
    for_us: list[dict[str, Any]] = field(default_factory=list)
    statuses: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    fails: int = 0
    loses: int = 0
    halves: int = 0
    refuses: frozenset[str] = frozenset()
    strangers: int = 0
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    asked: Counter[str] = field(default_factory=Counter)

    def has(self, number: str, content: str = "Lampu jalan di depan pasar mati", **changes: Any) -> None:
        """It has this report for the regency."""
        known = {
            "topic_id": "7",
            "topic_name": "Penerangan",
            "location": "Jl. Provinsi Km 5, Waru",
            "type": "Pengaduan",
        }
        told = {"tracking_id": number, "content": content, "date": "2026-11-26 09:00:00", "secret": "0"}
        self.for_us.append({**told, **known, **changes})

    def moves(self, number: str, word: str, at: str = "2026-11-27 10:00:00", words: str = "") -> None:
        """A report stands so from now on."""
        self.statuses[number] = (word, at, words)

    def number_of(self, reference: str) -> str:
        """The number of what was handed over under this reference."""
        place = next(n for n, sent in enumerate(self.handed_over) if sent["external_id"] == reference)
        return str(FIRST_NUMBER + place)

    async def takes(self, request: web.Request) -> web.StreamResponse:
        """One request."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        method = request.match_info["method"]
        self.asked[method] += 1
        if form.pop("KEYTOKEN", "") != KEY:
            self.strangers += 1
            return web.json_response({"error": "KEYTOKEN"}, status=401)
        await self.answers.wait()
        if self.fails:
            self.fails -= 1
            return web.Response(status=500, text="<html>Internal Server Error</html>")
        answer = getattr(self, f"_{method}", lambda _: None)(form)
        if answer is None:
            return web.json_response({"error": method}, status=404)
        if method.startswith("add") and self.loses:
            self.loses -= 1
            if request.transport:
                request.transport.close()
        return await self._written(request, answer)

    async def _written(self, request: web.Request, answer: object) -> web.StreamResponse:
        if not self.halves:
            return web.json_response(answer)
        self.halves -= 1
        whole = web.json_response(answer).body
        return web.Response(body=bytes(whole)[: len(bytes(whole)) // 2], content_type="application/json")

    def _addreport(self, form: Mapping[str, str]) -> object:
        if form.get("topic_id") in self.refuses:
            return {"error": "topic_id"}
        self.handed_over.append(dict(form))
        number = str(FIRST_NUMBER + len(self.handed_over) - 1)
        self.statuses.setdefault(number, ("Belum Terverifikasi", "2026-11-26 12:00:00", ""))
        return [{"tracking_id": number}]

    def _addfollowup(self, form: Mapping[str, str]) -> object:
        self.followed_up.append(dict(form))
        return [{"tracking_id": form["tracking_id"]}]

    def _getreport(self, form: Mapping[str, str]) -> object:
        number = form.get("tracking_id", "")
        if reference := form.get("external_id"):
            known = [n for n, sent in enumerate(self.handed_over) if sent["external_id"] == reference]
            number = str(FIRST_NUMBER + known[0]) if known else ""
        if number not in self.statuses and all(one["tracking_id"] != number for one in self.for_us):
            return []
        word, at, words = self.statuses.get(number, ("Terdisposisi", "2026-11-26 09:00:00", ""))
        steps = [{"external_id": one["external_id"], "content": one.get("content", "")} for one in self.followed_up]
        steps += [{"external_id": "", "content": words}] if words else []
        return [{"tracking_id": number, "status": word, "status_date": at, "followups": steps}]

    def _getreports(self, form: Mapping[str, str]) -> object:
        since, page = form.get("since", ""), int(form.get("page", "1"))
        found = [one for one in self.for_us if str(one.get("date", "")) >= since]
        return found[(page - 1) * A_PAGE : page * A_PAGE]


@asynccontextmanager
async def fake_sp4n(port: int = 0) -> AsyncIterator[FakeSp4n]:
    """One on this machine, until the block ends."""
    fake = FakeSp4n("")
    fake.answers.set()
    app = web.Application()
    app.router.add_post(f"{PATH}/{{method}}", fake.takes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    try:
        yield fake
    finally:
        fake.answers.set()
        await runner.cleanup()
