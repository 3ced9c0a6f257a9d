"""Forwarding a case by hand, from where it stands: as whoever may take the steps that lead there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, Status
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import Wish, act_on_case
from actions.cases.ports import Chance, WorkBook
from actions.people.roles import Actor, Role
from actions.regency.agencies import siblings
from actions.regency.model import Regency


async def forward_case(
    book: WorkBook, regency: Regency, number: str, agency: str, at: datetime, reasons: tuple[str, str], chance: Chance
) -> Case:
    """A received case as its verifier; a forwarded one within its government, or by a return, which it has only once.

    Args:
        book: the cases.
        regency: its agencies.
        number: of the case.
        agency: code of the agency that shall hold it.
        at: when.
        reasons: why, in the reporter's language and in the regency's.
        chance: for salts.

    Raises:
        Refused: the table does not allow it.
        LookupError: there is no such case or no such agency.
    """
    case = await book.by_ticket(number)
    if case is None or agency not in regency.agencies:
        raise LookupError(number if case is None else agency)
    actions = _actions(case, agency, regency)
    if case.returns and CaseAction.RETURN in actions:
        raise StepRefused("refused-returned-before")
    for action in actions:
        who = Actor(Role.VERIFIER) if action is CaseAction.FORWARD else Actor(Role.AGENCY_ADMIN, agency=case.agency)
        command = CaseCommand(action=action, why=reasons[1], agency=agency)
        done = await act_on_case(
            book, regency, Wish(ticket=number, command=command, who=who, reason=reasons[0]), at, chance
        )
        case = done.case
    return case


def _actions(case: Case, agency: str, regency: Regency) -> Sequence[CaseAction]:
    if case.status is not Status.FORWARDED:
        return [CaseAction.FORWARD]
    is_near = agency in {case.agency, *siblings(regency.agencies, case.agency)}
    return [CaseAction.PASS_ON] if is_near else [CaseAction.RETURN, CaseAction.FORWARD]
