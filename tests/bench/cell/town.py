"""Citizens who report in the web chat of a cell whose machines are lost, and what must be true of them at the end."""

from __future__ import annotations

import asyncio
import html
import random
import re
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.web.visitors import COOKIE, Visitors
from tests.integration.process.books import rows
from tests.integration.process.kills import MATTERS

SECRET_KEY = "the-same-for-all-processes-of-a-cell"
CITIZENS, PULSE_SECONDS, NOTICED_SECONDS = 8, 0.25, 0.5
REQUEST_SECONDS = 20.0
TICKET = re.compile(r"Nomor tiket Anda:(?:<[^>]+>|\s)*(LP-\w{4}-\w{4})")
PRESS = re.compile(r'name="press" value="([^"]+)"')
STORY_NUMBER = re.compile(r"\b\d{4,6}\b")


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A message that the service said it has: who wrote it, its name in the inbox, when it was sent and answered."""

    visitor: str
    update_id: str
    began: float
    done: float


@dataclass
class WebTown:
    """Some report, one thing after the other, and every quarter of a second somebody else says hello, once.

    Attributes:
        addresses: of the processes; whoever is not answered asks the next.
        acknowledged: every message that was.
        refused: how many tries were not.
        filed: the ticket that each story was given, by the story's number.
        stalls: seconds for which this machine gave this process no time, where that was noticed.
    """

    addresses: Sequence[str]
    dice: random.Random
    acknowledged: list[Acknowledged] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    filed: dict[int, str] = field(default_factory=dict)
    is_over: bool = False
    stalls: list[float] = field(default_factory=list)
    _visitors: Visitors = field(default_factory=lambda: Visitors(SECRET_KEY.encode()))
    _numbers: count[int] = field(default_factory=lambda: count(1001))

    async def live(self) -> None:
        """Until it is over, and everybody who has begun to report has her number."""
        timeout = ClientTimeout(total=REQUEST_SECONDS)
        async with ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as people:
            people.create_task(self._notice_stalls())
            for _ in range(CITIZENS):
                people.create_task(self._report_on_and_on(session))
            while not self.is_over:
                people.create_task(self._say(session, self._somebody(), {"text": "halo, selamat pagi"}))
                await asyncio.sleep(PULSE_SECONDS)

    async def _notice_stalls(self) -> None:
        """Others use this machine: what stands still while all do is not the cell's."""
        while not self.is_over:
            began = time.monotonic()
            await asyncio.sleep(NOTICED_SECONDS)
            if (late := time.monotonic() - began - NOTICED_SECONDS) > NOTICED_SECONDS:
                self.stalls.append(late)

    async def writes_again(self, since: float) -> float:
        """Wait for the first message that was sent after this moment and acknowledged; returns when that was."""
        while not (done := [one.done for one in self.acknowledged[-1000:] if one.began > since]):
            await asyncio.sleep(0.01)
        return min(done)

    def _somebody(self) -> str:
        return self._visitors.new()

    async def _report_on_and_on(self, session: ClientSession) -> None:
        while not self.is_over:
            number = next(self._numbers)
            self.filed[number] = await self._report(session, number)

    async def _report(self, session: ClientSession, number: int) -> str:
        """Tell it, press what is offered, and return the number of the ticket."""
        visitor, pressed = self._somebody(), ""
        await self._say_until_it_is_taken(session, visitor, {"text": self.dice.choice(MATTERS).format(number=number)})
        while not (found := TICKET.search(page := await self._page(session, visitor))):
            wanted = _wanted(page)
            if wanted and wanted != pressed:
                await self._say_until_it_is_taken(session, visitor, {"press": wanted})
                pressed = wanted
            await asyncio.sleep(0.3)
        return found[1]

    async def _say_until_it_is_taken(self, session: ClientSession, visitor: str, form: dict[str, str]) -> None:
        """The same message again and again, as a page does that was not answered."""
        token = f"j{secrets.token_hex(6)}"
        while not await self._say(session, visitor, form, token):
            await asyncio.sleep(0.2)

    async def _say(self, session: ClientSession, visitor: str, form: dict[str, str], token: str = "") -> bool:
        began, token = time.monotonic(), token or f"j{secrets.token_hex(6)}"
        headers = {"Cookie": f"{COOKIE}={self._visitors.cookie(visitor)}", "HX-Request": "true"}
        address = f"{self.dice.choice(self.addresses)}/chat/messages"
        try:
            async with session.post(address, data={**form, "token": token}, headers=headers) as answer:
                status = str(answer.status)
                await answer.read()
        except (ClientError, OSError, TimeoutError) as error:
            status = type(error).__name__
        if status != "200":
            self.refused[status] += 1
            return False
        update_id = self._visitors.update_id(visitor, token)
        self.acknowledged.append(Acknowledged(visitor, update_id, began, time.monotonic()))
        return True

    async def _page(self, session: ClientSession, visitor: str) -> str:
        headers = {"Cookie": f"{COOKIE}={self._visitors.cookie(visitor)}"}
        with suppress(ClientError, OSError, TimeoutError):
            async with session.get(f"{self.dice.choice(self.addresses)}/", headers=headers) as answer:
                if answer.status == 200:
                    return html.unescape(await answer.text())
        return ""


def _wanted(page: str) -> str:
    """What she presses: to send where that is offered, to leave out, else the first choice; "" where nothing is."""
    offered = PRESS.findall(page.rpartition('class="message ours"')[2])
    return next((one for kind in ("send@", "skip@", "") for one in offered if one.startswith(kind)), "")


def what_is_wrong(town: WebTown, url: str) -> list[str]:
    """What does not stand in the database as it was acknowledged: lost, not worked, filed twice, told twice."""
    inbox = dict(rows(url, "SELECT update_id, state FROM inbox WHERE channel = 'web'"))
    wrong = [f"lost: {one.update_id}" for one in town.acknowledged if one.update_id not in inbox]
    wrong += [f"{state}: {name}" for name, state in inbox.items() if state != "done"]
    stories, cases = rows(url, "SELECT ticket, story FROM case_words"), dict[int, list[str]]()
    for ticket, story in stories:
        for number in STORY_NUMBER.findall(story)[:1]:
            cases.setdefault(int(number), []).append(ticket)
    for number, ticket in town.filed.items():
        if (found := cases.pop(number, [])) != [ticket]:
            wrong.append(f"{number}: told {ticket}, filed {found}")
    wrong += [f"{number} was filed, and nobody was told" for number in cases]
    told = "SELECT count(*) FROM outbox WHERE position('\"filed' IN message) > 0 GROUP BY chat HAVING count(*) > 1"
    return wrong + [f"told twice: {times}" for (times,) in rows(url, told)]
