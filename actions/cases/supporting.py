"""Handlers of supporters: a citizen says "me too" on a case of somebody else, and follows it like her own.

It files nothing and is no step of the case: no event is written, and its reporter does not learn who it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.cases.case import OPEN, Case
from actions.cases.nearby import NearbyMatch, NearbyQuery, Plain, nearest
from actions.cases.ports import WorkBook
from actions.privacy.visibility import Reader, is_confidential, see
from actions.regency.model import Regency


@dataclass(frozen=True, slots=True)
class SupportedCase:
    """A case that she supports now; `people` say that it is so, its reporter one of them."""

    case: Case
    people: int


def may_support(case: Case, citizen: str) -> bool:
    """Whether a citizen can say "me too": on a public case of somebody else that is not at its end."""
    return not is_confidential(case) and case.status in OPEN and case.reporter != citizen


async def find_nearby(book: WorkBook, regency: Regency, sought: NearbyQuery, plain: Plain) -> list[NearbyMatch]:
    """What is reported already of what a citizen is about to file."""
    return nearest(sought, await book.near(sought), regency, plain)


async def support_case(book: WorkBook, ticket: str, citizen: str, language: str, at: datetime) -> SupportedCase | None:
    """She supports it from now on; once, however often she says so. None where she cannot."""
    await book.hold([ticket])
    case = await book.by_ticket(ticket)
    if case is None or not may_support(case, citizen):
        return None
    others = await book.count_supporters(ticket) - await book.supports(ticket, citizen)
    book.support(ticket, citizen, language, at)
    return SupportedCase(case, people=others + 2)


async def supported_cases(book: WorkBook, citizen: str, most: int) -> list[Case]:
    """The cases of others that she supports, as far as anybody may still know of them."""
    seen = [see(case, None, Reader.ANYBODY) for case in await book.supported_by(citizen, most)]
    return [one.case for one in seen if one]


async def stop_supporting(book: WorkBook, ticket: str, citizen: str) -> bool:
    """She supports it no more; whether she did."""
    if not await book.supports(ticket, citizen):
        return False
    book.stop_supporting(ticket, citizen)
    return True
