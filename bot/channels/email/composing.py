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

LONGEST_SUBJECT: Final = 120
ID_LETTERS: Final = 24
_OURS = re.compile(r"<?([0-9a-f]{24})\.([0-9a-f]{24})@[^<>\s]+>?", re.ASCII)


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

    def mail(self, to: str, outgoing: OutboxMessage, at: datetime) -> EmailMessage:
        """The mail; its id is the same each time this message is tried, so that a mailbox keeps it once."""
        mail = EmailMessage(policy=SMTP)
        user, _, domain = self.address.rpartition("@")
        mail["From"] = Address(one_line(self.name), user, domain)
        mail["To"] = to
        mail["Subject"] = one_line(outgoing.topic or self.name)[:LONGEST_SUBJECT]
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = self.message_id(to, outgoing.name)
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        mail.set_content(outgoing.text)
        return mail

    def message_id(self, to: str, name: str) -> str:
        """The id of the message of this name to this address."""
        drawn = sha256(f"{to}\n{name}".encode()).hexdigest()[:ID_LETTERS]
        return f"<{drawn}.{self._mark(to, drawn)}@{self.address.rpartition('@')[2]}>"

    def is_ours(self, message_id: str, to: str) -> bool:
        """Whether a message of this id was sent by us to this address."""
        found = _OURS.fullmatch(message_id.strip())
        return found is not None and hmac.compare_digest(found[2], self._mark(to, found[1]))

    def _mark(self, to: str, drawn: str) -> str:
        return hmac.digest(self.key, f"{to}\n{drawn}".encode(), "sha256").hex()[:ID_LETTERS]


def one_line(text: str) -> str:
    """Text without what would begin a new line of a header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
