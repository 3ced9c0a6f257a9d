"""What the service's own role may do on a PostgreSQL server: work with rows, and never with tables.

Another role owns the tables and changes the schema. Of what a case proves the service's role can take nothing back:
it adds events and roots, and neither changes nor deletes one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import text

from actions.store.engine.database import Database

ROWS: Final = "SELECT, INSERT, UPDATE, DELETE"
"""On every table that is not named below."""
LESS: Final[Mapping[str, str]] = {
    "alembic_version": "SELECT",
    "case_events": "SELECT, INSERT",
    "case_roots": "SELECT, INSERT",
    "case_links": "SELECT, INSERT, UPDATE (day)",
    "case_erasures": "SELECT, INSERT, UPDATE",
    "cases": "SELECT, INSERT, UPDATE",
    "installation": "SELECT, INSERT, UPDATE",
}
"""By table. Forgetting someone on demand deletes her words, files and chats, and renames her in `cases`; no event."""
OWNED: Final = """DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER TABLE public.%I OWNER TO %I', found.name, '{owner}');
    END LOOP;
END $$;"""
MADE: Final = """DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
        EXECUTE format('CREATE ROLE %I LOGIN', '{role}');
    END IF;
END $$;"""


class WrongRole(ValueError):
    """A role cannot be called so."""


def grants(service: str) -> Sequence[str]:
    """What whoever owns the tables gives the service's role; the same again changes nothing.

    Raises:
        WrongRole: this is no name that a role is written with.
    """
    role = _quoted(service)
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"GRANT {ROWS} ON ALL TABLES IN SCHEMA public TO {role}",
        *(
            statement
            for table, rights in LESS.items()
            for statement in (f"REVOKE ALL ON {table} FROM {role}", f"GRANT {rights} ON {table} TO {role}")
        ),
    ]


def script(owner: str, service: str) -> str:
    """SQL that makes both roles, for a superuser who is connected to the service's database; it may be run again.

    Raises:
        WrongRole: one of these is no name that a role is written with, or both are the same.
    """
    if owner == service:
        raise WrongRole(f"the role that owns the tables must be another than the service's, which is {service}")
    own = _quoted(owner)
    statements = [
        MADE.format(role=owner),
        MADE.format(role=service),
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {own};",
        f"REVOKE CREATE ON SCHEMA public FROM {_quoted(service)};",
        OWNED.format(owner=owner),
    ]
    return "\n".join([*statements, *(f"{statement};" for statement in grants(service))]) + "\n"


async def give_rights(database: Database, service: str) -> None:
    """As the owner of the tables: the service's role may work with their rows, with new tables' as well."""
    async with database.writing() as connection:
        for statement in grants(service):
            await connection.execute(text(statement))


def _quoted(role: str) -> str:
    if not role.isidentifier() or not role.isascii():
        raise WrongRole(f"{role!r} is no name for a role; letters, digits and _ are")
    return f'"{role}"'
