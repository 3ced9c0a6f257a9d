"""What X refuses, and what that means: for this message, for everybody, and for whoever runs the service. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from pydantic import BaseModel, Field, ValidationError

from bot.messaging.ports import Impossible, NeverAgain, NotNow, SendingFailed

DUPLICATE: Final = frozenset({187})
LOCKED: Final = frozenset({64, 63, 326})
"""The account is suspended, or locked until somebody signs in."""


class RefusalDetail(BaseModel):
    """A number of the older API."""

    code: int = 0


class Refusal(BaseModel):
    """What the API says in the place of an answer (RFC 9457, with X's own types)."""

    type: str = ""
    title: str = ""
    detail: str = ""
    errors: list[RefusalDetail] = Field(default_factory=list)

    @property
    def kind(self) -> str:
        """The last part of its type."""
        return self.type.rstrip("/").rpartition("/")[2]

    @property
    def codes(self) -> frozenset[int]:
        """Its older numbers."""
        return frozenset(one.code for one in self.errors)


class RequestKind(StrEnum):
    """What was asked."""

    MESSAGE = "a direct message"
    PUBLIC_REPLY = "a public reply"


@dataclass(frozen=True, slots=True)
class XTrouble:
    """What a refusal comes to, and what an admin must mend; "" for nothing."""

    failure: SendingFailed
    trouble: str = ""


RIGHTS: Final = frozenset({"client-forbidden", "oauth1-permissions", "unsupported-authentication"})
"""The app has no right to do this: nobody is answered until it has."""
MONEY: Final = frozenset({"usage-capped", "credits", "credits-depleted"})


def read_refusal(body: bytes) -> Refusal:
    """What an answer says of itself; nothing where it cannot be read."""
    try:
        return Refusal.model_validate_json(body)
    except ValidationError:
        return Refusal()


def meaning_of(status: int, refusal: Refusal, kind: RequestKind) -> XTrouble:
    """What becomes of a message; how long a 429 lasts is said by its headers (`limits.py`)."""
    if status == HTTPStatus.PAYMENT_REQUIRED or refusal.kind in MONEY:
        return _all_wait("payment")
    if refusal.codes & LOCKED:
        return _all_wait("blocked")
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return _all_wait("refused")
        case HTTPStatus.FORBIDDEN:
            return _forbidden(refusal, kind)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return XTrouble(NotNow(60.0, everybody=kind is RequestKind.MESSAGE))
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return XTrouble(NotNow(5.0, everybody=True))
        case HTTPStatus.REQUEST_TIMEOUT | HTTPStatus.CONFLICT:
            return XTrouble(NotNow(5.0))
    is_theirs = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return XTrouble(NotNow(5.0) if is_theirs else Impossible(f"status {status}"))


def _all_wait(trouble: str) -> XTrouble:
    return XTrouble(NotNow(60.0, everybody=True), trouble)


def _forbidden(refusal: Refusal, kind: RequestKind) -> XTrouble:
    if refusal.kind in RIGHTS:
        return _all_wait("refused")
    is_said_already = bool(refusal.codes & DUPLICATE) or "duplicate" in refusal.detail.casefold()
    if kind is RequestKind.PUBLIC_REPLY or is_said_already:
        return XTrouble(Impossible("status 403"))
    return XTrouble(NeverAgain("she takes no messages of the account"))
