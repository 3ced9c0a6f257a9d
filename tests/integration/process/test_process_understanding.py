"""A first start understands at once, in its own process, and takes a model that is trained meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.configuration.secret_key import secret_key
from bot.understanding.model.baseline import baseline_file
from bot.understanding.model.model_file import sign
from tests.fakes.telegram import FakeTelegram
from tests.integration.process.processes import descendants
from tests.integration.process.service import running_service
from tests.integration.process.surroundings import CHECKOUT, until

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

STORY = "lampu jalan di depan pasar Petung mati total sudah dua minggu"


async def test_a_first_start_understands_a_clear_complaint_without_a_child_or_another_python(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        known = {"telegram_token": telegram.token, "telegram_api_url": telegram.url, "nlu": ""}
        async with running_service(tmp_path, **known) as service:
            said = await service.health()
            assert said is not None
            assert (said["understanding"], said["status"]) == ("compiled", "ready")
            siti = telegram.citizen()
            await siti.says(STORY)
            [card] = await siti.hears()
            assert "Penerangan jalan" in card.text
            assert ("Kirim" in card.labels, "Tidak tahu" in card.labels) == (True, False)
            assert [process.command for process in descendants(service.process.pid)] == []


async def test_a_model_that_is_trained_meanwhile_is_taken_without_a_restart(tmp_path: Path) -> None:
    data = tmp_path / "var"
    async with running_service(tmp_path, nlu="compiled") as service:
        (data / "models").mkdir()
        sign(baseline_file(CHECKOUT), data / "models" / "compiled-0123.lapor", secret_key(None, data))
        await until(lambda: "It is compiled-0123.lapor." in service.stdout, "the new model is used")
        await service.becomes(understanding="compiled")


async def test_a_model_of_another_installation_is_told_and_not_used(tmp_path: Path) -> None:
    models = tmp_path / "var" / "models"
    models.mkdir(parents=True)
    sign(baseline_file(CHECKOUT), models / "compiled-4567.lapor", b"another key")
    async with running_service(tmp_path, nlu="compiled") as service:
        await service.becomes(understanding="compiled")
        told = " ".join(service.stdout.split())
    assert "compiled-4567.lapor does not bear the signature of this installation" in told
    assert "It is the one that came with this version." in told
