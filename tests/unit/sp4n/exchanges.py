"""What went to SP4N-LAPOR! and came from there, as it stands in the database of a desk."""

from __future__ import annotations

from datetime import UTC, datetime

from actions.cases.case import Case
from actions.store.integrations.sp4n import (
    DONE,
    HANDOVER,
    REMOTE_STATUS,
    UNREADABLE,
    WHOLE,
    Sp4nCase,
    add_sp4n_case,
    put_exchanges,
)
from tests.unit.web_desk_more.desk_office import DeskOffice

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)


async def has(office: DeskOffice, case: Case, number: str) -> None:
    """A case went there, and moved."""
    rows = [
        {"ticket": case.ticket, "kind": HANDOVER, "item": WHOLE, "tracking_id": number, "created_at": AT},
        {"ticket": case.ticket, "kind": REMOTE_STATUS, "item": "Diproses", "tracking_id": number, "created_at": AT},
    ]
    async with office.gate.database.writing() as connection:
        await add_sp4n_case(connection, Sp4nCase(case.ticket, number, is_theirs=False, their_status="Diproses"))
        await put_exchanges(connection, [{**row, "state": DONE, "done_at": AT} for row in rows])


async def in_the_way(office: DeskOffice, waiting: Case) -> None:
    """A case is not taken there yet, and a report from there cannot be read."""
    unread = {"ticket": "", "kind": "report", "item": "5005", "tracking_id": "5005", "state": UNREADABLE}
    held_up = {"ticket": waiting.ticket, "kind": HANDOVER, "item": WHOLE, "obstacle": "timeout"}
    async with office.gate.database.writing() as connection:
        await put_exchanges(connection, [{**unread, "created_at": AT}])
        await put_exchanges(connection, [{**held_up, "created_at": AT}])
