"""Opens every channel that is installed and that the settings want, and the files that come along. Names none."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts

from actions.people.sign_in import Seals
from actions.regency.prices import Prices
from actions.store.engine.database import Database
from actions.store.engine.task_lease import SoleTaskLease, TaskLease, TaskLeases, TaskName
from actions.store.messages.groups import SqlTopics
from actions.store.messages.messages import give_up_chat
from bot.channels.declaration import AnyChannel, ChannelContext, ChannelState, Examination, OpenChannel
from bot.configuration.settings import ChannelSettings
from bot.conversation.commands import MENU_COMMANDS
from bot.conversation.screen import line
from bot.files.ports import FileSource
from bot.main.assembly import Service
from bot.main.files_wiring import OpenFiles, open_files
from bot.main.installed_channels import BrokenChannel, InstalledChannels
from bot.main.web_wiring import ServedPage, open_page
from bot.messaging.channel_inbox import ChannelInbox
from bot.messaging.inbox import SqlInbox
from bot.messaging.incoming_parts import SqlMessageParts
from bot.messaging.leader import Task
from bot.messaging.message_receipts import SqlReceipts
from bot.messaging.ports import Channel
from bot.messaging.public_posts import SqlPublicPosts
from bot.messaging.reply_gate import ReplyGate, budget_of
from bot.messaging.sender import Sender
from bot.messaging.token_store import SqlTokenStore
from bot.web.chat.context import ChatContext

NO_PRICES = Prices()
TOKENS = b"lapor channel tokens"
CHANNEL = "channel"
"""The kind of task that is done for the account of a channel."""


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels, open, with the chat page, the files of all of them, and by channel the lease of its account."""

    installed: InstalledChannels
    opened: Mapping[str, OpenChannel]
    page: ServedPage
    files: OpenFiles
    leases: Mapping[str, TaskLease]

    @property
    def chat(self) -> ChatContext:
        """The parts of the chat page."""
        return self.page.chat

    @property
    def by_name(self) -> Mapping[str, Channel]:
        """What sends through each."""
        return {name: one.channel for name, one in self.opened.items()}

    @property
    def tasks(self) -> list[Task]:
        """What keeps them open in each process."""
        return [task for one in self.opened.values() for task in one.tasks]

    def leader_tasks(self, senders: Sequence[Sender]) -> list[tuple[TaskLease, Sequence[Task]]]:
        """By account what one process of an installation does: send, and fetch; those that only send come first.

        What comes first is handed to another process first: to end a session and begin it there is dearer.
        """
        sending = {sender.channel.name: sender.run for sender in senders}
        names = sorted(self.opened, key=lambda name: bool(self.opened[name].leader_tasks))
        return [(self.leases[name], (sending[name], *self.opened[name].leader_tasks)) for name in names]

    @property
    def routers(self) -> list[APIRouter]:
        """What others post to, and where files lie."""
        return [self.files.router, *(router for one in self.opened.values() for router in one.routers)]

    @property
    def wakes(self) -> Mapping[str, Callable[[str], None]]:
        """What hears, by channel, that another process has a message for a chat that this one shows."""
        return {name: one.wake for name, one in self.opened.items() if one.wake}

    def senders(self, database: Database, wall: Callable[[], float], prices: Prices = NO_PRICES) -> list[Sender]:
        """One for each channel, within its limits and what it may cost; `wall` is in seconds since 1970."""
        declared = {one.name: one for one in self.installed.declarations}
        return [
            Sender(
                database,
                one.channel,
                declared[name].rate_limit(),
                wall,
                has_receipts=declared[name].abilities.has_receipts,
                charges=declared[name].abilities.charges,
                gate=_gate(database, declared[name], prices),
                free_a_month=prices.free.get(name, 0),
                may_send=partial(_is_held, self.leases[name]),
            )
            for name, one in self.opened.items()
        ]

    def states(self) -> Mapping[str, ChannelState]:
        """How it stands with each that is open, or of whose absence something is to be said."""
        found = {one.name: one.state_when_off for one in self.installed.declarations if one.state_when_off}
        return found | {name: one.state() for name, one in self.opened.items()}

    def announcement(self) -> list[str]:
        """What whoever starts the service is told of them."""
        lines = list[str]()
        for declaration in self.installed.declarations:
            if opened := self.opened.get(declaration.name):
                lines += opened.announcement()
            elif declaration.advice:
                lines.append(declaration.advice.at_start)
        return lines


def _is_held(lease: TaskLease) -> bool:
    return lease.is_held


def _gate(database: Database, declared: AnyChannel, prices: Prices) -> ReplyGate | None:
    """What decides whether a message of this channel may go; None where each may at any time."""
    window, is_limited = declared.abilities.reply_window, declared.name in prices.ceilings
    return ReplyGate(database, window, budget_of(declared.name, prices)) if window or is_limited else None


@asynccontextmanager
async def open_channels(
    service: Service,
    settings: Mapping[str, ChannelSettings],
    task_leases: TaskLeases,
    arrived: Callable[[], None],
) -> AsyncIterator[Channels]:
    """The channels, until the block ends.

    Args:
        service: with its database and the channels that are installed.
        settings: of each channel, by its name.
        task_leases: has the lease of each channel's account, whose holder fetches and sends.
        arrived: called when the inbox has something new.

    Raises:
        CannotStart: a channel cannot be opened as its settings say.
        WrongSetting: a setting is missing beside another, or cannot be.
        BrokenChannel: what was opened is not what was declared.
    """
    declared = service.channels.declarations
    wanted = [(one, one.open) for one in declared if one.open and settings[one.name].is_wanted()]
    with_windows = frozenset(one.name for one in declared if one.abilities.reply_window)
    charged = {one.name: one.abilities.charged_arrival for one in declared if one.abilities.charged_arrival}
    inbox = SqlInbox(service.database, service.clock, arrived, with_windows, charged)
    page = open_page(service, inbox)
    opened = dict[str, OpenChannel]()
    leases = {one.name: task_leases.lease(TaskName(CHANNEL, one.name)) for one, _ in wanted}
    async with AsyncExitStack() as stack:
        shared = _context(service, page, inbox)
        for declaration, opener in wanted:
            name = declaration.name
            given = replace(
                shared,
                leader=leases[name],
                settings=settings[name],
                inbox=ChannelInbox(inbox, name),
                key=hmac.digest(shared.key, f"channel {name}".encode(), "sha256"),
                parts=partial(SqlMessageParts, service.database, name, service.clock, arrived),
                receipts=SqlReceipts(service.database, name, service.clock),
                unreachable=partial(_give_up, service.database, name),
                public_posts=SqlPublicPosts(service.database, name, service.clock, service.regency.time_zone),
                tokens=token_store(service, name),
            )
            opened[name] = await stack.enter_async_context(opener(given))
            check_opened(declaration, opened[name])
        files = open_files(service, _sources(declared, opened), page.uploads, arrived)
        await files.sweep()
        yield Channels(service.channels, opened, page, files, leases)


def _context(service: Service, page: ServedPage, inbox: SqlInbox) -> ChannelContext[ChannelSettings]:
    languages = service.regency.languages
    return ChannelContext(
        settings=ChannelSettings(),
        inbox=inbox,
        clock=service.clock,
        leader=SoleTaskLease(),
        documents=service.documents,
        topics=SqlTopics(service.database),
        texts=service.texts,
        languages=languages,
        commands={
            language: [(name, service.texts.say(language, line(f"command-{name}"))) for name in MENU_COMMANDS]
            for language in languages
        },
        public_url=service.settings.public_url,
        data_dir=service.settings.data_dir,
        page=page,
        key=service.links.secret_key,
        unreachable=partial(_give_up, service.database, ""),
        parts=partial(SqlMessageParts, service.database, "", service.clock, lambda: None),
        receipts=SqlReceipts(service.database, "", service.clock),
        config_dir=service.settings.config_dir,
        public_posts=SqlPublicPosts(service.database, "", service.clock, service.regency.time_zone),
        tokens=token_store(service, ""),
    )


def token_store(service: Service, channel: str) -> SqlTokenStore:
    """Where the tokens of a channel are kept."""
    return SqlTokenStore(service.database, channel, Seals(service.links.secret_key, TOKENS))


def examination(service: Service, channel: str) -> Examination:
    """What a channel is given to look at the other side."""
    settings = service.settings
    return Examination(settings.config_dir, settings.public_url, token_store(service, channel), service.clock)


async def _give_up(database: Database, channel: str, chat: str) -> None:
    async with database.writing() as connection:
        await give_up_chat(connection, channel, chat)


def check_opened(declaration: AnyChannel, opened: OpenChannel) -> None:
    """Make sure that a channel is what it declares.

    Raises:
        BrokenChannel: it has another name, other buttons, or routes that it does not declare.
    """
    name, channel = declaration.name, opened.channel
    if channel.name != name:
        raise BrokenChannel(f"The channel {name} sends under the name {channel.name}: give both one name")
    if channel.plain is not declaration.abilities.is_plain:
        raise BrokenChannel(f"The channel {name} has buttons, or has none, other than its abilities say: mend one")
    found = (one for router in opened.routers for one in iter_route_contexts(router.routes))
    taken = {f"{method} {one.path}" for one in found for method in one.methods or {"ANY"}}
    if undeclared := sorted(taken - declaration.routes):
        raise BrokenChannel(
            f"The channel {name} takes {undeclared[0]}, which it does not declare: add it to its routes"
        )


def _sources(declared: Sequence[AnyChannel], opened: Mapping[str, OpenChannel]) -> dict[str, FileSource]:
    """Where each channel's files come from; a file of any other waits."""
    lasting = {one.name: one.file_source for one in declared if one.file_source}
    return lasting | {name: one.file_source for name, one in opened.items() if one.file_source}
