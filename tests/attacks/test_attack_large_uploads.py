"""Threat: somebody fills the disk with what is refused in the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from httpx import HTTPError

from actions.people.roles import Role
from tests.attacks.services import browser, hires, signs_in
from tests.integration.process.service import running_service

pytestmark = pytest.mark.slow

PIECE = b"x" * (1 << 16)
UPLOAD_BYTES = 180 * 1024 * 1024


async def test_180_megabytes_at_the_import_are_refused_before_they_have_come(tmp_path: Path) -> None:
    sent = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        while sent < UPLOAD_BYTES:
            sent += len(PIECE)
            yield PIECE

    spool = tmp_path / "spool"
    spool.mkdir()
    async with running_service(tmp_path) as service, browser(service) as trainer:
        await hires(service, "Rina", Role.TRAINER)
        assert (await signs_in(trainer, "Rina")).status_code == 303
        kind = {"content-type": "multipart/form-data; boundary=x", "content-length": str(UPLOAD_BYTES)}
        with suppress(HTTPError):  # it may hang up before all is sent
            answer = await trainer.post("/trainer/import", content=pieces(), headers=kind)
            assert answer.status_code == 413
        assert sent < UPLOAD_BYTES // 4
        assert (await trainer.get("/trainer/import")).status_code == 200
        async with browser(service) as stranger:
            with suppress(HTTPError):
                answer = await stranger.post("/sign-in", content=pieces(), headers=kind)
                assert answer.status_code == 413
