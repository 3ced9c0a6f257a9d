"""Cases and their events as rows, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Row

from actions.cases.case import (
    Case,
    CaseEvent,
    HandlingClass,
    Identity,
    Location,
    ReportType,
    Severity,
    Status,
    Visibility,
)
from actions.people.roles import Role


def row_of_case(case: Case) -> dict[str, object]:
    """A new case as a row."""
    row = asdict(case)
    del row["attachments"]
    location = row.pop("location")
    location["place"] = location.pop("spoken")
    flat: dict[str, object] = {**row, **location}
    return flat


def change_of_case(case: Case, names: Sequence[str]) -> dict[str, object]:
    """What of a case is to be changed, as an update takes it."""
    return {"which": case.ticket} | {f"new_{name}": getattr(case, name) for name in names}


def attachment_rows(case: Case) -> list[dict[str, object]]:
    """Its attachments, numbered from 1."""
    return [
        {"ticket": case.ticket, "number": number, "kind": file.kind, "file_id": file.file_id}
        for number, file in enumerate(case.attachments, 1)
    ]


def case_of_row(row: Row[tuple[object, ...]]) -> Case:
    """The case of a row, without its attachments."""
    known = row._asdict()
    del known["id"]
    location = Location(
        **{name: known.pop(name) for name in ("region", "district", "village", "outside", "outside_province")},
        spoken=known.pop("place"),
        lat=known.pop("lat"),
        lon=known.pop("lon"),
    )
    kinds = {
        "status": Status,
        "type": ReportType,
        "handling_class": HandlingClass,
        "severity": Severity,
        "identity": Identity,
        "visibility": Visibility,
    }
    return Case(**known | {name: kind(known[name]) for name, kind in kinds.items()}, location=location)


def event_of_row(row: Row[tuple[object, ...]]) -> CaseEvent:
    """The event of a row."""
    known = row._asdict()
    came_from = known["came_from"]
    known |= {
        "came_from": Status(came_from) if came_from else None,
        "to": Status(known["to"]),
        "who": Role(known["who"]),
    }
    return CaseEvent(**known)
