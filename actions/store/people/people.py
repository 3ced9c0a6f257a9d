"""People who sign in, in the database: `PeopleBook` over one connection."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Row,
    String,
    Table,
    Text,
    delete,
    false,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.handlers import PersonChange
from actions.people.people import Person, name_key
from actions.people.roles import Role
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, RowId, metadata
from actions.store.people.mail_tables import is_usable, people_mail

people_sessions = Table(
    "people_sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", RowId, ForeignKey("people.id"), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("is_mfa", Boolean, nullable=False, server_default=false()),
)
"""`is_mfa`: an identity provider said that two factors were shown there."""
Index("people_sessions_of_person", people_sessions.c.person)
Index("people_sessions_end", people_sessions.c.ends_at)


people = Table(
    "people",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("name", String(80), nullable=False),
    Column("name_key", String(240), nullable=False, unique=True),
    Column("agency", String(48)),
    Column("is_active", Boolean, nullable=False),
    Column("password_hash", String(255)),
    Column("telegram", String(64), unique=True),
    Column("code_digest", String(64), unique=True),
    Column("code_until", Moment),
    Column("created_at", Moment, nullable=False),
)

people_roles = Table(
    "people_roles",
    metadata,
    Column("person", RowId, ForeignKey("people.id"), primary_key=True),
    Column("role", String(16), primary_key=True),
)

people_events = Table(
    "people_events",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("person", RowId, ForeignKey("people.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("who", String(120), nullable=False),
    Column("what", String(32), nullable=False),
    Column("detail", Text, nullable=False),
)
Index("people_events_of_person", people_events.c.person, people_events.c.id)


type _PersonRow = tuple[int, str, str | None, bool, str | None, str | None]
_PERSON = select(
    people.c.id, people.c.name, people.c.agency, people.c.is_active, people.c.telegram, people_mail.c.address
).select_from(people.outerjoin(people_mail, (people_mail.c.person == people.c.id) & is_usable))


@dataclass(frozen=True, slots=True)
class PersonEvent:
    """A recorded change of a person's account."""

    at: datetime
    who: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class SqlPeople:
    """`PeopleBook` within the transaction of this connection."""

    connection: AsyncConnection

    async def add(self, name: str, roles: Collection[Role], agency: str | None, at: datetime) -> Person | None:
        """Implements the method of `PeopleBook`."""
        row = {"name": name, "name_key": name_key(name), "agency": agency, "is_active": True, "created_at": at}
        new = insert_into(self.connection, people).values(row).on_conflict_do_nothing(index_elements=["name_key"])
        number = (await self.connection.execute(new.returning(people.c.id))).scalar_one_or_none()
        if number is None:
            return None
        await self.connection.execute(
            insert(people_roles), [{"person": number, "role": role.value} for role in sorted(set(roles))]
        )
        return Person(number, name, frozenset(roles), agency)

    async def by_name(self, name: str) -> Person | None:
        """Implements the method of `PeopleBook`."""
        return await self._one(people.c.name_key == name_key(name))

    async def by_id(self, person: int) -> Person | None:
        """Returns the person with this number, or None."""
        return await self._one(people.c.id == person)

    async def by_code(self, digest: str, now: datetime) -> Person | None:
        """Implements the method of `PeopleBook`; locks the row, so that nobody else uses the code meanwhile."""
        found = select(people.c.id).where(people.c.code_digest == digest, people.c.code_until > now).with_for_update()
        number = (await self.connection.execute(found)).scalar_one_or_none()
        return None if number is None else await self.by_id(number)

    async def by_telegram(self, account: str) -> Person | None:
        """Implements the method of `PeopleBook`."""
        return await self._one(people.c.telegram == account)

    async def password_of(self, person: int) -> str | None:
        """What is kept of a person's password; None where there is none."""
        kept = select(people.c.password_hash).where(people.c.id == person)
        return (await self.connection.execute(kept)).scalar_one_or_none()

    async def password_by_name(self, name: str) -> tuple[int, str] | None:
        """The number and the kept password of the active person of this name; for any name it is one query."""
        query = select(people.c.id, people.c.password_hash).where(
            people.c.name_key == name_key(name), people.c.is_active, people.c.password_hash.is_not(None)
        )
        row = (await self.connection.execute(query)).one_or_none()
        return (row.id, row.password_hash) if row else None

    async def everybody(self) -> list[Person]:
        """All people, by name."""
        return await self.those(true())

    async def those(self, condition: ColumnElement[bool]) -> list[Person]:
        """The people of whom this holds, by name."""
        rows = (await self.connection.execute(_PERSON.where(condition).order_by(people.c.name_key))).all()
        return await self._with_roles(rows) if rows else []

    async def events(self, person: int) -> list[PersonEvent]:
        """Returns the recorded changes of a person's account, the oldest first."""
        lines = people_events
        query = select(lines.c.at, lines.c.who, lines.c.what, lines.c.detail).where(lines.c.person == person)
        return [PersonEvent(*row) for row in await self.connection.execute(query.order_by(lines.c.id))]

    async def set_password(self, person: int, kept: str) -> None:
        """Implements the method of `PeopleBook`."""
        await self._set(person, password_hash=kept)

    async def set_code(self, person: int, digest: str, until: datetime) -> None:
        """Implements the method of `PeopleBook`."""
        await self._set(person, code_digest=digest, code_until=until)

    async def drop_code(self, person: int) -> None:
        """Implements the method of `PeopleBook`."""
        await self._set(person, code_digest=None, code_until=None)

    async def set_telegram(self, person: int, account: str) -> None:
        """Implements the method of `PeopleBook`."""
        await self._set(person, telegram=account)

    async def set_active(self, person: int, *, active: bool) -> None:
        """Implements the method of `PeopleBook`."""
        await self._set(person, is_active=active)

    async def end_sessions(self, person: int) -> None:
        """Implements the method of `PeopleBook`."""
        await self.connection.execute(delete(people_sessions).where(people_sessions.c.person == person))

    async def rename(self, person: int, name: str) -> bool:
        """Implements the method of `PeopleBook`."""
        other = select(people.c.id).where(people.c.name_key == name_key(name), people.c.id != person)
        if (await self.connection.execute(other)).first():
            return False
        await self._set(person, name=name, name_key=name_key(name))
        return True

    async def set_place(self, person: int, roles: Collection[Role], agency: str | None) -> None:
        """Implements the method of `PeopleBook`."""
        await self._set(person, agency=agency)
        await self.connection.execute(delete(people_roles).where(people_roles.c.person == person))
        rows = [{"person": person, "role": role.value} for role in sorted(set(roles))]
        if rows:
            await self.connection.execute(insert(people_roles), rows)

    async def note(self, person: int, what: PersonChange, who: str, at: datetime, detail: str = "") -> None:
        """Implements the method of `PeopleBook`."""
        row = {"person": person, "what": what.value, "who": who, "at": at, "detail": detail}
        await self.connection.execute(insert(people_events), [row])

    async def _set(self, person: int, **values: object) -> None:
        await self.connection.execute(update(people).where(people.c.id == person).values(**values))

    async def _one(self, condition: ColumnElement[bool]) -> Person | None:
        rows = (await self.connection.execute(_PERSON.where(condition))).all()
        return next(iter(await self._with_roles(rows)), None)

    async def _with_roles(self, rows: Sequence[Row[*_PersonRow]]) -> list[Person]:
        wanted = select(people_roles).where(people_roles.c.person.in_([row.id for row in rows]))
        roles: dict[int, set[Role]] = {row.id: set() for row in rows}
        for person, role in await self.connection.execute(wanted):
            roles[person].add(Role(role))
        return [
            Person(row.id, row.name, frozenset(roles[row.id]), row.agency, row.is_active, row.telegram, row.address)
            for row in rows
        ]


async def is_anybody(connection: AsyncConnection, role: Role) -> bool:
    """Whether somebody works here in this role."""
    held = people_roles.join(people, people.c.id == people_roles.c.person)
    query = select(people.c.id).select_from(held).where(people_roles.c.role == role.value, people.c.is_active)
    return (await connection.execute(query.limit(1))).first() is not None
