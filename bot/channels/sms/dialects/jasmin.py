"""Jasmin 0.10/0.11: its HTTP API `/send`, and the callbacks of its HTTP connectors, which want "ACK/Jasmin"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from bot.channels.sms.dialects.dialect import (
    GatewayRequest,
    IncomingSms,
    OutgoingSms,
    PlainAnswers,
    Posted,
    ReceiptNews,
    whole,
)
from bot.channels.sms.gsm import Coding, coding_of, decode, encode
from bot.channels.sms.states import BY_WORD
from bot.messaging.ports import Receipt

SUCCESS: Final = re.compile(r'Success "([^"]+)"')
NO_ROUTE_OR_CREDIT: Final = 412
LEAST_NO_OCTET: Final = 256
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Jasmin(PlainAnswers):
    """The dialect `jasmin`."""

    acknowledgement: str = "ACK/Jasmin"
    refused_for_all: frozenset[int] = field(default=frozenset({401, 403, 404, 405, NO_ROUTE_OR_CREDIT, 429}))

    def pieces(self, text: str) -> Sequence[str]:
        """Jasmin divides a long text itself, and joins what comes in parts."""
        return whole(text)

    def request(self, url: str, sms: OutgoingSms) -> GatewayRequest:
        """A form; username and password stand in the query of `url`."""
        coding = coding_of(sms.text)
        in_hex = {"hex-content": encode(sms.text, coding).hex(), "coding": "8"}
        words = {"content": sms.text, "coding": "0"} if coding is Coding.GSM else in_hex
        receipts = {"dlr": "yes", "dlr-level": "3", "dlr-method": "POST", "dlr-url": sms.receipts_url}
        return GatewayRequest("POST", url, urlencode({"to": sms.to, **words, **receipts}), FORM)

    def part_name(self, sms: OutgoingSms, answer: str) -> str:
        """The id in the answer."""
        del sms
        found = SUCCESS.match(answer)
        return found[1] if found else ""

    def incoming(self, posted: Posted) -> IncomingSms:
        """What its HTTP connector posts."""
        given = posted.fields()
        return IncomingSms(given["from"], _text(given), given["id"])

    def receipt(self, posted: Posted) -> ReceiptNews:
        """Of level 1 only a refusal is an end: the network may still lose what the operator took."""
        given = posted.fields()
        state = given["message_status"].upper()
        refused = Receipt.FAILED if state.startswith("ESME_") and state != "ESME_ROK" else None
        return ReceiptNews(given["id"], BY_WORD.get(state, refused))


def _text(given: Mapping[str, str]) -> str:
    """In the octets that came, where they are not simply letters: `content` of UCS-2 has lost its charset."""
    coding, content = _coding(given.get("coding", "")), given.get("content", "")
    octets = bytes.fromhex(given.get("binary", ""))
    is_simple = coding in {0, 1} and content.isascii() and content.replace("\n", "").replace("\r", "").isprintable()
    return content if is_simple or not octets else decode(octets, coding)


def _coding(written: str) -> int:
    """The number of the coding: in digits, or as the octet itself, as 0.11 posts it; 0 where it says nothing."""
    if written.isascii() and written.isdecimal():
        return int(written)
    return ord(written) if len(written) == 1 and ord(written) < LEAST_NO_OCTET else 0
