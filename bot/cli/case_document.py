"""A case as `lapor case show --json` prints it. Holds no story and no name."""

from __future__ import annotations

from actions.cases.case import Attachment, Case, CaseEvent
from actions.privacy.visibility import as_operator
from actions.regency.model import Regency


def case_document(case: Case, regency: Regency) -> dict[str, object]:
    """A case without its events; times in the regency's zone, regions by name."""
    case = as_operator(case)
    return {
        "ticket": case.ticket,
        "status": case.status.value,
        "type": case.type.value,
        "category": case.category,
        "agency": case.agency,
        "reason": case.reason,
        "district": _name(case.location.district, regency),
        "village": _name(case.location.village, regency),
        "place": case.location.spoken or case.location.outside,
        "severity": case.severity.value,
        "identity": case.identity.value,
        "visibility": case.visibility.value,
        "channel": case.channel,
        "filed_at": case.filed_at.astimezone(regency.time_zone).isoformat(),
        "deadline": case.deadline.isoformat(),
        "attachments": [_attachment(file) for file in case.attachments],
    }


def event_document(event: CaseEvent) -> dict[str, object]:
    """One event."""
    return {
        "from": event.came_from.value if event.came_from else None,
        "to": event.to.value,
        "who": event.who.value,
        "at": event.at.isoformat(),
        "why": event.why,
    }


def _attachment(file: Attachment) -> dict[str, object]:
    refused = {"refused": True} if file.refused else {}
    return {"kind": file.kind, "file_id": file.file_id, **refused}


def _name(code: str | None, regency: Regency) -> str | None:
    region = regency.region(code) if code else None
    return region.name if region else code
