"""Reads a mail that came: who wrote what, about which case, and whether a person wrote it to us. Pure; never raises."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.feedparser import BytesFeedParser
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from enum import StrEnum
from typing import Final

from bot.channels.email.automatic import is_automatic
from bot.channels.email.bodies import AttachedFile, MailBody, body_of
from bot.channels.email.composing import MailWriter, kept_id
from bot.channels.email.headers import addresses, answered_ids, message_id, raw, sender, subject
from bot.channels.email.quotes import own_words, without_closing

MOST_BYTES: Final = 36 * 1024 * 1024
"""What a mail with 25 MB of files has on its way; of a larger one so much is read."""
MOST_NESTED: Final = 40
NESTS: Final = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
"""A part that holds parts: the time to read them grows with their depth."""
PIECE: Final = 64 * 1024
ANSWER: Final = re.compile(r"^(?:(?:re|bls|balas|aw|fwd?|tr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)


class NotForUs(StrEnum):
    """Why a mail gets no answer and is no message of a talk."""

    AUTOMATIC = "automatic"
    OWN = "own"
    NOBODY = "nobody"
    BETWEEN_OTHERS = "between_others"


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """A mail as far as the talk needs it.

    Attributes:
        sender: the address in `From`, which proves nothing; `name`: beside it.
        key: the same for the same mail, however often it comes.
        thread: its id and subject, by which an answer is found beside it.
        answers: which message of ours it answers, as the outbox knows it, or the number of a case; "" for none.
        refused: why it is no message to us; None where it is one.
    """

    sender: str
    name: str
    key: str
    thread: str
    answers: str
    words: str
    files: tuple[AttachedFile, ...]
    refused: NotForUs | None = None


def read_mail(octets: bytes, uid: str, writer: MailWriter) -> IncomingMail:
    """The mail in these octets; `uid` is the mailbox's own name of it, for one without an id."""
    octets = octets[:MOST_BYTES]
    is_deep = sum(1 for _ in NESTS.finditer(octets)) > MOST_NESTED
    mail = BytesHeaderParser(policy=compat32).parsebytes(octets) if is_deep else _parsed(octets)
    name, address = sender(mail)
    about, answers = subject(mail), _answered(mail, address, writer)
    body = MailBody("", ()) if is_deep else body_of(mail)
    words = _words(body.text, about, writer.address, is_answer=bool(answers))
    told = [message_id(mail) or f"{raw(mail, 'Date')} {uid}", address, words, *(file.digest for file in body.files)]
    return IncomingMail(
        sender=address,
        name=name,
        key=hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest(),
        thread=f"{message_id(mail)}\n{ANSWER.sub('', about)}",
        answers=answers,
        words=words,
        files=body.files,
        refused=_refused(mail, address, writer, answers),
    )


def _parsed(octets: bytes) -> Message:
    """All of it, in pieces: the parser for the whole at once holds each letter in four octets."""
    parser = BytesFeedParser(policy=compat32)
    for start in range(0, len(octets), PIECE):
        parser.feed(octets[start : start + PIECE])
    return parser.close()


def _words(text: str, about: str, address: str, *, is_answer: bool) -> str:
    """What she wrote; of a mail that begins something its subject, too, and what she forwards where that is all."""
    own = own_words(text, address)
    if is_answer:
        return without_closing(own)
    own = own or text.strip()
    title = ANSWER.sub("", about).strip()
    return own if not title or title.casefold() in own.casefold() else f"{title}\n{own}".strip()


def _answered(mail: Message, address: str, writer: MailWriter) -> str:
    """The message of ours to this very address that it answers, else the case in the address that it is written to."""
    ours = next((one for one in answered_ids(mail) if writer.is_ours(one, address)), "")
    if ours:
        return kept_id(ours)
    written_to = (to for _, to in addresses(mail, "To", "Cc", "Delivered-To", "X-Original-To"))
    return next((ticket for to in written_to if (ticket := writer.ticket_in(to))), "")


def _refused(mail: Message, address: str, writer: MailWriter, answers: str) -> NotForUs | None:
    if is_automatic(mail, address):
        return NotForUs.AUTOMATIC
    if not address:
        return NotForUs.NOBODY
    if writer.is_own_address(address):
        return NotForUs.OWN
    others = [to for _, to in addresses(mail, "To", "Cc") if not writer.is_own_address(to) and to != address]
    return NotForUs.BETWEEN_OTHERS if others and answered_ids(mail) and not answers else None
