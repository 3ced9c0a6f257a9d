"""The PDUs that smpp34's codec leaves to the caller: headers, binding, answers (SMPP 3.4, 4). Pure."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from smpp34 import DeliverSm, RawPdu, decode


class Command(IntEnum):
    """Command ids; an answer has the highest bit set."""

    GENERIC_NACK = 0x80000000
    BIND_TRANSCEIVER_RESP = 0x80000009
    BIND_TRANSCEIVER = 0x00000009
    SUBMIT_SM_RESP = 0x80000004
    DELIVER_SM = 0x00000005
    DELIVER_SM_RESP = 0x80000005
    UNBIND = 0x00000006
    UNBIND_RESP = 0x80000006
    ENQUIRE_LINK = 0x00000015
    ENQUIRE_LINK_RESP = 0x80000015


class CommandStatus(IntEnum):
    """Command statuses that are told apart here (5.1.3)."""

    OK = 0x00
    INVALID_COMMAND = 0x03
    SYSTEM_ERROR = 0x08
    QUEUE_FULL = 0x14
    THROTTLED = 0x58
    INVALID_DESTINATION = 0x0B
    INVALID_SOURCE = 0x0A
    INVALID_LENGTH = 0x01
    APPLICATION_IS_BUSY = 0x64
    """ESME_RX_T_APPN: bring it again later."""


ANSWER: Final = 0x80000000
HEADER: Final = struct.Struct(">IIII")
LONGEST: Final = 70_000
"""Octets; a message_payload has 64 K at most."""
VERSION: Final = 0x34


class BrokenPdu(ValueError):
    """What came is no PDU: the stream cannot be read any further."""


@dataclass(frozen=True, slots=True)
class Pdu:
    """A PDU that came. `message` is set for a deliver_sm, `body` for everything else."""

    command: int
    status: int
    sequence: int
    body: bytes = b""
    message: DeliverSm | None = None


def read_length(header: bytes) -> int:
    """How long the PDU is whose first octets these are.

    Raises:
        BrokenPdu: no PDU is as long.
    """
    length = int.from_bytes(header[:4])
    if not HEADER.size <= length <= LONGEST:
        raise BrokenPdu("a PDU of an impossible length")
    return length


def read_pdu(octets: bytes) -> Pdu:
    """A whole PDU.

    Raises:
        SmppError: it is none.
    """
    _, command, status, sequence = HEADER.unpack_from(octets)
    found = decode(octets)
    if isinstance(found, DeliverSm):
        return Pdu(command, status, sequence, message=found)
    return Pdu(command, status, sequence, found.body if isinstance(found, RawPdu) else b"")


def pdu(command: int, sequence: int, body: bytes = b"", status: int = CommandStatus.OK) -> bytes:
    """A PDU of this body."""
    return HEADER.pack(HEADER.size + len(body), command, status, sequence) + body


def bind(sequence: int, user: str, password: str) -> bytes:
    """bind_transceiver, for every address of the account."""
    names = b"".join(one.encode("latin-1", "replace") + b"\0" for one in (user, password, ""))
    return pdu(Command.BIND_TRANSCEIVER, sequence, names + bytes([VERSION, 0, 0]) + b"\0")


def delivered(sequence: int, status: int = CommandStatus.OK) -> bytes:
    """deliver_sm_resp; its message_id is unused."""
    return pdu(Command.DELIVER_SM_RESP, sequence, b"\0", status)


def message_id(body: bytes) -> str:
    """Of a submit_sm_resp."""
    return body.split(b"\0", 1)[0].decode("latin-1")


RECEIPT: Final = re.compile(r"\bid:\s*(\S+).*?\bstat:\s*(\w+)", re.ASCII | re.IGNORECASE | re.DOTALL)
"""As most operators write it (appendix B)."""
