"""The how-to for a channel, carried out: installed beside the project, it stands wherever our own channels stand."""

from __future__ import annotations

import json
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.fakes.sms import FakeGateway, Sms
from tests.integration.channels.toy import CITIZEN, SECRET, a_gateway, code, installed, typed, written
from tests.integration.process.commands import lapor
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import CHECKOUT, SERVICE, until

STORY = "lampu jalan mati di jalan provinsi km 5 babulu darat sudah dua minggu"
MOST_LINES = 120


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the channel is installed, for every process that is started from here."""
    folder = installed(written(tmp_path), tmp_path / "site")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return folder


def test_the_channel_is_small() -> None:
    assert len(code().splitlines()) <= MOST_LINES


def test_every_command_of_the_page_is_one_of_ours() -> None:
    assert [step.command for step in typed()] == [
        "uv pip install ./toy",
        "./lapor config",
        "./lapor doctor",
        "./lapor start",
    ]


def test_the_channel_is_written_as_the_project_is(tmp_path: Path) -> None:
    package = written(tmp_path)
    ours, first = str(CHECKOUT / "pyproject.toml"), 'lint.isort.known-first-party = ["bot", "actions"]'
    as_ours = ("--config", ours, "--config", first, "--ignore", "D,INP001,PLR2004,RUF012")
    for words in (("check", *as_ours), ("format", "--check", "--line-length", "120")):
        command = [CHECKOUT / ".venv/bin/ruff", *words, "lapor_toy"]
        looked = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
        assert looked.returncode == 0, looked.stdout + looked.stderr


@pytest.mark.slow
def test_it_keeps_the_contracts_that_our_channels_keep(tmp_path: Path, site: Path) -> None:
    looked = lint(tmp_path / "toy")
    assert "Contracts: 2 kept, 0 broken." in looked.stdout
    (tmp_path / "toy/lapor_toy/__init__.py").write_text(
        f"import actions.cases.case\nimport bot.channels.sms.channel\n{code()}"
    )
    assert "Contracts: 0 kept, 2 broken." in lint(tmp_path / "toy").stdout


def lint(package: Path) -> subprocess.CompletedProcess[str]:
    command = [CHECKOUT / ".venv/bin/lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)


@pytest.mark.slow
async def test_its_settings_are_shown_and_half_of_them_refused(tmp_path: Path, site: Path) -> None:
    given = {"toy_url": "http://127.0.0.1:9/send", "toy_secret": SECRET}
    shown = json.loads((await lapor(tmp_path, "config", "--json", program=SERVICE, **given)).stdout)
    assert (shown["LAPOR_TOY_URL"], shown["LAPOR_TOY_SECRET"]) == (given["toy_url"], "********")
    refused = await lapor(tmp_path, "start", program=SERVICE, toy_secret=SECRET)
    assert (refused.code, refused.sentence) == (
        1,
        "LAPOR_TOY_SECRET needs LAPOR_TOY_URL too: set it in .env, or take LAPOR_TOY_SECRET out",
    )
    doctor = await lapor(tmp_path, "doctor", program=SERVICE, toy_secret=SECRET)
    assert "MISSING LAPOR_TOY_SECRET needs LAPOR_TOY_URL too" in doctor.stdout


@pytest.fixture
async def gateway() -> AsyncIterator[FakeGateway]:
    async with a_gateway() as listening:
        yield listening


@pytest.mark.slow
async def test_a_report_comes_through_it_from_the_first_word_to_the_number(
    tmp_path: Path, site: Path, gateway: FakeGateway
) -> None:
    settings = {"toy_url": gateway.url, "toy_secret": gateway.secret}
    async with (
        running_service(tmp_path, program=SERVICE, **settings) as service,
        AsyncClient(base_url=service.address) as web,
    ):
        health = await service.becomes()
        assert health["channels"] == {"telegram": "off", "web": "on", "toy": "on"}
        doubt = await answer_to(gateway, web, STORY)
        assert doubt.text.endswith("9) Batal")
        card = await answer_to(gateway, web, "1")
        assert "1) Kirim" in card.text.splitlines()
        filed = await answer_to(gateway, web, "Kirim")
        ticket = next(word for word in filed.text.split() if word.startswith("LP-"))
    await stands_everywhere(tmp_path, service, ticket)


async def answer_to(gateway: FakeGateway, web: AsyncClient, text: str) -> Sms:
    """What she reads, who sent the same message twice."""
    gateway.sent = []
    assert await gateway.brings(web, CITIZEN, text, times=2) == [200, 200]
    await until(lambda: gateway.sent, "an answer")
    assert gateway.sent[0].to == CITIZEN
    return gateway.sent[0]


async def stands_everywhere(folder: Path, service: Service, ticket: str) -> None:
    case = json.loads((await lapor(folder, "case", "show", ticket.strip(".,"), "--json")).stdout)
    assert case["channel"] == "toy"
    assert SECRET not in service.stdout + service.stderr
    assert CITIZEN not in service.stdout + service.stderr
