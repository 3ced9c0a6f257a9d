"""Which page of the desk is for whom. A page of one case asks besides whether the person may read that case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from actions.people.people import OFFICER_ROLES, Permission, who_may
from actions.people.roles import Role

AT_DESK: Final = who_may(Permission.WORK_AT_DESK)
EVERYBODY: Final = frozenset(OFFICER_ROLES)
READERS: Final = who_may(Permission.SEE_CASE)
"""Who reads cases, of one agency or of all."""
WORKERS: Final = READERS - {Role.AUDITOR}
"""Who writes, too; an auditor only reads."""
OF_AGENCIES: Final = frozenset({Role.LIAISON, Role.AGENCY_ADMIN})
"""Who answers."""
CLERKS: Final = frozenset({Role.VERIFIER, Role.LIAISON, Role.AGENCY_ADMIN})
"""Who types in what somebody says at the counter."""
LEADERS: Final = frozenset({Role.AGENCY_ADMIN, Role.ADMIN})
"""Who sees what waits today, by person."""
ADMINS: Final = frozenset({Role.ADMIN})
MODERATORS: Final = frozenset({Role.MODERATOR})
VERIFIERS: Final = frozenset({Role.VERIFIER, Role.ADMIN})
"""Who sees what goes to SP4N-LAPOR! and comes from there; an admin, who reads no case, what waits and is unknown."""

DESK: Final[Mapping[str, frozenset[Role]]] = {
    "GET /desk": AT_DESK,
    "GET /desk/live": READERS,
    "POST /desk/bulk": CLERKS,
    "POST /desk/filters": READERS,
    "GET /desk/today": LEADERS,
    "GET /desk/account": EVERYBODY,
    "POST /desk/account/codes": EVERYBODY,
    "POST /desk/account/leave": EVERYBODY,
    "POST /desk/account/mail": EVERYBODY,
    "GET /desk/cases/{ticket}": READERS,
    "POST /desk/cases/{ticket}": WORKERS,
    "GET /desk/cases/{ticket}/live": READERS,
    "GET /desk/cases/{ticket}/sheet": READERS,
    "GET /desk/cases/{ticket}/callers": OF_AGENCIES,
    "GET /desk/cases/{ticket}/nearby": READERS,
    "POST /desk/cases/{ticket}/notes": WORKERS,
    "GET /desk/cases/{ticket}/redact": MODERATORS,
    "POST /desk/cases/{ticket}/redact": MODERATORS,
    "GET /desk/publications": MODERATORS,
    "POST /desk/publications": MODERATORS,
    "GET /desk/sp4n": VERIFIERS,
    "GET /desk/new": CLERKS,
    "POST /desk/new": CLERKS,
    "GET /desk/new/{key}": CLERKS,
    "GET /desk/settings": ADMINS,
    "GET /desk/settings/files/{name:path}": ADMINS,
    "POST /desk/settings/files/{name:path}": ADMINS,
    "POST /desk/settings/undo/{number}": ADMINS,
    "POST /desk/settings/apply": ADMINS,
    "GET /desk/settings/groups": ADMINS,
    "POST /desk/settings/groups": ADMINS,
    "GET /desk/settings/people": ADMINS,
    "POST /desk/settings/people": ADMINS,
    "POST /desk/settings/people/{number}": ADMINS,
    "POST /desk/settings/people/{number}/mail": ADMINS,
    "GET /desk/search": READERS,
    "GET /desk/search.csv": READERS,
    "GET /desk/search.xlsx": READERS,
    "GET /desk/queue.xlsx": READERS,
    "GET /desk/queue.csv": READERS,
}
"""Part of the table of `bot/web/shared/access.py`."""
