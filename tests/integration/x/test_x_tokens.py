"""Tokens that are good for one exchange: a process may die at any moment of it, and what remains is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from aiohttp import ClientSession, ClientTimeout
from pydantic import SecretStr

from actions.people.sign_in import Seals
from actions.store.engine.database import Database
from bot.channels.declaration import Examination
from bot.channels.x.examining import examine_x
from bot.channels.x.oauth import TokenExchange
from bot.channels.x.token_plan import TokenStep, beginning_with, digest_of, exchanged, next_step
from bot.channels.x.tokens import XTokens
from bot.main.assembly import DEFAULTS
from bot.messaging.ports import NotNow, RotatingTokens
from bot.messaging.token_store import SqlTokenStore
from tests.fakes.token_store import RememberedTokens
from tests.fakes.x import APP_TOKEN, FakeX
from tests.talks.database import new_database
from tests.talks.world import StandingClock
from tests.talks.x import settings_of

HOUR = timedelta(hours=1)


class Killed(BaseException):
    """The process is no more."""


@dataclass
class Installation:
    """What outlives a process, and the processes that live one after the other."""

    provider: FakeX
    session: ClientSession
    clock: StandingClock
    store: RememberedTokens = field(default_factory=RememberedTokens)

    def __post_init__(self) -> None:
        self.settings = settings_of(self.provider)

    def process(self) -> XTokens:
        """A new one."""
        return XTokens(self.store, TokenExchange(self.session, self.settings), self.settings, self.clock)

    def is_set_anew(self) -> None:
        """An admin lets the app act again, and writes the token into `.env`."""
        self.provider.authorizes_anew()
        self.settings = settings_of(self.provider)

    async def dies_at_the_next_write(self, process: XTokens, writes: int = 1) -> None:
        """It is killed before it has written for the so-manieth time."""
        left = writes

        def kill() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed

        self.store.before_writing = kill
        with pytest.raises(Killed):
            await process.access_token()
        self.store.before_writing = RememberedTokens().before_writing

    async def found(self) -> list[str]:
        """What the doctor says that is not good."""
        given = Examination(DEFAULTS, "http://lapor.test", self.store, self.clock)
        return [one.words for one in await examine_x(self.settings, given) if not one.is_good]


@pytest.fixture
async def place() -> AsyncIterator[Installation]:
    clock = StandingClock()
    async with FakeX(lambda: clock().timestamp()) as provider, ClientSession(timeout=ClientTimeout(total=5)) as session:
        yield Installation(provider, session, clock)


def is_good(place: Installation, token: str) -> bool:
    return place.clock().timestamp() < place.provider.access.get(token, 0.0)


async def test_it_is_exchanged_once_and_again_at_half_of_its_life(place: Installation) -> None:
    process = place.process()
    first = await process.access_token()
    assert await process.access_token() == first
    place.clock.passes(HOUR - timedelta(seconds=1))
    assert await place.process().access_token() == first
    place.clock.passes(timedelta(seconds=2))
    second = await process.access_token()
    assert second != first
    assert is_good(place, second)
    assert (place.provider.exchanges, place.provider.used_again) == (2, 0)
    assert process.state.is_well


async def test_who_asks_at_once_waits_for_the_one_exchange(place: Installation) -> None:
    process = place.process()
    assert len({*await asyncio.gather(*(process.access_token() for _ in range(5)))}) == 1
    assert place.provider.exchanges == 1


async def test_two_processes_do_not_use_one_token_twice(place: Installation) -> None:
    first, second = place.process(), place.process()
    await asyncio.gather(first.look(may_refresh=True), second.look(may_refresh=True))
    assert (place.provider.exchanges, place.provider.used_again) == (1, 0)
    assert await first.access_token() == await second.access_token()


# Killed ---------------------------------------------------------------------------------------------------------


async def test_killed_before_the_intent_is_written_nothing_is_lost(place: Installation) -> None:
    await place.process().access_token()
    place.clock.passes(HOUR)
    await place.dies_at_the_next_write(place.process())
    assert await place.process().access_token()
    assert (place.provider.exchanges, place.provider.used_again) == (2, 0)


async def test_killed_before_x_hears_of_it_the_old_one_serves_and_then_the_exchange_is_made(
    place: Installation,
) -> None:
    first = await place.process().access_token()
    place.clock.passes(HOUR)
    kept = place.store.kept
    assert kept
    await place.store.write(replace(kept, refreshing_since=place.clock()))
    process = place.process()
    assert await process.access_token() == first
    place.clock.passes(timedelta(minutes=1))
    await process.look(may_refresh=True)
    assert (process.state.name, place.provider.exchanges) == ("token_in_doubt", 1)
    place.clock.passes(HOUR)
    assert is_good(place, await process.access_token())
    assert process.state.is_well


async def test_killed_between_use_and_storing_the_old_one_serves_until_its_end_and_the_admin_is_told(
    place: Installation,
) -> None:
    first = await place.process().access_token()
    place.clock.passes(HOUR)
    await place.dies_at_the_next_write(place.process(), writes=2)
    assert place.provider.exchanges == 2
    process = place.process()
    place.clock.passes(timedelta(minutes=50))
    assert await process.access_token() == first
    assert is_good(place, first)
    assert process.state.name == "token_in_doubt"
    assert "may be lost" in (await place.found())[0]
    place.clock.passes(timedelta(minutes=10))
    with pytest.raises(NotNow):
        await process.access_token()
    assert process.state.name == "token_lost"
    assert "LAPOR_X_REFRESH_TOKEN" in (await place.found())[0]
    assert place.provider.used_again == 1
    with pytest.raises(NotNow):
        await process.access_token()
    assert place.provider.used_again == 1, "what is lost is not tried again"


async def test_a_new_token_in_the_settings_wins_and_an_old_one_never_does(place: Installation) -> None:
    before = place.settings
    await place.process().access_token()
    place.clock.passes(HOUR)
    await place.dies_at_the_next_write(place.process(), writes=2)
    place.is_set_anew()
    process = place.process()
    token = await process.access_token()
    assert is_good(place, token)
    assert process.state.is_well
    place.settings = before
    assert await place.process().access_token() == token
    assert place.provider.used_again == 0


async def test_killed_at_the_very_first_exchange_it_is_tried_once_more_and_then_said(place: Installation) -> None:
    await place.dies_at_the_next_write(place.process(), writes=2)
    process = place.process()
    with pytest.raises(NotNow):
        await process.access_token()
    place.clock.passes(timedelta(seconds=30))
    with pytest.raises(NotNow):
        await process.access_token()
    assert process.state.name == "token_lost"


async def test_a_database_that_is_away_when_tokens_come_is_given_them_later(place: Installation) -> None:
    process = place.process()

    def goes_away() -> None:
        place.store.is_away = True

    place.provider.on_exchange = goes_away
    token = await process.access_token()
    assert is_good(place, token)
    place.store.is_away = False
    await process.look(may_refresh=False)
    assert await place.process().access_token() == token


# What X says ------------------------------------------------------------------------------------------------------


async def test_a_wrong_client_uses_no_token_up(place: Installation) -> None:
    place.provider.refuses_exchange = [(401, {"error": "unauthorized_client"})]
    process = place.process()
    with pytest.raises(NotNow):
        await process.access_token()
    assert process.state.name == "refused"
    assert await process.access_token()
    assert process.state.is_well


async def test_an_answer_without_tokens_leaves_it_in_doubt(place: Installation) -> None:
    place.provider.refuses_exchange = [(500, {})]
    process = place.process()
    with pytest.raises(NotNow):
        await process.access_token()
    place.clock.passes(timedelta(seconds=30))
    assert await process.access_token()


async def test_nobody_there_uses_no_token_up(place: Installation) -> None:
    url, place.provider.url = place.provider.url, "http://127.0.0.1:9/2"
    place.settings = settings_of(place.provider)
    process = place.process()
    with pytest.raises(NotNow):
        await process.access_token()
    assert process.state.name == "unreachable"
    place.provider.url = url
    place.settings = settings_of(place.provider)
    assert await place.process().access_token()


async def test_an_access_token_that_x_refuses_is_exchanged_before_its_time(place: Installation) -> None:
    process = place.process()
    first = await process.access_token()
    process.is_spent(first)
    assert await process.access_token() != first


# Kept -------------------------------------------------------------------------------------------------------------


async def test_what_is_kept_is_sealed_and_changed_by_one_at_a_time() -> None:
    file = await new_database()
    database = Database(f"sqlite:///{file}")
    store = SqlTokenStore(database, "x", Seals(b"a key", b"of x"))
    tokens = exchanged(
        beginning_with("first", None), "access", "second", HOUR, datetime.fromisoformat("2026-12-02T00:00Z")
    )
    assert await store.load() is None
    written = await store.write(tokens)
    assert await store.load() == written == replace(tokens, version=1)
    assert await store.write(tokens) is None
    assert written
    assert await store.write(written)
    assert b"access" not in file.read_bytes().replace(b"access_token", b"")
    other = await SqlTokenStore(database, "x", Seals(b"another key", b"of x")).load()
    assert other == RotatingTokens((digest_of("first"),), "", is_lost=True, version=2)
    await database.close()
    file.unlink()


def test_nothing_is_done_with_a_token_that_is_lost_and_over() -> None:
    now = datetime.fromisoformat("2026-12-02T00:00Z")
    tokens = replace(exchanged(beginning_with("a", None), "b", "c", HOUR, now), is_lost=True)
    assert next_step(tokens, now) is TokenStep.USE
    assert next_step(tokens, now + HOUR) is TokenStep.LOST


# The doctor -------------------------------------------------------------------------------------------------------


async def test_the_doctor_says_what_is_missing_and_exchanges_nothing(place: Installation) -> None:
    assert await place.found() == ["X: set LAPOR_X_APP_TOKEN to have the webhook looked at too."]
    assert place.provider.exchanges == 0
    await place.process().access_token()
    place.settings = place.settings.model_copy(update={"x_app_token": SecretStr(APP_TOKEN)})
    assert await place.found() == [
        "X: no webhook leads to http://lapor.test/x: register it as docs/x.md says.",
        "X: nobody is subscribed to dm.received of the account.",
        "X: nobody is subscribed to post.mention.create of the account.",
    ]
    place.provider.webhooks = [{"id": "1", "url": "http://lapor.test/x", "valid": False}]
    filtered = {"user_id": place.settings.user_id}
    place.provider.subscriptions = [
        {"event_type": kind, "filter": filtered} for kind in ("dm.received", "post.mention.create")
    ]
    assert "did not answer the last challenge" in (await place.found())[0]
    place.provider.webhooks[0]["valid"] = True
    assert await place.found() == []
    place.provider.access.clear()
    assert "does not take the token" in (await place.found())[0]


async def test_the_doctor_says_that_nobody_exchanges(place: Installation) -> None:
    await place.process().access_token()
    place.clock.passes(2 * HOUR)
    assert "is ./lapor start running?" in (await place.found())[0]
