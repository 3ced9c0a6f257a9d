"""Makes the guests of a demo: an account of every role, with a password that the sign-in page's button knows."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import func, select

from actions.people.handlers import add_person, change_password
from actions.people.people import OF_ONE_AGENCY, OFFICER_ROLES
from actions.people.secrets import Passwords
from actions.regency.agencies import own_agencies
from actions.store.engine.tables import cases
from actions.store.people.people import SqlPeople
from bot.main.assembly import Service
from bot.web.shared.guests import Guest, write_guests

WHO: Final = "demo"


async def add_guests(service: Service) -> None:
    """Make a guest of each role, those of one agency at the one with most cases, and have the pages know of them."""
    passwords = Passwords()
    guests = [Guest(f"tamu-{role}".replace("_", "-"), secrets.token_urlsafe(16), role) for role in OFFICER_ROLES]
    kept = {guest.name: await passwords.hashed(guest.password) for guest in guests}
    own = own_agencies(service.regency.agencies)
    async with service.database.writing() as connection:
        people, now = SqlPeople(connection), service.clock()
        counted = select(cases.c.agency).where(cases.c.agency.in_(own))
        busiest = counted.group_by(cases.c.agency).order_by(func.count().desc(), cases.c.agency).limit(1)
        agency = (await connection.execute(busiest)).scalar_one()
        for guest in guests:
            its_agency = agency if guest.role in OF_ONE_AGENCY else None
            person = await add_person(people, guest.name, {guest.role}, its_agency, own, now, WHO)
            await change_password(people, person, kept[guest.name], now, WHO)
    write_guests(service.settings.data_dir, guests)
