"""What a deliver_sm says: words of a person, or what became of a message. Pure."""

from __future__ import annotations

import hashlib
from enum import IntEnum
from typing import Final

from smpp34 import DeliverSm

from bot.channels.sms.concatenation import Concatenation, read_header
from bot.channels.sms.dialects.dialect import IncomingSms, ReceiptNews
from bot.channels.sms.gsm import decode
from bot.channels.sms.smpp.pdus import RECEIPT
from bot.channels.sms.states import BY_NUMBER, BY_WORD


class Tag(IntEnum):
    """Optional parameters (SMPP 3.4, 5.3.2)."""

    RECEIPTED_MESSAGE_ID = 0x001E
    SAR_REFERENCE = 0x020C
    SAR_TOTAL = 0x020E
    SAR_NUMBER = 0x020F
    MESSAGE_PAYLOAD = 0x0424
    MESSAGE_STATE = 0x0427


RECEIPT_BITS: Final = 0x3C
"""Of `esm_class`: anything but an ordinary message. 0x04 is a receipt, 0x20 one that says that it is on its way."""
HAS_HEADER: Final = 0x40
ALPHANUMERIC, ABBREVIATED, NETWORK_SPECIFIC = 5, 6, 3
MASKED: Final = frozenset({ALPHANUMERIC, ABBREVIATED, NETWORK_SPECIFIC})
"""Kinds of a sender's number (`source_addr_ton`) that nobody can be answered at."""
INTERNATIONAL: Final = 1


def is_receipt(message: DeliverSm) -> bool:
    """Whether it tells of a message that was sent."""
    return bool(message.esm_class & RECEIPT_BITS)


def receipt_of(message: DeliverSm) -> ReceiptNews | None:
    """What it tells: by its parameters, else by its words; None where it names no message."""
    given = _parameters(message)
    named = given.get(Tag.RECEIPTED_MESSAGE_ID, b"").split(b"\0", 1)[0].decode("latin-1")
    state = given.get(Tag.MESSAGE_STATE, b"")
    words = RECEIPT.search(_octets(message).decode("latin-1"))
    part = named or (words[1] if words else "")
    if not part:
        return None
    if state:
        return ReceiptNews(part, BY_NUMBER.get(state[0]))
    return ReceiptNews(part, BY_WORD.get(words[2].upper()) if words else None)


def sms_of(message: DeliverSm) -> IncomingSms:
    """The words, and which part of a message they are. `key` names everything that came: it has no id."""
    octets, part = _octets(message), _in_parameters(message)
    if message.esm_class & HAS_HEADER:
        in_header, octets = read_header(octets)
        part = in_header or part
    sender = "" if message.source_addr_ton in MASKED else _number(message)
    several = part if part and part.is_one_of_several else None
    return IncomingSms(sender, decode(octets, message.data_coding), digest_of(message), several)


def digest_of(message: DeliverSm) -> str:
    """The same for the same message brought again: what it says, from whom, to whom."""
    told = (message.source_addr, message.destination_addr, str(message.data_coding), str(message.esm_class))
    rest = b"\0".join(tlv.tag.to_bytes(2) + tlv.value for tlv in message.tlvs)
    return hashlib.sha256("\0".join(told).encode() + b"\0" + _octets(message) + b"\0" + rest).hexdigest()


def _number(message: DeliverSm) -> str:
    """An international number may come without its plus."""
    given = message.source_addr
    return f"+{given}" if message.source_addr_ton == INTERNATIONAL and not given.startswith("+") else given


def _octets(message: DeliverSm) -> bytes:
    """The text, which may stand in message_payload instead."""
    return message.short_message or _parameters(message).get(Tag.MESSAGE_PAYLOAD, b"")


def _in_parameters(message: DeliverSm) -> Concatenation | None:
    """A concatenation by sar_msg_ref_num and the two that belong to it."""
    given = _parameters(message)
    names = (Tag.SAR_REFERENCE, Tag.SAR_TOTAL, Tag.SAR_NUMBER)
    found = [int.from_bytes(given[name]) for name in names if name in given]
    return Concatenation(*found) if len(found) == len(names) else None


def _parameters(message: DeliverSm) -> dict[int, bytes]:
    return {tlv.tag: tlv.value for tlv in message.tlvs}
