"""The link to a reporter's own page ends when she withdraws it, and when the case leaves the open."""

from __future__ import annotations

import pytest

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case
from actions.cases.officer_handlers import Wish, act_on_case
from actions.people.roles import Actor, Role
from actions.store.cases.casebook import SqlCaseBook
from tests.unit.web_case.cases import STORY, CaseOffice, bytes_of


async def withdrawn(office: CaseOffice, ticket: str) -> int:
    async with office.house.database.writing() as connection:
        return await SqlCaseBook(connection).withdraw_link(ticket)


async def test_a_withdrawn_link_opens_no_more_than_none_and_the_next_one_does(office: CaseOffice) -> None:
    case, browser = await office.files(), office.browser()
    first = office.key(case)
    assert STORY in (await browser.get(first)).text
    for edition in (1, 2):
        assert await withdrawn(office, case.ticket) == edition
        own = office.key(case, edition)
        assert STORY in (await browser.get(own)).text
        assert STORY not in (await browser.get(first)).text
        first = own


async def test_the_withdrawn_link_of_a_secret_case_is_as_an_unknown_number(office: CaseOffice) -> None:
    case, browser = await office.files(secret=True), office.browser()
    assert STORY in (await browser.get(office.key(case))).text
    await withdrawn(office, case.ticket)
    of_case, of_none = [
        await browser.get(f"/t/{number}?k={office.links.key(case.ticket)}") for number in (case.ticket, office.unused())
    ]
    assert bytes_of(of_case) == bytes_of(of_none)


async def is_hidden(office: CaseOffice, channel: str) -> Case:
    """A case of this channel that a moderator has taken from the public."""
    case = await office.files(channel=channel)
    command = CaseCommand(action=CaseAction.HIDE, words="Menyebut nama orang")
    wish = Wish(ticket=case.ticket, command=command, who=Actor(Role.MODERATOR, "modi"))
    async with office.house.database.writing() as connection:
        book = SqlCaseBook(connection)
        await act_on_case(book, office.house.service.regency, wish, office.world.clock(), office.world.chance)
        await book.flush()
    return case


@pytest.mark.parametrize(("channel", "in_force"), [("telegram", 1), ("counter", 0)])
async def test_it_ends_when_the_case_leaves_the_open_where_she_can_be_sent_the_next_one(
    office: CaseOffice, channel: str, in_force: int
) -> None:
    case, browser = await is_hidden(office, channel), office.browser()
    opening = [edition for edition in (0, 1) if STORY in (await browser.get(office.key(case, edition))).text]
    assert opening == [in_force]


@pytest.mark.parametrize("forged", [0, 2, 3])
async def test_only_the_edition_in_force_opens(office: CaseOffice, forged: int) -> None:
    case = await office.files()
    await withdrawn(office, case.ticket)
    page = await office.browser().get(office.key(case, forged))
    assert STORY not in page.text
