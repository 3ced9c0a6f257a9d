"""The whole chain with a real Kannel: SMSC, its two boxes, and the service as a process, both ways."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.fakes.kannel import is_installed, kannel
from tests.fakes.smsc import FakeSmsc
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import free_port, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_installed(), reason="Kannel is not installed: apt-get install kannel brings it"),
]

SITI = "6281234567890"
STORY = "ꦭꦩ꧀ꦥꦸ lampu jalan di petung mati sudah dua minggu, gelap sekali kalau malam, tolong segera diperbaiki pak"


def of_database(service: Service, query: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(service.database) as connection:
        return connection.execute(query).fetchall()


async def test_a_report_is_filed_through_kannel_and_its_receipts_come_back(tmp_path: Path) -> None:
    send, port = free_port(), free_port()
    settings = {
        "sms_dialect": "kannel",
        "sms_gateway_url": f"http://127.0.0.1:{send}/cgi-bin/sendsms?username=lapor&password=rahasia",
        "sms_secret": "kunci-gerbang",
        "nlu": "off",
    }
    posts = f"http://127.0.0.1:{port}/sms?key=kunci-gerbang&id=%I"
    async with (
        FakeSmsc() as smsc,
        kannel(tmp_path, smsc, send, posts),
        running_service(tmp_path, port=port, **settings) as service,
    ):
        assert await smsc.brings(SITI, STORY) == [0, 0]
        await until(lambda: of_database(service, "SELECT 1 FROM inbox"), "her words come")
        [(event,)] = of_database(service, "SELECT event FROM inbox")
        assert STORY in event
        parts = await smsc.has(2)
        assert {one.to for one in parts} == {SITI}
        assert all(one.part for one in parts)
        assert "ꦭꦩ꧀ꦥꦸ lampu jalan" in "".join(one.text for one in parts)
        for one in list(parts):
            assert await smsc.receipt(one.id, "DELIVRD") == 0
        asked = "SELECT state, receipt FROM outbox"
        await until(lambda: ("sent", "delivered") in of_database(service, asked), "the receipt comes")
