"""What a channel declares of itself, what it is given to open, and what it gives back. Names no channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from fastapi import APIRouter

from bot.configuration.settings import ChannelSettings
from bot.conversation.screen import Line
from bot.files.ports import FileSource
from bot.messaging.abilities import Abilities
from bot.messaging.leader import Task
from bot.messaging.ports import (
    Arrive,
    Channel,
    Documents,
    Inbox,
    MessageParts,
    PublicPosts,
    Receipts,
    TokenStore,
    Topics,
)
from bot.messaging.rate_limiter import RateLimiter
from bot.texts.words import Texts


class CannotStart(Exception):
    """A channel that is wanted cannot be opened; the message is one sentence on how to mend it, and holds no secret."""


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How it stands with a channel, as `/health/ready` says it; one that is not well makes the service degraded."""

    name: str
    is_well: bool = True


ON = ChannelState("on")
OFF = ChannelState("off")
"""Not wanted, so well."""


class Leader(Protocol):
    """The lease of whoever fetches and sends for all processes of an installation."""

    @property
    def is_held(self) -> bool:
        """Whether this process has it now."""
        ...


class BrowserPage(Protocol):
    """The chat page of the service's own web server, for the one channel whose messages are shown there."""

    @property
    def channel(self) -> Channel:
        """Shows messages on the open pages of this process."""
        ...

    @property
    def uploads(self) -> FileSource:
        """The files that browsers sent to this machine."""
        ...

    def wake(self, chat: str) -> None:
        """Have the open pages of this visitor look for news."""
        ...

    async def run(self) -> None:
        """Keep the page up to date until cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class ChannelContext[S: ChannelSettings]:
    """What a channel is given to be opened with: all that it may know of the service around it.

    Attributes:
        settings: the channel's own, complete.
        inbox: takes arrivals of this channel; refuses those of another.
        clock: what time it is, aware.
        leader: of the processes of this installation, the one that runs `OpenChannel.leader_tasks`.
        documents: writes the files that are sent to a citizen.
        topics: the topics of cases in groups that have topics.
        texts: words that people read, for what only this channel has to say.
        languages: those of the regency, the first standing for all others.
        commands: by language, each command of the talk without its slash, and what it does.
        public_url: LAPOR_PUBLIC_URL, without a slash at its end: what others reach the channel's routes at.
        data_dir: the folder of the installation's data, for what a channel must keep beside the database.
        page: the chat page of the web server.
        key: signs for this channel alone; derived from the installation's key.
        unreachable: marks a chat of this channel as one that cannot be reached any more, and returns after the commit.
        parts: takes messages that come in parts, or again without an id, given what makes an arrival of one.
        receipts: takes what becomes of messages after they were sent; `Abilities.has_receipts` says that there are any.
        config_dir: LAPOR_CONFIG_DIR, for a file of the regency that only this channel reads.
        public_posts: takes what people write to the account where everybody reads it.
        tokens: keeps tokens that the provider exchanges for others.
    """

    settings: S
    inbox: Inbox
    clock: Callable[[], datetime]
    leader: Leader
    documents: Documents
    topics: Topics
    texts: Texts
    languages: Sequence[str]
    commands: Mapping[str, Sequence[tuple[str, str]]]
    public_url: str
    data_dir: Path
    page: BrowserPage
    key: bytes
    unreachable: Callable[[str], Awaitable[None]]
    parts: Callable[[Arrive], MessageParts]
    receipts: Receipts
    config_dir: Path
    public_posts: PublicPosts
    tokens: TokenStore


def _is_on() -> ChannelState:
    return ON


def _nothing_to_say() -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class OpenChannel:
    """A channel that is open.

    Attributes:
        channel: sends, under the declared name.
        routers: what others post to; each route is named in `ChannelDeclaration.routes`.
        tasks: what runs beside it in every process; the service ends when one of them raises.
        leader_tasks: what runs in one process of the installation only, such as polling.
        state: how it stands with the channel now.
        file_source: where files that came through it are fetched from.
        wake: hears that another process has a message for this chat, where this process shows it.
        announcement: lines for whoever starts the service.
    """

    channel: Channel
    routers: Sequence[APIRouter] = ()
    tasks: Sequence[Task] = ()
    leader_tasks: Sequence[Task] = ()
    state: Callable[[], ChannelState] = _is_on
    file_source: FileSource | None = None
    wake: Callable[[str], None] | None = None
    announcement: Callable[[], Sequence[str]] = _nothing_to_say


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said to whoever runs the service: at a start without this channel, and by `lapor doctor`."""

    at_start: str
    is_set: str
    is_missing: str


@dataclass(frozen=True, slots=True)
class ChannelFinding:
    """What looking at the other side has found: a sentence, which says the mend where it is not good."""

    is_good: bool
    words: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What a channel is given to look at the other side, beside its settings.

    Attributes:
        config_dir: LAPOR_CONFIG_DIR.
        public_url: LAPOR_PUBLIC_URL, without a slash at its end.
        tokens: those that the provider exchanges for others, as the service keeps them: to be read alone.
        clock: what time it is, aware.
    """

    config_dir: Path
    public_url: str
    tokens: TokenStore
    clock: Callable[[], datetime]


type Examine[S: ChannelSettings] = Callable[[S, Examination], Awaitable[Sequence[ChannelFinding]]]
"""Looks at the other side; changes nothing there, and exchanges no token."""
type Opener[S: ChannelSettings] = Callable[[ChannelContext[S]], AbstractAsyncContextManager[OpenChannel]]
"""Opens a channel until the block ends; raises `CannotStart` or `WrongSetting` where only a person can mend it."""


@dataclass(frozen=True, slots=True)
class ChannelDeclaration[S: ChannelSettings]:
    """Everything that the service knows of a channel.

    Attributes:
        name: stands in every row of the channel and in `/health/ready`: at most 15 small letters, digits and `_`.
        label: the text that names the channel to people; `texts` may bring it.
        abilities: what its messages and chats can hold.
        settings: the class of its settings.
        open: opens it as `lapor start` does; None for one that a command of its own opens.
        rate_limit: makes what its sender waits for; no limit by default.
        routes: method and path of all that its routers take, as "POST /sms": open to anybody, so that the channel
            itself asks for a secret.
        texts: by language, texts in Fluent's syntax which `bot/texts` has not.
        file_source: where its files come from whether it is open or not.
        state_when_off: what `/health/ready` says where the settings do not open it; None: nothing.
        advice: what is said to whoever runs the service without it.
        examine: what `lapor doctor` looks at where the channel is wanted.
    """

    name: str
    label: Line
    abilities: Abilities
    settings: type[S]
    open: Opener[S] | None = None
    rate_limit: Callable[[], RateLimiter] = RateLimiter
    routes: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    file_source: FileSource | None = None
    state_when_off: ChannelState | None = None
    advice: Advice | None = None
    examine: Examine[S] | None = None


type AnyChannel = ChannelDeclaration[Any]
"""A declaration of any channel: which settings belong to which opener is checked where a channel declares itself."""
