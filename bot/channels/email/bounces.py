"""Reads from a mail that came back to whom it could not be delivered (RFC 3464). Pure; believes only what is signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Final

from bot.channels.email.composing import MailWriter, kept_id
from bot.configuration.mail_address import mail_address

GONE: Final = re.compile(r"5\.(?:1\.\d{1,3}|2\.1)", re.ASCII)
"""RFC 3463: there is no such address, or its mailbox takes nothing any more. Anything else may pass."""
MOST_BYTES: Final = 100_000
MOST_PARTS: Final = 30


def returned_mails(raw: bytes, writer: MailWriter) -> dict[str, str]:
    """Returns each address that is gone, by a report about a mail that we sent there, with the id of that mail."""
    parts = _parts(message_from_bytes(raw[:MOST_BYTES], policy=compat32))
    sent = {one for part in parts for one in _ids(part)}
    failed = {one for part in parts for one in _failed(part)}
    return {address: kept_id(one) for address in failed for one in sent if writer.is_ours(one, address)}


def _parts(mail: Message) -> list[Message]:
    """All parts, however deep, of a mail with so many."""
    return [part for _, part in zip(range(MOST_PARTS), mail.walk(), strict=False)]


def _failed(part: Message) -> Iterator[str]:
    """Whom a part of a report names as gone."""
    kind, _, written = str(part.get("Final-Recipient", "")).partition(";")
    is_gone = GONE.fullmatch(str(part.get("Status", "")).strip())
    is_over = str(part.get("Action", "")).strip().lower() == "failed"
    address = mail_address(written) if kind.strip().lower() == "rfc822" else None
    if address and is_gone and is_over:
        yield address


def _ids(part: Message) -> Iterator[str]:
    """The ids of the mail that came back: in its own part, or as headers that stand alone."""
    if part.get_content_type() == "text/rfc822-headers":
        part = message_from_bytes(bytes(part.get_payload(decode=True) or b""), policy=compat32)
    if named := part.get("Message-ID"):
        yield str(named).strip()
