"""Puts the parts together. With `service.py` the only place that knows every adapter."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from actions.cases.ports import Chance, Clock
from actions.privacy.retention import RetainedKind, Retention
from actions.regency.agencies import outside_agencies
from actions.regency.files import load
from actions.regency.model import Regency
from actions.store.cases.links import seal_with
from actions.store.engine.database import Database
from actions.store.messages.messages import Chat
from bot.configuration.case_links import CaseLinks
from bot.configuration.clock import clock_of
from bot.configuration.draft_links import DraftLinks
from bot.configuration.secret_key import chain_keys_of, secret_key
from bot.configuration.settings import Settings
from bot.conversation.flow import Flow
from bot.conversation.report import report
from bot.conversation.talk import Talk
from bot.files.serving import FileLinks
from bot.integrations.sp4n.queueing import Sp4nQueue
from bot.integrations.webhooks.sending import HookNotices
from bot.main.installed_channels import InstalledChannels, installed_channels
from bot.messaging.draft_pages import DraftPages
from bot.messaging.outbox_message import ButtonSigner
from bot.messaging.ports import Channel
from bot.messaging.sender_proof import SenderProof
from bot.messaging.turn_handler import TurnHandler
from bot.messaging.turn_outcome import Outcome
from bot.messaging.turn_ports import Notifier
from bot.messaging.turns import TurnWorker
from bot.messaging.understanding_service import UnderstandingRules, UnderstandingService
from bot.officers.cards import OfficerCards
from bot.officers.case_details import ProofPhotos
from bot.officers.digest import Digests
from bot.officers.officer_turns import OfficersInChats
from bot.officers.session import OfficersService
from bot.services.case_sweeper import CaseSweeper, LoggedAlerts
from bot.services.declared_words import DeclaredWords, ReasonWords, catalogue_of
from bot.services.effect_runner import EffectRunner
from bot.services.joined_cases import JoinedCases
from bot.services.joining import Joining
from bot.services.own_data_export import OwnDocuments
from bot.services.publication.closing import ClosedAnswers
from bot.services.reporter_notices import ReporterNotices
from bot.services.retention_sweep import RetentionSweep
from bot.services.staff import StaffAccounts
from bot.services.supporting import SupporterNotices
from bot.services.weekly import WeeklyNews
from bot.shipped import PROJECT
from bot.texts.own import read_own_texts
from bot.texts.words import Texts
from bot.training.corpus.notes import ReplacedSentences
from bot.understanding.answers import AnswerBook, read_answers
from bot.understanding.place.finder import PlaceFinder
from bot.understanding.port import Understanding
from bot.understanding.time.finder import find_when
from bot.web.desk.settings.journal import LOCK, end_what_was_begun

DEFAULTS = PROJECT / "data"
CHANCE = Chance(secrets.randbelow, secrets.token_bytes)


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that does not depend on a channel or on who understands."""

    settings: Settings
    channels: InstalledChannels
    regency: Regency
    answers: AnswerBook
    texts: Texts
    talk: Talk
    effect_runner: EffectRunner
    signer: ButtonSigner
    links: CaseLinks
    database: Database
    clock: Clock

    def rules(self) -> UnderstandingRules:
        """What is understood without a model."""
        places = PlaceFinder(self.regency.regions.values(), self.regency.neighbours)
        return UnderstandingRules(places, find_when, self.regency.time_zone)

    def understanding_service(self, understanding: Understanding) -> UnderstandingService:
        """What gathers the meaning of words."""
        return UnderstandingService(understanding, self.rules(), self.answers, self.regency)

    def turn_handler(
        self, channels: Mapping[str, Channel], *, talk: Talk | None = None, effect_runner: EffectRunner | None = None
    ) -> TurnHandler:
        """What works one turn: the talk, who carries out its effects, and officers beside it."""
        staff = StaffAccounts(self.talk.catalogue)
        labels = self.channels.labels
        cases = JoinedCases((effect_runner or self.effect_runner).in_turn, labels)
        joining = Joining(
            self.links.secret_key,
            self.effect_runner.chance,
            self.channels.abilities_of,
            self.texts,
            self.signer,
            labels,
        )
        effects = (cases.carry_out, joining.carry_out, staff.carry_out)
        officers = OfficersInChats(self.officers_service)
        proof = SenderProof(self.links.secret_key, CHANCE.randbelow, self.channels.abilities_of)
        pages = DraftPages(self.draft_links, self.channels.abilities_of)
        return TurnHandler(channels, talk or self.talk, self.texts, self.signer, proof, pages, effects, (officers,))

    def worker(
        self, channels: Mapping[str, Channel], understanding: Understanding, tell: Callable[[Sequence[Outcome]], None]
    ) -> TurnWorker:
        """What works the turns of these channels; `tell` hears what every commit leaves behind."""
        return TurnWorker(
            database=self.database,
            channels=channels,
            understanding_service=self.understanding_service(understanding),
            turn_handler=self.turn_handler(channels),
            clock=self.clock,
            tell=tell,
            notifiers=self.notifiers(),
        )

    @property
    def draft_links(self) -> DraftLinks:
        """The addresses of reports that are not sent yet."""
        return DraftLinks(self.links.base, self.links.secret_key)

    @property
    def officers_service(self) -> OfficersService:
        """What officers in Telegram are answered with."""
        return OfficersService(self.regency, self.texts, self.signer, self.effect_runner.chance, self.links)

    @property
    def retention(self) -> Retention:
        """How long what is kept."""
        return self.regency.retention.keeping_messages(self.settings.keep_days)

    def retention_sweep(self) -> RetentionSweep:
        """What forgets what has been kept long enough."""
        in_files = {RetainedKind.REPLACED: ReplacedSentences(self.settings.data_dir / "nlu")}
        return RetentionSweep(self.database, self.clock, self.retention, self.channels.with_talks_in_outbox, in_files)

    @property
    def documents(self) -> OwnDocuments:
        """What writes down what is kept of a citizen, for herself."""
        files = FileLinks(self.links.secret_key)
        return OwnDocuments(self.database, self.regency, self.texts, files, self.links.base, self.clock)

    @property
    def reporter_notices(self) -> ReporterNotices:
        """What tells reporters what became of their cases."""
        return ReporterNotices(self.texts, self.regency, self.signer, self.links, self.channels.abilities_of)

    def notifiers(self) -> tuple[Notifier, ...]:
        """Who tells others of what was done to a case."""
        supporters = SupporterNotices(self.texts)
        to_sp4n = (Sp4nQueue(self.regency),) if self.settings.speaks_with_sp4n else ()
        return (
            self.reporter_notices,
            ProofPhotos(self.officers_service),
            supporters,
            OfficerCards(self.officers_service),
            LoggedAlerts(),
            ClosedAnswers(),
            HookNotices(),
            *to_sp4n,
        )

    def digests(self, told: Callable[[Collection[Chat]], None]) -> Digests:
        """What writes to groups of officers every working morning; `told` hears which chats have a message."""
        return Digests(self.database, self.officers_service, self.clock, told)

    def weekly_news(self, told: Callable[[Collection[Chat]], None]) -> WeeklyNews:
        """What tells citizens of their villages; `told` hears which chats have a message."""
        return WeeklyNews(self.database, self.regency, self.texts, self.signer, self.clock, told)

    def sweeper(self, told: Callable[[Collection[Chat]], None]) -> CaseSweeper:
        """What does with cases what is due; `told` hears which chats have a message."""
        return CaseSweeper(self.database, self.regency, self.clock, self.notifiers(), told)


def read_regency(settings: Settings) -> Regency:
    """The regency that is served.

    Raises:
        WrongDeclaration: one of its files is wrong.
        OSError: what an admin was writing when the service ended cannot be written.
    """
    end_what_was_begun(settings.data_dir / LOCK, settings.config_dir)
    regency = load(settings.config_dir, DEFAULTS)
    connected = outside_agencies(regency.agencies) if settings.speaks_with_sp4n else frozenset[str]()
    return replace(regency, connected=connected)


def assemble(
    settings: Settings,
    *,
    clock: Clock | None = None,
    chance: Chance = CHANCE,
    flow: Flow = report,
    channels: InstalledChannels | None = None,
) -> Service:
    """Read the regency, check flow and channels against the texts, and prepare the database; opens nothing.

    Raises:
        WrongSetting, WrongDeclaration, BrokenFlow, BrokenChannel, DatabaseUnavailable: what stands in the way, in one
            sentence.
    """
    channels = channels or installed_channels()
    settings.make_data_dir()
    regency = read_regency(settings)
    answers = read_answers(settings.config_dir, DEFAULTS, regency.languages)
    own = read_own_texts(settings.config_dir, DEFAULTS, regency.languages)
    brought = {language: tuple(channels.texts(language)) for language in regency.languages}
    texts = Texts(own, DeclaredWords(regency, answers), regency.time_zone, brought)
    for language in regency.languages:
        flow.check_texts(texts.keys(language), partial(texts.say, language))
        channels.check_labels(texts.keys(language), language)
    catalogue = catalogue_of(regency)
    given = settings.secret_key.get_secret_value() if settings.secret_key else None
    key = secret_key(given, settings.data_dir)
    links = CaseLinks(settings.public_url, key)
    database = Database(settings.database_url)
    seal_with(database, chain_keys_of(key))
    return Service(
        settings=settings,
        channels=channels,
        regency=regency,
        answers=answers,
        texts=texts,
        talk=Talk(flow, catalogue),
        effect_runner=EffectRunner(
            regency, catalogue, texts, chance, ReasonWords(texts, regency), links, channels.abilities_of
        ),
        signer=ButtonSigner(key),
        links=links,
        database=database,
        clock=clock or clock_of(settings.test_clock),
    )
