"""What a channel can do, as far as anybody outside the channel decides by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.messaging.outbox_message import OutboxMessage

BRIEF: Final = "brief"
"""What stands before the key of short words; long arguments are shortened in them."""


def free(outgoing: OutboxMessage) -> Mapping[str, int]:
    """Costs nothing, whatever it is."""
    del outgoing
    return {}


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the messages and chats of a channel can hold. The defaults are those of a channel of plain text.

    Attributes:
        buttons: how many buttons a message may have; 0: none, so that each button is a numbered line of the text and
            pressed by its number.
        button_letters: letters of a button, where `rows` says that there are lists.
        rows: how many rows a list may have that stands in the place of buttons; 0: there are no lists, and each button
            has its place. With lists a message is laid out by `bot/messaging/layout.py`.
        has_reply_keyboard: a question may put its buttons in the place of the letters, and a message of its own takes
            them away again; elsewhere that message is a line above the next one.
        edits: a message that was sent can be changed in its place.
        longest_text: letters of one message; None where there is no limit. A longer text the channel divides itself.
        letters: the channel writes a text in other letters than it was given, for example without emoji.
        takes_files: photos, recordings and documents come in.
        takes_places: a position can be shared.
        sends_documents: `OutboxMessageKind.DOCUMENT` is delivered as a file.
        opens_pages: whoever writes has a browser that the service's own pages know by its cookie.
        keeps_talk_in_outbox: what is shown of a talk are the rows of inbox and outbox, so the last of them are kept.
        sends_news: unasked news, such as the weekly of a village, may be sent; not where each costs the regency money.
        proves_sender: nobody can write in another's name, as far as the channel's operator can tell. The number of an
            SMS and the address of a mail prove nothing.
        shows_typing: that an answer is being prepared can be shown.
        has_groups: the service can be a member of groups.
        charges: what a message takes of what its gateway bills, by kind; nothing where messages are free.
        charged_arrival: of what kind a message that comes in is billed; "" where that costs nothing.
        is_brief: each letter costs money or patience: what has short words of its own is said in them.
        has_receipts: it is told of messages that were sent whether they have arrived.
        has_daily_line: of what merely goes on in a case at most one line a day is sent.
        arrives_later: a message takes its time, so a number may come that was written before it was read: it presses
            what stood there before.
        joins_turn: what one turn says is one message, where that costs no more (`bot/messaging/joined_messages.py`).
        has_draft_page: the first answer to a new report has a link to a page of it, which opens before it is sent, too.
        choice: a button as a line of the text, where it has no place of its own.
        reply_window: how long after her last word she may be sent a message in free words; later only a template that
            the provider has approved. None: always.
    """

    buttons: int = 0
    button_letters: int = 0
    rows: int = 0
    has_reply_keyboard: bool = False
    edits: bool = False
    longest_text: int | None = None
    letters: Callable[[str], str] = str
    takes_files: bool = False
    takes_places: bool = False
    sends_documents: bool = False
    opens_pages: bool = False
    keeps_talk_in_outbox: bool = False
    sends_news: bool = True
    proves_sender: bool = False
    shows_typing: bool = False
    has_groups: bool = False
    is_brief: bool = False
    has_receipts: bool = False
    charges: Callable[[OutboxMessage], Mapping[str, int]] = free
    charged_arrival: str = ""
    has_daily_line: bool = False
    arrives_later: bool = False
    joins_turn: bool = False
    has_draft_page: bool = False
    choice: str = "{number}) {words}"
    reply_window: timedelta | None = None

    @property
    def is_plain(self) -> bool:
        """Text only: buttons are numbered and pressed by their number."""
        return self.buttons == 0

    @property
    def wordings(self) -> tuple[str, ...]:
        """Which words are said in the place of others, by what stands before their key; the first that there are."""
        applies = {
            BRIEF: self.is_brief,
            "no-files": not self.takes_files,
            "no-places": not self.takes_places,
            "no-buttons": self.is_plain,
        }
        return tuple(wording for wording, is_so in applies.items() if is_so)

    @property
    def is_billed(self) -> bool:
        """Messages cost the regency something."""
        return self.charges is not free

    @property
    def has_lists(self) -> bool:
        """What has no place below a message stands in a list."""
        return self.rows > 0

    @property
    def has_live_cards(self) -> bool:
        """A message keeps its buttons and can be brought up to date, so progress is shown on it without a new one."""
        return self.edits and not self.is_plain


WITH_BUTTONS: Final = Abilities(buttons=100, has_reply_keyboard=True, edits=True, takes_files=True, takes_places=True)
"""Room for every button below a message that can be changed; files and positions come in."""

type AbilitiesOf = Callable[[str], Abilities]
"""Returns the abilities of the channel of this name; those of plain text for a name that no channel has."""
