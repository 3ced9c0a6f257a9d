"""Officers who act on her case while she talks, and a service that does what is due."""

from __future__ import annotations

from actions.cases.actions import Act, Deed
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
    "terima": Deed.ACCEPT,
    "tanya": Deed.ASK,
    "catat": Deed.NOTE,
    "jawab": Deed.ANSWER,
    "tolak": Deed.REJECT,
    "gabung": Deed.MERGE,
    "teruskan": Deed.FORWARD,
    "alihkan": Deed.PASS_ON,
    "kembalikan": Deed.RETURN,
    "putuskan": Deed.RULE,
    "rujuk": Deed.REFER,
    "sembunyikan": Deed.HIDE,
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
    deed = DEEDS[done.deed]
    case = await book.by_ticket(done.ticket)
    if case is None:
        raise LookupError(f"{done.ticket} was never filed")
    is_referral = deed is Deed.REFER
    act = Act(
        deed=deed,
        why=BY_HAND if deed in {Deed.FORWARD, Deed.PASS_ON} else "",
        words=done.words,
        agency=None if is_referral else done.to or None,
        body=done.to if is_referral else "",
        contact=CONTACT if is_referral else "",
        code="unclear" if deed is Deed.REJECT else "",
        mend=MEND if deed is Deed.REJECT else "",
        parent=done.parent if deed is Deed.MERGE else "",
    )
    proof = PROOF if deed is Deed.ANSWER else ()
    reason = "" if deed is Deed.RETURN else BY_HAND
    wish = Wish(ticket=case.ticket, act=act, who=actor(done.who, case.agency), enclosures=proof, reason=reason)
    await act_on_case(book, regency, wish, clock(), chance)


async def service_does(book: WorkBook, regency: Regency, cases: list[Case], clock: Clock) -> None:
    """What is due by now."""
    for case in cases:
        if case.next_due_at is not None and case.next_due_at <= clock():
            await do_what_is_due(book, regency, case.ticket, clock())
