"""`/health` and `/metrics`: true at the moment they are asked, and open to nobody who must not see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database
from bot.main.health import HealthWatch
from bot.observability.metrics import Metrics
from bot.web.shared.app import make_app
from bot.web.shared.health import Health, health_router, metrics_router
from tests.fakes.understandings import SureUnderstanding
from tests.unit.delivery.town import Town

HEALTHY = Health("ok", "rasa", {"telegram": "polling", "web": "off"}, answers=True)


def a_client(app: FastAPI, host: str = "127.0.0.1") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(host, 1)), base_url="http://lapor")


@pytest.fixture
async def watch(database: Database) -> HealthWatch:
    return HealthWatch(database, SureUnderstanding(), None, Metrics())


@pytest.fixture
async def client(watch: HealthWatch) -> AsyncIterator[httpx.AsyncClient]:
    app = make_app([health_router(watch.look), metrics_router(watch.metrics.registry, "open sesame", watch.look)])
    async with a_client(app) as opened:
        yield opened


async def test_a_service_that_answers_is_ready(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/ready")
    body = answer.json()
    assert (answer.status_code, body["status"], body["database"], body["understanding"]) == (200, "ready", "ok", "rasa")


class AbsentDatabase(Database):
    """Was there once."""

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        raise OSError("no such disk")
        yield


async def test_a_service_lives_although_its_database_is_gone(tmp_path: Path) -> None:
    gone = AbsentDatabase(f"sqlite:///{tmp_path}/lapor.db")
    watch = HealthWatch(gone, SureUnderstanding(), None, Metrics())
    async with a_client(make_app([health_router(watch.look)])) as client:
        answers = [await client.get("/health/live"), await client.get("/health/ready")]
    assert [answer.status_code for answer in answers] == [200, 503]
    assert answers[1].json()["database"] == "down"


@pytest.mark.parametrize(
    ("understanding", "telegram", "status"),
    [
        ("rasa", "polling", "ready"),
        ("keywords", "off", "ready"),
        ("starting", "polling", "degraded"),
        ("down", "webhook", "degraded"),
        ("rasa", "unreachable", "degraded"),
        ("rasa", "conflict", "degraded"),
    ],
)
def test_what_should_be_there_and_is_not_degrades_it(understanding: str, telegram: str, status: str) -> None:
    assert Health("ok", understanding, {"telegram": telegram}, answers=True).status == status


def test_a_service_that_does_not_answer_is_never_ready() -> None:
    assert Health("down", "rasa", {}, answers=False).status == "degraded"


async def test_metrics_count_what_waits_at_the_moment_they_are_asked_for(client: httpx.AsyncClient, town: Town) -> None:
    before = (await client.get("/metrics")).text
    await town.arrives(town.said("lampu mati"), town.said("sampah", "budi"))
    await town.is_to_read("halo")
    after = (await client.get("/metrics")).text
    assert ("lapor_inbox_waiting 0.0" in before, "lapor_inbox_waiting 2.0" in after) == (True, True)
    assert "lapor_outbox_waiting 1.0" in after


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.7", {}, 401),
        ("not an address", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 401),
        ("203.0.113.7", {"Authorization": "Bearer open sesame"}, 200),
        ("203.0.113.7", {"Authorization": "Bearer open"}, 401),
        ("203.0.113.7", {"Authorization": "Bearer "}, 401),
    ],
)
async def test_metrics_are_for_this_machine_or_who_has_the_token(
    host: str, headers: dict[str, str], status: int
) -> None:
    async with a_client(make_app([metrics_router(Metrics().registry, "open sesame")]), host) as client:
        assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_without_a_token_nobody_has_it() -> None:
    async with a_client(make_app([metrics_router(Metrics().registry, None)]), "203.0.113.7") as client:
        answers = [await client.get("/metrics", headers={"Authorization": f"Bearer {t}"}) for t in ("", "None")]
    assert [answer.status_code for answer in answers] == [401, 401]


async def test_the_app_shows_no_pages_about_itself(client: httpx.AsyncClient) -> None:
    pages = [await client.get(path) for path in ("/docs", "/redoc", "/openapi.json")]
    assert [page.status_code for page in pages] == [404, 404, 404]
