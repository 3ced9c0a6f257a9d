"""A message over which its turn breaks is set aside after three tries: she is told, and the talk goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
import pytest_asyncio

from tests.fakes.telegram_people import Citizen
from tests.integration.faults.house import SORRY, STORY, House, a_house, hears, sends_it, tells, times_heard
from tests.integration.process.commands import lapor

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

TRIES = 3
SET_ASIDE = "SELECT attempts FROM inbox WHERE chat = ? AND state = 'aside'"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with a_house(tmp_path_factory.mktemp("poison")) as house:
        yield house


@contextmanager
def no_case_of_hers_can_be_saved(house: House, citizen: Citizen) -> Iterator[None]:
    """Something in the database refuses her cases, and nobody else's."""
    house.write(
        f"CREATE TRIGGER poison BEFORE INSERT ON cases WHEN new.reporter = 'telegram:{citizen.id}' "
        "BEGIN SELECT RAISE(ABORT, 'poisoned'); END"
    )
    yield
    house.write("DROP TRIGGER poison")


async def doctor(house: House) -> str:
    """What an operator reads."""
    said = await lapor(house.service.folder, "doctor", telegram_token=house.telegram.token)
    return " ".join(said.stdout.split())


@pytest.mark.alert("LaporSetAside")
async def test_her_kirim_breaks_three_times_and_she_is_told_and_can_send_it_later(house: House) -> None:
    siti, budi = house.citizen("Siti"), house.citizen("Budi")
    told = await tells(siti)
    await siti.presses("Tidak tahu")
    await hears(siti)
    with no_case_of_hers_can_be_saved(house, siti):
        await siti.presses("Kirim")
        await hears(siti, SORRY)
        assert house.rows(SET_ASIDE, str(siti.id)) == [(TRIES,)]
        await budi_files(house, budi)
        await siti.says("/bantuan")  # her talk goes on
        await hears(siti)
        [(aside,)] = house.rows("SELECT count(*) FROM inbox WHERE state = 'aside'")
        assert f"{aside} messages could not be worked and are set aside" in await doctor(house)
        assert house.cases_of(siti) == []
    await siti.presses("Kirim")
    await hears(siti, "Nomor tiket Anda")
    assert len(house.cases_of(siti)) == 1
    assert house.story_of(house.cases_of(siti)[0]) == STORY
    assert times_heard(siti, SORRY) == 1
    assert told


async def budi_files(house: House, budi: Citizen) -> None:
    """Nobody else feels anything of it."""
    ticket = await sends_it(budi, await tells(budi))
    assert house.cases_of(budi) == [ticket]


async def test_a_row_that_no_version_wrote_is_set_aside_and_what_came_after_it_answered(house: House) -> None:
    siti = house.citizen()
    await tells(siti)
    await house.is_at_rest()
    house.write(
        "INSERT INTO inbox (channel, update_id, chat, sequence, event, press_id, received_at, state, attempts) "
        "SELECT channel, 'no-update', chat, sequence + 1, '{\"event\": \"Dreamt\"}', '', received_at, 'new', 0 "
        "FROM inbox WHERE chat = ? LIMIT 1",
        str(siti.id),
    )
    await hears(siti, SORRY)
    await siti.says("tiangnya juga miring")
    await hears(siti)
    assert house.rows("SELECT state FROM inbox WHERE update_id = 'no-update'") == [("aside",)]


async def test_a_talk_that_breaks_at_one_question_answers_every_other(house: House) -> None:
    siti = house.citizen()
    told = await tells(siti)
    await house.is_at_rest()
    house.write(  # a moment without a zone, as no version writes it: numbers cannot be looked up any more
        "UPDATE dialogues SET record = json_set(record, '$.dialogue.failed_lookups', "
        "json_array('2026-01-01T00:00:00')) WHERE chat = ?",
        str(siti.id),
    )
    await siti.says("/status LP-6R4C-5MK2")
    await hears(siti, SORRY)
    assert house.rows(SET_ASIDE, str(siti.id)) == [(TRIES,)]
    await siti.says("tiangnya juga miring")
    await hears(siti)
    ticket = await sends_it(siti, told)
    assert house.story_of(ticket) == f"{STORY}\ntiangnya juga miring"
