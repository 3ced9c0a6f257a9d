"""Threat: a stranger, or a colleague at the same address, keeps somebody from signing in."""

from __future__ import annotations

import time
from pathlib import Path

import pyotp
import pytest

from actions.people.roles import Role
from actions.people.sign_in import Seals, draw_secret
from actions.store.people.sign_in import keep_totp
from bot.configuration.clock import utc_now
from tests.attacks.services import browser, database_of, hires, pending_of, signs_in
from tests.integration.process.service import running_service

pytestmark = pytest.mark.slow


async def test_neither_forged_tokens_nor_wrong_tries_keep_anybody_out(tmp_path: Path) -> None:
    async with running_service(tmp_path) as service:
        rina = await hires(service, "Rina", Role.VERIFIER)
        await hires(service, "Budi", Role.VERIFIER)
        secret = draw_secret(lambda count: bytes(range(count)))
        seals = Seals((tmp_path / "var" / "secret-key").read_bytes())
        async with database_of(service) as database, database.writing() as connection:
            await keep_totp(connection, rina.id, seals.sealed(secret), utc_now(), is_on=True)
        async with browser(service) as hers, browser(service) as budis, browser(service) as stranger:
            assert (await signs_in(budis, "Budi")).status_code == 303
            await budis.post("/sign-out")
            until = int(time.time()) + 300
            for number in range(9):
                forged = {"pending": f"{rina.id}.{until}.{number:064x}", "code": "000000"}
                assert (await stranger.post("/sign-in", data=forged)).status_code == 401
            asked = await signs_in(hers, "Rina")
            fields = {"pending": pending_of(asked), "code": pyotp.TOTP(secret).now()}
            assert (await hers.post("/sign-in", data=fields)).status_code == 303
            for number in range(36):
                await signs_in(stranger, f"orang {number}", "bukan kata sandinya")
            for _ in range(7):
                await signs_in(stranger, "Budi", "bukan kata sandinya")
            assert (await signs_in(stranger, "Budi")).status_code == 429
            assert (await signs_in(budis, "Budi")).status_code == 303
