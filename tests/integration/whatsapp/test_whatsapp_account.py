"""What `lapor doctor` and `lapor whatsapp` say of the account at Meta: its token, its webhook, its templates."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.channels.declaration import ChannelFinding
from bot.channels.meta.examining import NO_ACCOUNT, examine_whatsapp
from bot.channels.meta.templates import read_templates
from bot.cli.main import lapor
from bot.main.assembly import DEFAULTS
from bot.main.failures import CommandFailed
from bot.ops.doctor import _channels
from tests.fakes.whatsapp import FakeWhatsApp, Json
from tests.integration.process.surroundings import environment
from tests.talks.whatsapp import settings_of

TEMPLATES = read_templates(DEFAULTS)


def as_approved() -> list[Json]:
    """The account has them as the files say."""
    return [one.submission() | {"status": "APPROVED"} for one in TEMPLATES.by_use.values()]


@pytest.fixture
async def meta() -> AsyncIterator[FakeWhatsApp]:
    async with FakeWhatsApp(lambda: 0.0) as listening:
        listening.account, listening.apps = as_approved(), [{"whatsapp_business_api_data": {"id": "1"}}]
        yield listening


async def missing(meta: FakeWhatsApp, config_dir: Path = DEFAULTS) -> list[str]:
    return [one.words for one in await examine_whatsapp(settings_of(meta), config_dir) if not one.is_good]


async def test_an_account_that_is_as_it_should_be_is_said_to_be(meta: FakeWhatsApp) -> None:
    found = await examine_whatsapp(settings_of(meta), DEFAULTS)
    assert [one.is_good for one in found] == [True] * 6
    assert found[0] == ChannelFinding(is_good=True, words="WhatsApp: Meta takes the token for the number.")
    assert found[-1].words == "WhatsApp template lapor_laporan_selesai: approved as it is here."


def is_paused(account: list[Json]) -> None:
    account[1]["status"] = "PAUSED"


def has_other_words(account: list[Json]) -> None:
    account[1]["components"][0]["text"] = "Ada pertanyaan, lihat {{1}} di sana."


def is_in_another_language(account: list[Json]) -> None:
    account[1]["language"] = "en"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (is_paused, "it is paused there"),
        (has_other_words, "it has other words there"),
        (is_in_another_language, "the account does not have it: submit it"),
        (list.clear, "the account does not have it: submit it"),
    ],
)
async def test_a_template_that_may_not_be_sent_is_named(
    meta: FakeWhatsApp, change: Callable[[list[Json]], None], words: str
) -> None:
    change(meta.account)
    name = [*TEMPLATES.by_use.values()][1].name
    assert f"WhatsApp template {name}: {words}." in await missing(meta)


async def test_a_webhook_that_nobody_is_posted_to_is_said(meta: FakeWhatsApp) -> None:
    meta.apps = []
    assert await missing(meta) == [
        "WhatsApp: no app is subscribed to the account: register the webhook as docs/whatsapp.md says."
    ]


async def test_a_token_that_is_refused_ends_the_looking(meta: FakeWhatsApp) -> None:
    meta.token = "another"
    assert await missing(meta) == [
        "WhatsApp: Meta does not answer as it should (refused): check token and ids in .env."
    ]


async def test_nobody_there_is_said_so(meta: FakeWhatsApp) -> None:
    await meta.__aexit__(None, None, None)
    assert await missing(meta) == [
        "WhatsApp: Meta does not answer as it should (unreachable): check token and ids in .env."
    ]


async def test_without_the_account_only_the_token_is_looked_at(meta: FakeWhatsApp) -> None:
    settings = settings_of(meta).model_copy(update={"whatsapp_account_id": None})
    found = await examine_whatsapp(settings, DEFAULTS)
    assert [(one.is_good, one.words == NO_ACCOUNT) for one in found] == [(True, False), (False, True)]


def with_a_file(tmp_path: Path, body: str) -> Path:
    """A regency whose template of an answer has these words."""
    shutil.copytree(DEFAULTS / "whatsapp", tmp_path / "whatsapp")
    file = tmp_path / "whatsapp" / "answered.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("body =")] + f'body = "{body}"\n', encoding="utf-8")
    return tmp_path


async def test_a_file_that_cannot_be_a_template_is_named_with_its_fault(meta: FakeWhatsApp, tmp_path: Path) -> None:
    [words] = await missing(meta, with_a_file(tmp_path, "Laporan {{2}} sudah dijawab."))
    assert words.startswith("WhatsApp: answered.toml: ")
    assert "must hold each of {{1}} to {{1}} once" in words


# The commands ---------------------------------------------------------------------------------------------------


def runs(tmp_path: Path, *words: str, **settings: object) -> Result:
    """In this process: there are many of them."""
    given = environment(tmp_path, "", settings)
    ours = {name: value for name, value in given.items() if name.startswith("LAPOR_")}
    return CliRunner(env=ours).invoke(lapor, words)


def test_the_templates_are_printed_as_they_are_submitted(tmp_path: Path) -> None:
    printed = json.loads(runs(tmp_path, "whatsapp", "templates", "--json").stdout)
    assert printed == [one.submission() for one in TEMPLATES.by_use.values()]
    assert {one["category"] for one in printed} == {"UTILITY"}


def test_the_templates_can_be_read_by_people(tmp_path: Path) -> None:
    printed = runs(tmp_path, "whatsapp", "templates").stdout
    assert "question: lapor_ada_pertanyaan (id, UTILITY)\n  Ada pertanyaan dari petugas" in printed
    assert "  ticket: LP-7KD3-M9XK\n" in printed


def test_a_file_that_is_no_template_is_one_sentence(tmp_path: Path) -> None:
    ended = runs(tmp_path, "whatsapp", "templates", config_dir=with_a_file(tmp_path, "{{1}} sudah dijawab."))
    assert isinstance(ended.exception, CommandFailed)
    assert str(ended.exception).startswith("answered.toml: ")


@pytest.mark.parametrize(("is_approved", "code"), [(True, 0), (False, 1)])
async def test_what_the_account_has_is_compared_and_the_exit_says_so(
    meta: FakeWhatsApp, tmp_path: Path, *, is_approved: bool, code: int
) -> None:
    if not is_approved:
        is_paused(meta.account)
    shown = await asyncio.to_thread(runs, tmp_path, "whatsapp", "compare", **meta.settings)
    assert shown.exit_code == code
    assert ("MISSING WhatsApp template lapor_ada_pertanyaan: it is paused there." in shown.stdout) is not is_approved
    as_json = await asyncio.to_thread(runs, tmp_path, "whatsapp", "compare", "--json", **meta.settings)
    assert [one["good"] for one in json.loads(as_json.stdout)].count(False) == code


def test_without_a_number_there_is_nothing_to_compare(tmp_path: Path) -> None:
    ended = runs(tmp_path, "whatsapp", "compare")
    assert isinstance(ended.exception, CommandFailed)
    assert "docs/whatsapp.md" in str(ended.exception)


async def test_doctor_looks_at_it_too(meta: FakeWhatsApp, monkeypatch: pytest.MonkeyPatch) -> None:
    is_paused(meta.account)
    for name, value in meta.settings.items():
        monkeypatch.setenv(f"LAPOR_{name.upper()}", value)
    found = [one for one in await asyncio.to_thread(lambda: [*_channels(DEFAULTS)]) if "WhatsApp" in one.words]
    assert [one.good for one in found].count(False) == 1
    assert not any(one.needed for one in found if not one.good)
