"""Any server of Open311 GeoReport v2, as another system that takes what is not ours.

Nothing comes from there by itself, and nothing is answered to it: the specification knows neither. Whether a server
takes a reference, so that a request sent again is the same, is its own affair; ours does (docs/open311.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from aiohttp import ClientSession

from bot.integrations.sp4n.http import get_json, post_form
from bot.integrations.sp4n.port import CaseProgress, Handover, NotTaken, Pulled, RemoteStatus

NUMBER: Final = re.compile(r"[0-9A-Za-z._-]{1,40}")
UNKNOWN: Final = "unknown"
LONGEST_WORD: Final = 40
LONGEST_WORDS: Final = 4000


@dataclass(frozen=True, slots=True)
class Open311Api:
    """A server under an address (`…/open311/v2`), with a key."""

    session: ClientSession
    address: str
    key: str

    async def push(self, sent: Handover | CaseProgress, *, again: bool) -> str:
        """Implements the method of `ComplaintSystem`."""
        del again  # the reference says so
        if isinstance(sent, CaseProgress):
            raise NotTaken("not-spoken", is_refused=True)
        headers = {**self._headers(), "idempotency-key": sent.reference}
        entry = _first(await post_form(self.session, f"{self.address}/requests.json", _form(sent), headers))
        number = entry.get("service_request_id")
        if not isinstance(number, str | int) or not NUMBER.fullmatch(str(number)):
            raise NotTaken("half-answer")
        return str(number)

    async def pull(self, since: datetime | None, page: int) -> Pulled:
        """Implements the method of `ComplaintSystem`: nothing ever came."""
        del since, page
        return Pulled(())

    async def status(self, tracking_id: str) -> RemoteStatus | None:
        """Implements the method of `ComplaintSystem`."""
        url = f"{self.address}/requests/{quote(tracking_id, safe='')}.json"
        found = await get_json(self.session, url, self._headers())
        if found is None:
            return None
        entry = _first(found)
        word = entry.get("status")
        if not isinstance(word, str) or not word:
            raise NotTaken("half-answer")
        notes = entry.get("status_notes")
        return RemoteStatus(
            tracking_id=tracking_id,
            word=word[:LONGEST_WORD],
            changed_at=_moment(entry.get("updated_datetime")),
            words=notes.strip()[:LONGEST_WORDS] if isinstance(notes, str) else "",
        )

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.key}", "accept": "application/json"}


def _form(sent: Handover) -> dict[str, str]:
    has_point = sent.lat is not None and sent.lon is not None
    told = {
        "service_code": sent.topic or sent.category or UNKNOWN,
        "description": sent.story,
        "address_string": sent.place,
        "lat": str(sent.lat) if has_point else "",
        "long": str(sent.lon) if has_point else "",
        "attribute[reference]": sent.reference,
        "attribute[type]": sent.type.value,
    }
    return {name: value for name, value in told.items() if value}


def _first(answer: object) -> dict[str, object]:
    """The one entry of a list.

    Raises:
        NotTaken: it is none.
    """
    entry = answer[0] if isinstance(answer, list) and answer else None
    if not isinstance(entry, dict):
        raise NotTaken("half-answer")
    return entry


def _moment(told: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
