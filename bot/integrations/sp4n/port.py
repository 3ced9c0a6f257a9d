"""What another system of complaints does for this one: takes what is not ours, gives what is, says where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.cases.case import ReportType


class NotTaken(Exception):
    """It did not arrive, or nobody knows whether it did. Holds nothing of what was sent.

    Attributes:
        why: a code for the log, the desk and doctor.
        is_refused: they have read it and will not have it as it is; to try it again soon does not help.
    """

    def __init__(self, why: str, *, is_refused: bool = False) -> None:
        """Takes the code."""
        super().__init__(why)
        self.why, self.is_refused = why, is_refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A case that is not ours to answer, as much of it as may be handed over.

    Attributes:
        reference: our ticket number, by which they know it again.
        topic, institution: theirs; "" where ours is mapped to none.
        category: our slug, for a system that has the same ones; "" for none.
        place: in words, with district and regency.
        region: Kemendagri's code of the village, else district; "" where it lies outside.
        lat, lon: in degrees, both or neither.
    """

    reference: str
    type: ReportType
    story: str
    topic: str
    institution: str
    category: str
    place: str
    region: str
    filed_at: datetime
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProgress:
    """What became of a report that came from there.

    Attributes:
        tracking_id: their number.
        reference: our ticket number and the number of the event, by which they know it again.
        status: where it stands, in their word.
        words: what its reporter is told; "" for nothing but the status.
    """

    tracking_id: str
    reference: str
    status: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirReport:
    """A report that is ours to answer. `is_secret`: hidden from the public there, and so here."""

    tracking_id: str
    type: ReportType
    story: str
    topic: str
    topic_name: str
    place: str
    reported_at: datetime
    is_secret: bool = False
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Pulled:
    """A page of what they have for us. `unreadable`: numbers of reports of which too little can be read."""

    reports: Sequence[TheirReport]
    unreadable: Sequence[str] = ()
    is_last: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteStatus:
    """Where a report stands there.

    Attributes:
        word: their own word for it.
        words: what was answered last; "" for nothing.
        references: of the progress that they have from us.
    """

    tracking_id: str
    word: str
    changed_at: datetime | None = None
    words: str = ""
    references: frozenset[str] = frozenset()


class ComplaintSystem(Protocol):
    """Another system of complaints. Each method raises NotTaken where nothing, or nobody knows what, came of it."""

    async def push(self, sent: Handover | CaseProgress, *, again: bool) -> str:
        """Hand it over, once for each reference; returns their number.

        Args:
            sent: what goes there.
            again: it was begun before, and may have arrived.
        """
        ...

    async def pull(self, since: datetime | None, page: int) -> Pulled:
        """What came for us since then, oldest first; `page` is counted from 1."""
        ...

    async def status(self, tracking_id: str) -> RemoteStatus | None:
        """Where a report stands there; None where they know none of this number."""
        ...
