"""SP4N-LAPOR! as its published form has it: forms with a KEYTOKEN posted to `…/services/f01/METHOD`, JSON lists back.

What its methods and fields are called stands in `sp4n.toml`: the documents in force are shown to an agency's developer
alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import ClientSession

from actions.cases.case import ReportType
from actions.regency.sp4n import Sp4nMapping
from bot.integrations.sp4n.http import post_form
from bot.integrations.sp4n.port import CaseProgress, Handover, NotTaken, Pulled, RemoteStatus, TheirReport

TRACKING_ID: Final = re.compile(r"[0-9A-Za-z-]{1,40}")
NOT_WRITTEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
LONGEST_STORY, LONGEST_LINE, LONGEST_WORD = 4000, 400, 40
YES: Final = frozenset({"1", "true", "ya"})
TYPES: Final[Mapping[str, ReportType]] = {
    "pengaduan": ReportType.COMPLAINT,
    "aspirasi": ReportType.ASPIRATION,
    "permintaan informasi": ReportType.INFORMATION,
}
NAMES_OF_TYPES: Final = {kind: name for name, kind in TYPES.items()}
WRITTEN: Final = "%Y-%m-%d %H:%M:%S"

type Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LaporApi:
    """SP4N-LAPOR! under an address, with a key.

    Attributes:
        address: LAPOR_SP4N_URL, without a slash at its end.
        zone: in which its moments are written.
    """

    session: ClientSession
    address: str
    key: str
    mapping: Sp4nMapping
    zone: ZoneInfo

    async def push(self, sent: Handover | CaseProgress, *, again: bool) -> str:
        """Implements the method of `ComplaintSystem`; what was begun before is looked for first."""
        if again and (known := await self._known(sent)):
            return known
        form = self._handed_over(sent) if isinstance(sent, Handover) else _progress(sent)
        answer = await self._ask("add" if isinstance(sent, Handover) else "follow_up", form)
        if isinstance(sent, CaseProgress):
            return sent.tracking_id
        entry = answer[0] if isinstance(answer, list) and answer else answer
        number = self._number(entry) if isinstance(entry, dict) else ""
        if not number:
            raise NotTaken("half-answer")
        return number

    async def pull(self, since: datetime | None, page: int) -> Pulled:
        """Implements the method of `ComplaintSystem`."""
        form = {"page": str(page)}
        if since:
            form["since"] = since.astimezone(self.zone).strftime(WRITTEN)
        entries = await self._entries("reports", form)
        reports, unreadable = list[TheirReport](), list[str]()
        for entry in entries:
            report = self._report(entry)
            if report:
                reports.append(report)
            else:
                unreadable.append(self._number(entry) or "?")
        return Pulled(reports, unreadable, is_last=not entries)

    async def status(self, tracking_id: str) -> RemoteStatus | None:
        """Implements the method of `ComplaintSystem`."""
        return await self._remote_status({"tracking_id": tracking_id})

    async def _known(self, sent: Handover | CaseProgress) -> str:
        """Their number where what was sent has arrived already; "" where it has not."""
        if isinstance(sent, Handover):
            found = await self._remote_status({"external_id": sent.reference})
            return found.tracking_id if found else ""
        found = await self.status(sent.tracking_id)
        return sent.tracking_id if found and sent.reference in found.references else ""

    async def _remote_status(self, form: Mapping[str, str]) -> RemoteStatus | None:
        entries = await self._entries("report", form)
        if not entries:
            return None
        entry, number = entries[0], self._number(entries[0])
        word = _line(self._read(entry, "status"))[:LONGEST_WORD]
        if not number or not word:
            raise NotTaken("half-answer")
        steps = list(self._steps(entry))
        return RemoteStatus(
            tracking_id=number,
            word=word,
            changed_at=self._moment(entry, "status_date"),
            words=next((words for reference, words in reversed(steps) if words and not reference), ""),
            references=frozenset(reference for reference, _ in steps if reference),
        )

    def _steps(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """What was answered there, oldest first: our reference where it is ours, and the words."""
        told = self._read(entry, "followups")
        for step in told if isinstance(told, list) else []:
            if isinstance(step, dict):
                yield _line(self._read(step, "external_id")), _text(self._read(step, "content"))

    def _report(self, entry: Entry) -> TheirReport | None:
        """A report; None where its number, its words or its date are missing."""
        number, story, at = self._number(entry), _text(self._read(entry, "content")), self._moment(entry, "date")
        if not (number and story and at):
            return None
        lat, lon = _degrees(self._read(entry, "latitude"), 90), _degrees(self._read(entry, "longitude"), 180)
        has_point = lat is not None and lon is not None
        return TheirReport(
            tracking_id=number,
            type=TYPES.get(_line(self._read(entry, "type")).casefold(), ReportType.COMPLAINT),
            story=story,
            topic=_line(self._read(entry, "topic_id"))[:LONGEST_WORD],
            topic_name=_line(self._read(entry, "topic_name"))[:120],
            place=_line(self._read(entry, "location")),
            reported_at=at,
            is_secret=_line(self._read(entry, "secret")).casefold() in YES,
            lat=lat if has_point else None,
            lon=lon if has_point else None,
        )

    def _handed_over(self, sent: Handover) -> dict[str, str]:
        """Nobody's name, number or chat is among it: she is anonymous there, whoever she is here."""
        has_point = sent.lat is not None and sent.lon is not None
        return {
            "external_id": sent.reference,
            "type": NAMES_OF_TYPES[sent.type],
            "content": sent.story,
            "topic_id": sent.topic,
            "institution_id": sent.institution,
            "location": sent.place,
            "date": sent.filed_at.astimezone(self.zone).strftime(WRITTEN),
            "latitude": str(sent.lat) if has_point else "",
            "longitude": str(sent.lon) if has_point else "",
            "anonymous": "1",
            "secret": "0",
        }

    async def _ask(self, method: str, form: Mapping[str, str]) -> object:
        """What a method answers; what is empty is not sent. An object with an error in it is a refusal."""
        told = {self.mapping.fields.get(name, name): value for name, value in form.items() if value}
        url = f"{self.address}/{self.mapping.methods[method]}"
        answer = await post_form(self.session, url, {"KEYTOKEN": self.key, **told}, {})
        if isinstance(answer, dict) and answer.get("error"):
            raise NotTaken("refused", is_refused=True)
        return answer

    async def _entries(self, method: str, form: Mapping[str, str]) -> list[Entry]:
        answer = await self._ask(method, form)
        if not isinstance(answer, list) or not all(isinstance(entry, dict) for entry in answer):
            raise NotTaken("half-answer")
        return answer

    def _read(self, entry: Entry, field: str) -> object:
        return entry.get(self.mapping.fields[field])

    def _number(self, entry: Entry) -> str:
        """Their number; "" where none stands there that could be one."""
        told = _line(self._read(entry, "tracking_id"))
        return told if TRACKING_ID.fullmatch(told) else ""

    def _moment(self, entry: Entry, field: str) -> datetime | None:
        told = _line(self._read(entry, field))
        try:
            moment = datetime.fromisoformat(told)
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)


def _progress(sent: CaseProgress) -> dict[str, str]:
    return {
        "tracking_id": sent.tracking_id,
        "external_id": sent.reference,
        "status": sent.status,
        "content": sent.words,
    }


def _text(told: object) -> str:
    """Words as they may be kept and shown."""
    words = NOT_WRITTEN.sub(lambda found: "\n" if found[0] == "\r" else " ", str(told).replace("\r\n", "\n"))
    return words.strip()[:LONGEST_STORY] if isinstance(told, str) else ""


def _line(told: object) -> str:
    is_told = isinstance(told, str | int) and not isinstance(told, bool)
    return " ".join(NOT_WRITTEN.sub(" ", str(told)).split())[:LONGEST_LINE] if is_told else ""


def _degrees(told: object, most: int) -> float | None:
    try:
        degrees = float(str(told))
    except ValueError:
        return None
    return degrees if -most <= degrees <= most else None
