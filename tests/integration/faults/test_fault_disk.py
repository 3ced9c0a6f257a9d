"""The disk is full: the story is kept, a photo is refused in words, and the service lives on."""

from __future__ import annotations

import asyncio
import os
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
import pytest_asyncio

from tests.integration.faults.house import CARD, STORY, House, a_house, hears, sends_it, tells, times_heard
from tests.integration.faults.visitor import visitor
from tests.integration.process.surroundings import until
from tests.unit.files.parts import jpeg

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

MEGABYTE = 1_000_000
NOTHING = 1
"""Not even the log."""
MORE_CAME = """
INSERT INTO inbox (channel, update_id, chat, sequence, event, press_id, received_at, state, attempts)
SELECT channel, 'late', chat, sequence + 1,
       json_set(event, '$.id', 'late', '$.ref', 'late', '$.text', 'tiangnya juga miring'), '', received_at, 'new', 0
FROM inbox WHERE chat = ? LIMIT 1
"""
"""One more message of hers is in the inbox and is not worked yet."""


@contextmanager
def files_no_larger_than(house: House, most_bytes: int) -> Iterator[None]:
    """The system lets the service write no file beyond this."""
    pid = house.service.process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        if not house.service.has_ended:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with a_house(tmp_path_factory.mktemp("disk")) as house:
        yield house


async def test_a_photo_is_refused_in_words_and_the_report_filed_without_it(house: House) -> None:
    siti = house.citizen()
    told = await tells(siti)
    with files_no_larger_than(house, 8 * MEGABYTE):
        await siti.sends_photo(content=jpeg() + os.urandom(9 * MEGABYTE))
        meaning = await hears(siti, "penyimpanan kami sedang penuh")
        assert "Cerita dan yang lain tetap tersimpan" in meaning.text
        ticket = await sends_it(siti, told)
    assert house.cases_of(siti) == [ticket]
    assert house.story_of(ticket) == STORY


async def test_a_photo_is_kept_once_there_is_room_again(house: House) -> None:
    siti = house.citizen()
    await tells(siti)
    with files_no_larger_than(house, 8 * MEGABYTE):
        await siti.sends_photo(content=jpeg() + os.urandom(9 * MEGABYTE))
        await hears(siti, "penyimpanan kami sedang penuh")
    await siti.sends_photo(content=jpeg())
    kept = "SELECT count(*) FROM files WHERE chat = ? AND state = 'kept'"
    await until(lambda: house.rows(kept, str(siti.id)) == [(1,)], "the photo is kept", 40)


@pytest.mark.alert("LaporDatabaseDown")
async def test_when_the_database_cannot_grow_her_story_waits_and_is_answered_after(house: House) -> None:
    siti, budi = house.citizen("Siti"), house.citizen("Budi")
    budis = await tells(budi)
    async with visitor(house) as ani:
        with files_no_larger_than(house, NOTHING):
            status, page = await ani.says(STORY)
            assert (status, STORY in page) == (503, True)
            await siti.says(STORY)
            await budi.says("tiangnya juga miring")
            assert (await ani.says(STORY))[0] == 503
            assert house.cases_of(siti) == []
            assert not house.service.has_ended
        await hears(siti, CARD)
        await hears(budi)
        assert (await ani.says(STORY))[0] == 200
    ticket = await sends_it(budi, budis)
    assert house.story_of(ticket) == f"{STORY}\ntiangnya juga miring"
    assert times_heard(siti, CARD) == 1


async def test_what_had_arrived_when_the_disk_filled_up_is_answered_after(house: House) -> None:
    siti = house.citizen()
    await tells(siti)
    await house.is_at_rest()
    with files_no_larger_than(house, NOTHING):
        house.write(MORE_CAME, str(siti.id))
        await lives_on(house, 3)  # it looks every second, cannot work it, and cannot even log that
    await hears(siti)
    await house.is_at_rest()


async def lives_on(house: House, seconds: float) -> None:
    """Watch it for so long.

    Raises:
        AssertionError: it ends, or does not answer.
    """
    end = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < end:
        assert not house.service.has_ended
        assert await house.service.health()
