"""What the service found out about cases of others, and of the weekly news of a village."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.draft import NearbyCase
from bot.conversation.events import Event
from bot.conversation.screen import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyFound(Event):
    """What others have reported already, the likeliest first; `note` and `in_place` as the card was shown."""

    draft_key: str
    cases: tuple[NearbyCase, ...]
    note: Line | None = None
    in_place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Supported(Event):
    """She supports a case now; `people` say that it is so. `link` opens what anybody may see of it."""

    ticket: str
    people: int
    link: str
    draft_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRefused(Event):
    """It cannot be supported: it is her own, at its end, or nothing that she may know of."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportStopped(Event):
    """The citizen does not support this case (any more)."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyTaken(Event):
    """From now on the citizen gets the weekly news of this village."""

    village: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyRefused(Event):
    """There is no such village here; `not_here`: they are not sent in this channel."""

    not_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyStopped(Event):
    """The citizen gets no weekly news any more; `was_taken`: she did before."""

    was_taken: bool
