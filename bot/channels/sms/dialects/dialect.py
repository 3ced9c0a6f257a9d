"""What a dialect is asked for, and what it is given: requests and answers of a gateway, without the network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.channels.sms.concatenation import Concatenation
from bot.messaging.ports import Receipt


@dataclass(frozen=True, slots=True)
class OutgoingSms:
    """A text for one number.

    Attributes:
        id: ours, of these letters and digits: a gateway that has no id of its own gives it back with the receipt.
        receipts_url: where the gateway says what became of it, with the secret in its query.
    """

    to: str
    text: str
    id: str
    receipts_url: str


@dataclass(frozen=True, slots=True)
class GatewayRequest:
    """What the gateway is asked; `body` None for a request without one."""

    method: str
    url: str
    body: str | None = None
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a gateway posts to the service."""

    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """As it is declared, in small letters."""
        return self.headers.get("content-type", "").lower()

    def fields(self) -> dict[str, str]:
        """What stands in the body, as JSON or as a form, over what stands in the query.

        Raises:
            ValueError, TypeError, RecursionError: the body holds no fields.
        """
        if "json" in self.content_type:
            document = json.loads(self.body)
            if not isinstance(document, dict):
                raise TypeError("no object")
            given = {name: "" if value is None else str(value) for name, value in document.items()}
        else:
            given = dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        return {**self.query, **given}


@dataclass(frozen=True, slots=True)
class IncomingSms:
    """What a gateway brings. `key` is its own id of the message, the same when it brings it again."""

    sender: str
    text: str
    key: str
    part: Concatenation | None = None

    def named(self, key: str) -> IncomingSms:
        """The same under another id."""
        return replace(self, key=key)


@dataclass(frozen=True, slots=True)
class ReceiptNews:
    """What became of what the gateway calls `part`; `receipt` None as long as it is on its way."""

    part: str
    receipt: Receipt | None


class Dialect(Protocol):
    """How one kind of gateway speaks."""

    @property
    def acknowledgement(self) -> str:
        """What it wants to read when the service has taken something."""
        ...

    @property
    def refused_for_all(self) -> frozenset[int]:
        """Statuses of an answer that are everybody's trouble: a wrong password, no credit, too fast."""
        ...

    def pieces(self, text: str) -> Sequence[str]:
        """What is sent of this text, in order: the text, where the gateway itself divides it; nothing when blank."""
        ...

    def request(self, url: str, sms: OutgoingSms) -> GatewayRequest:
        """How the gateway at this address is asked to send."""
        ...

    def part_name(self, sms: OutgoingSms, answer: str) -> str:
        """What a receipt will call this text, by the gateway's answer; "" where none is to be expected."""
        ...

    def incoming(self, posted: Posted) -> IncomingSms:
        """What was posted.

        Raises:
            ValueError, TypeError, KeyError, RecursionError: it cannot be read.
        """
        ...

    def receipt(self, posted: Posted) -> ReceiptNews:
        """What is said of a message that was sent.

        Raises:
            ValueError, TypeError, KeyError, RecursionError: it cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class PlainAnswers:
    """What most gateways have in common."""

    acknowledgement: str = ""
    refused_for_all: frozenset[int] = field(default=frozenset({401, 403, 404, 405, 429}))


def with_query(url: str, values: Mapping[str, str]) -> str:
    """The address with these in its query, behind what stands there."""
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, urlencode(values)]))
    return urlunsplit(parts._replace(query=query))


def whole(text: str) -> Sequence[str]:
    """One piece; none when blank."""
    return [text] if text.strip() else []
