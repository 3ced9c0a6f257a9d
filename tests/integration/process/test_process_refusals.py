"""What stands in the way of a start is one sentence that says what and how to mend it: exit 1, no traceback."""

from __future__ import annotations

import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from actions.store.engine.database import Database
from bot.main.single_process import only_one_talk
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_updates import Webhook
from tests.integration.process.commands import lapor
from tests.integration.process.service import running_service
from tests.integration.process.surroundings import CHECKOUT, LAUNCHER, free_port

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]


async def refusal(folder: Path, **settings: object) -> str:
    """The sentence with which `start` ends."""
    finished = await lapor(folder, "start", **({"http_port": free_port()} | settings))
    assert (finished.code, finished.stdout) == (1, "")
    return finished.sentence


async def test_a_second_start_on_the_same_database(tmp_path: Path) -> None:
    async with running_service(tmp_path, program=LAUNCHER):
        said = await refusal(tmp_path)
        assert "another start is already running" in said
        assert str(tmp_path / "var" / "lapor.db") in said
        assert "LAPOR_DATA_DIR" in said


async def test_a_second_chat_on_the_same_database(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    async with only_one_talk(Database(f"sqlite:///{tmp_path / 'var' / 'lapor.db'}")):
        finished = await lapor(tmp_path, "chat", told="halo\n")
    assert (finished.code, finished.stdout) == (1, "")
    assert "another ./lapor chat is open on this database" in finished.sentence


async def test_a_wrong_token(tmp_path: Path) -> None:
    token = "700123:a-wrong-one"
    async with FakeTelegram() as telegram:
        said = await refusal(tmp_path, telegram_token=token, telegram_api_url=telegram.url)
    assert "LAPOR_TELEGRAM_TOKEN" in said
    assert "@BotFather" in said
    assert token not in said


async def test_a_webhook_set_elsewhere_is_left_alone(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        elsewhere = Webhook("https://elsewhere.example/secret-path", "a-secret", 40)
        await telegram.world.updates.set_webhook(elsewhere, drop=False)
        said = await refusal(tmp_path, telegram_token=telegram.token, telegram_api_url=telegram.url)
        assert telegram.world.updates.webhook is elsewhere
    assert "elsewhere.example" in said
    assert "secret-path" not in said
    assert "deleteWebhook" in said
    assert "LAPOR_TELEGRAM_MODE" in said


async def test_a_webhook_without_a_secret(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        said = await refusal(
            tmp_path,
            telegram_mode="webhook",
            telegram_token=telegram.token,
            telegram_api_url=telegram.url,
        )
    assert "LAPOR_TELEGRAM_WEBHOOK_SECRET" in said
    assert "32 random letters and digits" in said


async def test_a_database_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    said = await refusal(tmp_path, database_url=f"sqlite:///{tmp_path}/nowhere/lapor.db")
    assert f"{tmp_path}/nowhere" in said
    assert "LAPOR_DATABASE_URL" in said


async def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "words.db").write_text("These are words, and no database. " * 100, encoding="utf-8")
    said = await refusal(tmp_path, database_url=f"sqlite:///{tmp_path}/words.db")
    assert "words.db" in said
    assert "LAPOR_DATABASE_URL" in said


async def test_a_database_of_another_program(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE cases (number TEXT)")
    assert "LAPOR_DATABASE_URL" in await refusal(tmp_path, database_url=f"sqlite:///{tmp_path}/other.db")


async def test_a_database_of_a_newer_version(tmp_path: Path) -> None:
    assert (await lapor(tmp_path, "db", "upgrade")).code == 0
    with closing(sqlite3.connect(tmp_path / "var" / "lapor.db")) as known, known:
        known.execute("UPDATE alembic_version SET version_num = '9999'")
    said = await refusal(tmp_path)
    assert "9999" in said
    assert "bring lapor up to date" in said


async def test_an_address_of_no_database_that_is_known(tmp_path: Path) -> None:
    said = await refusal(tmp_path, database_url="mysql://clerk:open-sesame@localhost/cases")
    assert "LAPOR_DATABASE_URL" in said
    assert "open-sesame" not in said


async def test_a_postgresql_that_does_not_answer(tmp_path: Path) -> None:
    said = await refusal(tmp_path, database_url="postgresql://clerk:open-sesame@127.0.0.1:1/cases")
    assert "LAPOR_DATABASE_URL" in said
    assert "open-sesame" not in said


async def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way", encoding="utf-8")
    assert "LAPOR_DATA_DIR" in await refusal(tmp_path)


@pytest.mark.parametrize(
    ("file", "before", "after", "mend"),
    [
        ("routing.csv", ",dpupr,", ",dinas_gaib,", "use one of the codes of agencies.csv"),
        ("limits.toml", "filed_an_hour = 5", "filed_an_hour = lima", "quotes and equals signs"),
    ],
)
async def test_a_mistake_in_the_configuration_is_named_with_file_and_line(
    tmp_path: Path, file: str, before: str, after: str, mend: str
) -> None:
    regency = tmp_path / "regency"
    shutil.copytree(CHECKOUT / "data", regency, ignore=shutil.ignore_patterns("nlu"))
    text = (regency / file).read_text(encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1
    (regency / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    said = await refusal(tmp_path, config_dir=regency)
    assert f"{regency / file}, line {line}" in said
    assert mend in said


async def test_a_file_of_the_configuration_that_is_not_there(tmp_path: Path) -> None:
    said = await refusal(tmp_path, config_dir=tmp_path / "nothing")
    assert str(tmp_path / "nothing") in said
    assert "put the file there" in said


@pytest.mark.parametrize(("setting", "value"), [("http_port", "eighty"), ("nlu", "crystal-ball")])
async def test_a_setting_that_cannot_be_used(tmp_path: Path, setting: str, value: str) -> None:
    said = await refusal(tmp_path, **{setting: value})
    assert f"LAPOR_{setting.upper()}" in said
    assert ".env" in said


@pytest.mark.alert("LaporDown")
async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = await refusal(tmp_path, http_port=port)
    assert f"127.0.0.1:{port}" in said
    assert "LAPOR_HTTP_PORT" in said


@pytest.mark.parametrize("words", [["begin"], ["start", "--now"]])
async def test_wrong_words_exit_2(tmp_path: Path, words: list[str]) -> None:
    finished = await lapor(tmp_path, *words)
    assert (finished.code, finished.stdout) == (2, "")
    assert "Usage: lapor" in finished.stderr
