"""Citizens whose every word is marked, their cases, one that accuses an agency, and everybody else who comes near."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar
from typer.testing import CliRunner

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.event_words import Enclosure
from actions.cases.officer_handlers import Wish, act_on_case
from actions.people.roles import REPORTER, Actor, Role
from actions.store.cases.casebook import SqlCaseBook
from actions.store.integrations.webhooks import add_hook
from actions.store.messages.groups import SqlGroups
from actions.store.people.people import SqlPeople
from bot.cli.main import lapor as commands
from bot.configuration.settings import Settings
from bot.integrations.webhooks.payload import hook_secret, told_secret
from bot.main.assembly import Service as Parts
from bot.main.assembly import assemble
from bot.officers.digest import Digests
from bot.services.publication.sweep import PublicationSweep
from tests.fakes.mail_server import a_mail_server
from tests.fakes.own_provider import OwnProvider, an_own_provider
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import FakeChat
from tests.fakes.telegram_people import Citizen
from tests.integration.faults.house import House, a_house, hears, sends_it, tells
from tests.integration.hooks.agency_system import AgencySystem, agency_system
from tests.integration.operations.marked_doors import ACCUSED_MAILED, reads_mail, settings_of, signs_in_there
from tests.integration.operations.marks import LAT, LON, OFFICERS_PASSWORD, SECRETS, pin_mark
from tests.integration.operations.pages import routes
from tests.integration.operations.spoilt import Spoilt
from tests.integration.process.surroundings import environment, until

AGENCY = "dpupr"
HOLE = "aspal berlubang dalam di jl provinsi km 5 kelurahan waru"
PAYMENT = "petugas dinas perhubungan minta uang pelicin 50 ribu di terminal penajam kemarin"
ACCUSED, IN_TRUST = "dishub", "inspektorat"
ENDLESS = {"/chat/stream"}
AT_THE_DESK: Mapping[str, tuple[str, ...]] = {
    "liaison": ("--role", "liaison", "--agency", AGENCY),
    "elsewhere": ("--role", "agency_admin", "--agency", ACCUSED),
    "holder": ("--role", "liaison", "--agency", IN_TRUST),
    "auditor": ("--role", "auditor"),
    "moderator": ("--role", "moderator"),
    "admin": ("--role", "admin"),
}
"""People who sign in at the desk, and as what they were added."""
PROVIDERS = "of another agency, signed in by a provider"
FILTER = "penandapilihan"
"""How an officer calls a part of her list; nobody else reads it."""
ANSWERED = "penandajawaban"
"""What officers write to a reporter; nobody else reads it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A reporter and what of hers is like nothing else. Her pin is near the others', its decimals are her own."""

    name: str
    words: str
    photo: str
    lat: float
    lon: float
    is_named: bool = False
    is_secret: bool = False
    matter: str = HOLE

    @property
    def story(self) -> str:
        """What she tells."""
        return f"{self.matter}, {self.words} hampir jatuh"

    @property
    def said(self) -> Mapping[str, str]:
        """Marks in what she wrote."""
        return {f"words of {self.name}": self.words, f"words below the photo of {self.name}": self.photo}

    @property
    def told(self) -> Mapping[str, str]:
        """Marks in where she put her pin."""
        return {f"lat of {self.name}": pin_mark(self.lat), f"lon of {self.name}": pin_mark(self.lon)}


RATNA = Marked("Penandaratna", "zamrudratna", "kuningratna", LAT, LON, is_named=True)
SARI = Marked("Penandasari", "zamrudsari", "kuningsari", -1.2892847, 116.5126138)
WATI = Marked("Penandawati", "zamrudwati", "kuningwati", -1.2893428, 116.5125234, is_secret=True)
MARKED = (RATNA, SARI, WATI)
YANTI = Marked("Penandayanti", "zamrudyanti", "kuningyanti", -1.2894563, 116.5124879, is_secret=True, matter=PAYMENT)
"""She accuses the agency of whom others sign in elsewhere, have a group and read mail."""
EVERYBODY = (*MARKED, YANTI)


@dataclass(slots=True)
class Walked:
    """What everybody could read, when all was done.

    Attributes:
        tickets, chats: of each reporter, by her name.
        messages: what each chat of Telegram holds, everything that was ever edited too; by the name of who reads it.
        pages: what each address answered, by who asked for it.
        printed: what each command printed.
        files: under which names photos are kept.
    """

    folder: Path
    tickets: dict[str, str] = field(default_factory=dict)
    chats: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


async def walk(folder: Path) -> Walked:
    """Everything that can happen to three cases, and everything that can then be read."""
    walked = Walked(folder)
    settings = {"metrics_token": SECRETS["metrics_token"], "log": "debug", "hook_networks": "127.0.0.0/8"}
    async with (
        FakeTelegram() as telegram,
        agency_system() as system,
        a_mail_server() as mail,
        an_own_provider() as provider,
        a_house(folder, telegram, **settings, **settings_of(mail, provider)) as house,
    ):
        with_officers = await _officers(house, telegram)
        await _is_told(house, system)
        async with _parts(house) as parts:
            await reads_mail(parts, "liaison")
            await reads_mail(parts, "elsewhere", ACCUSED_MAILED)
        for marked in EVERYBODY:
            citizen = telegram.citizen(marked.name)
            walked.chats[marked.name] = str(citizen.id)
            walked.tickets[marked.name] = await _reports(house, citizen, marked)
        tono = await _supports(telegram, walked.tickets[RATNA.name])
        await _handled(house, walked)
        await _ends(house, walked)
        await _saves_filter(house)
        await Spoilt(house.service.database).comes_to_rest()
        await until(lambda: house.rows("SELECT 1 FROM samples WHERE ticket <> ''"), "trainers have something to read")
        await until(lambda: not house.rows("SELECT 1 FROM webhook_deliveries"), "the agency's own system is told")
        walked.messages["system"] = json.dumps(system.messages, ensure_ascii=False)
        people = {**with_officers, "tono": tono.private}
        walked.messages |= {name: _all_of(chat) for name, chat in people.items()}
        walked.messages["mail"] = "\n".join(f"{one.as_string()}\n{one.get_content()}" for one in mail.mails())
        walked.files = [str(name) for (name,) in house.rows("SELECT name FROM files")]
        everybody = ("stranger", "trainer", *AT_THE_DESK, PROVIDERS)
        walked.pages = {name: await _pages(house, walked, name, provider) for name in everybody}
        walked.printed = await _commands(house, walked)
    return walked


def _all_of(chat: FakeChat) -> str:
    """Whatever the bot has ever sent there."""
    labels = [" ".join(shown.labels) for shown in chat.meaning]
    return "\n".join([*(shown.text for shown in chat.meaning), *labels, *(repr(one) for one in chat.messages.values())])


# Officers --------------------------------------------------------------------------------------------------------


async def _officers(house: House, telegram: FakeTelegram) -> dict[str, FakeChat]:
    """Groups of two agencies, and who has her cards in private: a verifier, who is accused, and who holds that."""
    groups = {AGENCY: telegram.group("Bina Marga"), ACCUSED: telegram.group("Perhubungan")}
    private = {name: telegram.citizen(name) for name in ("verifier", "accused", "holder")}
    for group in groups.values():
        await private["verifier"].adds_bot(group)
    for person in private.values():
        await person.says("/start")
        await hears(person)
    for name, words in {"trainer": ("--role", "trainer"), **AT_THE_DESK}.items():
        await _command(house, "officer", "add", name, *words, "--password-stdin", told=OFFICERS_PASSWORD)
    async with _parts(house) as parts, parts.database.writing() as connection:
        people, now = SqlPeople(connection), parts.clock()
        added = {"verifier": await people.add("Vera", [Role.VERIFIER], None, now)}
        await people.add("Lina", [Role.LIAISON], AGENCY, now)
        added["accused"] = await people.add("Doni", [Role.LIAISON], ACCUSED, now)
        added["holder"] = await people.by_name("holder")
        for name, person in added.items():
            assert person
            await people.set_telegram(person.id, str(private[name].id))
            if name == "verifier":
                for agency, group in groups.items():
                    await SqlGroups(connection).bind(str(group.id), agency, person.id, now)
    chats = {name: person.private for name, person in private.items()}
    return {"group": groups[AGENCY], "group of the accused": groups[ACCUSED], **chats}


async def _is_told(house: House, system: AgencySystem) -> None:
    """The agency's own system hears of everything from now on."""
    async with _parts(house) as parts, parts.database.writing() as connection:
        await add_hook(connection, AGENCY, system.url, "5a17", parts.clock())
        system.secret = told_secret(hook_secret(parts.links.secret_key, "5a17"))


@asynccontextmanager
async def _parts(house: House) -> AsyncIterator[Parts]:
    """The parts of the service around its database, as a command has them beside it."""
    key = str(house.settings["secret_key"])
    parts = assemble(Settings(_env_file=None, data_dir=house.service.database.parent, nlu="off", secret_key=key))
    yield parts
    await parts.database.close()


async def _handled(house: House, walked: Walked) -> None:
    """Each case goes its way, and whoever is to hear of it is told."""
    liaison, verifier = Actor(Role.LIAISON, "2", AGENCY), Actor(Role.VERIFIER, "1")
    words = f"Lubang ditutup aspal hari Rabu pagi, kata {ANSWERED}"
    proof = (Enclosure("photo", "telegram", "1", "proof"),)
    for marked in MARKED:
        ticket = walked.tickets[marked.name]
        if marked.is_secret:
            await _does(house, ticket, CaseCommand(action=CaseAction.FORWARD, agency=AGENCY, why="by-hand"), verifier)
        await _does(house, ticket, CaseCommand(action=CaseAction.ACCEPT), liaison)
        await _does(
            house, ticket, CaseCommand(action=CaseAction.ASK, words=f"Di sisi mana, tanya {ANSWERED}?"), liaison
        )
        reply = CaseCommand(action=CaseAction.REPLY, words=f"Sisi kiri, kata {marked.words}")
        await _does(house, ticket, reply, REPORTER, reporter=f"telegram:{walked.chats[marked.name]}")
        await _does(house, ticket, CaseCommand(action=CaseAction.ANSWER, words=words), liaison, enclosures=proof)
    holder, ticket = Actor(Role.LIAISON, "3", IN_TRUST), walked.tickets[YANTI.name]
    for action, said in ((CaseAction.ACCEPT, ""), (CaseAction.ASK, f"Siapa namanya, tanya {ANSWERED}?")):
        await _does(house, ticket, CaseCommand(action=action, words=said), holder)
    hers = f"telegram:{walked.chats[YANTI.name]}"
    reply = CaseCommand(action=CaseAction.REPLY, words=f"Tidak tahu, kata {YANTI.words}")
    await _does(house, ticket, reply, REPORTER, reporter=hers)


async def _ends(house: House, walked: Walked) -> None:
    """One is closed and its answer looked at, one contested; each group has its digest of the next working morning."""
    contested = CaseCommand(action=CaseAction.DISPUTE, words=f"Masih berlubang, kata {SARI.words}")
    for marked, command in ((RATNA, CaseCommand(action=CaseAction.CONFIRM)), (SARI, contested)):
        hers = f"telegram:{walked.chats[marked.name]}"
        await _does(house, walked.tickets[marked.name], command, REPORTER, reporter=hers)
    async with _parts(house) as parts:
        await PublicationSweep(parts.database, parts.regency, parts.clock).sweep()
        calendar = parts.regency.calendar
        morning = calendar.opening(calendar.after(calendar.day(parts.clock()), 1)) + timedelta(minutes=5)
        await Digests(parts.database, parts.officers_service, lambda: morning, lambda _: None).look()
    assert house.rows("SELECT 1 FROM case_publications WHERE state = 'held'")
    await until(
        lambda: not house.rows("SELECT 1 FROM outbox WHERE ref LIKE 'digest%' AND state = 'new'"), "digests are sent"
    )
    assert house.rows("SELECT 1 FROM outbox WHERE ref LIKE 'digest%'")


async def _does(house: House, ticket: str, command: CaseCommand, who: Actor, **more: Any) -> None:
    async with _parts(house) as parts, parts.database.writing() as connection:
        book, now = SqlCaseBook(connection), parts.clock()
        await act_on_case(
            book, parts.regency, Wish(ticket=ticket, command=command, who=who, **more), now, parts.effect_runner.chance
        )
        await book.flush()
        for notifier in parts.notifiers():
            await notifier.tell(connection, book.done, now)


# Citizens --------------------------------------------------------------------------------------------------------


async def _reports(house: House, citizen: Citizen, marked: Marked) -> str:
    told = await tells(citizen, marked.story)
    await citizen.sends_photo(marked.photo)
    await hears(citizen)
    await citizen.shares_place(marked.lat, marked.lon)
    await hears(citizen)
    if marked.is_named:
        await citizen.presses("Cantumkan nama")
        await hears(citizen, marked.name)
        await citizen.presses("Kembali") if "Kembali" in _labels(citizen) else await citizen.says(marked.name)
        await hears(citizen)
    if marked.is_secret:
        await citizen.presses("Rahasiakan")
        await hears(citizen, "Dirahasiakan")
    ticket = await sends_it(citizen, told)
    await house.is_at_rest()
    return ticket


def _labels(citizen: Citizen) -> list[str]:
    return [label for line in citizen.screen for label in line.labels]


async def _supports(telegram: FakeTelegram, ticket: str) -> Citizen:
    """Somebody of the same street, who finds what is reported already; she looks at every number that she sees."""
    tono = telegram.citizen("Tono")
    await tono.says(HOLE)
    await hears(tono, "Sudah dilaporkan")
    await tono.presses(f"Dukung {ticket}")
    await hears(tono, "Anda mendukung")
    await tono.says("data saya")
    await hears(tono, "aplikasi lain")
    return tono


# Readers ---------------------------------------------------------------------------------------------------------


async def _signs_in(browser: ClientSession, who: str, provider: OwnProvider) -> None:
    """By name and password, or by the provider; a stranger does not."""
    if who == PROVIDERS:
        await signs_in_there(browser, provider)
    elif who != "stranger":
        async with browser.post("/sign-in", data={"name": who, "password": OFFICERS_PASSWORD}) as answer:
            assert answer.status == 200


async def _pages(house: House, walked: Walked, who: str, provider: OwnProvider) -> dict[str, str]:
    """Every page that can be asked for, headers too, without anybody's key."""
    answers: dict[str, str] = {}
    async with ClientSession(house.service.address, cookie_jar=CookieJar(unsafe=True)) as browser:
        await _signs_in(browser, who, provider)
        numbers = set[str]() if who == "stranger" else {"/metrics"}  # the same for everybody
        for path in sorted({*_addresses(walked)} - numbers):
            async with asyncio.timeout(30), browser.get(path) as answer:
                body = "" if path in ENDLESS else read_whole(await answer.read())
                answers[path] = f"{answer.headers}\n{body}"
        for name, ticket in walked.tickets.items():
            async with browser.post("/cek", data={"ticket": ticket}) as answer:
                answers[f"/cek of {name}"] = f"{answer.url}\n{await answer.text()}"
        if numbers:
            return answers
        token = {"Authorization": f"Bearer {SECRETS['metrics_token']}"}
        async with browser.get("/metrics", headers=token) as answer:
            answers["/metrics"] = await answer.text()
    return answers


def _addresses(walked: Walked) -> list[str]:
    """Every route that is read, with every number and file there is."""
    tickets = [*walked.tickets.values()]
    filled = {
        "/open311/v2/requests/{name}": [f"/open311/v2/requests/{ticket}.json" for ticket in tickets],
        "/open311/v2/services/{name}": ["/open311/v2/services/jalan.xml"],
        "/open311/v2/tokens/{name}": ["/open311/v2/tokens/1.json"],
        "/open311/v2/requests.{ending}": [
            "/open311/v2/requests.xml",
            "/open311/v2/requests.json",
            *(f"/open311/v2/requests.json?service_request_id={ticket}" for ticket in tickets),
        ],
        "{layer}.{ending}": ["nlu.yml", "samples.csv", "labels.jsonl"],
        ".{ending}": [".json"],
        "/static/{name}": ["/static/site.css"],
        "/statistik/{name}": ["/statistik/category", "/statistik/answers"],
        "/{name}": [f"/files/{name}" for name in walked.files],
        "/desk/cases/{ticket}": [f"/desk/cases/{ticket}" for ticket in tickets],
        "{ticket:path}": [*tickets, *(f"{ticket}?k=AAAA" for ticket in tickets)],
        "{number}": ["1", "2", "3", "4"],
        "{picture}": ["turns"],
    }
    found = set[str]()
    for method, path in routes():
        part, values = next(((part, values) for part, values in filled.items() if part in path), ("", [""]))
        if method == "get":
            found |= {re.sub(r"\{[^}]+\}", tickets[0], path.replace(part, value)) for value in values}
    examples = {f"/desk/cases/{ticket}?answer={number}" for ticket in tickets for number in (1, 2)}
    lists = {f"/desk/publications?state={state}" for state in ("proposed", "held", "published")}
    return sorted(found | examples | lists)


def read_whole(body: bytes) -> str:
    """What an answer says; of a workbook all of its sheets."""
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as workbook:
        return "\n".join(workbook.read(name).decode("utf-8", "replace") for name in workbook.namelist())


async def _saves_filter(house: House) -> None:
    """A liaison gives a part of her list a name."""
    async with ClientSession(house.service.address, cookie_jar=CookieJar(unsafe=True)) as browser:
        await browser.post("/sign-in", data={"name": "liaison", "password": OFFICERS_PASSWORD})
        async with browser.post("/desk/filters", data={"name": FILTER, "query": "list=agency"}) as answer:
            assert answer.status == 200


async def _commands(house: House, walked: Walked) -> dict[str, str]:
    """What an operator can have printed."""
    asked = [("case", "list"), ("case", "list", "--json"), ("case", "verify"), ("config",)]
    asked += [("officer", "list"), ("rule", "list"), ("db", "check")]
    asked += [("export", "sp4n"), ("hook", "list", "--json"), ("api-key", "list")]
    asked += [("retention", "--dry-run"), ("retention", "--protocol", "--json")]
    for ticket in walked.tickets.values():
        asked += [("case", "show", ticket), ("case", "show", ticket, "--json")]
    return {" ".join(words): await _command(house, *words) for words in asked}


async def _command(house: House, *words: str, told: str = "") -> str:
    """What a command prints beside the running service; in this process, since there are many of them."""
    given = environment(house.service.folder, "", {"secret_key": house.settings["secret_key"]})
    settings = {name: value for name, value in given.items() if name.startswith("LAPOR_")}
    ended = await asyncio.to_thread(CliRunner(env=settings).invoke, commands, words, input=told)
    assert ended.exit_code == 0, words
    return str(ended.output)
