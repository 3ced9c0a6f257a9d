"""Officers who act on her case while she talks, and a service that does what is due."""

from __future__ import annotations

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case
from actions.cases.event_words import Enclosure
from actions.cases.officer_handlers import Wish, act_on_case, do_what_is_due
from actions.cases.ports import Chance, Clock, WorkBook
from actions.people.roles import Actor, Role
from actions.regency.model import Regency
from tests.talks.acts import OfficeActs

PROOF = (Enclosure("photo", "telegram", "-100", "proof"),)
MEND = "Sebutkan nama jalannya."
BY_HAND = "Petugas meneruskannya ke instansi ini."
CONTACT = "loket pengaduan di kantornya"
DEEDS = {
    "terima": CaseAction.ACCEPT,
    "tanya": CaseAction.ASK,
    "catat": CaseAction.NOTE,
    "jawab": CaseAction.ANSWER,
    "tolak": CaseAction.REJECT,
    "gabung": CaseAction.MERGE,
    "teruskan": CaseAction.FORWARD,
    "alihkan": CaseAction.PASS_ON,
    "kembalikan": CaseAction.RETURN,
    "putuskan": CaseAction.RULE,
    "rujuk": CaseAction.REFER,
    "sembunyikan": CaseAction.HIDE,
}


def actor(who: str, agency: str) -> Actor:
    """Who this is, as a talk file calls her."""
    known = {
        "petugas": Actor(Role.LIAISON, "lina", agency),
        "petugas lain": Actor(Role.LIAISON, "laras", agency),
        "pimpinan": Actor(Role.AGENCY_ADMIN, "anton", agency),
        "verifikator": Actor(Role.VERIFIER, "vera"),
        "penengah": Actor(Role.ARBITER, "arif"),
        "moderator": Actor(Role.MODERATOR, "modi"),
    }
    return known[who]


async def office_does(book: WorkBook, regency: Regency, done: OfficeActs, clock: Clock, chance: Chance) -> None:
    """An officer does something to a case now."""
    action = DEEDS[done.action]
    case = await book.by_ticket(done.ticket)
    if case is None:
        raise LookupError(f"{done.ticket} was never filed")
    is_referral = action is CaseAction.REFER
    command = CaseCommand(
        action=action,
        why=BY_HAND if action in {CaseAction.FORWARD, CaseAction.PASS_ON} else "",
        words=done.words,
        agency=None if is_referral else done.to or None,
        body=done.to if is_referral else "",
        contact=CONTACT if is_referral else "",
        code="unclear" if action is CaseAction.REJECT else "",
        mend=MEND if action is CaseAction.REJECT else "",
        parent=done.parent if action is CaseAction.MERGE else "",
    )
    proof = PROOF if action is CaseAction.ANSWER else ()
    reason = "" if action is CaseAction.RETURN else BY_HAND
    wish = Wish(ticket=case.ticket, command=command, who=actor(done.who, case.agency), enclosures=proof, reason=reason)
    await act_on_case(book, regency, wish, clock(), chance)


async def service_does(book: WorkBook, regency: Regency, cases: list[Case], clock: Clock) -> None:
    """What is due by now."""
    for case in cases:
        if case.next_due_at is not None and case.next_due_at <= clock():
            await do_what_is_due(book, regency, case.ticket, clock())
