"""Writes a message as a mail. Pure; what goes into a header has no line of its own there."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Final

from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.ports import Document

LONGEST_SUBJECT: Final = 120
ID_LETTERS: Final = 24
ROOM_OF_ID: Final = 64
TICKET: Final = re.compile(r"LP-[0-9A-Z]{4}-[0-9A-Z]{4}", re.ASCII)
_OURS = re.compile(r"<?([0-9a-f]{24})\.([0-9a-f]{24})@[^<>\s]+>?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """What a mail to a citizen says about answering it.

    Attributes:
        above: stands above everything: what is below this line is quoted in an answer.
        choose: stands above the choices.
    """

    above: str = ""
    choose: str = ""


@dataclass(frozen=True, slots=True)
class MailWriter:
    """Writes mails of one address.

    Attributes:
        address: of the service.
        name: how the service is called beside its address.
        key: signs the ids of messages, so that a mail that came back is known from one that was made up.
    """

    address: str
    name: str
    key: bytes
    words: ReplyWords = ReplyWords()

    def mail(self, to: str, outgoing: OutboxMessage, at: datetime, document: Document | None = None) -> EmailMessage:
        """The mail; its id is the same each time this message is tried, so that a mailbox keeps it once."""
        mail = EmailMessage(policy=SMTP)
        mail["From"] = self._address()
        mail["To"] = to
        mail["Subject"] = self._subject(outgoing)
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = self.message_id(to, outgoing.name)
        for name, value in self._place(to, outgoing).items():
            mail[name] = value
        mail["Auto-Submitted"] = "auto-replied" if outgoing.thread else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        mail.set_content(outgoing.text if outgoing.topic else self._to_be_answered(outgoing))
        if document:
            kind, _, detail = document.media_type.partition("/")
            mail.add_attachment(document.content, maintype=kind, subtype=detail, filename=one_line(document.name))
        return mail

    def _subject(self, outgoing: OutboxMessage) -> str:
        _, _, about = outgoing.thread.partition("\n")
        answer = f"Re: {about}" if about else ""
        case = f"{self.name}: {ticket}" if (ticket := _ticket(outgoing)) else self.name
        return one_line(outgoing.topic or answer or case)[:LONGEST_SUBJECT]

    def _place(self, to: str, outgoing: OutboxMessage) -> dict[str, str]:
        """Where it stands in a mailbox: with all others of this talk, below the one that it answers."""
        if outgoing.topic:
            return {}
        talk = f"<talk.{self._mark(to, 'talk')}@{self._domain}>"
        answered, _, _ = outgoing.thread.partition("\n")
        ticket = _ticket(outgoing)
        return {
            **({"In-Reply-To": answered} if answered else {}),
            "References": " ".join(one for one in (talk, answered) if one),
            **({"Reply-To": str(self._address(ticket))} if ticket else {}),
        }

    def _to_be_answered(self, outgoing: OutboxMessage) -> str:
        """The text, with each button as a numbered line."""
        buttons = [f"{button.number}) {button.words}" for row in outgoing.rows for button in row if button.number]
        choices = [f"{self.words.choose}\n" + "\n".join(buttons)] if buttons else []
        return "\n\n".join(one for one in (self.words.above, outgoing.text, *choices) if one)

    def _address(self, ticket: str = "") -> Address:
        user, _, domain = self.address.rpartition("@")
        return Address(one_line(self.name), f"{user}+{ticket}" if ticket else user, domain)

    @property
    def _domain(self) -> str:
        return self.address.rpartition("@")[2]

    def is_own_address(self, address: str) -> bool:
        """Whether mail to this address comes to us: with a number behind a plus or without."""
        user, _, domain = address.rpartition("@")
        return f"{user.partition('+')[0]}@{domain}" == self.address

    def ticket_in(self, address: str) -> str:
        """The number of a case in an address of ours; "" for none."""
        _, _, extension = address.rpartition("@")[0].partition("+")
        is_number = self.is_own_address(address) and TICKET.fullmatch(extension.upper())
        return extension.upper() if is_number else ""

    def message_id(self, to: str, name: str) -> str:
        """The id of the message of this name to this address."""
        drawn = sha256(f"{to}\n{name}".encode()).hexdigest()[:ID_LETTERS]
        return f"<{drawn}.{self._mark(to, drawn)}@{self._domain}>"

    def is_ours(self, message_id: str, to: str) -> bool:
        """Whether a message of this id was sent by us to this address."""
        found = _OURS.fullmatch(message_id.strip())
        return found is not None and hmac.compare_digest(found[2], self._mark(to, found[1]))

    def _mark(self, to: str, drawn: str) -> str:
        return hmac.digest(self.key, f"{to}\n{drawn}".encode(), "sha256").hex()[:ID_LETTERS]


def _ticket(outgoing: OutboxMessage) -> str:
    """The number of the case that a message is about: such messages are named after it."""
    number, _, _ = outgoing.name.partition(".")
    return number if TICKET.fullmatch(number) else ""


def kept_id(message_id: str) -> str:
    """The id of a mail as the outbox has room for it: all that is drawn and signed, whatever the domain."""
    return message_id.strip()[:ROOM_OF_ID]


def one_line(text: str) -> str:
    """Text without what would begin a new line of a header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
