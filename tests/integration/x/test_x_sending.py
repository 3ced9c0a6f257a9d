"""What X refuses: a message waits, ends, or an admin must act; its limits are kept; and nothing is dropped."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from sqlalchemy import select

from actions.regency.prices import Prices
from actions.store.engine.tables import outbox
from bot.channels.x.composing import MOST_TEXT, pieces
from bot.channels.x.errors import Refusal, RequestKind, meaning_of
from bot.channels.x.limits import seconds_until_more
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Impossible, NeverAgain, NotNow
from tests.fakes.x import SITI, Json
from tests.integration.x.stages import STORY, a_filed_report, a_stage
from tests.talks.acts import OfficeActs, Says, TimePasses
from tests.talks.world import tickets
from tests.talks.x import XStage

TICKET = tickets()[0]
PROBLEM = "https://api.twitter.com/2/problems/"


async def rows(stage: XStage) -> list[tuple[str, bool]]:
    async with stage.database.reading() as connection:
        query = select(outbox.c.state, outbox.c.not_before).order_by(outbox.c.id)
        return [(row.state, row.not_before > 0) for row in await connection.execute(query)]


@pytest.mark.parametrize(
    ("status", "body", "row", "state"),
    [
        (402, {"title": "CreditsDepleted"}, ("new", True), "payment"),
        (429, {"type": f"{PROBLEM}usage-capped"}, ("new", True), "payment"),
        (403, {"type": f"{PROBLEM}client-forbidden"}, ("new", True), "refused"),
        (403, {"errors": [{"code": 326}]}, ("new", True), "blocked"),
        (503, {}, ("new", True), "on"),
        (500, {}, ("new", True), "on"),
        (400, {}, ("failed", False), "on"),
    ],
)
async def test_a_refused_answer_waits_or_ends(
    stage: XStage, status: int, body: Json, row: tuple[str, bool], state: str
) -> None:
    stage.provider.refuses = [(status, body)]
    assert await stage.plays([Says(STORY)]) == []
    assert await rows(stage) == [row]
    assert stage.state.name == state
    if row[0] == "new":
        stage.forgets_pauses()
        [card] = await stage.plays([TimePasses(timedelta(minutes=5))])
        assert card.labels
        assert stage.state.is_well


def test_what_a_403_means_depends_on_what_was_asked() -> None:
    refused = Refusal(detail="You do not have permission to DM one or more participants.")
    assert isinstance(meaning_of(HTTPStatus.FORBIDDEN, refused, RequestKind.MESSAGE).failure, NeverAgain)
    assert isinstance(meaning_of(HTTPStatus.FORBIDDEN, refused, RequestKind.PUBLIC_REPLY).failure, Impossible)
    same = Refusal(detail="You are not allowed to create a Tweet with duplicate content.")
    assert isinstance(meaning_of(HTTPStatus.FORBIDDEN, same, RequestKind.MESSAGE).failure, Impossible)


async def test_who_takes_no_messages_is_sent_no_more_until_she_writes(filed: XStage) -> None:
    filed.provider.closed = {SITI}
    asked = OfficeActs("petugas", "tanya", TICKET, "Berapa tiang yang mati?")
    assert await filed.plays([asked]) == []
    filed.provider.closed.clear()
    assert await filed.plays([Says(TICKET)])


# Limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"x-rate-limit-remaining": "3", "x-rate-limit-reset": "1900"}, None),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1900"}, 900.0),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "900"}, 1.0),
        ({"x-rate-limit-remaining": "0"}, None),
        ({"x-rate-limit-remaining": "-1", "x-rate-limit-reset": "soon"}, None),
        (
            {
                "x-rate-limit-remaining": "0",
                "x-rate-limit-reset": "1900",
                "x-user-limit-24hour-remaining": "0",
                "x-user-limit-24hour-reset": "50000",
            },
            49_000.0,
        ),
    ],
)
def test_headers_say_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert seconds_until_more(headers, 1000.0) == seconds


async def test_a_used_up_quarter_of_an_hour_is_waited_out_without_asking_again() -> None:
    async with a_stage(messages_a_quarter=2) as stage:
        await stage.plays([Says("halo")])
        await stage.plays([Says(STORY)])
        asked = stage.provider.asked
        assert await stage.plays([Says("kirim")]) == []
        assert (stage.provider.asked, stage.state.name) == (asked, "limited")
        assert len(await stage.cases()) == 1
        stage.forgets_pauses()
        told = await stage.plays([TimePasses(timedelta(minutes=15, seconds=2))])
        assert TICKET in "".join(one.text for one in told)
        assert stage.state.is_well


async def test_a_429_that_was_not_foreseen_waits_until_its_end() -> None:
    async with a_stage(messages_a_quarter=1) as stage:
        await stage.plays([Says("halo")])
        await stage.restarts()
        assert await stage.plays([Says(STORY)]) == []
        assert stage.state.name == "limited"
        stage.forgets_pauses()
        [card] = await stage.plays([TimePasses(timedelta(minutes=15, seconds=2))])
        assert card.labels


def test_a_long_text_comes_in_pieces_that_x_takes() -> None:
    whole = OutboxMessage(OutboxMessageKind.MESSAGE, "\n".join(["kata " * 100] * 60))
    found = pieces(whole)
    assert all(len(one) <= MOST_TEXT for one in found)
    assert "".join("".join(found).split()) == "".join(whole.text.split())
    assert pieces(OutboxMessage(OutboxMessageKind.MESSAGE, " ")) == []


async def test_above_the_ceiling_answers_go_and_notices_wait() -> None:
    prices = Prices(per_unit={("x", "dm_sent"): 250.0}, ceilings={"x": 500.0})
    async with a_filed_report(prices=prices) as stage:
        assert await stage.plays([OfficeActs("petugas", "tanya", TICKET, "Berapa tiang yang mati?")]) == []
        assert (await rows(stage))[-1][0] == "held"
        assert await stage.plays([Says("halo")])


def test_a_later_moment_is_a_pause_of_the_whole_channel_for_messages_alone() -> None:
    for kind, everybody in ((RequestKind.MESSAGE, True), (RequestKind.PUBLIC_REPLY, False)):
        failure = meaning_of(HTTPStatus.TOO_MANY_REQUESTS, Refusal(), kind).failure
        assert isinstance(failure, NotNow)
        assert failure.everybody is everybody
