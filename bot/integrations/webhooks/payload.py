"""What an agency's own system is told of a case: the case as a group of that agency's officers sees it. Pure.

Of an anonymous report the same is covered as on the group's card: telephones, numbers and names in its words.

Others than officers may read such a system, so that it hears of a secret, sensitive or hidden case no more than that it
is to forget it. What its agency no longer has it sees as anybody does. That something of a case was forgotten here is
no event of it, and is told all the same: with what is left.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from actions.cases.case import AWAITED, Case, CaseEvent, Words
from actions.cases.event_words import NOTHING_SAID, Saying
from actions.people.roles import Role
from actions.privacy.visibility import Reader, VisibleCase, said_to_group, see
from actions.regency.model import Regency
from bot.officers.covering import in_the_chat
from bot.officers.news import HEARD

BEGINNING: Final = "whsec_"
SALT_BYTES: Final = 16


def hook_secret(secret_key: bytes, salt: str) -> bytes:
    """The secret of an address: worked out, so that who reads the database cannot sign with it."""
    return hmac.digest(secret_key, f"hook {salt}".encode(), "sha256")


def told_secret(secret: bytes) -> str:
    """The secret as whoever checks signatures writes it down."""
    return BEGINNING + base64.b64encode(secret).decode()


def signed_headers(
    secret: bytes, message_id: str, at_seconds: int, body: bytes, former: Sequence[bytes] = ()
) -> Mapping[str, str]:
    """What stands above a message.

    Args:
        secret: of the address.
        former: what its secret was before the key was rotated; it is signed with each, as the specification allows.
        message_id: the same however often the message is sent.
        at_seconds: when this try is made, since 1970.
        body: as it is sent.
    """
    signed = f"{message_id}.{at_seconds}.".encode() + body
    digests = [hmac.new(one, signed, hashlib.sha256).digest() for one in (secret, *former)]
    signatures = " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)
    return {"webhook-id": message_id, "webhook-timestamp": str(at_seconds), "webhook-signature": signatures}


SCHEMA: Final = "hook-1"


@dataclass(frozen=True, slots=True)
class CaseNotification:
    """What is to be told of a case, and the case as it stands now.

    Attributes:
        event: what was done; None where something of it was forgotten.
        at: when.
        saying: what was typed with the event.
    """

    case: Case
    words: Words | None
    event: CaseEvent | None
    at: datetime
    saying: Saying = NOTHING_SAID


def message_id(ticket: str, number: int) -> str:
    """The same for the same news, however often it is sent. `number`: as in `WebhookDelivery`."""
    return f"{ticket}.{number}" if number > 0 else f"{ticket}.forgotten.{-number}"


def payload(told: CaseNotification, agency: str, regency: Regency) -> Mapping[str, object]:
    """The message for the system of an agency, as Standard Webhooks has it: type, timestamp, data."""
    case, event = told.case, told.event
    holds = case.agency == agency
    seen = see(case, told.words, Reader.GROUP)
    data: dict[str, object] = {"schema": SCHEMA, "number": case.ticket}
    if seen is None:
        return _message("hidden", told.at, data)
    if event is not None:
        is_hers = holds and event.who is Role.REPORTER and event.action in HEARD and told.saying.words
        said = (
            {"words": in_the_chat(said_to_group(told.saying.words, told.words), case, is_group=True)} if is_hers else {}
        )
        data["event"] = {**_event(event), **said}
    shown = seen if holds else see(case, None, Reader.ANYBODY)
    data["case"] = _case(shown, regency) if shown else None
    return _message(event.action if event else "forgotten", told.at, data)


def _message(what: str, at: datetime, data: Mapping[str, object]) -> Mapping[str, object]:
    return {"type": f"case.{what}", "timestamp": at.isoformat(), "data": data}


def _event(event: CaseEvent) -> Mapping[str, object]:
    return {
        "number": event.number,
        "deed": event.action,
        "from": event.came_from.value if event.came_from else None,
        "to": event.to.value,
        "by": event.who.value,
        "at": event.at.isoformat(),
        "agency": event.agency,
    }


def _case(seen: VisibleCase, regency: Regency) -> Mapping[str, object]:
    case, place, words = seen.case, seen.case.location, seen.words
    return {
        "status": case.status.value,
        "type": case.type.value,
        "category": case.category,
        "agency": case.agency,
        "district": _named(place.district, regency),
        "village": _named(place.village, regency),
        "place": place.spoken,
        "lat": place.lat,
        "long": place.lon,
        "severity": case.severity.value,
        "received_on": regency.calendar.day(case.filed_at).isoformat(),
        "deadline": case.deadline.isoformat() if case.status in AWAITED else None,
        "story": in_the_chat(words.story, case, is_group=True) if words else None,
        "reporter": words.name if words else None,
        "files": [file.kind for file in case.attachments],
    }


def _named(code: str | None, regency: Regency) -> Mapping[str, str] | None:
    region = regency.region(code) if code else None
    return {"code": region.code, "name": region.name} if region else None
