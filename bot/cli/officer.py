"""`lapor officer`: people who sign in to work with the service."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import segno
import typer
from rich.table import Table

from actions.people.handlers import (
    PersonChange,
    add_person,
    change_password,
    disable_person,
    enable_person,
    give_code,
    known_person,
)
from actions.people.people import OF_ONE_AGENCY, OFFICER_ROLES, Person, PersonRefused, check_roles, clean_name
from actions.people.roles import Role
from actions.people.secrets import Passwords, WeakPassword, check_password, draw_code
from actions.people.sign_in import Seals, address_of, draw_secret
from actions.store.engine import schema
from actions.store.people.mail import KeptAddress, kept_addresses
from actions.store.people.people import SqlPeople
from actions.store.people.sign_in import drop_totp, keep_totp
from bot.cli.officer_groups import group, groups, ungroup
from bot.cli.output import console, print_json
from bot.cli.serving import terminal_user
from bot.configuration.secret_key import secret_key
from bot.configuration.settings import read_settings
from bot.main.assembly import Service, assemble
from bot.main.failures import CommandFailed
from bot.officers.mails import send_mail_code

officer = typer.Typer(help="People who work with the service: officers, trainers, admins.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The person's name, as it is typed to sign in.")]
Roles = Annotated[list[str], typer.Option("--role", help=f"One of {', '.join(OFFICER_ROLES)}; may be given again.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from the first line of stdin.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@officer.command()
def add(
    name: Name,
    role: Roles,
    agency: Annotated[str | None, typer.Option(help="The code of the person's agency in agencies.csv.")] = None,
    password_stdin: FromStdin = False,  # noqa: FBT002 - an option of the command line
    mail: Annotated[str | None, typer.Option(help="Where the person is told who has no Telegram.")] = None,
) -> None:
    """Add a person; without a password print a one-time code that ties them to a Telegram account."""
    roles = _roles(role, agency)
    password = _password() if password_stdin else None
    code = asyncio.run(_add(name, roles, agency, password, mail))
    console.print(f"{name} is added as {', '.join(sorted(roles))}.", markup=False)
    if mail:
        _show_mail(mail)
    if code:
        _show_code(code)


@officer.command("list")
def list_people(as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """List everybody, by name."""
    people = asyncio.run(_everybody())
    if as_json:
        print_json(people)
        return
    table = Table("name", "roles", "agency", "active", "password", "telegram", "mail", box=None)
    for person in people:
        table.add_row(*(_cell(value) for value in person.values()))
    console.print(table)


@officer.command()
def disable(name: Name) -> None:
    """Let a person do nothing any more, at once and everywhere."""
    asyncio.run(_disable(name))
    console.print(f"{name} is disabled and signed out everywhere.", markup=False)


@officer.command()
def enable(name: Name) -> None:
    """Let a disabled person work again."""
    asyncio.run(_enable(name))
    console.print(f"{name} is enabled.", markup=False)


@officer.command()
def password(
    name: Name,
    password_stdin: FromStdin = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Give a person a new password; whoever is signed in with the former one is signed out."""
    if not password_stdin:
        raise typer.BadParameter("a password is read from stdin, never from the command line: add --password-stdin")
    asyncio.run(_change_password(name, _password()))
    console.print(f"{name} has a new password and is signed out everywhere.", markup=False)


@officer.command()
def code(name: Name) -> None:
    """Print a new one-time code that ties a person to a Telegram account; the one before holds no more."""
    _show_code(asyncio.run(_give_code(name)))


@officer.command()
def mail(name: Name, address: Annotated[str, typer.Argument(help="An e-mail address.")]) -> None:
    """Give a person an e-mail address, and send a code to it that confirms it at the desk."""
    asyncio.run(_give_mail(name, address))
    _show_mail(address)


@officer.command()
def totp(
    name: Name,
    off: Annotated[bool, typer.Option("--off", help="Ask for no codes any more, as after a lost phone.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Have a person sign in with one-time codes from now on: print what an app scans, once; or turn them off."""
    secret, service = asyncio.run(_turn_codes(name, off=off))
    if not secret:
        console.print(f"{name} signs in without one-time codes.", markup=False)
        return
    address = address_of(secret, clean_name(name), f"LAPOR {service}")
    segno.make_qr(address).terminal(compact=True)
    console.print(f"{name} is asked for a code of this from now on: {address}", markup=False, soft_wrap=True)


for about_groups in (group, groups, ungroup):
    officer.command()(about_groups)


async def _add(
    name: str, roles: frozenset[Role], agency: str | None, password: str | None, mail: str | None
) -> str | None:
    async with _service() as service:
        clean = clean_name(name)
        check_roles(roles, agency, service.regency.agencies)
        kept = await _hashed(password, clean) if password is not None else None
        async with service.database.writing() as connection:
            book, now = SqlPeople(connection), service.clock()
            person = await add_person(book, clean, roles, agency, service.regency.agencies, now, terminal_user())
            if mail is not None:
                await send_mail_code(service.officers_service, connection, person, mail, now, terminal_user())
            if kept is not None:
                await change_password(book, person, kept, now, terminal_user())
                return None
            drawn = draw_code(secrets.randbelow)
            await give_code(book, person, drawn, now, terminal_user())
            return drawn


async def _everybody() -> list[dict[str, object]]:
    async with _service() as service, service.database.reading() as connection:
        book, mail = SqlPeople(connection), await kept_addresses(connection)
        return [
            _document(person, await book.password_of(person.id), mail.get(person.id))
            for person in await book.everybody()
        ]


async def _disable(name: str) -> None:
    async with _service() as service, service.database.writing() as connection:
        book = SqlPeople(connection)
        await disable_person(book, await known_person(book, name), service.clock(), terminal_user())


async def _enable(name: str) -> None:
    async with _service() as service, service.database.writing() as connection:
        book = SqlPeople(connection)
        await enable_person(book, await known_person(book, name), service.clock(), terminal_user())


async def _change_password(name: str, password: str) -> None:
    async with _service() as service:
        kept = await _hashed(password, clean_name(name))
        async with service.database.writing() as connection:
            book = SqlPeople(connection)
            await change_password(book, await known_person(book, name), kept, service.clock(), terminal_user())


async def _give_code(name: str) -> str:
    async with _service() as service, service.database.writing() as connection:
        book, drawn = SqlPeople(connection), draw_code(secrets.randbelow)
        await give_code(book, await known_person(book, name), drawn, service.clock(), terminal_user())
        return drawn


async def _give_mail(name: str, address: str) -> None:
    async with _service() as service, service.database.writing() as connection:
        person, now = await known_person(SqlPeople(connection), name), service.clock()
        await send_mail_code(service.officers_service, connection, person, address, now, terminal_user())


async def _turn_codes(name: str, *, off: bool) -> tuple[str, str]:
    """The new secret, "" for none, and what the service is called."""
    async with _service() as service, service.database.writing() as connection:
        book = SqlPeople(connection)
        person, now = await known_person(book, name), service.clock()
        secret = "" if off else draw_secret(secrets.token_bytes)
        if off:
            await drop_totp(connection, person.id)
        else:
            key = service.settings.secret_key
            seals = Seals(secret_key(key.get_secret_value() if key else None, service.settings.data_dir))
            await keep_totp(connection, person.id, seals.sealed(secret), now, is_on=True)
        await book.note(person.id, PersonChange.TOTP_OFF if off else PersonChange.TOTP_ON, terminal_user(), now)
        return secret, service.regency.name


async def _hashed(password: str, name: str) -> str:
    check_password(password, name)
    return await Passwords().hashed(password)


def _document(person: Person, kept: str | None, mail: KeptAddress | None) -> dict[str, object]:
    return {
        "name": person.name,
        "roles": sorted(person.roles),
        "agency": person.agency,
        "active": person.is_active,
        "password": kept is not None,
        "telegram": person.telegram is not None,
        "mail": mail.state.value if mail else None,
    }


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)


def _roles(words: list[str], agency: str | None) -> frozenset[Role]:
    """What was asked for; words that mean no role are wrong words, and so is a role whose agency is missing."""
    if strange := [word for word in words if word not in OFFICER_ROLES]:
        raise typer.BadParameter(f"{strange[0]} is no role; roles are {', '.join(OFFICER_ROLES)}")
    roles = frozenset(Role(word) for word in words)
    if agency is None and (lost := sorted(OF_ONE_AGENCY & roles)):
        raise typer.BadParameter(f"{lost[0]} is a role in one agency; name it with --agency CODE")
    return roles


def _password() -> str:
    """The first line of stdin, without its end."""
    line = sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    if not line:
        raise CommandFailed("there is no password on stdin; give it as one line")
    return line


def _show_mail(address: str) -> None:
    console.print(f"A code is sent to {address}; whoever it belongs to types it at the desk, under Akun.", markup=False)


def _show_code(code: str) -> None:
    console.print(f"One-time code, for 24 hours: {code}", markup=False)
    console.print(f"In a private chat with the bot this person sends /masuk {code}", markup=False)


@asynccontextmanager
async def _service() -> AsyncIterator[Service]:
    service = assemble(read_settings())
    try:
        await service.database.check()
        await schema.upgrade(service.database)
        yield service
    except (PersonRefused, WeakPassword) as refused:
        raise CommandFailed(str(refused)) from None
    finally:
        await service.database.close()
