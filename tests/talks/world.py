"""What a talk is held in: the regency as it is declared, a clock that stands, and chance that repeats itself."""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from actions.cases.case import Location, ReportType, Severity, Words
from actions.cases.handlers import FiledCase, ReviewedDraft, file_case
from actions.cases.ports import CaseBook, Chance, WorkBook
from actions.cases.ticket import SYMBOLS, draw
from bot.configuration.settings import Settings
from bot.main.assembly import Service, assemble
from bot.messaging.understanding_service import UnderstandingService
from bot.services.reporter_notices import ReporterNotices
from bot.understanding.fallback import SteadyUnderstanding
from bot.understanding.keywords import KeywordUnderstanding
from bot.understanding.model.baseline import SHA256, baseline_file
from bot.understanding.model.compiled_model import CompiledModel, CompiledUnderstanding
from bot.understanding.model.model_file import read_known
from bot.understanding.port import Understanding
from tests.talks.acts import OfficeActs
from tests.talks.flows import flow_of
from tests.talks.office import office_does
from tests.talks.talk_file import Settings as TalkSettings
from tests.talks.understanding import KnowingUnderstanding

TUESDAY = datetime(2026, 11, 24, 16, 0, tzinfo=ZoneInfo("Asia/Makassar"))
BABULU_DARAT = "64.09.03.2001"
A_MOMENT = timedelta(milliseconds=1)
PROJECT = Path(__file__).parents[2]
MOST_TICKETS = 30
SEED = 2


@dataclass(slots=True)
class StandingClock:
    """Stands still until it is told that time passes."""

    now: datetime = TUESDAY

    def __call__(self) -> datetime:
        """What time it is."""
        return self.now

    def passes(self, span: timedelta) -> None:
        """It is so much later."""
        self.now += span


@dataclass(slots=True)
class World:
    """Everything around one talk that outlives a restart."""

    settings: TalkSettings
    clock: StandingClock = field(default_factory=StandingClock)
    chance: Chance = field(default_factory=lambda: Chance(_dice(), bytes))

    def service(self) -> Service:
        """The service in this world, with no database of its own."""
        known = declared()
        talk = replace(known.talk, flow=flow_of(self.settings.flow))
        return replace(
            known, talk=talk, clock=self.clock, effect_runner=replace(known.effect_runner, chance=self.chance)
        )

    def understanding_service(self) -> UnderstandingService:
        """Who understands in this world."""
        return replace(known_listener(), understanding=self._understanding())

    def _understanding(self) -> Understanding:
        if self.settings.understanding == "keywords":
            return SteadyUnderstanding(None, keywords())
        if self.settings.understanding == "compiled":
            return compiled()
        return KnowingUnderstanding(keywords())

    @property
    def notices(self) -> ReporterNotices:
        """Who tells her what others have done."""
        return next(notifier for notifier in self.service().notifiers() if isinstance(notifier, ReporterNotices))

    async def office_does(self, book: WorkBook, command: OfficeActs) -> None:
        """An officer acts on a case, after what was written before and before what is written next."""
        self.clock.passes(A_MOMENT)
        await office_does(book, declared().regency, command, self.clock, self.chance)

    async def before_the_talk(self, book: CaseBook) -> None:
        """What others have filed."""
        if self.settings.neighbour:
            await _neighbour_files(self, book, secret=self.settings.neighbour == "secret")


async def _neighbour_files(world: World, book: CaseBook, *, secret: bool) -> FiledCase:
    service = world.service()
    report = ReviewedDraft(
        draft_key="neighbour",
        reporter="telegram:somebody-else",
        channel="telegram",
        language="id",
        type=ReportType.COMPLAINT,
        category="jalan",
        location=Location(district="64.09.03", village=BABULU_DARAT, spoken="Jl. Provinsi Km 5, Babulu Darat"),
        severity=Severity.NORMAL,
        secret=secret,
        sensitive=False,
        words=Words("Jalan di depan rumah Bu Ratna berlubang dalam", "Ratna"),
        attachments=(),
        consent="id-1",
    )
    filed = await file_case(book, service.regency, report, world.clock(), world.chance, service.effect_runner.in_words)
    if not isinstance(filed, FiledCase):
        raise TypeError("a first case is always filed")
    return filed


def tickets() -> Sequence[str]:
    """The numbers that will be drawn, in order."""
    dice = _dice()
    return [draw(dice) for _ in range(MOST_TICKETS)]


def mistyped(ticket: str) -> str:
    """A number with a slip in its last symbol but one."""
    slipped = SYMBOLS[(SYMBOLS.index(ticket[-2]) + 1) % len(SYMBOLS)]
    return f"{ticket[:-2]}{slipped}{ticket[-1]}"


def _dice() -> Callable[[int], int]:
    return random.Random(SEED).randrange  # noqa: S311 - the same numbers in every talk


@cache
def declared() -> Service:
    """The service of the regency in `data/`, read once."""
    home = a_folder()
    return assemble(Settings(_env_file=None, data_dir=home, database_url=f"sqlite:///{home}/none.db", nlu="off"))


@cache
def known_listener() -> UnderstandingService:
    """Names of places are learned once."""
    return declared().understanding_service(KnowingUnderstanding(keywords()))


@cache
def keywords() -> KeywordUnderstanding:
    """Words of categories are learned once."""
    return KeywordUnderstanding(leaf.slug for leaf in declared().regency.leaves())


@cache
def compiled() -> CompiledUnderstanding:
    """The model that comes with this version, read once."""
    return CompiledUnderstanding(CompiledModel.of(read_known(baseline_file(PROJECT), SHA256)))


@cache
def a_folder() -> Path:
    """A folder for this run, in memory where the machine has such: nothing here must survive it."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    folder = Path(tempfile.mkdtemp(prefix="talks-", dir=shared if shared.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
