"""A talk in a browser without a script: real delivery on SQLite, forms posted, pages read."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from actions.cases.case import Case
from actions.store.cases.casebook import SqlCaseBook
from tests.talks.acts import Act, DaysPass, OfficeActs, Presses, Restarts, Says, SendsFiles, SharesPlace, TimePasses
from tests.talks.database import before_the_talk, days_pass, new_database, office_acts
from tests.talks.messages import How, Message
from tests.talks.world import World
from tests.unit.web.doors import House, OnPage, a_house

WELCOME = "owelcome"
"""What stands above every talk is in the language of the talk, and never news."""
TYPES = {"photo": "image/jpeg", "video": "video/mp4", "voice": "audio/ogg", "document": "application/pdf"}


class WebStage:
    """Where a talk is held through `/` and `/chat/messages`."""

    _house: House

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: dict[str, OnPage] = {}
        self._buttons: dict[str, str] = {}
        self._posts = 0

    async def opens(self) -> None:
        """Begin."""
        self._folder = Path(tempfile.mkdtemp())
        self._file = await new_database()
        self._house = await a_house(self._folder, world=self._world, file=self._file)
        await before_the_talk(self._world, self._house.database)
        self._siti = self._house.browser(accept_language=self._world.settings.language or "id")
        self._read(await self._siti.reads())

    async def closes(self) -> None:
        """End."""
        await self._house.closes()
        self._file.unlink()

    async def cases(self) -> list[Case]:
        """All that was filed."""
        async with self._house.database.reading() as connection:
            return await SqlCaseBook(connection).latest(None)

    async def plays(self, commands: Sequence[Act]) -> list[Message]:
        """What she reads after these, posted before she read anything."""
        for command in commands:
            await self._does(command)
        await self._house.works()
        return self._read(await self._siti.reads())

    async def _does(self, command: Act) -> None:
        match command:
            case Says():
                await self._posts_form(text=command.text)
            case Presses():
                await self._posts_form(press=self._press(command))
            case SharesPlace():
                await self._posts_form(lat=str(command.lat), lon=str(command.lon))
            case SendsFiles():
                await self._sends(command)
            case TimePasses():
                self._world.clock.passes(command.span)
            case OfficeActs():
                await office_acts(self._world, self._house.database, command)
            case DaysPass():
                await days_pass(self._world, self._house.database, command.days, self._house.works)
            case Restarts():
                await self._restarts()
            case _:
                raise TypeError(f"nobody can do that in a browser: {command}")

    async def _posts_form(self, **fields: str) -> None:
        answer = await self._siti.posts(**fields)
        assert answer.status_code == 303, answer.text

    def _press(self, command: Presses) -> str:
        open_now = {words: press for message in self._seen.values() for words, press in message.presses}
        return self._buttons[command.label] if command.old else open_now[command.label]

    async def _sends(self, command: SendsFiles) -> None:
        files = []
        for _ in range(command.count):
            self._posts += 1
            files.append(("files", (f"{self._posts}.bin", f"file {self._posts}".encode(), TYPES[command.kind])))
        answer = await self._siti.client.post("/chat/messages", data={"text": command.caption}, files=files)
        assert answer.status_code == 303, answer.text

    async def _restarts(self) -> None:
        cookies = self._siti.client.cookies
        await self._house.closes()
        self._house = await a_house(self._folder, world=self._world, file=self._file)
        self._siti = self._house.browser(accept_language=self._world.settings.language or "id")
        self._siti.client.cookies = cookies

    def _read(self, shown: Sequence[OnPage]) -> list[Message]:
        """Our messages that are new, or read differently; when buttons go from an old one, nobody is told anything."""
        read = []
        for message in shown:
            before = self._seen.get(message.key)
            is_said = not message.is_hers and message.key != WELCOME
            if is_said and (before is None or before.text != message.text or _has_more(before, message)):
                read.append(Message(message.text, message.labels, message.special, _how(before, message)))
            self._buttons |= dict(message.presses)
        self._seen = {message.key: message for message in shown}
        return read


def _has_more(before: OnPage, now: OnPage) -> bool:
    return bool(now.labels) and now.labels != before.labels


def _how(before: OnPage | None, now: OnPage) -> How:
    if before is None:
        return How.SENT
    return How.EDITED if now.labels else How.RETIRED
