"""`lapor case`: an operator looks at cases, and forwards one by hand."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from actions.store.engine.database import Database
from actions.store.messages.messages import heads_to_send
from bot.cli.main import lapor
from bot.main.failures import CommandFailed
from bot.messaging.records import read_outgoing
from tests.unit.delivery.town import a_service, assembled
from tests.unit.store.reports import a_ticket

FULL_DOCUMENT = (
    "ticket status type category agency reason district village place severity identity visibility channel filed_at "
    "deadline attachments events"
)


@pytest.fixture(autouse=True)
def installation(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.serving.assemble", lambda _: a_service(database_file))


async def filed(database_file: Path, **changes: object) -> str:
    database = Database(f"sqlite:///{database_file}")
    ticket = await a_ticket(database, regency=assembled().regency, **changes)
    await database.close()
    return ticket


def called(*words: str) -> str:
    """What a command prints."""
    outcome = CliRunner().invoke(lapor, ["case", *words])
    if outcome.exception:
        raise outcome.exception
    return outcome.stdout


async def test_a_case_is_shown_with_all_that_is_promised_and_no_story(database_file: Path) -> None:
    ticket = await filed(database_file)
    shown = await _in_thread("show", ticket, "--json")
    assert sorted(json.loads(shown)) == sorted(FULL_DOCUMENT.split())
    assert "berlubang" not in shown


async def test_a_number_is_read_however_it_is_written(database_file: Path) -> None:
    ticket = await filed(database_file)
    assert json.loads(await _in_thread("show", ticket.lower().replace("-", " "), "--json"))["ticket"] == ticket


@pytest.mark.parametrize("number", ["LP-2345-67CX", "LP-2345-67CY", "nonsense"])
async def test_a_number_that_is_none_or_nobodys_is_told_in_a_sentence(number: str) -> None:
    with pytest.raises(CommandFailed, match=r"no case|no ticket number"):
        await _in_thread("show", number)


async def test_all_cases_are_listed_newest_first_unless_limited(database_file: Path) -> None:
    tickets = [await filed(database_file, draft_key=f"d{number}") for number in range(3)]
    listed = json.loads(await _in_thread("list", "--json"))
    [newest] = json.loads(await _in_thread("list", "--json", "--limit", "1"))
    assert ([case["ticket"] for case in listed], newest["ticket"]) == (tickets[::-1], tickets[-1])


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["id", "en", "jv"])
async def test_who_forwards_a_case_tells_its_reporter_in_a_language_that_is_spoken_here(
    database_file: Path, language: str
) -> None:
    ticket = await filed(database_file, language=language)
    said = await _in_thread("forward", ticket, "dishub")
    database = Database(f"sqlite:///{database_file}")
    async with database.reading() as connection:
        [letter] = await heads_to_send(connection, "telegram", 0, 9)
    await database.close()
    assert f"{ticket} is with dishub now" in said
    assert ticket in read_outgoing(letter.message).text
    assert (letter.channel, letter.chat) == ("telegram", "siti")


async def test_an_agency_that_nobody_declared_is_told_with_those_that_are(database_file: Path) -> None:
    ticket = await filed(database_file)
    with pytest.raises(CommandFailed, match=r"no agency gone.*dishub"):
        await _in_thread("forward", ticket, "gone")


async def test_a_case_that_was_sent_back_once_is_not_sent_back_again(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    ticket = await filed(database_file)
    await _in_thread("forward", ticket, "pemprov_kaltim")
    with pytest.raises(CommandFailed, match="Now the arbiter decides"):
        await _in_thread("forward", ticket, "dishub")


# Verifying ----------------------------------------------------------------------------------------------------


async def tampered(database_file: Path, statement: str) -> None:
    database = Database(f"sqlite:///{database_file}")
    async with database.writing() as connection:
        await connection.execute(text(statement))
    await database.close()


async def test_cases_that_nobody_touched_are_as_they_were_written(database_file: Path) -> None:
    for number in range(3):
        await filed(database_file, draft_key=f"d{number}")
    assert "3 cases are as they were written.\n" in await _in_thread("verify")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE case_events SET why = 'otherwise' WHERE number = 2", "event 2 was changed"),
        ("UPDATE case_events SET agency = 'dishub' WHERE number = 1", "event 1 was changed"),
        ("DELETE FROM case_events WHERE number = 1", "event 1 was changed, taken out or put in"),
        ("DELETE FROM case_events WHERE number = 2", "events behind number 1 are gone"),
        ("UPDATE cases SET status = 'closed'", "does not stand where its events say"),
        ("DELETE FROM cases", "the case is gone"),
        ("UPDATE case_words SET story = 'otherwise'", "the words of event 1 are not those"),
    ],
)
async def test_whatever_was_changed_or_removed_is_found(database_file: Path, statement: str, found: str) -> None:
    await filed(database_file)
    await tampered(database_file, statement)
    outcome = await asyncio.to_thread(CliRunner().invoke, lapor, ["case", "verify"])
    assert str(outcome.exception) == "1 of 1 cases are not as they were written"
    assert found in outcome.stdout.replace("\n", " ")


async def test_words_that_were_erased_are_no_fault(database_file: Path) -> None:
    await filed(database_file)
    await tampered(database_file, "DELETE FROM case_words")
    assert "1 cases are as they were written.\n" in await _in_thread("verify")


async def _in_thread(*words: str) -> str:
    return await asyncio.to_thread(called, *words)
