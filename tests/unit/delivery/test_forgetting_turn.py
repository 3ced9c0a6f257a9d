"""The whole way from the inbox to the last trace: she asks, is told, and after a while even that is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.store.cases.links import seal_with
from actions.store.engine.tables import metadata
from actions.store.privacy.deletion_log import read_deletion_log
from bot.configuration.secret_key import chain_keys_of
from bot.services.retention_sweep import RetentionSweep
from tests.unit.delivery.town import Town, assembled

DIGEST = "'#"
"""How the digest of a chat's id begins in a row."""


@pytest.fixture(autouse=True)
def keys(town: Town) -> None:
    """The database is told the keys, as by the service."""
    seal_with(town.database, chain_keys_of(assembled().links.secret_key))


async def sends(town: Town) -> None:
    sender = town.sender()
    while await sender.send_waiting():
        await sender.settle()


async def says(town: Town, text: str) -> None:
    await town.arrives(town.said(text))
    await town.works()
    await sends(town)


async def sweeps(town: Town) -> None:
    await RetentionSweep(town.database, lambda: town.now, assembled().regency.retention, {"web"}).sweep()


async def found(town: Town, mark: str) -> list[str]:
    """The tables in which it is still to be read."""
    async with town.database.reading() as connection:
        rows = {
            table.name: str([tuple(row) for row in await connection.execute(select(table))]).replace("sensitive", "")
            for table in metadata.sorted_tables
        }
    return [name for name, read in rows.items() if mark in read]


async def is_forgotten(town: Town, *, is_told: bool = True) -> None:
    """She has filed a case, asked, and pressed yes."""
    await town.arrives(town.pressed(await town.has_a_card()))
    await town.works()
    await says(town, "hapus data saya")
    asked = next(button.press for button in (await town.record()).shown if button.press.startswith("forget-yes"))
    await town.arrives(town.pressed(asked))
    await town.works()
    if is_told:
        await sends(town)


@pytest.mark.thorough
async def test_she_is_told_and_then_no_trace_of_her_is_left(town: Town) -> None:
    await is_forgotten(town)
    assert "Data Anda sudah dihapus" in town.channel.sent[-1][1].text
    assert set(await found(town, "siti")) == {"dialogues", "inbox", "outbox"}
    await sweeps(town)
    assert await found(town, "siti") == []
    assert "dialogues" in await found(town, DIGEST)
    town.passes(timedelta(hours=2))
    await sweeps(town)
    assert await found(town, DIGEST) == []


@pytest.mark.thorough
async def test_as_long_as_she_is_not_told_her_id_stays(town: Town) -> None:
    await is_forgotten(town, is_told=False)
    await sweeps(town)
    assert "outbox" in await found(town, "siti")
    await sends(town)
    assert "Data Anda sudah dihapus" in town.channel.sent[-1][1].text
    await sweeps(town)
    assert await found(town, "siti") == []


@pytest.mark.thorough
async def test_the_buttons_of_what_she_was_told_last_can_still_be_pressed_by_their_words(town: Town) -> None:
    await is_forgotten(town)
    await sweeps(town)
    await says(town, "Laporan saya")
    assert "Belum ada laporan yang Anda kirim dari sini." in town.channel.sent[-1][1].text


@pytest.mark.thorough
async def test_whoever_is_forgotten_twice_leaves_nothing_either(town: Town) -> None:
    await is_forgotten(town)
    await sweeps(town)
    await is_forgotten(town)
    await sweeps(town)
    town.passes(timedelta(hours=2))
    await sweeps(town)
    assert await found(town, "siti") + await found(town, DIGEST) == []


@pytest.mark.thorough
async def test_what_she_writes_afterwards_is_a_new_talk(town: Town) -> None:
    await is_forgotten(town)
    await says(town, "lampu jalan di jl provinsi mati lagi")
    town.passes(timedelta(hours=2))
    await sweeps(town)
    draft = (await town.record()).dialogue.draft
    assert draft is not None
    assert draft.story == "lampu jalan di jl provinsi mati lagi"
    await town.arrives(town.pressed(f"send@{draft.key}"))
    await town.works()
    assert len(await town.cases()) == 2


async def test_the_press_that_comes_twice_is_answered_once_more_and_harms_nobody(town: Town) -> None:
    await is_forgotten(town)
    await town.arrives(town.pressed("forget-yes:1"))
    await town.works()
    await sends(town)
    assert "Hapus data Anda dari percakapan ini?" in town.channel.sent[-1][1].text


async def test_a_yes_to_a_question_that_stands_no_more_asks_again(town: Town) -> None:
    await says(town, "hapus data saya")
    asked = next(button.press for button in (await town.record()).shown if button.press.startswith("forget-yes"))
    town.passes(timedelta(minutes=16))
    await town.arrives(town.pressed(asked))
    await town.works()
    await sends(town)
    assert "Hapus data Anda dari percakapan ini?" in town.channel.sent[-1][1].text


async def test_the_protocol_says_that_somebody_asked_for_it(town: Town) -> None:
    await is_forgotten(town)
    async with town.database.reading() as connection:
        [line] = await read_deletion_log(connection, 9)
    assert (line.kind, line.days) == ("own_request", 0)
    assert line.rows > 0
