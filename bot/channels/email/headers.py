"""Reads the headers of a mail, which anybody may have written: addresses, ids and words, on one line each. Pure."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import Final

from bot.channels.email.composing import LONGEST_SUBJECT, one_line
from bot.configuration.mail_address import mail_address

LONGEST_HEADER: Final = 4_000
MOST_ADDRESSES: Final = 200
LONGEST_NAME: Final = 80
ID: Final = re.compile(r"<[!-;=?-~]{1,250}>", re.ASCII)
"""A `Message-ID` (RFC 5322, 3.6.4) that can stand in a header of ours."""
MOST_IDS: Final = 50


def raw(mail: Message, name: str) -> str:
    """A header as it came, unfolded; "" where there is none."""
    return one_line(str(mail.get(name, ""))[:LONGEST_HEADER])


def words(mail: Message, name: str) -> str:
    """A header of words, decoded (RFC 2047); what cannot be decoded stands as it came."""
    return _decoded(raw(mail, name))


def _decoded(written: str) -> str:
    try:
        parts = decode_header(written)
        found = "".join(one if isinstance(one, str) else text_of(one, charset or "") for one, charset in parts)
    except (HeaderParseError, ValueError):
        found = written
    return one_line(found)


def text_of(octets: bytes, charset: str) -> str:
    """The text of these octets, whatever charset they claim: one that nobody knows is UTF-8, or else Latin-1."""
    for one in (charset, "utf-8"):
        try:
            return octets.decode(one)
        except (LookupError, ValueError):
            continue
    return octets.decode("cp1252", "replace")


def addresses(mail: Message, *names: str) -> list[tuple[str, str]]:
    """Name and address of whoever stands in these headers, as far as we could write there."""
    known = ((_decoded(name)[:LONGEST_NAME], mail_address(address)) for name, address in _written(mail, *names))
    return [(name, address) for name, address in known if address]


def _written(mail: Message, *names: str) -> list[tuple[str, str]]:
    written = [raw(mail, name) for name in names]
    return getaddresses([one for one in written if one])[:MOST_ADDRESSES]


def sender(mail: Message) -> tuple[str, str]:
    """Name and address of whoever says to have written it; "" where that is nobody, or several, whoever they are."""
    found, told = addresses(mail, "From"), [one for _, one in _written(mail, "From") if "@" in one]
    return found[0] if len(found) == len(told) == len(mail.get_all("From", [])) == 1 else ("", "")


def message_id(mail: Message) -> str:
    """The id of the mail, in angle brackets; "" for none that could stand in an answer."""
    found = raw(mail, "Message-ID")
    return found if ID.fullmatch(found) else ""


def answered_ids(mail: Message) -> list[str]:
    """The ids of the mails that this one answers, the nearest first."""
    chain = ID.findall(raw(mail, "References"))[-MOST_IDS:]
    return [*ID.findall(raw(mail, "In-Reply-To"))[:1], *reversed(chain)]


def subject(mail: Message) -> str:
    """What it is about."""
    return words(mail, "Subject")[:LONGEST_SUBJECT]
