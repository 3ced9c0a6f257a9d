"""What an agency's own system is told, and how it knows that it was us."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, CaseEvent, Identity, Location, Visibility, Words
from actions.cases.decide import decide
from actions.cases.event_words import Saying
from actions.cases.outcome import Done
from actions.people.roles import REPORTER, Role
from actions.privacy.redaction import COVER, Redaction, TextSpan
from bot.integrations.webhooks.payload import (
    SCHEMA,
    CaseNotification,
    hook_secret,
    message_id,
    payload,
    signed_headers,
    told_secret,
)
from bot.integrations.webhooks.sending import READ_EVERY_SECONDS, HookNotices
from bot.officers.covering import in_the_chat
from tests.talks.world import declared
from tests.unit.actions.builders import a_case

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EVENT = CaseEvent(
    ticket="LP-2222-2222",
    number=2,
    came_from=None,
    to=a_case().status,
    who=Role.SYSTEM,
    at=AT,
    why="",
    agency="dpupr",
    words_digest="",
    previous_hash="",
    hash="",
    action="forward",
)
STORY = Words("Aspal berlubang di depan masjid", "Ratna")
PLACE = Location(district="64.09.01", village="64.09.01.1003", spoken="Jl. Provinsi Km 5", lat=-1.25, lon=116.5)

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"
CHECK = jsonschema_rs.Draft202012Validator(
    json.loads((SCHEMAS / f"{SCHEMA}.schema.json").read_text(encoding="utf-8")), validate_formats=True
)


def told(
    agency: str = "dpupr",
    event: CaseEvent | None = EVENT,
    saying: str = "",
    words: Words | None = STORY,
    **changes: Any,
) -> dict[str, Any]:
    case = replace(a_case(), **{"agency": "dpupr", "location": PLACE, **changes})
    return dict(payload(CaseNotification(case, words, event, AT, Saying(words=saying)), agency, declared().regency))


@pytest.mark.parametrize("agency", ["dpupr", "dishub"])
@pytest.mark.parametrize("action", [None, *(action.value for action in CaseAction)])
@pytest.mark.parametrize("changes", [{}, {"is_hidden": True}, {"identity": Identity.ANONYMOUS, "location": Location()}])
def test_every_message_is_as_its_schema_says(agency: str, action: str | None, changes: dict[str, Any]) -> None:
    event = replace(EVENT, action=action, who=Role.REPORTER) if action else None
    message = told(agency=agency, event=event, saying="Di sisi kiri", **changes)
    assert [error.message for error in CHECK.iter_errors(message)] == []


def test_the_agency_that_has_it_reads_what_its_officers_do() -> None:
    message = told()
    case = message["data"]["case"]
    assert (message["type"], message["timestamp"]) == ("case.forward", "2026-11-24T08:00:00+00:00")
    assert (case["story"], case["place"], case["lat"]) == (STORY.story, "Jl. Provinsi Km 5", -1.25)
    assert case["village"]["code"] == "64.09.01.1003"


def test_a_name_only_where_it_was_given() -> None:
    named, anonymous = (told(identity=identity)["data"]["case"]["reporter"] for identity in Identity)
    assert (named, anonymous) == ("Ratna", None)


def test_an_agency_that_has_it_no_more_reads_what_anybody_does() -> None:
    case = told(agency="dishub")["data"]["case"]
    assert (case["story"], case["reporter"], case["place"], case["lat"], case["village"]) == (None,) * 5
    assert case["agency"] == "dpupr"


@pytest.mark.parametrize("changes", [{"visibility": Visibility.SECRET}, {"sensitive": True}, {"is_hidden": True}])
def test_of_a_discreet_case_only_that_it_is_to_be_forgotten(changes: dict[str, Any]) -> None:
    message = told(**changes)
    assert message["type"] == "case.hidden"
    assert message["data"] == {"schema": "hook-1", "number": a_case().ticket}


def test_what_the_reporter_said_is_for_the_agency_that_has_it_alone() -> None:
    reply = replace(EVENT, action="reply", who=Role.REPORTER)
    assert told(event=reply, saying="Di sisi kiri")["data"]["event"]["words"] == "Di sisi kiri"
    assert "words" not in told(agency="dishub", event=reply, saying="Di sisi kiri")["data"]["event"]
    officers = replace(EVENT, action="answer", who=Role.LIAISON)
    assert "words" not in told(event=officers, saying="Sudah ditutup")["data"]["event"]


def test_what_a_moderator_covered_is_in_nothing_that_is_told() -> None:
    covered = Words("Aspal berlubang, lapor ke Budi", None, Redaction(story=(TextSpan(26, 30),)))
    where = replace(PLACE, spoken="Jl. Provinsi, rumah Budi")
    reply = replace(EVENT, action="reply", who=Role.REPORTER)
    data = told(event=reply, saying="Kata Budi di sisi kiri", words=covered, location=where)["data"]
    assert data["event"]["words"] == f"Kata {COVER} di sisi kiri"
    shown = (data["case"]["story"], data["case"]["place"])
    assert shown == (f"Aspal berlubang, lapor ke {COVER}", f"Jl. Provinsi, rumah {COVER}")


def test_that_something_was_forgotten_comes_with_what_is_left() -> None:
    message = told(event=None, words=None, location=Location(), identity=Identity.ANONYMOUS)
    case = message["data"]["case"]
    assert (message["type"], message["timestamp"], "event" in message["data"]) == (
        "case.forgotten",
        AT.isoformat(),
        False,
    )
    assert (case["story"], case["reporter"], case["place"], case["lat"], case["long"]) == (None,) * 5
    assert told(event=None, is_hidden=True)["type"] == "case.hidden"


def test_an_example_of_the_specification_is_signed_as_it_says() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    headers = signed_headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_address_has_a_secret_of_its_own_and_none_is_kept() -> None:
    one, other = hook_secret(b"key", "01"), hook_secret(b"key", "02")
    assert (len(one), one != other, hook_secret(b"another", "01") != one) == (32, True, True)
    assert base64.b64decode(told_secret(one).removeprefix("whsec_")) == one


def test_an_event_has_one_name_and_each_forgetting_another() -> None:
    names = [message_id("LP-2222-2222", number) for number in (3, -3, -4)]
    assert names == ["LP-2222-2222.3", "LP-2222-2222.forgotten.3", "LP-2222-2222.forgotten.4"]


class Counting:
    """A connection that counts what it is asked, and knows no address."""

    asked = 0

    async def execute(self, *_: object) -> list[object]:
        self.asked += 1
        return []


async def test_where_nobody_is_told_nothing_is_asked_again_and_again() -> None:
    connection, now = Counting(), [0.0]
    notifier = HookNotices(now=lambda: now[0])
    done = [_done(a_case())]
    for seconds in (0.0, 0.1, 1.0, READ_EVERY_SECONDS - 0.1):
        now[0] = seconds
        await notifier.tell(connection, done, AT)  # type: ignore[arg-type] - as much of a connection as is asked for
    assert connection.asked == 1
    now[0] = READ_EVERY_SECONDS
    await notifier.tell(connection, done, AT)  # type: ignore[arg-type] - likewise
    assert connection.asked == 2


def _done(case: Case) -> Done:
    filed = decide(case, None, CaseCommand(action=CaseAction.FILE, why="filed"), REPORTER, AT, declared().regency)
    return Done(before=case, case=filed.case, event=filed.event, day=filed.day, case_state=filed.case_state)


def test_of_an_anonymous_report_the_same_is_covered_as_on_the_card_of_the_group() -> None:
    words = Words("Aspal berlubang, hubungi Bapak Budi Santoso di 0812-3456-7890")
    reply = replace(EVENT, action="reply", who=Role.REPORTER)
    saying = "Telepon saya 0812-3456-7890"
    data = told(event=reply, saying=saying, words=words, identity=Identity.ANONYMOUS)["data"]
    anonymous = replace(a_case(), identity=Identity.ANONYMOUS)
    assert data["case"]["story"] == in_the_chat(words.story, anonymous, is_group=True)
    assert data["event"]["words"] == in_the_chat(saying, anonymous, is_group=True)
    assert "7890" not in str(data)
    assert "Santoso" not in str(data)
