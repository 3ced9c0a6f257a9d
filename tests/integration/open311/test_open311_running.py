"""The door of other systems on the real process: what is sent is a case once, whoever is killed, and is in no log."""

from __future__ import annotations

import asyncio
import json
import signal
from pathlib import Path

import pytest
from aiohttp import ClientError
from httpx import AsyncClient, HTTPError

from tests.integration.open311.keys import HOLE, a_key, files
from tests.integration.process.commands import lapor
from tests.integration.process.service import running_service

pytestmark = pytest.mark.slow

PERSON = {
    "first_name": "Penandanama",
    "last_name": "Penandaakhir",
    "email": "penandasurel@example.org",
    "phone": "081299998888",
    "account_id": "penandaakun",
    "description": "Penandacerita aspal berlubang di depan masjid",
    "address_string": "Penandatempat Jl. Provinsi Km 5",
    "attribute[named]": "true",
}


async def numbers(folder: Path, **settings: object) -> list[str]:
    """Of all cases there are."""
    listed = await lapor(folder, "case", "list", "--json", **settings)
    return [case["ticket"] for case in json.loads(listed.stdout)]


async def test_nothing_that_is_sent_and_no_key_is_in_a_log(tmp_path: Path) -> None:
    settings = {"nlu": "off", "log": "debug"}
    async with running_service(tmp_path, **settings) as service:
        key = await a_key(tmp_path, "penguji", **settings)
        number = await files(service.address, key, **PERSON)
        async with AsyncClient(base_url=service.address) as reader:
            for path in (f"/open311/v2/requests/{number}.xml", "/open311/v2/requests.json"):
                assert (await reader.get(path, params={"api_key": key})).status_code == 200
    written = service.stdout + service.stderr
    assert "case_filed" in written
    assert [mark for mark in (*PERSON.values(), key, number) if mark != "true" and mark in written] == []


async def test_sent_again_after_a_kill_it_is_one_case(tmp_path: Path) -> None:
    settings = {"nlu": "off", "secret_key": "the same after every start"}
    async with running_service(tmp_path, **settings) as service:
        key = await a_key(tmp_path, "penguji", **settings)
        form = HOLE | {"api_key": key}
        async with AsyncClient(base_url=service.address) as sender:
            sending = [
                asyncio.create_task(
                    sender.post("/open311/v2/requests.json", data=form | {"attribute[reference]": f"R-{number}"})
                )
                for number in range(10)
            ]
            await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
            await service.end(signal.SIGKILL)
            await asyncio.wait(sending)
            lost = [task for task in sending if isinstance(task.exception(), HTTPError | ClientError)]
            told = [task.result().json()[0]["service_request_id"] for task in sending if task not in lost]
    async with running_service(tmp_path, **settings) as service:
        again = [await files(service.address, key, **{"attribute[reference]": f"R-{number}"}) for number in range(10)]
    assert set(told) <= set(again)
    assert sorted(await numbers(tmp_path, **settings)) == sorted(again)


@pytest.mark.postgres
async def test_sent_to_several_processes_at_once_it_is_one_case(tmp_path: Path, postgres_url: str) -> None:
    settings = {"nlu": "off", "secret_key": "the same for both", "database_url": postgres_url}
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    async with running_service(one, **settings) as first, running_service(other, **settings) as second:
        key = await a_key(one, "penguji", **settings)
        sent = [
            files(service.address, key, **{"attribute[reference]": f"R-{number}"})
            for number in range(10)
            for service in (first, second, first)
        ]
        found = await asyncio.gather(*sent)
    assert len(set(found)) == 10
    assert sorted(await numbers(one, **settings)) == sorted(set(found))
