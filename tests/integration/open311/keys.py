"""Another system beside a running service: it gets a key, and sends."""

from __future__ import annotations

from pathlib import Path

from httpx import AsyncClient

from tests.integration.process.commands import lapor

HOLE = {
    "service_code": "jalan",
    "address_string": "Jl. Provinsi Km 5, Waru",
    "description": "Aspal berlubang dalam di depan masjid",
}


async def a_key(folder: Path, name: str, **settings: object) -> str:
    """Given by whoever runs the service, while it runs."""
    told = await lapor(folder, "api-key", "add", name, **settings)
    assert told.code == 0, told.stderr
    return told.stdout.splitlines()[0].rpartition(" ")[2]


async def files(address: str, key: str, **changes: str) -> str:
    """Send a request that is taken; its number."""
    async with AsyncClient(base_url=address) as sender:
        answer = await sender.post("/open311/v2/requests.json", data=HOLE | {"api_key": key} | changes)
    assert answer.status_code == 200, answer.text
    return str(answer.json()[0]["service_request_id"])
