"""A gateway that a regency describes in `sms.toml`: address, method, body and answer by template."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote
from xml.sax.saxutils import escape

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.channels.declaration import CannotStart
from bot.channels.sms.dialects.dialect import (
    GatewayRequest,
    IncomingSms,
    OutgoingSms,
    PlainAnswers,
    Posted,
    ReceiptNews,
    whole,
)
from bot.channels.sms.segments import segments
from bot.channels.sms.states import BY_WORD
from bot.messaging.ports import Receipt
from bot.shipped import PROJECT

FILE: Final = "sms.toml"
FIELD: Final = re.compile(r"\{(to|digits|text|id|receipts)\}")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Send(_Strict):
    """How a text is sent; templates hold {to}, {digits}, {text}, {id} and {receipts}."""

    method: Literal["GET", "POST", "PUT"] = "POST"
    query: str = ""
    content_type: str = "application/json"
    body: str = '{"to": "{to}", "text": "{text}"}'
    divides: bool = False
    answer_id: str = ""


class Receive(_Strict):
    """Which fields hold what, in what the gateway posts to /sms, and what it wants to read."""

    sender: str = "from"
    text: str = "text"
    id: str = "id"
    answer: str = ""


class Receipts(_Strict):
    """Which fields hold what, in what it posts to /sms/receipts, and the words that it has for the end of an SMS."""

    id: str = "id"
    status: str = "status"
    delivered: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()


class Described(_Strict):
    """A gateway as `sms.toml` describes it."""

    send: Send = Send()
    receive: Receive = Receive()
    receipts: Receipts = Receipts()


def read_described(config_dir: Path) -> Described:
    """What the regency's file says, else the project's.

    Raises:
        CannotStart: it cannot be used.
    """
    file = next((one for folder in (config_dir, PROJECT / "data") if (one := folder / FILE).exists()), None)
    try:
        return Described.model_validate(tomllib.loads(file.read_text("utf-8")) if file else {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotStart(f"{file} is not TOML ({error}): mend it") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CannotStart(f"{file}: {where}: {first['msg']}; mend it") from None


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _in_address(value: str) -> str:
    return quote(value, safe="")


def _quoting(content_type: str) -> Callable[[str], str]:
    if "json" in content_type:
        return _in_json
    if "form" in content_type:
        return _in_address
    return escape if "xml" in content_type else str


@dataclass(frozen=True, slots=True)
class Generic(PlainAnswers):
    """The dialect `generic`."""

    described: Described = field(default_factory=Described)

    def pieces(self, text: str) -> Sequence[str]:
        """Numbered parts of at most one SMS, unless the gateway divides a text itself."""
        return whole(text) if self.described.send.divides else segments(text)

    def request(self, url: str, sms: OutgoingSms) -> GatewayRequest:
        """By the templates; each value is quoted as its place wants it."""
        send = self.described.send
        values = {
            "to": sms.to,
            "digits": sms.to.removeprefix("+"),
            "text": sms.text,
            "id": sms.id,
            "receipts": sms.receipts_url,
        }
        address = _filled(url, values, _in_address)
        if send.query:
            address += ("&" if "?" in address else "?") + _filled(send.query, values, _in_address)
        if send.method == "GET":
            return GatewayRequest("GET", address)
        body = _filled(send.body, values, _quoting(send.content_type))
        return GatewayRequest(send.method, address, body, send.content_type)

    def part_name(self, sms: OutgoingSms, answer: str) -> str:
        """The first group of `answer_id` in the answer; ours where that is not declared."""
        if not self.described.send.answer_id:
            return sms.id
        found = re.search(self.described.send.answer_id, answer)
        return found[1] if found else ""

    def incoming(self, posted: Posted) -> IncomingSms:
        """A form or JSON with the declared fields."""
        given, receive = posted.fields(), self.described.receive
        return IncomingSms(given[receive.sender], given[receive.text], given[receive.id])

    def receipt(self, posted: Posted) -> ReceiptNews:
        """A form or JSON with the declared fields; the words of SMPP are known without being declared."""
        given, receipts = posted.fields(), self.described.receipts
        status = given[receipts.status]
        declared = {
            **dict.fromkeys(receipts.delivered, Receipt.DELIVERED),
            **dict.fromkeys(receipts.failed, Receipt.FAILED),
            **dict.fromkeys(receipts.expired, Receipt.EXPIRED),
        }
        return ReceiptNews(given[receipts.id], declared.get(status, BY_WORD.get(status.upper())))


def _filled(template: str, values: Mapping[str, str], quoted: Callable[[str], str]) -> str:
    return FIELD.sub(lambda field: quoted(values[field[1]]), template)
