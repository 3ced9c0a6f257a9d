"""What the pages of the desk share: who looks, how an answer is put together, and how an action is done."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case, Location
from actions.cases.routing import RoutingDecision
from actions.people.people import Person
from actions.people.sign_in import Seals
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from actions.store.messages.messages import Chat
from bot.conversation.screen import Line, line
from bot.files.file_views import FileRegistry
from bot.files.ports import Examiner
from bot.messaging.turn_ports import Notifier
from bot.officers.chat_bindings import may_see
from bot.officers.session import OfficersService
from bot.services.declared_words import ReasonWords
from bot.web.desk.access import ADMINS, AT_DESK, CLERKS, EVERYBODY, LEADERS, MODERATORS, OF_AGENCIES, READERS, VERIFIERS
from bot.web.desk.counter.filing import Counter
from bot.web.desk.queue.hold import Hold
from bot.web.desk.settings.files import RegencyFiles
from bot.web.public.reports.map import PlaceMap
from bot.web.shared.access import TRAINERS
from bot.web.shared.page import Link, Page, PageContext

CALLERS: Final = b"lapor callers"
"""What their numbers are sealed for."""
NAVIGATION: Sequence[Link] = (
    Link("/desk/today", line("today-title"), LEADERS),
    Link("/desk?list=first", line("desk-queue"), AT_DESK),
    Link("/desk/search", line("desk-search-title"), READERS),
    Link("/desk/new", line("counter-title"), CLERKS),
    Link("/desk/publications", line("publications-title"), MODERATORS),
    Link("/desk/settings", line("settings-title"), ADMINS),
    Link("/trainer", line("trainer-title"), TRAINERS),
    Link("/desk/account", line("desk-account"), EVERYBODY),
)
"""In the order in which it is shown."""
SP4N: Final = Link("/desk/sp4n", line("sp4n-title"), VERIFIERS)
"""Shown where cases go there and come from there."""

CALLERS_PAGE = "/desk/cases/{ticket}/callers"
"""A page that there is only where somebody has left a number."""
CASE_LINKS: Sequence[Link] = (
    Link("/desk/cases/{ticket}/redact", line("redact-link"), MODERATORS),
    Link(CALLERS_PAGE, line("callers-link"), OF_AGENCIES),
)
"""Further pages of one case; `{ticket}` stands for its number."""

PAGE: Mapping[str, Line] = {
    "skip": line("case-skip"),
    "language": line("web-language"),
    "pages": line("desk-pages"),
    "sign_out": line("sign-out-button"),
}


class Restart(Protocol):
    """Has the service begin anew, with the files as they are now."""

    @property
    def is_asked(self) -> bool:
        """Whether it was asked for since this process began."""
        ...

    def ask(self) -> None:
        """Ask for it.

        Raises:
            WrongSetting: a start would refuse what the environment and `.env` say by now; nothing was asked.
            OSError: it cannot be asked for.
        """
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """What is being done in one transaction: with cases through `book`, or besides through `connection`."""

    connection: AsyncConnection
    book: SqlCaseBook
    at: datetime


@dataclass(slots=True)
class DeskContext(PageContext):
    """The parts of these pages. The gate, language and address are those of signing in.

    Attributes:
        office: the regency, its texts, and where numbers and salts come from.
        file_registry: where the files of cases are found.
        notifiers: whoever tells others of what was done, in the same transaction.
        told: hears after each commit which chats have a message.
        fetch: hears that there are files to be fetched.
        examiner: looks at files before they are.
        counter: files what is typed in at the desk.
        files: those of the regency, which an admin changes.
        restart: has the service begin anew with them.
        unpredicted: says which categories the language model in service cannot predict.
        channels: the words for each channel through which cases come, by its name.
        hold: holds back what is done with several cases at once.
    """

    office: OfficersService
    file_registry: FileRegistry
    notifiers: Sequence[Notifier]
    told: Callable[[Collection[Chat]], None]
    fetch: Callable[[], None]
    examiner: Examiner
    counter: Counter
    files: RegencyFiles
    restart: Restart
    unpredicted: Callable[[], Awaitable[Sequence[str]]]
    channels: Mapping[str, Line]
    map: PlaceMap = field(init=False)
    hold: Hold = field(init=False)

    def __post_init__(self) -> None:
        """Builds the parts that are derived from the fields; opens neither files nor the database."""
        self.map = PlaceMap(self.regency)
        self.hold = Hold(self.sign_in.chat.around.secret_key)
        there = (SP4N,) if self.regency.connected else ()
        self.page = Page(self.sign_in.page.site, (*NAVIGATION, *there), PAGE)

    @property
    def database(self) -> Database:
        """The database."""
        return self.sign_in.sessions.database

    @property
    def callers(self) -> Seals:
        """Seals the telephone numbers of those who support a case at the counter, and opens them."""
        return Seals(self.sign_in.chat.around.secret_key, CALLERS)

    @property
    def regency(self) -> Regency:
        """Its agencies, categories, regions and deadlines."""
        return self.office.regency

    def now(self) -> datetime:
        """The current time."""
        return self.sign_in.sessions.clock()

    def may_read(self, person: Person, case: Case | None, contests: int = 0) -> bool:
        """Whether this person may read this case; nobody reads one that there is not. `contests`: as in `may_see`."""
        return case is not None and may_see(person, case, self.regency, contests)

    def reasons(self, language: str) -> Callable[[RoutingDecision, Location], str]:
        """Says in this language why an agency is the one."""
        in_words = ReasonWords(self.office.texts, self.regency)
        return lambda decision, location: in_words(decision, location, language)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[Work]:
        """One transaction: what was gathered in its book is written and told at its end; where it raises, nothing."""
        async with self.database.writing() as connection:
            work = Work(connection, SqlCaseBook(connection), self.now())
            yield work
            await work.book.flush()
            done = work.book.done
            chats = [await notifier.tell(connection, done, work.at) for notifier in self.notifiers] if done else []
        self.told({chat for told in chats for chat in told})
