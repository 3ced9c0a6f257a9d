"""A whole service with officers in a fake Telegram: a group of the roads agency, private chats, and a citizen."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, Location, ReportType, Severity, Words
from actions.cases.handlers import FiledCase, ReviewedDraft, file_case
from actions.cases.officer_handlers import Wish, act_on_case
from actions.people.handlers import add_person, disable_person, known_person, tie_telegram
from actions.people.roles import Actor, Role
from actions.people.secrets import code_digest
from actions.privacy.handlers import redact_case
from actions.privacy.redaction import Redaction
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.redactions import SqlRedactions
from actions.store.engine.database import Database
from actions.store.engine.tables import outbox
from actions.store.messages.groups import SqlGroups, SqlTopics
from actions.store.people.people import SqlPeople
from bot.channels.telegram.connect import LaporBot, make_bot
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.polling import Polling, TelegramTimeouts
from bot.main.assembly import Service
from bot.messaging.inbox import SqlInbox
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.records import read_outgoing
from bot.messaging.sender import Sender
from bot.messaging.turns import TurnWorker
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import FakeChat
from tests.fakes.telegram_content import file
from tests.fakes.telegram_people import Citizen
from tests.patience import PATIENCE_SECONDS
from tests.talks.talk_file import Settings as TalkSettings
from tests.talks.telegram import at_once
from tests.talks.world import World

PATIENCE = TelegramTimeouts(poll=5, conflict=5, first_pause=0.01, longest_pause=0.1, longest_commit_pause=0.1)
ROADS = "dpupr"
STORY = "jalan di depan pasar berlubang dalam"
CODE = "2345-6789-CDFG"


@dataclass(slots=True)
class Bureau:
    """Everything that runs, and the people around it."""

    telegram: FakeTelegram
    database: Database
    world: World
    service: Service
    bot: LaporBot
    worker: TurnWorker
    sender: Sender
    siti: Citizen
    group: FakeChat
    drafts: int = 0
    polling: asyncio.Task[None] | None = None
    seen: dict[int, int] = field(default_factory=dict)

    # What people do -----------------------------------------------------------------------------------------

    async def officer(self, name: str, *roles: Role, agency: str | None = None) -> Citizen:
        """Somebody with an account that is tied, who has written to the bot before."""
        someone = self.telegram.citizen(name)
        someone.private.closed = None
        async with self.database.writing() as connection:
            book, now = SqlPeople(connection), self.world.clock()
            agencies = self.service.regency.agencies
            person = await add_person(book, name, roles or (Role.LIAISON,), agency, agencies, now, "terminal:test")
            await book.set_code(person.id, code_digest(CODE), now + timedelta(hours=1))
            await tie_telegram(book, CODE, str(someone.id), now)
        return someone

    async def binds(self, agency: str = ROADS, chat: FakeChat | None = None) -> None:
        """A group is the agency's."""
        async with self.database.writing() as connection:
            await SqlGroups(connection).bind(str((chat or self.group).id), agency, 1, self.world.clock())

    async def files(self, story: str = STORY, name: str | None = None, **changes: object) -> Case:
        """Siti reports something, and everybody is told."""
        self.drafts += 1
        known: dict[str, object] = {
            "draft_key": f"draft-{self.drafts}",
            "reporter": f"telegram:{self.siti.id}",
            "channel": "telegram",
            "language": "id",
            "type": ReportType.COMPLAINT,
            "category": "jalan",
            "location": Location(district="64.09.01", spoken="depan pasar", lat=-1.2345678, lon=116.7654321),
            "severity": Severity.NORMAL,
            "secret": False,
            "sensitive": False,
            "words": Words(story, name),
            "attachments": (),
            "consent": "id-1",
        }
        report = ReviewedDraft(**(known | changes))  # type: ignore[arg-type]
        effect_runner = self.service.effect_runner
        async with self.database.writing() as connection:
            book = SqlCaseBook(connection)
            filed = await file_case(
                book, effect_runner.regency, report, self.world.clock(), self.world.chance, effect_runner.in_words
            )
            await self._tells(connection, book)
        if not isinstance(filed, FiledCase):
            raise TypeError("it was not filed")
        await self.works()
        return filed.case

    async def does(self, wish: Wish) -> None:
        """Somebody does something in another place, and everybody is told."""
        async with self.database.writing() as connection:
            book = SqlCaseBook(connection)
            await act_on_case(book, self.service.regency, wish, self.world.clock(), self.world.chance)
            await self._tells(connection, book)
        await self.works()

    async def redacts(self, ticket: str, who: Actor, redaction: Redaction) -> None:
        """A moderator says at the desk what others read of a case, and everybody is told."""
        wish = Wish(ticket=ticket, command=CaseCommand(action=CaseAction.REDACT, words="Menyebut nama orang"), who=who)
        regency, at, chance = self.service.regency, self.world.clock(), self.world.chance
        async with self.database.writing() as connection:
            book = SqlCaseBook(connection)
            await redact_case(book, SqlRedactions(connection), regency, wish, redaction, at, chance)
            await self._tells(connection, book)
        await self.works()

    async def _tells(self, connection: AsyncConnection, book: SqlCaseBook) -> None:
        await book.flush()
        for notifier in self.service.notifiers():
            await notifier.tell(connection, book.done, self.world.clock())

    async def passes(self, days: int) -> None:
        """Days pass, and the service is there all the while."""
        for _ in range(days):
            self.world.clock.passes(timedelta(days=1))
            await self.service.sweeper(lambda _: None).sweep()
            await self.works()

    async def disables(self, name: str) -> None:
        """Somebody may do nothing any more."""
        async with self.database.writing() as connection:
            book = SqlPeople(connection)
            await disable_person(book, await known_person(book, name), self.world.clock(), "terminal:test")

    @asynccontextmanager
    async def beside(self, url: str) -> AsyncIterator[TurnWorker]:
        """What works turns in another process on the same database."""
        database = Database(url)
        worker, _ = _parts(replace(self.service, database=database), self.world, self.bot)
        yield worker
        await database.close()

    async def restarts(self) -> None:
        """The service ends, and begins anew on the same database."""
        await self.database.close()
        self.database = Database(str(self.database.url.set(drivername="sqlite")))
        self.service = replace(self.service, database=self.database)
        self.worker, self.sender = _parts(self.service, self.world, self.bot)

    async def is_reached_at(self, base: str) -> None:
        """LAPOR_PUBLIC_URL is another from now on."""
        links = replace(self.service.links, base=base)
        self.service = replace(
            self.service, links=links, effect_runner=replace(self.service.effect_runner, links=links)
        )
        await self.restarts()

    async def presses(self, who: Citizen, label: str, chat: FakeChat | None = None, ticket: str = "") -> str:
        """Somebody presses the newest button with this label in a chat; returns what the button answers."""
        chat = chat or who.private
        places = [n for n in sorted(chat.messages, reverse=True) if ticket in str(chat.messages[n].get("text", ""))]
        found = next(found for n in places if (found := chat.button(label, n)) and found[1]["text"] == label)
        return await self.taps(who, found[1]["callback_data"], found[0], chat)

    async def taps(self, who: Citizen, data: str, message_id: int, chat: FakeChat) -> str:
        """Somebody presses a button that says this."""
        query = await who.presses_data(data, message_id=message_id, chat=chat)
        await self.works()
        return self.telegram.world.answers.get(query, "")

    async def replies(
        self, who: Citizen, text: str = "", chat: FakeChat | None = None, *, to: str, photo: bool = False
    ) -> None:
        """Somebody answers the newest message of the bot's in a chat that holds these words."""
        chat = chat or who.private
        lines = [line for line in reversed(chat.screen) if line.from_bot and to in line.text]
        content: dict[str, object] = {"text": text}
        if photo:
            stored = self.telegram.world.store_file("photo", b"a proof", "jpg")
            content = {"photo": [file(stored, width=1280, height=960)], **({"caption": text} if text else {})}
        await who.sends(content, chat=chat, reply_to=lines[0].message_id)
        await self.works()

    async def says(self, who: Citizen, text: str, chat: FakeChat | None = None) -> None:
        """Somebody writes."""
        await who.says(text, chat=chat)
        await self.works()

    # What comes of it ---------------------------------------------------------------------------------------

    async def works(self) -> None:
        """All that was sent is worked, and all that came of it has arrived."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.telegram.world.updates.unconfirmed:
                if self.polling and self.polling.done():
                    self.polling.result()
                await asyncio.sleep(0.001)
            while await self.worker.work_batch():
                pass
            while await self.sender.send_waiting():
                await self.sender.settle()

    def news(self, chat: FakeChat) -> list[str]:
        """What the bot has sent or edited in a chat since this was last asked."""
        meaning = chat.meaning[self.seen.get(chat.id, 0) :]
        self.seen[chat.id] = len(chat.meaning)
        return [one.text for one in meaning]

    def labels(self, chat: FakeChat, ticket: str) -> list[str]:
        """The buttons of the newest message in a chat that holds this."""
        return next(line.labels for line in reversed(chat.screen) if line.from_bot and ticket in line.text)

    async def case(self, ticket: str) -> Case:
        """As it now stands."""
        async with self.database.reading() as connection:
            case = await SqlCaseBook(connection).by_ticket(ticket)
        if case is None:
            raise LookupError(ticket)
        return case

    async def actions(self, ticket: str) -> list[str]:
        """What was done to it."""
        async with self.database.reading() as connection:
            return [event.action for event in await SqlCaseBook(connection).events(ticket)]

    async def outbox(self) -> list[tuple[str, str]]:
        """Everything that was ever to be sent: its chat and its words, and what its buttons say."""
        async with self.database.reading() as connection:
            rows = await connection.execute(select(outbox.c.chat, outbox.c.message).order_by(outbox.c.id))
            return [(row.chat, _everything(row.message)) for row in rows]


def _everything(row: str) -> str:
    message = read_outgoing(row)
    return "\n".join([message.text, *(f"[{b.words}] {b.press}" for buttons in message.rows for b in buttons)])


def ticket_in(text: str) -> str:
    """The first number in these words."""
    found = re.search(r"LP-\w{4}-\w{4}", text)
    return found[0] if found else ""


def _parts(service: Service, world: World, bot: LaporBot) -> tuple[TurnWorker, Sender]:
    channel = TelegramChannel(bot, topics=SqlTopics(service.database))
    worker = TurnWorker(
        database=service.database,
        channels={channel.name: channel},
        understanding_service=world.understanding_service(),
        turn_handler=service.turn_handler({channel.name: channel}),
        clock=world.clock,
        tell=lambda _: None,
        notifiers=service.notifiers(),
    )
    return worker, Sender(service.database, channel, RateLimiter())


@asynccontextmanager
async def a_bureau(url: str) -> AsyncIterator[Bureau]:
    """The service on this database, with a group that nobody has bound yet."""
    world = World(TalkSettings())
    async with FakeTelegram(clock=lambda: world.clock().timestamp()) as telegram:
        siti, group = telegram.citizen("Siti"), telegram.group("Bidang Bina Marga")
        siti.private.closed = group.closed = None
        database = Database(url)
        service = replace(world.service(), database=database)
        bot = make_bot(telegram.token, telegram.url)
        worker, sender = _parts(service, world, bot)
        inbox = SqlInbox(database, world.clock, lambda: None)
        polling = at_once(Polling(bot, inbox, clock=world.clock, patience=PATIENCE))
        await polling.start()
        bureau = Bureau(telegram, database, world, service, bot, worker, sender, siti, group)
        bureau.polling = asyncio.create_task(polling.run())
        yield bureau
        bureau.polling.cancel()
        with suppress(asyncio.CancelledError):
            await bureau.polling
        await bot.shutdown()
        for one in (bureau.database, database):  # the inbox keeps the first
            await one.close()
