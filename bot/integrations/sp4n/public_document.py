"""A case as `lapor export sp4n` writes it: what anybody may see, in words of no system's own. Pure.

What it is made of stands in docs/schemas/case-1.schema.json; whoever changes it gives it the next number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from actions.cases.case import Case
from actions.privacy.redaction import Moderated
from actions.privacy.visibility import Reader, anybody_reads, see
from actions.regency.model import Regency
from actions.store.statistics.listing import ListedCase
from bot.configuration.case_links import CaseLinks
from bot.integrations.open311.documents import is_late

SCHEMA: Final = "case-1"


def public_document(
    listed: ListedCase, moderated: Moderated, regency: Regency, links: CaseLinks, today: date
) -> Mapping[str, object] | None:
    """The document of a case; None of one that not anybody may know of.

    Args:
        listed: the case and its facts.
        moderated: what a moderator lets anybody read of it.
        regency: the names of what it is about, who has it and where it is.
        links: to its page.
        today: what is still awaited and was promised before is late.
    """
    seen, statistics = see(listed.case, None, Reader.ANYBODY), listed.statistics
    if seen is None:
        return None
    case, let_out = seen.case, anybody_reads(listed.case, moderated)
    return {
        "schema": SCHEMA,
        "number": case.ticket,
        "address": links.public(case.ticket),
        "type": case.type.value,
        "status": case.status.value,
        "category": _category(case, regency),
        "agency": {"code": case.agency, "name": _agency(case.agency, regency)},
        "regency": {"code": regency.code, "name": regency.name},
        "district": _district(case, regency),
        "is_outside": case.location.outside is not None or case.location.outside_province,
        "title": let_out.title or None,
        "answer": let_out.answer or None,
        "received_on": statistics.received_on.isoformat(),
        "changed_on": statistics.changed_on.isoformat(),
        "due_on": _day(statistics.due_on),
        "answered_on": _day(statistics.answered_on),
        "solved_on": _day(statistics.solved_on),
        "is_late": is_late(statistics, today),
        "disputes": statistics.disputes,
        "reopenings": statistics.reopenings,
    }


def _category(case: Case, regency: Regency) -> Mapping[str, object] | None:
    if case.category is None:
        return None
    known, language = regency.categories.get(case.category), regency.languages[0]
    name = known.labels.get(language, case.category) if known else case.category
    return {"code": case.category, "name": name, "group": known.parent if known else None}


def _agency(code: str, regency: Regency) -> str:
    known = regency.agencies.get(code)
    return known.name if known else code


def _district(case: Case, regency: Regency) -> Mapping[str, object] | None:
    district = regency.region(case.location.district) if case.location.district else None
    return {"code": district.code, "name": district.name} if district else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
