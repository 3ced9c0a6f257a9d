"""Plays the demo: files authored cases over some months and lets people act on them, all through the handlers.

Nothing leaves the house: its citizens write in the web chat under names that no browser has, and what is written to
them counts as sent. The service's own part is done as time passes, as the sweeper does it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched, groupby

from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case, Location, ReportType, Severity, Status, Words
from actions.cases.handlers import FiledCase, ReviewedDraft, file_case
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import act_on_case, do_what_is_due
from actions.cases.outcome import Done
from actions.cases.ports import Filing
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.handling import without_liaison
from actions.store.cases.officer_work import people_in_telegram
from actions.store.engine.tables import outbox
from actions.store.messages.groups import SqlGroups
from bot.main.assembly import Service
from bot.messaging.turn_ports import Notifier
from bot.officers.cards import OfficerCards
from bot.ops.demo.cast import CHANNEL, Cast
from bot.ops.demo.guests import agency_of_guests, categories_of
from bot.ops.demo.scenes import SCENES, Scene, SceneStep, Stories

MONTHS = timedelta(days=183)
SEED = 7
CASES_AT_ONCE = 100
"""Cases of one transaction: what is made is kept while the rest is still made."""
FRESH = 2
"""So many times each scene is played to its end just now, so that every status is there."""

type Filed = tuple[Scene, datetime, str]
"""What is played, when it was filed, and the slug of its category."""


@dataclass(slots=True)
class Demo:
    """One playing of it.

    Attributes:
        service: its regency, database, handlers and texts.
        stories: the authored words.
        now: when it ends; the first case is filed `MONTHS` before.
        played: hears now and then how many cases there are by now.
    """

    service: Service
    stories: Stories
    now: datetime
    played: Callable[[int], None] = lambda _: None
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - no secret depends on it
    _filed: int = 0
    _drawn: int = 0
    _leaves: list[str] = field(init=False)
    _of_guests: list[str] = field(init=False)
    _cast: Cast = field(init=False)
    _notifiers: Sequence[Notifier] = ()
    _unmanned: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Prepares the people and stories of the demo."""
        self._cast = Cast(self.service, self.stories, self.dice)
        regency = self.service.regency
        self._leaves = [leaf.slug for leaf in regency.leaves() if leaf.slug in self.stories.matters]
        theirs = categories_of(regency, agency_of_guests(regency))
        self._of_guests = [leaf for leaf in self._leaves if leaf in theirs] or self._leaves

    async def play(self, cases: int) -> Mapping[Status, int]:
        """Fill the database with so many cases, or a few more; returns how many stand where."""
        statuses = Counter[Status]()
        for some in (*batched(self._programme(cases), CASES_AT_ONCE), self._fresh()):
            async with self.service.database.writing() as connection:
                is_known = await _somebody_works_in_telegram(connection)
                every = self.service.notifiers()
                self._unmanned = await without_liaison(connection, self.service.regency.agencies.keys())
                self._notifiers = [one for one in every if is_known or not isinstance(one, OfficerCards)]
                written = SqlCaseBook(connection)
                for scene, filed_at, category in some:
                    written.merge(await self._play(connection, scene, filed_at, category))
                await written.flush()
                await self._tell(connection, written.done)
                for case in {done.case.ticket: done.case for done in written.done}.values():
                    statuses[case.status] += 1
                    self._cast.remember(case)
            self.played(statuses.total())
        return statuses

    def _programme(self, cases: int) -> Iterator[Filed]:
        """Which scene begins when, the earliest first: what happens on one day is then told of together."""
        weights = [scene.weight for scene in SCENES.values()]
        some = self.dice.choices(list(SCENES.values()), weights, k=max(cases - len(SCENES) * FRESH, 0))
        ages = sorted((self.dice.random() for _ in some), reverse=True)
        for scene, age in zip(some, ages, strict=True):
            yield scene, self.now - MONTHS * age, self._category()

    def _fresh(self) -> list[Filed]:
        """Every scene so that it ends now. They come last, so that there is something to merge them with.

        Once at an agency each, and once at the guests' own, whose officers so find everything that they can do.
        """
        return [
            (scene, self.now - timedelta(days=scene.days, hours=self.dice.randint(2, 8)), category)
            for number, scene in enumerate(SCENES.values())
            for category in (self._category(), self._of_guests[number % len(self._of_guests)])
        ]

    async def _play(self, connection: AsyncConnection, scene: Scene, filed_at: datetime, category: str) -> DemoBook:
        """A whole case, gathered in a book of its own; nothing is written yet."""
        book = DemoBook(connection, self._unmanned)
        case = await self._file(book, scene, filed_at, category)
        at = filed_at
        for step in scene.steps:
            at += timedelta(days=step.days, minutes=self.dice.randint(1, 90))
            if at > self.now:
                break
            case = await self._wait(book, case, at)
            case = await self._take(book, case, step, at)
        await self._wait(book, case, self.now)
        return book

    async def _file(self, book: SqlCaseBook, scene: Scene, at: datetime, category: str) -> Case:
        service = self.service
        report = self._report(scene, category)
        filed = await file_case(
            book, service.regency, report, at, service.effect_runner.chance, service.effect_runner.in_words
        )
        if not isinstance(filed, FiledCase):
            raise TypeError("every case of the demo has a reporter of its own")
        self._cast.has_come_to(filed.case.agency)
        return filed.case

    def _report(self, scene: Scene, category: str) -> ReviewedDraft:
        self._filed += 1
        dice, regency = self.dice, self.service.regency
        villages = [region for region in regency.regions.values() if region.code.count(".") == VILLAGE_DOTS]
        village = dice.choice(villages)
        is_unclear, is_secret = scene.is_held and dice.random() < HALF, scene.is_held
        name = dice.choice(self.stories.names) if dice.random() < NAMED and not is_secret else None
        landmark = dice.choice(self.stories.landmarks)
        who = f"demo-{self._filed}"
        return ReviewedDraft(
            draft_key=f"{CHANNEL}:{who}:1",
            reporter=f"{CHANNEL}:{who}",
            channel=CHANNEL,
            language=regency.languages[0],
            type=dice.choices(list(ReportType), (9, 2, 1))[0],
            category=None if is_unclear else category,
            location=Location(
                district=village.code.rpartition(".")[0], village=village.code, spoken=f"{landmark}, {village.name}"
            ),
            severity=Severity.URGENT if dice.random() < URGENT else Severity.NORMAL,
            secret=is_secret and not is_unclear,
            sensitive=False,
            words=Words(self.stories.story(category, village.name, dice), name),
            attachments=(),
            consent=self.service.texts.version(regency.languages[0], "card-consent"),
        )

    def _category(self) -> str:
        """Each in turn, so that every agency that a rule names has something to do."""
        self._drawn += 1
        return self._leaves[self._drawn % len(self._leaves)]

    async def _wait(self, book: SqlCaseBook, case: Case, until: datetime) -> Case:
        """Time passes, and the service does what is due in it, each thing at its hour."""
        while case.next_due_at is not None and case.next_due_at <= until:
            all_done = await do_what_is_due(book, self.service.regency, case.ticket, case.next_due_at)
            if not all_done:
                return await book.by_ticket(case.ticket) or case
            case = all_done[-1].case
        return case

    async def _take(self, book: SqlCaseBook, case: Case, step: SceneStep, at: datetime) -> Case:
        """Takes one step of a scene; a step that the lifecycle refuses by then is left out."""
        service = self.service
        try:
            wish = self._cast.wish(case, step)
            done = await act_on_case(book, service.regency, wish, at, service.effect_runner.chance)
        except StepRefused:
            return case
        if done.case.agency != case.agency:
            self._cast.has_come_to(done.case.agency)
        return done.case

    async def _tell(self, connection: AsyncConnection, all_done: Iterable[Done]) -> None:
        """Tells of each day's things together, as of the last of them: what is told of at once costs one statement."""
        written = False
        for _, some in groupby(sorted(all_done, key=_moment), key=lambda done: done.day):
            days = list(some)
            for notifier in self._notifiers:
                chats = await notifier.tell(connection, days, _moment(days[-1]))
                written = written or any(channel == CHANNEL for channel, _ in chats)
        if written:
            sent = update(outbox).where(outbox.c.channel == CHANNEL, text("state = 'new'"))  # as its index has it
            await connection.execute(sent.where(outbox.c.chat.startswith("demo-")).values(state="sent"))


def _moment(done: Done) -> datetime:
    return done.event.at


async def _somebody_works_in_telegram(connection: AsyncConnection) -> bool:
    """Whether there is a chat in which officers would get cards: where there is none, nobody has to look for one."""
    return bool(await SqlGroups(connection).chats() or await people_in_telegram(connection))


class DemoBook(SqlCaseBook):
    """Whatever reporters were told has reached them, for what is written in the demo counts as sent; each is a new one.

    Who works for which agency does not change while it is played, and is asked for once.
    """

    def __init__(self, connection: AsyncConnection, unmanned: frozenset[str]) -> None:
        """Start with nothing gathered; `unmanned` are the agencies without a liaison."""
        super().__init__(connection)
        self._unmanned = unmanned

    async def filings(self, reporter: str, since: datetime, draft_key: str) -> list[Filing]:
        """What this reporter filed before: nothing, each of the demo files once."""
        del reporter, since, draft_key
        return []

    async def without_liaison(self, agencies: Collection[str]) -> frozenset[str]:
        """Implements the method of `WorkBook`."""
        return self._unmanned & frozenset(agencies)

    async def count_delivered(self, case: Case, numbers: Collection[int]) -> int:
        """How many of these reminders reached the reporter: each."""
        del case
        return len(numbers)


VILLAGE_DOTS = 3
HALF, NAMED, URGENT = 0.5, 0.25, 0.05
