"""Models by command beside a running service: compared, promoted, taken back, and followed without a restart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from actions.store.engine.database import Database
from bot.configuration.secret_key import secret_key
from tests.integration.process.commands import Finished, lapor
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import until
from tests.unit.models.made_models import Alter, a_model, a_workbench, alike, worse
from tests.unit.people.officers import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]
TEXT = "jalan depan pasar berlubang besar sampai motor saya jatuh"


async def stands(service: Service, letter: str, alter: Alter) -> None:
    """A model in the registry, as if it had been trained here."""
    data = service.folder / "var"
    database = Database(f"sqlite:///{service.database}")
    bench = a_workbench(database, data, secret_key(None, data))
    await bench.model_in_service()
    await a_model(bench, letter, alter)
    await database.close()


async def nlu(service: Service, *words: str) -> Finished:
    return await lapor(service.folder, "nlu", *words, nlu="compiled")


async def guessed(service: Service) -> str:
    said = await nlu(service, "parse", TEXT)
    assert (said.code, said.stderr) == (0, "")
    document = json.loads(said.stdout)
    return str(document["categories"][0]["slug"])


@pytest.mark.alert("LaporUnderstandingDown")
async def test_a_promoted_model_is_followed_and_taken_back_without_a_restart(tmp_path: Path) -> None:
    async with running_service(tmp_path, nlu="compiled") as service:
        await stands(service, "a", alike)
        listed = json.loads((await nlu(service, "models", "--json")).stdout)
        assert [(each["model"], each["state"]) for each in listed] == [(2, ""), (1, "in service")]
        assert (await nlu(service, "promote", "2")).sentence.startswith("This model was not compared")
        assert (await nlu(service, "shadow", "2")).stdout == "Model 2 reads along.\n"
        assert (await nlu(service, "shadow")).stdout == "No model reads along.\n"
        compared = json.loads((await nlu(service, "compare", "2", "--json")).stdout)
        assert (compared["passed"], compared["comparison"]["golden"]["failed"]) == (True, [])
        assert (await nlu(service, "promote", "2")).code == 0
        await until(lambda: "It is model-aaaaaaaaaaaa.lapor." in service.stdout, "the service follows")
        assert (await nlu(service, "rollback")).code == 0
        await until(lambda: service.stdout.count("It is baseline.") == 2, "the service goes back")
        assert (await nlu(service, "rollback")).sentence == "There is no former model to go back to."


async def test_a_worse_model_is_stopped_and_an_admin_overrules_it_by_name(tmp_path: Path) -> None:
    async with running_service(tmp_path, nlu="compiled") as service:
        await stands(service, "a", worse)
        for name, role in (("Rina", "trainer"), ("Adi", "admin")):
            words = ("officer", "add", name, "--role", role, "--password-stdin")
            assert (await lapor(tmp_path, *words, told=PASSWORD)).code == 0
        assert json.loads((await nlu(service, "compare", "2", "--json")).stdout)["passed"] is False
        stopped = await nlu(service, "promote", "2")
        assert (stopped.code, "golden phrases that fail" in stopped.sentence) == (1, True)
        reason = ("--despite", "latihan pemulihan")
        assert (await nlu(service, "promote", "2", *reason)).sentence.startswith("Only an admin")
        assert "Rina is no admin" in (await nlu(service, "promote", "2", *reason, "--by", "Rina")).sentence
        assert await guessed(service) == "jalan"
        assert (await nlu(service, "promote", "2", *reason, "--by", "Adi")).code == 0
        assert await guessed(service) == "sampah"
