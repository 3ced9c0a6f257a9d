"""Cases and their events as rows and back, and who may see a case as a condition for queries.

A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, Row, and_

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
from actions.store.engine.tables import cases

BETWEEN = ";"
"""Divides the codes of the agencies that a case accuses, in their column."""


def row_of_case(case: Case) -> dict[str, object]:
    """Returns a new case as a row."""
    row = asdict(case)
    del row["attachments"]
    row["accused"] = BETWEEN.join(case.accused)
    location = row.pop("location")
    location["place"] = location.pop("spoken")
    flat: dict[str, object] = {**row, **location}
    return flat


def change_of_case(case: Case, names: Sequence[str]) -> dict[str, object]:
    """What of a case is to be changed, as an update takes it."""
    return {"which": case.ticket} | {f"new_{name}": getattr(case, name) for name in names}


def attachment_rows(case: Case) -> list[dict[str, object]]:
    """Returns a case's attachments as rows, numbered from 1."""
    return [
        {"ticket": case.ticket, "number": number, "kind": file.kind, "file_id": file.file_id}
        for number, file in enumerate(case.attachments, 1)
    ]


def case_of_row(row: Row[tuple[object, ...]]) -> Case:
    """The case of a row, without its attachments."""
    known = row._asdict()
    del known["id"]
    accused = tuple(code for code in known.pop("accused").split(BETWEEN) if code)
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
    told = known | {name: kind(known[name]) for name, kind in kinds.items()}
    return Case(**told, location=location, accused=accused)


def event_of_row(row: Row[tuple[object, ...]]) -> CaseEvent:
    """Returns the event that a row holds."""
    known = row._asdict()
    came_from = known["came_from"]
    known |= {
        "came_from": Status(came_from) if came_from else None,
        "to": Status(known["to"]),
        "who": Role(known["who"]),
    }
    return CaseEvent(**known)


def is_public_row() -> ColumnElement[bool]:
    """As `case.is_public`: anybody may know of it by its number; it is neither secret nor hidden nor sensitive."""
    is_in_the_open = and_(cases.c.visibility == Visibility.PUBLIC.value, cases.c.is_hidden.is_(False))
    return and_(is_in_the_open, cases.c.sensitive.is_(False))
