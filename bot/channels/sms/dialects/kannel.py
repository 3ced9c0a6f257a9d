"""Kannel 1.4: its sendsms, the posts of its smsbox, and the address that it asks when it knows what became of an SMS.

Kannel answers nothing to whoever wrote, as long as the answer to its post is empty (`omit-empty`, docs/sms.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Final
from urllib.parse import unquote_to_bytes

from bot.channels.sms.concatenation import Concatenation, read_header
from bot.channels.sms.dialects.dialect import (
    GatewayRequest,
    IncomingSms,
    OutgoingSms,
    PlainAnswers,
    Posted,
    ReceiptNews,
    whole,
    with_query,
)
from bot.channels.sms.gsm import Coding, coding_of
from bot.channels.sms.states import BY_WORD
from bot.messaging.ports import Receipt

DELIVERED, FAILED, REFUSED = 1, 2, 16
"""Of `%d` in a dlr-url; 4 and 8 say that it is on its way."""
DLR_MASK: Final = str(DELIVERED + FAILED + REFUSED)
CODINGS: Final = {Coding.GSM: "0", Coding.UCS2: "2"}
STATE: Final = re.compile(r"\bstat:(\w+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kannel(PlainAnswers):
    """The dialect `kannel`."""

    def pieces(self, text: str) -> Sequence[str]:
        """Kannel divides a long text itself, and joins what comes in parts."""
        return whole(text)

    def request(self, url: str, sms: OutgoingSms) -> GatewayRequest:
        """A GET, as its sendsms wants it; `url` holds username, password and, where it is wanted, from."""
        dlr_url = with_query(sms.receipts_url, {"id": sms.id}) + "&status=%d&answer=%A"
        values = {
            "to": sms.to,
            "text": sms.text,
            "charset": "UTF-8",
            "coding": CODINGS[coding_of(sms.text)],
            "dlr-mask": DLR_MASK,
            "dlr-url": dlr_url,
        }
        return GatewayRequest("GET", with_query(url, values))

    def part_name(self, sms: OutgoingSms, answer: str) -> str:
        """Our own, which stands in the dlr-url."""
        del answer
        return sms.id

    def incoming(self, posted: Posted) -> IncomingSms:
        """A text, with everything else in headers; `post-url` brings the id (`%I`).

        Who wrote stands in a header where the service has `send-sender`, else in `from=%p` of the address.
        """
        sender = posted.headers.get("x-kannel-from") or posted.query["from"]
        header = unquote_to_bytes(posted.headers.get("x-kannel-udh", ""))
        part = read_header(header)[0] if header else None
        return IncomingSms(sender, _text(posted), posted.query["id"], _several(part))

    def receipt(self, posted: Posted) -> ReceiptNews:
        """What stands in the query of the dlr-url."""
        status = int(posted.query["status"])
        state = STATE.search(posted.query.get("answer", ""))
        receipt = {DELIVERED: Receipt.DELIVERED, FAILED: Receipt.FAILED, REFUSED: Receipt.FAILED}.get(status)
        if receipt is Receipt.FAILED and state:
            receipt = BY_WORD.get(state[1].upper(), receipt)
        return ReceiptNews(posted.query["id"], receipt)


def _several(part: Concatenation | None) -> Concatenation | None:
    return part if part and part.is_one_of_several else None


def _text(posted: Posted) -> str:
    declared = Message()
    declared["content-type"] = posted.content_type
    if declared.get_content_maintype() != "text":
        return ""
    charset = declared.get_content_charset() or "utf-8"
    try:
        return posted.body.decode(charset)
    except LookupError:
        raise ValueError("no charset that is known") from None
