"""Takes in what SP4N-LAPOR! has for this regency: each report one case, however often it comes.

A report becomes a draft and is filed by the handler of the chat, with its routing, clocks and what a verifier is
proposed. One of an unknown topic is filed without a category; one that cannot be read is noted by its number and asked
for again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case
from actions.cases.handlers import FiledCase
from actions.cases.officer_handlers import Wish, act_on_case
from actions.cases.outcome import SP4N
from actions.cases.ports import Clock
from actions.people.roles import SYSTEM
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from actions.store.integrations.sp4n import (
    DONE,
    REPORT,
    UNREADABLE,
    Sp4nCase,
    add_sp4n_case,
    forget_unreadable,
    last_report_at,
    put_exchanges,
    tracked,
)
from actions.store.messages.messages import Chat
from bot.conversation.draft import UNKNOWN, Draft, GivenPlace, Pin, StoryPiece
from bot.conversation.place_names import describe_place
from bot.integrations.sp4n.handover import is_outside
from bot.integrations.sp4n.port import ComplaintSystem, TheirReport
from bot.integrations.sp4n.state import Sp4nState
from bot.messaging.turn_ports import Citizen, Notifier
from bot.messaging.understanding_service import UnderstandingRules, place_of_pin
from bot.services.effect_runner import EffectRunner
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess, Place

log = structlog.get_logger()

CONSENT: Final = "sp4n-1"
"""The version of what its reporter was told at the other system, by whoever agreed there."""
OVERLAP: Final = timedelta(days=2)
"""So far back is asked again each time: what comes twice is one case, and no clock is trusted to the second."""
MOST_PAGES: Final = 200
UNREAD: Final = ModelAnswer(Guess("none", 0.0), ())


@dataclass(frozen=True, slots=True)
class ReportReceiver:
    """Files what came.

    Attributes:
        notifiers, told: as in `ExchangeSender`.
        count: is told the channel of each case that is filed.
    """

    database: Database
    effect_runner: EffectRunner
    rules: UnderstandingRules
    clock: Clock
    notifiers: Sequence[Notifier]
    told: Callable[[Collection[Chat]], None]
    state: Sp4nState
    count: Callable[[str], None]

    @property
    def regency(self) -> Regency:
        """The regency with which reports are filed."""
        return self.effect_runner.regency

    async def receive(self, system: ComplaintSystem) -> int:
        """Everything that is there and was not here; returns how many cases were filed.

        Raises:
            NotTaken: they do not answer, or not so that it can be read; what was filed stays filed.
        """
        async with self.database.reading() as connection:
            last = await last_report_at(connection)
        since, filed = last - OVERLAP if last else None, 0
        for page in range(1, MOST_PAGES + 1):
            pulled = await system.pull(since, page)
            self.state.answered()
            filed += await self._take(pulled.reports)
            await self._note_unreadable(pulled.unreadable)
            if pulled.is_last:
                break
        return filed

    async def _take(self, reports: Sequence[TheirReport]) -> int:
        numbers = [report.tracking_id for report in reports]
        async with self.database.reading() as connection:
            known = await tracked(connection, numbers)
        fresh = {report.tracking_id: report for report in reports if report.tracking_id not in known}
        for report in fresh.values():
            await self._file(report)
        return len(fresh)

    async def _file(self, report: TheirReport) -> None:
        """The case, its number there and what others are told are one commit."""
        now, chats = self.clock(), set[Chat]()
        citizen = Citizen(SP4N, report.tracking_id, self.regency.languages[0])
        draft = self._draft(report)
        try:
            async with self.database.writing() as connection:
                book = SqlCaseBook(connection)
                filed = await self.effect_runner.file_draft(
                    book, citizen, draft, now, consent=CONSENT, draft_key=f"{SP4N}:{report.tracking_id}"
                )
                if not isinstance(filed, FiledCase) or filed.again:
                    return
                await self._give_back(book, filed.case)
                await book.flush()
                await self._note(connection, report, filed.case.ticket)
                for notifier in self.notifiers:
                    chats |= set(await notifier.tell(connection, book.done, now))
        except IntegrityError:  # another process has filed the same in this moment
            return
        self.told(chats)
        log.info("case_filed", channel=SP4N)
        self.count(SP4N)
        self.state.meter(REPORT, "done")

    async def _give_back(self, book: SqlCaseBook, case: Case) -> None:
        """What is for somebody outside is not ours to answer either: they are told whose matter it is."""
        if not is_outside(case, self.regency):
            return
        agency = self.regency.agencies[case.agency]
        contact = agency.contact or self.regency.sp4n.name
        command = CaseCommand(action=CaseAction.REFER, body=agency.name, contact=contact)
        wish = Wish(ticket=case.ticket, command=command, who=SYSTEM)
        await act_on_case(book, self.regency, wish, self.clock(), self.effect_runner.chance)

    async def _note(self, connection: AsyncConnection, report: TheirReport, ticket: str) -> None:
        """That both sides know it, and when it came."""
        one = Sp4nCase(ticket, report.tracking_id, is_theirs=True, topic=report.topic, topic_name=report.topic_name)
        await add_sp4n_case(connection, one)
        now = self.clock()
        row = {"ticket": ticket, "kind": REPORT, "item": report.tracking_id, "tracking_id": report.tracking_id}
        await put_exchanges(connection, [{**row, "state": DONE, "created_at": report.reported_at, "done_at": now}])
        await forget_unreadable(connection, [report.tracking_id])

    async def _note_unreadable(self, numbers: Sequence[str]) -> None:
        """By number alone, once: they are asked for again, and named at the desk and by doctor."""
        if not numbers:
            return
        now = self.clock()
        rows = [{"kind": REPORT, "item": number, "state": UNREADABLE, "created_at": now} for number in numbers]
        async with self.database.writing() as connection:
            await put_exchanges(connection, [{**row, "tracking_id": row["item"], "ticket": ""} for row in rows])
        log.warning("sp4n_unreadable", reports=len(numbers))
        self.state.meter(REPORT, "unreadable")

    def _draft(self, report: TheirReport) -> Draft:
        """What came, as the chat would have it before Kirim. Nobody is named: her name is not asked for."""
        at = self.clock()
        meaning = self.rules.hear(report.story, UNREAD, self.rules.day_of(at))
        pin = Pin(report.lat, report.lon) if report.lat is not None and report.lon is not None else None
        place = self._place(report) if pin or report.place else Place()
        given = GivenPlace(place if describe_place(place) else meaning.place, words=report.place or None, pin=pin)
        draft = Draft(
            key=report.tracking_id,
            opened_at=at,
            touched_at=at,
            pieces=(StoryPiece("", report.story),),
            meaning=meaning,
            type=report.type.value,
            category=self.regency.offered_for(self.regency.sp4n.categories.get(report.topic)) or UNKNOWN,
            secret=report.is_secret,
            warned=meaning.emergency,
        )
        return replace(draft, given_place=given) if pin or report.place else draft

    def _place(self, report: TheirReport) -> Place:
        if report.lat is not None and report.lon is not None:
            return place_of_pin(self.regency, report.lat, report.lon)
        return self.rules.places.find(report.place)
