"""Requests are found by every filter of the specification, page by page, and only those that anybody may know of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case
from actions.cases.officer_handlers import Wish, act_on_case
from actions.people.roles import REPORTER, Actor, Role
from actions.privacy.redaction import Redaction, TextSpan
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.redactions import SqlRedactions
from tests.talks.world import TUESDAY
from tests.unit.open311.other_system import OtherSystem, given_key
from tests.unit.web_public.hall import PROOF


async def files(other: OtherSystem, key: str, **changes: Any) -> Case:
    return await other.office.files(draft_key=key, reporter=f"telegram:{key}", **changes)


async def does(other: OtherSystem, case: Case, who: Actor, command: CaseCommand) -> None:
    house, world = other.office.house, other.office.world
    reporter = case.reporter if who is REPORTER else ""
    async with house.database.writing() as connection:
        book = SqlCaseBook(connection)
        wish = Wish(ticket=case.ticket, command=command, who=who, reporter=reporter, enclosures=PROOF)
        await act_on_case(book, house.service.regency, wish, world.clock(), world.chance)
        await book.flush()


async def test_by_numbers_above_everything_else(other: OtherSystem) -> None:
    cases = [await files(other, str(number)) for number in range(3)]
    wanted = [cases[2].ticket, cases[0].ticket]
    asked = {"service_request_id": f"{wanted[0]}, {wanted[1].lower()},", "service_code": "parkir", "status": "closed"}
    assert sorted(await other.numbers(**asked)) == sorted(wanted)


async def test_by_service_codes(other: OtherSystem) -> None:
    hole, lamp = await files(other, "1"), await files(other, "2", category="penerangan_jalan")
    unknown = await files(other, "3", category=None)
    assert await other.numbers(service_code="penerangan_jalan") == [lamp.ticket]
    assert sorted(await other.numbers(service_code="jalan,unknown")) == sorted([hole.ticket, unknown.ticket])
    assert await other.numbers(service_code="nothing") == []
    assert len(await other.numbers(service_code="")) == 3


async def test_by_status(other: OtherSystem) -> None:
    hole, gone = await files(other, "1"), await files(other, "2")
    await does(other, gone, REPORTER, CaseCommand(action=CaseAction.WITHDRAW))
    assert (await other.numbers(status="open"), await other.numbers(status="closed")) == ([hole.ticket], [gone.ticket])
    assert len(await other.numbers(status="open,closed")) == 2
    [closed] = await other.reads("/requests.json", status="closed")
    assert (closed["status"], closed["status_notes"], closed["expected_datetime"]) == (
        "closed",
        "Ditarik pelapor",
        None,
    )


async def test_by_days_whole_and_the_last_ninety_where_none_are_told(other: OtherSystem) -> None:
    old = await files(other, "1")
    other.passes(91)
    new = await files(other, "2")
    day = TUESDAY.isoformat()
    assert await other.numbers() == [new.ticket]
    assert await other.numbers(start_date=day, end_date=day) == [old.ticket]
    assert await other.numbers(start_date=day) == [old.ticket]
    assert await other.numbers(end_date=day) == [old.ticket]
    tomorrow = (TUESDAY + timedelta(days=1)).isoformat()
    assert await other.numbers(start_date=tomorrow, end_date=tomorrow) == []


async def test_a_day_is_that_of_the_region(other: OtherSystem) -> None:
    case = await files(other, "1")
    assert await other.numbers(start_date="2026-11-23T16:00:00Z", end_date="2026-11-23T16:30:00Z") == [case.ticket]
    assert await other.numbers(start_date="2026-11-23T15:00:00Z", end_date="2026-11-23T15:59:59Z") == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"start_date": "2026-11-24"}, "start_date"),
        ({"start_date": "2026-11-24T00:00:00"}, "start_date"),
        ({"end_date": "2026-13-24T00:00:00Z"}, "end_date"),
        ({"start_date": "9999-12-31T23:59:59-23:59"}, "start_date"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, "start_date, end_date"),
        ({"start_date": "2026-06-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, "end_date"),
        ({"status": "answered"}, "status"),
        ({"limit": "0"}, "limit"),
        ({"limit": "1001"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"after": "yesterday"}, "after"),
        ({"after": "2026-11-24.LP-2222-2223"}, "after"),
        ({"service_request_id": ",".join(["LP-2222-2222"] * 51)}, "service_request_id"),
    ],
)
async def test_what_cannot_be_asked_is_refused_and_named(other: OtherSystem, query: dict[str, str], field: str) -> None:
    answer = await other.asks("/requests.json", **query)
    [error] = answer.json()
    assert (answer.status_code, error["code"]) == (400, 400)
    assert error["description"].startswith(field)


async def test_page_by_page_every_case_once(other: OtherSystem) -> None:
    tickets = []
    for number in range(7):
        tickets.append((await files(other, str(number))).ticket)
        if number % 2:
            other.passes(1)
    seen, pages, path, query = [], 0, "/requests.json", {"limit": "3", "status": "open", "api_key": other.key}
    while True:
        answer = await other.asks(path, **query)
        seen += [request["service_request_id"] for request in answer.json()]
        pages += 1
        if "link" not in answer.headers:
            break
        assert other.key not in answer.headers["link"]
        address = answer.headers["link"].partition(">")[0].removeprefix("<http://lapor.test/open311/v2")
        path, query = address, {}
    assert (sorted(seen), pages) == (sorted(tickets), 3)
    assert seen == [request["service_request_id"] for request in await other.reads("/requests.json")]


async def test_secret_hidden_and_sensitive_cases_are_in_no_list_and_a_secret_number_is_as_an_unknown_one(
    other: OtherSystem,
) -> None:
    secret = await files(other, "1", secret=True)
    bribe = await files(other, "2", category="pungli_korupsi")
    assert await other.numbers() == []
    assert await other.numbers(service_code="pungli_korupsi") == []
    assert bribe.sensitive
    answers = [await other.asks(f"/requests/{number}.json") for number in (secret.ticket, other.office.unused())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert await other.numbers(service_request_id=f"{secret.ticket},{other.office.unused()}") == []


async def test_a_number_is_read_however_it_is_written(other: OtherSystem) -> None:
    case = await files(other, "1")
    bare = case.ticket.removeprefix("LP-").replace("-", "").lower()
    [told] = await other.reads(f"/requests/{bare}.json")
    assert told["service_request_id"] == case.ticket
    assert (await other.asks("/requests/nothing.json")).status_code == 404


async def test_whoever_guesses_numbers_is_paused_and_finds_none_meanwhile(other: OtherSystem) -> None:
    case = await files(other, "1")
    most = other.context.regency.limits.failed_lookups_an_hour
    guesses = ",".join(other.office.unused() for _ in range(most))
    assert await other.numbers(service_request_id=guesses) == []
    paused = await other.asks(f"/requests/{case.ticket}.json")
    assert (paused.status_code, paused.headers["retry-after"]) == (429, "3601")
    assert await other.numbers() == [case.ticket]
    other.passes(1)
    assert (await other.asks(f"/requests/{case.ticket}.json")).status_code == 200


async def test_reading_needs_no_key_and_a_wrong_one_is_refused(other: OtherSystem) -> None:
    assert (await other.asks("/requests.json")).status_code == 200
    assert (await other.asks("/requests.json", api_key="lapor_nothing")).status_code == 403
    reading = await given_key(other.office, "pembaca", may_send=False)
    assert (await other.asks("/requests.json", api_key=reading)).status_code == 200


async def test_an_address_reads_so_much_and_a_key_more(other: OtherSystem) -> None:
    other.context.limits.reads_of_address.burst = 2
    answers = [await other.asks("/services.json") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["retry-after"] == "1"
    assert (await other.asks("/services.json", api_key=other.key)).status_code == 200


async def test_late_is_said(other: OtherSystem) -> None:
    await files(other, "1")
    other.passes(60)
    [told] = await other.reads("/requests.json")
    assert told["status_notes"].endswith("(terlambat)")


async def test_a_moderators_title_and_the_answer_that_was_let_out_are_read(other: OtherSystem) -> None:
    case = await files(other, "1")
    liaison = Actor(Role.LIAISON, "l1", case.agency)
    await does(other, case, liaison, CaseCommand(action=CaseAction.ACCEPT))
    await does(
        other,
        case,
        liaison,
        CaseCommand(action=CaseAction.ANSWER, words="Lubang ditutup aspal hari Rabu, kata Pak Anu"),
    )
    [before] = await other.reads("/requests.json")
    assert (before["description"], "Rabu" in before["status_notes"]) == ("Jalan & jembatan di Kecamatan Penajam", False)
    async with other.office.house.database.writing() as connection:
        let_out = Redaction(title="Lubang di Km 5", answer=4, answer_covered=(TextSpan(31, 44),))
        await SqlRedactions(connection).keep(case.ticket, 5, let_out)
    for path in ("/requests.json", f"/requests/{case.ticket}.json"):
        [told] = await other.reads(path)
        assert told["description"] == "Lubang di Km 5"
        assert told["status_notes"] == "Sudah dijawab: Lubang ditutup aspal hari Rabu,███"
