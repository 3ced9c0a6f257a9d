"""Nothing of a citizen's, and no password, is in the log of a service whose PostgreSQL goes away and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.integration.operations.marks import DATABASE_PASSWORD, NAME, PHONE, WORDS, all_that_was_written
from tests.integration.process.service import running_service
from tests.integration.process.surroundings import free_port, until
from tests.integration.process.test_process_webhook import settings_for
from tests.postgres import PostgresServer, running_postgres

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

STORY = f"lampu jalan {WORDS} di jl provinsi km 5 mati sudah 2 minggu, hubungi {PHONE}"


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of this test's own, to be stopped."""
    with running_postgres() as started:
        yield started


@pytest.fixture
def url(server: PostgresServer) -> str:
    """The address of a database in it, with a password that it does not ask for."""
    return server.new_database().replace("postgres:@", f"postgres:{DATABASE_PASSWORD}@")


async def test_nothing_is_told_when_the_server_goes_away(server: PostgresServer, url: str, tmp_path: Path) -> None:
    """By webhook, since who has lost the lease of polling does not ask for what she says."""
    assert DATABASE_PASSWORD in url
    async with FakeTelegram() as telegram:
        settings = settings_for(telegram, free_port()) | {"log": "debug"}
        async with running_service(tmp_path, database_url=url, **settings) as service:
            siti = telegram.citizen(NAME)
            await siti.says(STORY)
            await siti.hears()
            server.stop()
            await siti.says(f"di depan warung {WORDS}")
            await until(lambda: "inbox_waits_for_database" in service.stderr, "it cannot keep what she says", 40)
            server.start()
            assert await siti.hears()
    written = all_that_was_written(tmp_path)
    marks = {"password": DATABASE_PASSWORD, "token": telegram.token, "name": NAME, "words": WORDS, "phone": PHONE[3:]}
    assert [what for what, mark in marks.items() if mark in written] == []
    assert str(siti.id) not in written
