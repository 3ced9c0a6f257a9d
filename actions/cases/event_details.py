"""The small facts of an event beside its statuses, as the text that is stored and sealed with it. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What replaying needs besides.

    Attributes:
        days: the allowance of each clock that the event started, in working days, by its name.
        handling_class, category, code, rating: as in `acts.Act`.
        suggested: code of the agency that a return names, "unknown" for none.
        parent: ticket that the case was merged into.
        clock, mark: which mark came.
    """

    days: Mapping[str, int] = field(default_factory=dict)
    handling_class: str = ""
    category: str = ""
    suggested: str = ""
    code: str = ""
    parent: str = ""
    rating: int = 0
    clock: str = ""
    mark: str = ""

    def written(self) -> str:
        """As JSON, without what is empty; "" when all is."""
        told = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(told, sort_keys=True, separators=(",", ":")) if told else ""


def read_details(text: str) -> Details:
    """Back from `Details.written`."""
    return Details(**json.loads(text)) if text else Details()
