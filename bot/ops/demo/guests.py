"""Makes the guests of a demo: an account of every role, with a password that the sign-in page's button knows."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Final

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, Status
from actions.cases.officer_handlers import Wish, act_on_case
from actions.people.handlers import add_person, change_password
from actions.people.people import OF_ONE_AGENCY, OFFICER_ROLES, Person
from actions.people.roles import Actor, Role
from actions.people.secrets import Passwords
from actions.regency.agencies import own_agencies
from actions.regency.model import AgencyKind, Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.people.people import SqlPeople
from bot.main.assembly import Service
from bot.web.shared.guests import Guest, write_guests

WHO: Final = "demo"


def agency_of_guests(regency: Regency) -> str:
    """The unit to which most rules lead: the guests of one agency are its, and its cases stand in every state."""
    agencies, counted = regency.agencies, Counter(rule.agency for rule in regency.rules)
    own = own_agencies(agencies)
    units = [code for code in own if agencies[code].kind is AgencyKind.UNIT]
    return max(units or own, key=counted.__getitem__)


def categories_of(regency: Regency, agency: str) -> frozenset[str]:
    """The slugs whose rules lead to an agency."""
    return frozenset(rule.category for rule in regency.rules if rule.agency == agency and rule.category)


def holder_of_secrets(regency: Regency) -> str | None:
    """The regency's inspectorate, which holds what is secret or sensitive; None where it has none."""
    agencies = regency.agencies
    return next((code for code in own_agencies(agencies) if agencies[code].kind is AgencyKind.INSPECTORATE), None)


async def add_guests(service: Service) -> None:
    """Make a guest of each role, and one of the inspectorate; the liaison is given some of her agency's cases.

    Every other agency has somebody, who cannot sign in: none of its cases lies where nobody works.
    """
    passwords = Passwords()
    guests = [Guest(f"tamu-{role}".replace("_", "-"), secrets.token_urlsafe(16), role) for role in OFFICER_ROLES]
    holder = holder_of_secrets(service.regency)
    if holder:
        guests.append(Guest("tamu-inspektorat", secrets.token_urlsafe(16), Role.AGENCY_ADMIN, is_holder=True))
    kept = {guest.name: await passwords.hashed(guest.password) for guest in guests}
    agency, own = agency_of_guests(service.regency), own_agencies(service.regency.agencies)
    made = dict[Role, Person]()
    async with service.database.writing() as connection:
        people, now = SqlPeople(connection), service.clock()
        for guest in guests:
            its_agency = holder if guest.is_holder else agency if guest.role in OF_ONE_AGENCY else None
            person = await add_person(people, guest.name, {guest.role}, its_agency, own, now, WHO)
            await change_password(people, person, kept[guest.name], now, WHO)
            made.setdefault(guest.role, person)
        for other in sorted(set(own) - {agency}):
            await add_person(people, f"petugas-{other}".replace("_", "-"), {Role.LIAISON}, other, own, now, WHO)
        head = Actor(Role.AGENCY_ADMIN, str(made[Role.AGENCY_ADMIN].id), agency)
        await _give(service, SqlCaseBook(connection), head, str(made[Role.LIAISON].id))
    write_guests(service.settings.data_dir, guests)


async def _give(service: Service, book: SqlCaseBook, head: Actor, liaison: str) -> None:
    """Every second case on which the agency works becomes the liaison's, by her head."""
    at_work = [one.ticket for one in await book.latest(None) if _is_at_work(one, head.agency)]
    for ticket in at_work[::2]:
        wish = Wish(ticket=ticket, command=CaseCommand(action=CaseAction.ASSIGN, assignee=liaison), who=head)
        await act_on_case(book, service.regency, wish, service.clock(), service.effect_runner.chance)
    await book.flush()


def _is_at_work(case: Case, agency: str | None) -> bool:
    return case.agency == agency and case.status is Status.IN_PROGRESS
