"""A public post is answered once a person and day, with no word of it; its words enter a report when she says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.store.engine.tables import case_words
from actions.store.messages.costs import message_costs
from actions.store.messages.public_posts import public_posts
from bot.channels.x.declaration import POSTS_KEPT_FOR
from tests.talks.acts import Presses, Says, TimePasses
from tests.talks.world import declared
from tests.talks.x import XStage

POST = "@lapor_penajam lampu jalan di petung mati sudah seminggu, di depan toko bangunan"
DAY = TimePasses(timedelta(days=1))


async def mentions(stage: XStage, text: str = POST, times: int = 2, author: str | None = None) -> list[str]:
    """The public answers after it."""
    before = len(stage.provider.public)
    activity = stage.provider.mentions(text, author) if author else stage.provider.mentions(text)
    assert await stage.provider.posts(stage.web, activity, times) == [200] * times
    await stage.sends()
    return [one["text"] for one in stage.provider.public[before:]]


async def stories(stage: XStage) -> list[str]:
    async with stage.database.reading() as connection:
        return [*(await connection.execute(select(case_words.c.story))).scalars()]


async def test_it_is_answered_below_it_with_one_sentence_for_everybody(stage: XStage) -> None:
    [said] = await mentions(stage)
    assert await mentions(stage, "@lapor_penajam ada pungli", author="1800000000000000002") == [said]
    assert "pesan langsung" in said
    assert len(said) <= 280
    assert "http" not in said
    assert not {"lampu", "petung", "toko", "pungli"} & {*said.casefold().split()}
    assert await stage.cases() == []
    assert stage.provider.sent == []


async def test_a_day_has_one_answer_and_the_next_another(stage: XStage) -> None:
    assert len(await mentions(stage)) == 1
    assert await mentions(stage, "@lapor_penajam halo") == []
    await stage.plays([DAY])
    assert len(await mentions(stage, "@lapor_penajam masih mati")) == 1


async def test_an_older_post_that_comes_late_changes_nothing(stage: XStage) -> None:
    late = stage.provider.mentions("@lapor_penajam yang dulu")
    await mentions(stage)
    await stage.plays([DAY])
    await stage.provider.posts(stage.web, late)
    await stage.sends()
    assert len(stage.provider.public) == 1


@pytest.mark.parametrize("words", ["pakai", "Pakai unggahan saya.", "use my post", "tolong pakai saja postingan itu"])
async def test_its_words_are_a_report_when_she_says_so(stage: XStage, words: str) -> None:
    await mentions(stage)
    [card] = await stage.plays([Says(words)])
    assert "lampu jalan di petung mati sudah seminggu, di depan toko bangunan" in card.text
    assert card.labels[0] == "Kirim"
    assert await stage.cases() == []
    await stage.plays([Presses("Kirim")])
    [story] = await stories(stage)
    assert story.startswith("lampu jalan di petung")


async def test_otherwise_they_are_in_none(stage: XStage) -> None:
    await mentions(stage)
    [card] = await stage.plays([Says("sampah menumpuk di pasar petung sudah dua minggu")])
    assert "toko bangunan" not in card.text
    await stage.plays([Presses("Kirim")])
    assert await stories(stage) == ["sampah menumpuk di pasar petung sudah dua minggu"]


async def test_who_wrote_nothing_in_public_says_only_her_own_words(stage: XStage) -> None:
    await mentions(stage, author="1800000000000000002")
    [answer] = await stage.plays([Says("pakai")])
    assert "toko bangunan" not in answer.text


async def test_they_are_kept_for_a_week_and_no_longer(stage: XStage) -> None:
    await mentions(stage)
    for days, left in ((6, 1), (2, 0)):
        await stage.plays([TimePasses(timedelta(days=days))])
        await stage.posts.forget_older(POSTS_KEPT_FOR)
        async with stage.database.reading() as connection:
            assert len((await connection.execute(select(public_posts.c.post))).all()) == left


async def test_a_post_that_was_deleted_or_answered_alike_ends_and_holds_up_nothing(stage: XStage) -> None:
    activity = stage.provider.mentions(POST)
    stage.provider.gone.add(activity["data"]["payload"]["id"])
    await stage.provider.posts(stage.web, activity)
    await stage.sends()
    assert stage.provider.public == []
    assert await stage.plays([Says("halo")])


async def test_each_post_and_each_answer_is_counted(stage: XStage) -> None:
    await mentions(stage)
    await mentions(stage, "@lapor_penajam halo")
    async with stage.database.reading() as connection:
        query = select(message_costs.c.kind, message_costs.c.units)
        assert {row[0]: row[1] for row in await connection.execute(query)} == {"mention": 2, "post": 1}


def test_prices_are_declared() -> None:
    prices = declared().regency.prices
    assert all(prices.of("x", kind, 1) for kind in ("dm_sent", "dm_received", "mention", "post"))
