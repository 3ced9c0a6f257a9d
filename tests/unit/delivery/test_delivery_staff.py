"""`/masuk CODE`: a one-time code ties a Telegram account to a person, and guessing is slowed down."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.people.handlers import give_code
from actions.store.people.people import SqlPeople
from tests.fakes.channels import RememberingChannel
from tests.unit.delivery.town import Town
from tests.unit.people.officers import an_officer

CODE = "2345-6789-CDFG"


async def a_code(town: Town, code: str = CODE) -> None:
    person = await an_officer(town.database, "Rina", password=None, at=town.now)
    async with town.database.writing() as connection:
        await give_code(SqlPeople(connection), person, code, town.now, "terminal:test")


async def account_of_rina(town: Town) -> str | None:
    async with town.database.reading() as connection:
        person = await SqlPeople(connection).by_name("Rina")
    return person.telegram if person else None


async def answer(town: Town, text: str, chat: str = "77") -> str:
    await town.arrives(town.said(text, chat))
    await town.works()
    return (await town.letters(chat))[-1].text


@pytest.mark.manual("officer-tie")
async def test_the_code_ties_the_account_and_holds_once(town: Town) -> None:
    await a_code(town)
    greeting = "Selamat datang, Rina. Ketik /tugas untuk melihat laporan yang menunggu Anda."
    assert await answer(town, f"/masuk {CODE.lower()}") == greeting
    assert await account_of_rina(town) == "77"
    assert "tidak berlaku" in await answer(town, f"/masuk {CODE}", "78")
    assert await account_of_rina(town) == "77"


async def test_without_a_code_it_is_said_how(town: Town) -> None:
    assert "/masuk KODE" in await answer(town, "/masuk")


async def test_a_code_is_over_after_a_day(town: Town) -> None:
    await a_code(town)
    town.passes(timedelta(hours=24))
    assert "tidak berlaku" in await answer(town, f"/masuk {CODE}")


async def test_only_a_telegram_account_can_be_tied(town: Town) -> None:
    await a_code(town)
    town.channel = RememberingChannel("web")
    assert "tidak berlaku" in await answer(town, f"/masuk {CODE}")
    assert await account_of_rina(town) is None


async def test_five_wrong_codes_and_then_a_pause_in_which_not_even_the_right_one_counts(town: Town) -> None:
    await a_code(town)
    answers = [await answer(town, "/masuk 2222-2222-2222") for _ in range(5)]
    assert all("tidak berlaku" in text for text in answers)
    assert "Terlalu banyak percobaan" in await answer(town, f"/masuk {CODE}")
    town.passes(timedelta(minutes=1))
    assert "Selamat datang, Rina" in await answer(town, f"/masuk {CODE}")
