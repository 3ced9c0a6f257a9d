"""Everything that can happen to marked cases, done one after the other, and everything that can then be read."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.event_words import Enclosure
from actions.cases.officer_handlers import Wish, act_on_case
from actions.people.roles import REPORTER, Actor, Role
from actions.store.cases.casebook import SqlCaseBook
from actions.store.integrations.webhooks import add_hook
from actions.store.messages.groups import SqlGroups
from actions.store.people.people import SqlPeople
from bot.configuration.settings import Settings
from bot.integrations.webhooks.payload import hook_secret, told_secret
from bot.main.assembly import Service as Parts
from bot.main.assembly import assemble
from bot.officers.digest import Digests
from bot.services.publication.sweep import PublicationSweep
from tests.fakes.own_provider import an_own_provider
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import FakeChat
from tests.fakes.telegram_people import Citizen
from tests.integration.faults.house import House, a_house, hears, sends_it, tells
from tests.integration.hooks.agency_system import AgencySystem, agency_system
from tests.integration.operations.marked_doors import ACCUSED_MAILED, MAILED, reads_mail, settings_of
from tests.integration.operations.marked_gateways import (
    ABROAD,
    ACCUSERS,
    OUTSIDE,
    STRANGERS,
    Gateways,
    all_gateways,
    reports_by_door,
)
from tests.integration.operations.marked_people import (
    ACCUSED,
    AGENCY,
    ANSWERED,
    AT_THE_DESK,
    EVERYBODY,
    HOLE,
    IN_TRUST,
    MARKED,
    PROVIDERS,
    RATNA,
    SARI,
    YANTI,
    Marked,
    Walked,
)
from tests.integration.operations.marked_readers import all_pages, every_command, is_run, saves_filter
from tests.integration.operations.marks import OFFICERS_PASSWORD, SECRETS
from tests.integration.operations.spoilt import Spoilt
from tests.integration.process.surroundings import CHECKOUT, until


async def walk(folder: Path) -> Walked:
    """Everything that can happen to three cases, and everything that can then be read."""
    walked = Walked(folder)
    settings = {"metrics_token": SECRETS["metrics_token"], "log": "debug", "hook_networks": "127.0.0.0/8"}
    settings["config_dir"] = str(_a_regency_without_pauses(folder))
    async with (
        FakeTelegram() as telegram,
        agency_system() as system,
        all_gateways() as gateways,
        an_own_provider() as provider,
        a_house(folder, telegram, **settings, **gateways.settings, **settings_of(provider)) as house,
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
        for writer in (*ACCUSERS, ABROAD):
            walked.tickets[writer.words] = await reports_by_door(house, gateways, writer)
        tono = await _supports(telegram, walked.tickets[RATNA.name])
        await _handled(house, walked)
        for stranger in STRANGERS:
            await gateways.brings(house, stranger, f"{stranger.matter}, {stranger.words} mendengarnya")
        await _ends(house, walked)
        await saves_filter(house)
        await Spoilt(house.service.database).comes_to_rest()
        await until(lambda: house.rows("SELECT 1 FROM samples WHERE ticket <> ''"), "trainers have something to read")
        await until(lambda: not house.rows("SELECT 1 FROM webhook_deliveries"), "the agency's own system is told")
        await until(lambda: bool(gateways.sp4n.handed_over), "what is another government's goes there")
        people = {**with_officers, "tono": tono.private}
        walked.messages = {name: _all_of(chat) for name, chat in people.items()} | _by_doors(gateways)
        walked.messages["system"] = json.dumps(system.messages, ensure_ascii=False)
        walked.own = {walked.tickets[writer.words]: gateways.told_by(writer) for writer in ACCUSERS}
        walked.files = [str(name) for (name,) in house.rows("SELECT name FROM files")]
        for who in ("stranger", "trainer", *AT_THE_DESK, PROVIDERS):
            walked.pages[who] = await all_pages(house, walked, who, provider)
        walked.printed = await every_command(house, walked)
    return walked


def _a_regency_without_pauses(folder: Path) -> Path:
    """Whoever walks asks for many numbers that she may not open, and must be answered each time as at the first."""
    data, own = CHECKOUT / "data", folder / "regency"
    own.mkdir()
    for file in data.iterdir():
        (own / file.name).symlink_to(file)
    (own / "limits.toml").unlink()
    limits = (data / "limits.toml").read_text("utf-8")
    (own / "limits.toml").write_text(
        limits.replace("failed_lookups_an_hour = 10", "failed_lookups_an_hour = 1000"), "utf-8"
    )
    return own


def _by_doors(gateways: Gateways) -> dict[str, str]:
    """What left by each door for anybody else than who accuses somebody there."""
    officers = [mail for address in (MAILED, ACCUSED_MAILED) for mail in gateways.mail.mails(address)]
    others = {f"others by {channel}": gateways.told_others(channel) for channel in ("sms", "whatsapp", "x", "email")}
    return others | {
        "mail": "\n".join(f"{one.as_string()}\n{one.get_content()}" for one in officers),
        "everybody at X": json.dumps(gateways.x.public, ensure_ascii=False),
        "SP4N": json.dumps([gateways.sp4n.handed_over, gateways.sp4n.followed_up], ensure_ascii=False),
    }


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
        await is_run(house, "officer", "add", name, *words, "--password-stdin", told=OFFICERS_PASSWORD)
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
    hers = f"telegram:{walked.chats[YANTI.name]}"
    await _is_held(house, walked.tickets[YANTI.name], hers, YANTI.words)
    for writer in ACCUSERS:
        ticket = walked.tickets[writer.words]
        if writer.goes_outside:
            outside = CaseCommand(action=CaseAction.FORWARD, agency=OUTSIDE, why="by-hand")
            await _does(house, ticket, outside, HOLDER)
        else:
            await _is_held(house, ticket, writer.reporter, writer.words)


HOLDER = Actor(Role.LIAISON, "3", IN_TRUST)
"""Somebody of the agency that holds what accuses another."""


async def _is_held(house: House, ticket: str, reporter: str, words: str) -> None:
    """Whoever holds what accuses an agency takes it up and asks, and its reporter replies."""
    for action, said in ((CaseAction.ACCEPT, ""), (CaseAction.ASK, f"Siapa namanya, tanya {ANSWERED}?")):
        await _does(house, ticket, CaseCommand(action=action, words=said), HOLDER)
    reply = CaseCommand(action=CaseAction.REPLY, words=f"Tidak tahu, kata {words}")
    await _does(house, ticket, reply, REPORTER, reporter=reporter)


async def _ends(house: House, walked: Walked) -> None:
    """One is closed and its answer looked at, one contested; each group has its digest of the next working morning."""
    contested = CaseCommand(action=CaseAction.DISPUTE, words=f"Masih berlubang, kata {SARI.words}")
    for marked, command in ((RATNA, CaseCommand(action=CaseAction.CONFIRM)), (SARI, contested)):
        hers = f"telegram:{walked.chats[marked.name]}"
        await _does(house, walked.tickets[marked.name], command, REPORTER, reporter=hers)
    for writer in (one for one in ACCUSERS if not one.goes_outside):
        await _is_over(house, walked.tickets[writer.words], writer.reporter)
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


async def _is_over(house: House, ticket: str, reporter: str) -> None:
    """What accuses an agency is answered by the head of who holds it, and confirmed."""
    answer = CaseCommand(action=CaseAction.ANSWER, words=f"Kami periksa hari Rabu di terminal, kata {ANSWERED}")
    await _does(house, ticket, answer, Actor(Role.AGENCY_ADMIN, "4", IN_TRUST))
    await _does(house, ticket, CaseCommand(action=CaseAction.CONFIRM), REPORTER, reporter=reporter)


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
