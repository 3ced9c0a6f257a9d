"""Threat: another program of the same user reads secrets in the environment of the service's child processes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from actions.people.roles import Role
from tests.attacks.services import browser, hires, reports, signs_in
from tests.attacks.test_attack_accused import a_photo
from tests.fakes.sms import FakeGateway
from tests.integration.process.processes import descendants
from tests.integration.process.service import Service, start
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.slow

SECRETS = {
    "secret_key": "skunci-rahasia-6f1e0c",
    "nlu_token": "stoken-model-6f1e0c",
    "metrics_token": "stoken-metrik-6f1e0c",
    "telegram_webhook_secret": "srahasia-webhook-6f1e0c",
    "sms_secret": "srahasia-sms-6f1e0c",
}
KINDS = ("actions.store.engine.migrating", "bot.files.inspection.child", "bot nlu train")


async def watch(service: Service, seen: dict[str, str]) -> None:
    """Note the environment of every child, by its command, for as long as the service runs."""
    while True:
        for child in await asyncio.to_thread(descendants, service.process.pid):
            try:
                environment = Path(f"/proc/{child.pid}/environ").read_bytes()
                command = Path(f"/proc/{child.pid}/cmdline").read_bytes().replace(b"\0", b" ")
            except OSError:
                continue  # it has ended
            known = command.decode(errors="replace").strip()
            seen[known] = seen.get(known, "") + environment.decode(errors="replace")
        await asyncio.sleep(0.03)


async def has_trained(service: Service, seen: dict[str, str]) -> None:
    """A trainer has a model trained; the child needs to begin, no more."""
    await hires(service, "Tari", Role.TRAINER)
    async with browser(service) as trainer:
        await signs_in(trainer, "Tari")
        assert (await trainer.post("/trainer/models/train")).status_code == 303
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not any("bot nlu train" in command for command in seen):
                await asyncio.sleep(0.02)


@pytest.mark.parametrize("place", ["environment", "files", "credentials"])
async def test_no_child_has_a_secret_in_its_environment_wherever_the_service_has_it_from(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, object] = dict(SECRETS)
    if place != "environment":
        folder = tmp_path / "secrets"
        folder.mkdir()
        for name, value in SECRETS.items():
            (folder / f"lapor_{name}").write_text(f"{value}\n")
        files = {f"{name}_file": folder / f"lapor_{name}" for name in SECRETS}
        given = dict.fromkeys(SECRETS) | (files if place == "files" else {})
        if place == "credentials":
            monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    seen = dict[str, str]()
    async with FakeGateway() as gateway:
        settings = {"nlu": "compiled", "data_dir": tmp_path / "var", "sms_gateway_url": gateway.url}
        service = await start(tmp_path, **settings, **given)
        watching = asyncio.create_task(watch(service, seen))
        try:
            said = await service.becomes()
            assert "sms" in said["channels"]
            await reports(service, "lampu jalan di depan pasar petung mati sudah dua minggu", a_photo())
            await has_trained(service, seen)
        finally:
            watching.cancel()
            await asyncio.wait([watching])
            service.kill_all()
            await service.process.wait()
    assert [kind for kind in KINDS if not any(kind in command for command in seen)] == []
    told = [(command, name) for command, text in seen.items() for name, value in SECRETS.items() if value in text]
    assert told == []
