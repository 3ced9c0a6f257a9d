"""The secret key is rotated, and what is under way goes on; the chain of events is verified across it."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actions.cases.verifying import faults_of
from actions.people.sign_in import Seals
from actions.store.cases.histories import histories, installation_of
from actions.store.cases.links import seal_with
from bot.channels.web.visitors import Visitors
from bot.cli.main import lapor
from bot.configuration.case_links import CaseLinks
from bot.configuration.secret_key import FORMER, NAME, NEXT, WrongKeys, chain_keys_of, rotate, secret_key
from bot.files.serving import FileLinks
from bot.integrations.webhooks.payload import signed_headers
from bot.messaging.outbox_message import ButtonSigner
from tests.unit.delivery.town import NOON, a_service
from tests.unit.store.reports import a_ticket

A_MONTH = timedelta(days=30)


def rotated(folder: Path, at: datetime, keep: timedelta = A_MONTH) -> tuple[bytes, bytes]:
    """A key that was in use, and the one that took its place."""
    before = secret_key(None, folder)
    assert rotate(None, folder, at, keep) is None
    return before, secret_key(None, folder)


def test_what_the_former_key_made_is_accepted_for_the_time_that_was_said(tmp_path: Path) -> None:
    before, after = rotated(tmp_path, datetime.now(UTC))
    assert before != after
    button = ButtonSigner(before).sign("siti", "send")
    assert ButtonSigner(after).read("siti", button) == "send"
    assert ButtonSigner(after).sign("siti", "send") != button
    assert CaseLinks("https://x", after).opens("LP-1", CaseLinks("https://x", before).key("LP-1"))
    address = FileLinks(before).file("ab" * 16, NOON).partition("?")[2]
    query = dict(part.split("=", 1) for part in address.split("&"))
    assert FileLinks(after).opens("ab" * 16, query["until"], query["k"], NOON)
    cookie = Visitors(before).cookie("x" * 22)
    assert Visitors(after, [before]).read(cookie) == "x" * 22
    assert Visitors(after).read(cookie) is None


def test_after_that_time_it_is_accepted_no_more_but_what_lasts_is(tmp_path: Path) -> None:
    before, after = rotated(tmp_path, datetime.now(UTC) - 2 * A_MONTH)
    assert ButtonSigner(after).read("siti", ButtonSigner(before).sign("siti", "send")) is None
    assert not CaseLinks("https://x", after).opens("LP-1", CaseLinks("https://x", before).key("LP-1"))
    assert Seals(after).opened(Seals(before).sealed("code")) == "code"
    assert chain_keys_of(after).known.keys() > chain_keys_of(before).known.keys()


async def test_the_chain_is_verified_across_a_rotation(database_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    before, after = rotated(folder, NOON)
    service = a_service(database_file)
    for number, key in enumerate((before, after)):
        seal_with(service.database, chain_keys_of(key))
        await a_ticket(service.database, regency=service.regency, draft_key=f"d{number}")
    own = await installation_of(service.database)
    assert own
    sealed = replace(own, is_sealed=True)
    stored = [one async for one in histories(service.database)]
    await service.database.close()
    assert [fault for one in stored for fault in faults_of(one, service.regency, sealed, NOON)] == []
    without = replace(sealed, keys=chain_keys_of(b"none of them"))
    assert all(list(faults_of(one, service.regency, without, NOON)) for one in stored)


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    rotated(tmp_path, NOON)
    waiting = rotate("given by the environment", tmp_path, NOON, A_MONTH)
    assert waiting == tmp_path / NEXT
    assert {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in (NAME, FORMER, NEXT)} == dict.fromkeys(
        (NAME, FORMER, NEXT), 0o600
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((NAME, FORMER, NEXT))


def test_a_damaged_file_of_former_keys_is_named_and_none_is_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / FORMER).write_text("{", encoding="utf-8")
    with pytest.raises(WrongKeys, match=FORMER):
        secret_key("given", tmp_path)


def test_the_command_says_until_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("LAPOR_SECRET_KEY", raising=False)
    outcome = CliRunner().invoke(lapor, ["key", "rotate", "--keep-days", "30"])
    assert (outcome.exit_code, "accepted until" in outcome.stdout) == (0, True)
    assert (tmp_path / "var" / NAME).exists()


def test_a_notification_is_signed_with_both_for_whoever_checks_it() -> None:
    own = signed_headers(b"new", "m", 1, b"{}", [b"old"])["webhook-signature"].split(" ")
    assert own == [signed_headers(key, "m", 1, b"{}")["webhook-signature"] for key in (b"new", b"old")]
