"""Who signs in through an identity provider: which account there is which person here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.handlers import PersonChange
from actions.people.people import LONGEST_NAME, Person, PersonRefused, clean_name
from actions.people.provider_groups import Granted
from actions.store.engine.tables import Moment, RowId, metadata
from actions.store.people.people import SqlPeople

people_identities = Table(
    "people_identities",
    metadata,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("person", RowId, ForeignKey("people.id"), nullable=False, unique=True),
    Column("since", Moment, nullable=False),
)
"""An account of a provider by what OpenID Connect calls it: never by a name or address, which may be changed."""

MOST_NAMESAKES = 50
PROVIDER = "provider"
"""Who changes a person here as the provider has it."""


async def person_of_identity(connection: AsyncConnection, issuer: str, subject: str) -> Person | None:
    """The person of this account; None where nobody has signed in with it."""
    query = select(people_identities.c.person).where(
        people_identities.c.issuer == issuer, people_identities.c.subject == subject
    )
    number = (await connection.execute(query)).scalar_one_or_none()
    return None if number is None else await SqlPeople(connection).by_id(number)


async def add_person_of_identity(
    connection: AsyncConnection, issuer: str, subject: str, name: str, grant: Granted, at: datetime
) -> Person:
    """Make the person of this account. A name that somebody here has already is no reason to be that person.

    Raises:
        PersonRefused: the name cannot be, or too many have it.
    """
    book, clean = SqlPeople(connection), clean_name(name[: LONGEST_NAME - 5])
    for number in range(1, MOST_NAMESAKES):
        called = clean if number == 1 else f"{clean} {number}"
        if person := await book.add(called, grant.roles, grant.agency, at):
            row = {"issuer": issuer, "subject": subject, "person": person.id, "since": at}
            await connection.execute(insert(people_identities), [row])
            await book.note(person.id, PersonChange.ADDED, PROVIDER, at, _described(grant))
            return person
    raise PersonRefused("too many people have this name")


async def bring_up_to_date(connection: AsyncConnection, person: Person, grant: Granted, at: datetime) -> Person | None:
    """Give a person the roles and agency that the groups give now; who has none left is signed out everywhere."""
    book = SqlPeople(connection)
    if (person.roles, person.agency) != (grant.roles, grant.agency):
        await book.set_place(person.id, grant.roles, grant.agency)
        await book.note(person.id, PersonChange.CHANGED, PROVIDER, at, _described(grant))
    if not grant.roles:
        await book.end_sessions(person.id)
    return await book.by_id(person.id)


def _described(grant: Granted) -> str:
    return ", ".join(sorted(grant.roles)) + (f" ({grant.agency})" if grant.agency else "")
