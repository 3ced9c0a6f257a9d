"""`/ajar`: five messages, one tap each, for trainers alone."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import insert, select

from actions.people.handlers import disable_person
from actions.people.roles import Role
from actions.store.people.people import SqlPeople
from actions.store.training.samples import sample_labels, samples
from tests.fakes.channels import RememberingChannel
from tests.unit.delivery.town import Town, assembled
from tests.unit.people.officers import an_officer

TEXT = "selokan depan rumah mampet"


async def a_person(town: Town, *roles: Role, account: str = "77") -> None:
    person = await an_officer(town.database, f"Rina {account}", *roles, agency="dishub", password=None, at=town.now)
    async with town.database.writing() as connection:
        await SqlPeople(connection).set_telegram(person.id, account)


async def have_come_in(town: Town, *texts: str) -> None:
    guess = {"intent": "complaint", "intent_confidence": 0.9, "category": "jalan", "category_confidence": 0.5}
    fixed = {"channel": "web", "at": town.now, "reason": "unsure", "is_sure": False, "ranking": '[["jalan", 0.5]]'}
    rows = [
        {"text": text, "kin": str(number), "worth": float(-number), **guess, **fixed}
        for number, text in enumerate(texts)
    ]
    async with town.database.writing() as connection:
        await connection.execute(insert(samples), rows)


async def says(town: Town, text: str, chat: str = "77") -> str:
    await town.arrives(town.said(text, chat))
    await town.works()
    return (await town.letters(chat))[-1].text


async def taps(town: Town, label: str, chat: str = "77") -> str:
    button = next(one for row in (await town.letters(chat))[-1].rows for one in row if one.words == label)
    await town.arrives(town.pressed(button.press.rpartition("~")[0], chat))
    await town.works()
    return (await town.letters(chat))[-1].text


async def said(town: Town) -> list[tuple[str, str]]:
    async with town.database.reading() as connection:
        query = select(sample_labels.c.intent, sample_labels.c.category).order_by(sample_labels.c.id)
        return [(intent, category) for intent, category in await connection.execute(query)]


async def test_a_message_is_shown_with_its_likeliest_labels_and_one_tap_labels_it(town: Town) -> None:
    await a_person(town, Role.TRAINER)
    await have_come_in(town, TEXT, "lubang di simpang")
    assert TEXT in await says(town, "/ajar")
    assert "lubang di simpang" in await taps(town, "Jalan & jembatan")
    assert await said(town) == [("complaint", "jalan")]


async def test_a_message_may_be_skipped_or_be_no_report(town: Town) -> None:
    await a_person(town, Role.TRAINER)
    await have_come_in(town, TEXT, "lubang di simpang")
    await says(town, "/ajar")
    await taps(town, "Lewati")
    assert "Tidak ada pesan yang menunggu" in await taps(town, "Salam")
    assert await said(town) == [("", ""), ("greet", "")]


async def test_after_five_it_asks_whether_there_may_be_more(town: Town) -> None:
    await a_person(town, Role.ADMIN)
    await have_come_in(town, *(f"pesan nomor {number} tentang jalan" for number in range(7)))
    await says(town, "/ajar")
    answers = [await taps(town, "Jalan & jembatan") for _ in range(5)]
    assert "lima pesan selesai" in answers[-1]
    assert "pesan nomor 5" in await taps(town, "Lima lagi")


async def test_no_more_are_said_to_come_than_wait(town: Town) -> None:
    await a_person(town, Role.TRAINER)
    await have_come_in(town, TEXT, "lubang di simpang")
    assert "tinggal 2" in await says(town, "/ajar")
    assert "tinggal 1" in await taps(town, "Jalan & jembatan")


@pytest.mark.thorough
async def test_every_category_and_type_is_reached(town: Town) -> None:
    await a_person(town, Role.TRAINER)
    await have_come_in(town, TEXT)
    await says(town, "/ajar")
    await taps(town, "Jenis: Pengaduan")
    assert TEXT in await taps(town, "Aspirasi")
    await taps(town, "Label lain")
    assert TEXT in await taps(town, "Kembali")
    await taps(town, "Jenis: Pengaduan")
    await taps(town, "Permintaan informasi")
    groups = await taps(town, "Label lain")
    assert "Kelompok yang mana" in groups
    letter = (await town.letters("77"))[-1]
    leaves = set[str]()
    for name in [one.words for row in letter.rows for one in row][:-1]:
        await taps(town, str(name))
        leaves |= {str(one.words) for row in (await town.letters("77"))[-1].rows for one in row}
        await taps(town, "Kembali")
        await taps(town, "Label lain")
    assert len(leaves - {"Kembali"}) == len(list(assembled().regency.leaves()))


@pytest.mark.parametrize("roles", [(Role.VERIFIER,), (Role.LIAISON, Role.AUDITOR)])
async def test_to_who_is_no_trainer_the_command_does_not_exist(town: Town, roles: tuple[Role, ...]) -> None:
    await a_person(town, *roles)
    await have_come_in(town, TEXT)
    assert await says(town, "/ajar") == await says(town, "/tidakada")


async def test_to_a_citizen_the_command_does_not_exist(town: Town) -> None:
    await have_come_in(town, TEXT)
    assert await says(town, "/ajar", "siti") == await says(town, "/tidakada", "siti")


async def test_a_button_of_who_is_a_trainer_no_more_labels_nothing(town: Town) -> None:
    await a_person(town, Role.TRAINER)
    await have_come_in(town, TEXT)
    await says(town, "/ajar")
    async with town.database.writing() as connection:
        book = SqlPeople(connection)
        person = await book.by_telegram("77")
        assert person
        await disable_person(book, person, town.now, "terminal:test")
    assert TEXT not in await taps(town, "Jalan & jembatan")
    assert await said(town) == []


async def test_another_channel_has_no_trainers(town: Town) -> None:
    await a_person(town, Role.TRAINER)
    await have_come_in(town, TEXT)
    town.channel = RememberingChannel("web")
    assert TEXT not in await says(town, "/ajar")


async def test_every_button_fits_into_what_telegram_carries(town: Town) -> None:
    await a_person(town, Role.TRAINER)
    slugs = ["keluarga_perempuan_anak", "lalu_lintas_transportasi", "kepegawaian_aparatur", "perumahan_permukiman"]
    await have_come_in(town, TEXT)
    async with town.database.writing() as connection:
        ranking = json.dumps([[slug, 0.2] for slug in slugs])
        await connection.execute(samples.update().values(id=9_999_999, ranking=ranking))
    await says(town, "/ajar")
    presses = [one.press for row in (await town.letters("77"))[-1].rows for one in row]
    assert max(len(press.encode()) for press in presses) <= 64
