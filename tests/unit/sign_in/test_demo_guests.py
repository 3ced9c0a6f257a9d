"""A demo: guests of every role sign in by a button, every page says that it is one, and nobody else is let in."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from actions.cases.case import Status
from actions.people.people import OFFICER_ROLES
from actions.people.roles import Role
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.queue import Pile, listed
from actions.store.people.people import SqlPeople
from bot.cli.demo_open import DemoAnnouncement, settings_of_demo
from bot.configuration.settings import Settings
from bot.main.assembly import DEFAULTS
from bot.main.installed_channels import installed_channels
from bot.ops.demo.filling import Demo
from bot.ops.demo.guests import add_guests, agency_of_guests
from bot.ops.demo.scenes import read_stories
from bot.web.account.words import ROLES
from bot.web.shared.guests import Guest, read_guests, write_guests
from tests.unit.people.officers import PASSWORD
from tests.unit.service.test_service_rules import move_three
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse, signs_in

GUEST = Guest("tamu-verifier", PASSWORD, Role.VERIFIER)
FORM = re.compile(r'<form action="/sign-in" method="post" class="guest">(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')
BANNER = "Ini contoh untuk dicoba"


@pytest.mark.manual("operator-try")
async def test_a_guest_signs_in_by_her_button(tmp_path: Path, database_file: Path) -> None:
    gate = await a_gatehouse(tmp_path, database_file, guests=[GUEST])
    await gate.hires(GUEST.name, GUEST.role)
    browser = gate.browser()
    page = (await browser.get("/sign-in")).text
    [form] = FORM.findall(page)
    assert "Masuk sebagai verifikator" in form
    answer = await browser.post("/sign-in", data=dict(HIDDEN.findall(form)))
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    pages = [page, *[(await browser.get(path)).text for path in ("/", "/desk")]]
    assert [BANNER in one for one in pages] == [True, True, True]
    await gate.house.closes()


async def test_where_it_is_no_demo_there_is_no_button_and_no_banner(gate: Gatehouse) -> None:
    pages = [(await gate.browser().get(path)).text for path in ("/", "/sign-in")]
    assert [(FORM.findall(page), "banner" in page) for page in pages] == [([], False), ([], False)]


def test_guests_count_on_loopback_alone(tmp_path: Path) -> None:
    assert read_guests(tmp_path, "127.0.0.1") == ()
    write_guests(tmp_path, [GUEST])
    assert (tmp_path / "guests.json").stat().st_mode & 0o777 == 0o600
    found = {
        host: tuple(read_guests(tmp_path, host)) for host in ("127.0.0.1", "::1", "localhost", "192.0.2.7", "x.id")
    }
    assert found == {"127.0.0.1": (GUEST,), "::1": (GUEST,), "localhost": (GUEST,), "192.0.2.7": (), "x.id": ()}


def test_a_demo_takes_nothing_from_a_real_installation_but_its_port(tmp_path: Path) -> None:
    channels = installed_channels().settings
    in_force = Settings(http_port=8123, database_url="postgresql://clerk@localhost/cases", secret_key="a key")
    given = settings_of_demo(in_force, channels, tmp_path)
    assert {name: value for name, value in given.items() if value} == {
        "LAPOR_HTTP_PORT": "8123",
        "LAPOR_HTTP_HOST": "127.0.0.1",
        "LAPOR_LOG": "info",
        "LAPOR_DATA_DIR": str(tmp_path / "var"),
        "LAPOR_CONFIG_DIR": str(tmp_path / "data"),
    }
    assert {"LAPOR_TELEGRAM_TOKEN", "LAPOR_SMS_SECRET", "LAPOR_DATABASE_URL", "LAPOR_SECRET_KEY"} <= given.keys()


def test_whoever_starts_a_demo_is_not_sent_after_a_token_that_it_does_not_read() -> None:
    said = list[str]()
    advice = "There is no Telegram token yet"
    DemoAnnouncement(said.append).begin("http://127.0.0.1:8123", "Kabupaten Contoh", [advice])
    assert said[:2] == ["lapor serves Kabupaten Contoh.", "Chat: http://127.0.0.1:8123/"]
    assert advice not in said


@pytest.mark.manual("operator-try")
async def test_there_is_a_guest_of_every_role(gate: Gatehouse, tmp_path: Path) -> None:
    await move_three(Path(str(gate.database.file)))
    service = gate.house.service
    settings = service.settings.model_copy(update={"data_dir": tmp_path})
    await add_guests(replace(service, settings=settings))
    guests = read_guests(tmp_path, "127.0.0.1")
    async with gate.database.reading() as connection:
        people = [await SqlPeople(connection).by_name(guest.name) for guest in guests]
    assert [person.roles for person in people if person] == [*({role} for role in OFFICER_ROLES), {Role.AGENCY_ADMIN}]
    assert [(guest.name, guest.is_holder) for guest in guests][-1] == ("tamu-inspektorat", True)
    assert ROLES.keys() == set(OFFICER_ROLES)


@pytest.mark.thorough
@pytest.mark.manual("operator-try")
async def test_the_guest_of_the_inspectorate_opens_the_secret_reports_that_no_verifier_does(
    gate: Gatehouse, tmp_path: Path
) -> None:
    service, now = gate.house.service, gate.now()
    await Demo(service, read_stories(DEFAULTS / "demo.toml"), now).play(60)
    settings = service.settings.model_copy(update={"data_dir": tmp_path})
    await add_guests(replace(service, settings=settings))
    guests = {guest.name: guest for guest in read_guests(tmp_path, "127.0.0.1")}
    async with gate.database.reading() as connection:
        held = [one for one in await SqlCaseBook(connection).latest(None) if one.agency == "inspektorat"]
    assert held
    seen = {}
    for name in ("tamu-inspektorat", "tamu-verifier"):
        browser = gate.browser()
        assert (await signs_in(browser, name, guests[name].password)).status_code == 303
        seen[name] = {(await browser.get(f"/desk/cases/{one.ticket}")).status_code for one in held}
    assert seen == {"tamu-inspektorat": {200}, "tamu-verifier": {404}}


@pytest.mark.manual("operator-try")
async def test_each_button_says_whose_it_is(tmp_path: Path, database_file: Path) -> None:
    guests = [
        GUEST,
        Guest("tamu-agency-admin", PASSWORD, Role.AGENCY_ADMIN),
        Guest("tamu-liaison", PASSWORD, Role.LIAISON),
        Guest("tamu-inspektorat", PASSWORD, Role.AGENCY_ADMIN, is_holder=True),
    ]
    gate = await a_gatehouse(tmp_path, database_file, guests=guests)
    buttons = FORM.findall((await gate.browser().get("/sign-in")).text)
    names = ("verifikator", "admin instansi", "pejabat penghubung", "inspektorat, pemegang laporan rahasia")
    shown = zip(names, buttons, strict=True)
    assert [name for name, button in shown if f"Masuk sebagai {name}" not in button] == []
    await gate.house.closes()


@pytest.mark.thorough
@pytest.mark.manual("operator-try")
async def test_the_guests_of_an_agency_find_everything_that_they_can_do(gate: Gatehouse, tmp_path: Path) -> None:
    service, now = gate.house.service, gate.now()
    await Demo(service, read_stories(DEFAULTS / "demo.toml"), now).play(1)
    settings = service.settings.model_copy(update={"data_dir": tmp_path})
    await add_guests(replace(service, settings=settings))
    agency, today = agency_of_guests(service.regency), service.regency.calendar.day(now)
    async with gate.database.reading() as connection:
        liaison = await SqlPeople(connection).by_name("tamu-liaison")
        assert liaison
        theirs = [one for one in await SqlCaseBook(connection).latest(None) if one.agency == agency]
        mine = await listed(
            connection, Pile(frozenset({Status.IN_PROGRESS}), persons=frozenset({str(liaison.id)})), None, 9
        )
    waiting = {Status.FORWARDED, Status.IN_PROGRESS, Status.ANSWERED, Status.NEEDS_INFO}
    assert waiting <= {one.status for one in theirs}
    late = {one.status for one in theirs if one.due_on and one.due_on < today}
    assert {Status.FORWARDED, Status.IN_PROGRESS} <= late
    assert {one.case.agency for one in mine} == {agency}
