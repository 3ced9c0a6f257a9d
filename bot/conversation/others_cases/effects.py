"""What the service shall look up of the cases of others, and do for who supports one or takes the weekly news."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.draft import Draft
from bot.conversation.screen import Line


@dataclass(frozen=True, slots=True)
class FindNearby:
    """What others have reported already of what this draft may be about. Answered by `NearbyFound`.

    `note`, `in_place`: of the card that is shown meanwhile, as `Show` has them.
    """

    draft: Draft
    categories: tuple[str, ...]
    note: Line | None = None
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class SupportCase:
    """She says "me too" on a case, instead of filing this draft. Answered by `Supported` or `SupportRefused`."""

    ticket: str
    draft_key: str = ""


@dataclass(frozen=True, slots=True)
class StopSupporting:
    """She says so no more. Answered by `SupportStopped`."""

    ticket: str


@dataclass(frozen=True, slots=True)
class TakeWeekly:
    """The news of a village, once a week; by its code, or its name. Answered by `WeeklyTaken` or `WeeklyRefused`."""

    code: str = ""
    village: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class StopWeekly:
    """No more of them. Answered by `WeeklyStopped`."""
