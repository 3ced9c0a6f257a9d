"""The roles that delivery needs filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.conversation.events import Event
from bot.messaging.outbox_message import OutboxMessage


class SendingFailed(Exception):
    """A channel could not send; the subclass says what to do about it. Holds no words of the message."""


class NotNow(SendingFailed):
    """Try again, at the earliest after `seconds`.

    `everybody`: the whole channel must pause, not only this chat. `asked`: the channel named the seconds itself,
    so that they are kept to the letter and do not grow.
    """

    def __init__(self, seconds: float, *, everybody: bool = False, asked: bool = False) -> None:
        """Keeps how many seconds to wait before the next try."""
        super().__init__(f"not now, again in {seconds:g} s")
        self.seconds = seconds
        self.everybody = everybody
        self.asked = asked


class NeverAgain(SendingFailed):
    """The chat cannot be reached any more (the citizen blocked the bot)."""


class Impossible(SendingFailed):
    """This one message can never be sent; the next may."""


class WindowShut(SendingFailed):
    """She wrote too long ago for a message in free words; it goes as a template, or waits for her next word."""


class TemplateRefused(SendingFailed):
    """The other side does not take this template, through no fault of the message: it waits for her next word."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is sent along with a message."""

    name: str
    media_type: str
    content: bytes


class Documents(Protocol):
    """Writes what is kept of a citizen as a file, when it is sent."""

    async def document(self, chat: tuple[str, str], which: str) -> Document:
        """Of this chat of a channel; `which` as `OutboxMessageKind.DOCUMENT` names it."""
        ...


class Topics(Protocol):
    """The topics of cases in groups that have topics, each by the number that the channel gave it."""

    async def thread(self, chat: str, ticket: str) -> int | None:
        """0 where it is still to be opened, None where the group has no topics."""
        ...

    async def keep(self, chat: str, ticket: str, thread: int) -> None:
        """Remembers which topic was opened for a case in this chat."""
        ...

    async def forget(self, chat: str, ticket: str) -> None:
        """Forgets the topic of a case, because it was deleted in the chat."""
        ...

    async def do_without(self, chat: str) -> None:
        """Notes that no topic can be opened in this group for now."""
        ...


class Channel(Protocol):
    """A way to reach a citizen."""

    @property
    def name(self) -> str:
        """As it is declared and stored with every row."""
        ...

    @property
    def plain(self) -> bool:
        """Text only: buttons are numbered and pressed by their number."""
        ...

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send one message and return the channel's id of it ("" for none).

        Raises:
            SendingFailed: with what to do about it.
        """
        ...

    async def show_typing(self, chat: str) -> None:
        """Say that an answer is being prepared; never raises, and may do nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that arrived, as a channel hands it over.

    Attributes:
        channel: the declared name of the channel.
        chat: where an answer is sent: 1 to 64 printable letters, not beginning with "!left-" or "!old-".
        update_id: the channel's own id of it, 1 to 64 printable letters, unique in the channel: the same update again
            is the same arrival.
        sequence: orders the arrivals of a chat.
        press_id: what an ANSWER must name; empty when nothing waits for one.
        message_id: the message whose button was pressed, or that was sent; empty where there is none.
    """

    channel: str
    chat: str
    update_id: str
    sequence: int
    event: Event
    press_id: str = ""
    message_id: str = ""


class Inbox(Protocol):
    """Where a channel puts what arrived."""

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Write them durably, each update once, and return after the commit.

        Raises:
            InvalidArrival: one of them is of no channel, chat or update that can be; nothing was written, and the
                channel that made it is at fault.
            InboxUnavailable: nothing was written; the channel must not acknowledge.
        """
        ...


class InboxUnavailable(Exception):
    """The database did not take the arrivals."""


# Messages that come or go in parts, for channels that have such -------------------------------------------------


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One part of a message that came in several.

    Attributes:
        reference: the sender's own name of the message, the same for all its parts; it may be used again later.
        number: which part it is, from 1.
        total: how many there are.
    """

    chat: str
    reference: str
    number: int
    total: int
    text: str
    at: datetime


type Arrive = Callable[[str, str, str, datetime], Arrival]
"""Makes an arrival of chat, id, text and moment."""


class MessageParts(Protocol):
    """Takes messages of a channel in which they come in parts, or again, or before their end. Durable, each once."""

    async def put_part(self, part: MessagePart) -> None:
        """Keep a part, and what it completes; returns after the commit. A part that is known changes nothing.

        Raises:
            InboxUnavailable: nothing was written; the channel must not acknowledge.
        """
        ...

    async def put(self, arrival: Arrival, *, digest: str = "", waits: bool = False) -> None:
        """Keep a whole message, behind those of its chat that waited for their end.

        Args:
            arrival: of an event that was said.
            digest: stands for the message where the other side has no id for it; it is the same message again until
                `confirm` is called.
            waits: it seems to go on: it waits until the chat is quiet.

        Raises:
            InboxUnavailable: nothing was written; the channel must not acknowledge.
        """
        ...

    async def confirm(self, digests: Sequence[str]) -> None:
        """The other side knows that these were taken, and will not bring them again."""
        ...

    async def release(self, quiet_since: datetime, incomplete_since: datetime) -> None:
        """Let go of messages that wait for their end since then, and of those that wait for a part since then."""
        ...


class Receipt(StrEnum):
    """What became of a message, or of one part of it, after it was sent."""

    DELIVERED = "delivered"
    FAILED = "failed"
    EXPIRED = "expired"
    WINDOW_SHUT = "shut"


class Receipts(Protocol):
    """Takes what a channel is told of messages after they were sent."""

    async def sent(self, chat: str, message_id: str, parts: Sequence[str]) -> None:
        """The other side has given the parts of this message these names."""
        ...

    async def put(self, part: str, receipt: Receipt) -> None:
        """Keep what became of a part, and return after the commit.

        Raises:
            InboxUnavailable: nothing was written; the channel must not acknowledge.
        """
        ...

    async def is_left_alone(self, chat: str) -> bool:
        """Whether nothing has arrived at this chat for so long that nothing more should be sent."""
        ...


# Public posts and rotating tokens, for channels that have such -----------------------------------------------


@dataclass(frozen=True, slots=True)
class PublicPost:
    """What somebody wrote to the account where everybody reads it.

    Attributes:
        chat: whose private chat it is that an answer could go on in.
        number: the channel's, higher for a later post.
        words: what it says.
    """

    chat: str
    number: int
    words: str


class PublicPosts(Protocol):
    """Takes what is written to the account in public: it is answered once a person and day, and enters no talk."""

    async def put(self, post: PublicPost, invitation: OutboxMessage) -> None:
        """Keep it, count it as received, and queue the answer unless one of hers was answered today, in one commit.

        A post that is no later than her last changes nothing.

        Raises:
            InboxUnavailable: nothing was written; the channel must not acknowledge.
        """
        ...

    async def words(self, chat: str) -> str:
        """The words of her last post, while they are kept; "" for none.

        Raises:
            InboxUnavailable: the database does not answer.
        """
        ...

    async def forget_older(self, than: timedelta) -> None:
        """Drop posts that are older; where the database does not answer, the next time does it."""
        ...


@dataclass(frozen=True, slots=True)
class RotatingTokens:
    """Tokens of which each is exchanged for the next.

    Attributes:
        seeds: digests of all tokens of the settings that it ever began from, the newest last.
        refresh_token: is good for one exchange.
        access_token: is shown with each request; "" where there is none yet.
        renew_at: from then on it is to be exchanged, though it is still good.
        ends_at: until then it is good.
        refreshing_since: when the refresh token was last used, where it is not known how that ended.
        is_lost: the provider takes the refresh token no more.
        version: counts the changes; 0 for what was never written.
    """

    seeds: tuple[str, ...]
    refresh_token: str
    access_token: str = ""
    renew_at: datetime | None = None
    ends_at: datetime | None = None
    refreshing_since: datetime | None = None
    is_lost: bool = False
    version: int = 0


class TokensUnavailable(Exception):
    """The database does not answer."""


class TokenStore(Protocol):
    """Keeps the tokens of one channel, for all processes of an installation."""

    async def load(self) -> RotatingTokens | None:
        """What was written last; None where nothing was. What was sealed with a key that is gone counts as lost.

        Raises:
            TokensUnavailable: it cannot be read now.
        """
        ...

    async def write(self, tokens: RotatingTokens) -> RotatingTokens | None:
        """Write it as the next version, and return that after the commit; None where another has changed it since.

        Raises:
            TokensUnavailable: nothing was written.
        """
        ...
