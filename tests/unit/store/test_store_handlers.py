"""What the service can do with cases, over a real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.cases import chain, replay
from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, Identity, Status, Visibility, Words
from actions.cases.forwarding import forward_case
from actions.cases.handlers import FiledCase, Paused, see_case
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import NoSuchCase, Wish, act_on_case
from actions.people.roles import REPORTER, Role
from actions.store.engine.database import Database
from tests.unit.actions.builders import NOON
from tests.unit.store.reports import CHANCE, REGENCY, a_book, a_ticket, filed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = ("Petugas meneruskannya.", "Petugas meneruskannya.")


async def stored(database: Database, ticket: str) -> Case:
    async with a_book(database) as book:
        case = await book.by_ticket(ticket)
    assert case is not None
    return case


async def is_whole(database: Database, ticket: str) -> bool:
    """Whether the stored events are chained, and say what the stored case says."""
    async with a_book(database) as book:
        events = await book.events(ticket)
    case = await stored(database, ticket)
    case_state = replay.replay(events, REGENCY.calendar)
    return chain.verify(events) is None and case_state is not None and replay.agrees(case, case_state)


# Filing -------------------------------------------------------------------------------------------------------


async def test_a_report_becomes_a_case_that_the_system_forwards(database: Database) -> None:
    case = await stored(database, await a_ticket(database))
    assert (case.status, case.agency, case.reason) == (Status.FORWARDED, "roads", "id: reason-rule")


async def test_the_same_draft_is_the_same_case_for_ever(database: Database) -> None:
    first = await filed(database)
    again = await filed(database, NOON + 400 * DAY, words=Words("other words"))
    assert isinstance(first, FiledCase)
    assert again == FiledCase(await stored(database, first.case.ticket), again=True)


async def test_a_draft_that_was_filed_is_told_so_although_the_limit_is_reached(database: Database) -> None:
    for number in range(5):
        await a_ticket(database, draft_key=f"d{number}")
    again = await filed(database, draft_key="d0")
    assert isinstance(again, FiledCase)
    assert again.again


@pytest.mark.parametrize("changes", [{"secret": True}, {"sensitive": True}, {"category": "pungli"}])
async def test_what_is_secret_or_sensitive_is_held_by_the_inspectorate(
    database: Database, changes: dict[str, object]
) -> None:
    case = await stored(database, await a_ticket(database, **changes))
    assert (case.status, case.agency) == (Status.RECEIVED, "inspectorate")


async def test_tidak_tahu_is_held_by_the_regency_admin(database: Database) -> None:
    case = await stored(database, await a_ticket(database, category=None))
    assert (case.status, case.agency, case.category) == (Status.RECEIVED, "admin", None)


async def test_a_name_makes_a_case_named_and_secrecy_is_another_matter(database: Database) -> None:
    named = await stored(database, await a_ticket(database, draft_key="d1", words=Words("jalan", "Siti")))
    hidden = await stored(database, await a_ticket(database, draft_key="d2", secret=True))
    assert (named.identity, named.visibility) == (Identity.NAMED, Visibility.PUBLIC)
    assert (hidden.identity, hidden.visibility) == (Identity.ANONYMOUS, Visibility.SECRET)


async def test_a_category_that_the_regency_does_not_have_is_refused(database: Database) -> None:
    with pytest.raises(KeyError):
        await filed(database, category="gone")


async def test_the_words_digest_proves_the_words_and_needs_their_salt(database: Database) -> None:
    words = Words("jalan berlubang", "Siti")
    ticket = await a_ticket(database, words=words)
    async with a_book(database) as book:
        [first, *_] = await book.events(ticket)
        salt = bytes.fromhex(await book.salt(ticket))
    assert first.words_digest == chain.digest_words(words, salt) != chain.digest_words(words, b"")


# Limits -------------------------------------------------------------------------------------------------------


async def test_after_five_in_an_hour_the_next_may_go_an_hour_after_the_first(database: Database) -> None:
    for number in range(5):
        await a_ticket(database, NOON + number * timedelta(minutes=5), draft_key=f"d{number}")
    paused = await filed(database, NOON + timedelta(minutes=30), draft_key="d5")
    assert paused == Paused(NOON + HOUR)


async def test_at_that_moment_it_may_go(database: Database) -> None:
    for number in range(5):
        await a_ticket(database, NOON + number * timedelta(minutes=5), draft_key=f"d{number}")
    assert isinstance(await filed(database, NOON + HOUR, draft_key="d5"), FiledCase)


async def test_after_twenty_in_a_day_the_next_may_go_a_day_after_the_first(database: Database) -> None:
    for number in range(20):
        await a_ticket(database, NOON + number * HOUR, draft_key=f"d{number}")
    assert await filed(database, NOON + 20 * HOUR, draft_key="d20") == Paused(NOON + DAY)


async def test_of_two_limits_the_later_moment_is_told(database: Database) -> None:
    for number in range(15):
        await a_ticket(database, NOON + number * HOUR, draft_key=f"d{number}")
    for number in range(15, 20):
        await a_ticket(database, NOON + 20 * HOUR, draft_key=f"d{number}")
    assert await filed(database, NOON + 20 * HOUR, draft_key="d20") == Paused(NOON + DAY)


async def test_others_are_not_limited_by_one(database: Database) -> None:
    for number in range(5):
        await a_ticket(database, draft_key=f"d{number}")
    assert isinstance(await filed(database, draft_key="other", reporter="telegram:budi"), FiledCase)


async def test_a_clock_that_goes_back_does_not_lift_a_limit(database: Database) -> None:
    for number in range(5):
        await a_ticket(database, draft_key=f"d{number}")
    assert await filed(database, NOON - HOUR, draft_key="d5") == Paused(NOON + HOUR)


# Looking, and taking back -------------------------------------------------------------------------------------


def taken_back(ticket: str, reporter: str) -> Wish:
    return Wish(ticket=ticket, command=CaseCommand(action=CaseAction.WITHDRAW), who=REPORTER, reporter=reporter)


async def test_only_her_own_case_can_be_taken_back(database: Database) -> None:
    ticket = await a_ticket(database)
    with pytest.raises(StepRefused, match="refused-not-yours"):
        async with a_book(database) as book:
            await act_on_case(book, REGENCY, taken_back(ticket, "telegram:budi"), NOON, CHANCE)
    assert (await stored(database, ticket)).status is Status.FORWARDED


async def test_a_case_that_was_taken_back_cannot_be_taken_back_again(database: Database) -> None:
    ticket = await a_ticket(database)
    async with a_book(database) as book:
        await act_on_case(book, REGENCY, taken_back(ticket, "telegram:siti"), NOON, CHANCE)
    with pytest.raises(StepRefused):
        async with a_book(database) as book:
            await act_on_case(book, REGENCY, taken_back(ticket, "telegram:siti"), NOON, CHANCE)
    assert (await stored(database, ticket)).status is Status.WITHDRAWN


async def test_a_number_that_nobody_has_cannot_be_taken_back(database: Database) -> None:
    with pytest.raises(NoSuchCase):
        async with a_book(database) as book:
            await act_on_case(book, REGENCY, taken_back("LP-2345-67CX", "telegram:siti"), NOON, CHANCE)


async def test_a_secret_case_of_somebody_else_is_not_there(database: Database) -> None:
    ticket = await a_ticket(database, secret=True)
    async with a_book(database) as book:
        seen = [await see_case(book, ticket, reader) for reader in ("telegram:budi", "telegram:siti")]
    assert [one and one.own for one in seen] == [None, True]


async def test_a_public_case_of_somebody_else_is_there_but_not_to_be_taken_back(database: Database) -> None:
    ticket = await a_ticket(database)
    async with a_book(database) as book:
        seen = await see_case(book, ticket, "telegram:budi")
    assert seen is not None
    assert (seen.own, seen.can_withdraw) == (False, False)


# Forwarding by hand -------------------------------------------------------------------------------------------


async def forwarded(database: Database, ticket: str, agency: str) -> Case:
    async with a_book(database) as book:
        return await forward_case(book, REGENCY, ticket, agency, NOON + HOUR, WHY, CHANCE)


async def who_moved(database: Database, ticket: str) -> list[tuple[Role, Status, str]]:
    async with a_book(database) as book:
        return [(event.who, event.to, event.agency) for event in await book.events(ticket)]


async def test_a_held_case_is_forwarded_by_its_verifier(database: Database) -> None:
    ticket = await a_ticket(database, secret=True)
    await forwarded(database, ticket, "roads")
    assert (await who_moved(database, ticket))[1:] == [(Role.VERIFIER, Status.FORWARDED, "roads")]


async def test_within_one_government_an_agency_admin_hands_it_over(database: Database) -> None:
    ticket = await a_ticket(database)
    await forwarded(database, ticket, "waste")
    assert (await who_moved(database, ticket))[2:] == [(Role.AGENCY_ADMIN, Status.FORWARDED, "waste")]


async def test_to_another_government_it_goes_by_a_return(database: Database) -> None:
    ticket = await a_ticket(database)
    case = await forwarded(database, ticket, "power")
    moves = (await who_moved(database, ticket))[2:]
    assert moves == [(Role.AGENCY_ADMIN, Status.RECEIVED, "admin"), (Role.VERIFIER, Status.FORWARDED, "power")]
    assert (case.returns, case.reason) == (1, WHY[0])


async def test_a_second_return_is_refused(database: Database) -> None:
    ticket = await a_ticket(database)
    await forwarded(database, ticket, "power")
    with pytest.raises(StepRefused, match="refused-returned-before"):
        await forwarded(database, ticket, "roads")
    assert (await stored(database, ticket)).agency == "power"


@pytest.mark.parametrize(("number", "agency"), [("LP-2345-67CX", "roads"), (None, "gone")])
async def test_what_is_not_there_cannot_be_forwarded(database: Database, number: str | None, agency: str) -> None:
    ticket = await a_ticket(database)
    with pytest.raises(LookupError):
        await forwarded(database, number or ticket, agency)


async def test_a_case_that_was_taken_back_is_not_forwarded(database: Database) -> None:
    ticket = await a_ticket(database)
    async with a_book(database) as book:
        await act_on_case(book, REGENCY, taken_back(ticket, "telegram:siti"), NOON, CHANCE)
    with pytest.raises(StepRefused):
        await forwarded(database, ticket, "waste")


# The chain ----------------------------------------------------------------------------------------------------


async def test_the_stored_events_of_everything_that_can_happen_are_chained(database: Database) -> None:
    ticket = await a_ticket(database, datetime(2026, 3, 2, 4, 0, 0, 123456, tzinfo=UTC))
    await forwarded(database, ticket, "waste")
    await forwarded(database, ticket, "power")
    async with a_book(database) as book:
        await act_on_case(book, REGENCY, taken_back(ticket, "telegram:siti"), NOON + 2 * HOUR, CHANCE)
    assert await is_whole(database, ticket)
    assert (await stored(database, ticket)).version == 6
