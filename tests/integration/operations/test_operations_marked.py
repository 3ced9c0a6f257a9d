"""Anonymous and secret hold everywhere: everything that anybody can read is walked for what must not be there."""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.fakes.own_provider import SECRET
from tests.integration.operations.marked_doors import MAILED
from tests.integration.operations.marked_gateways import ABROAD, ACCUSERS, Writer
from tests.integration.operations.marked_people import (
    ANSWERED,
    EVERYBODY,
    FILTER,
    MARKED,
    PROVIDERS,
    RATNA,
    SARI,
    WATI,
    YANTI,
    Marked,
    Walked,
)
from tests.integration.operations.marked_walk import walk
from tests.integration.operations.marks import all_that_was_written

pytestmark = pytest.mark.slow
BY_NAME = {marked.name: marked for marked in MARKED}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """Three cases from first word to answer, and everything that was then to be read."""
    return asyncio.run(walk(tmp_path_factory.mktemp("marked")))


@pytest.fixture(scope="module")
def who_they_are(walked: Walked) -> dict[str, str]:
    """What tells who a reporter is, whatever she wrote: her name, her chat, and the point on the map."""
    names = {f"name of {one.name}": one.name for one in EVERYBODY}
    return names | {f"chat of {name}": chat for name, chat in walked.chats.items()} | _pins()


def _pins() -> dict[str, str]:
    return {what: mark for one in EVERYBODY for what, mark in one.told.items()}


def _words() -> dict[str, str]:
    said = {what: mark for one in EVERYBODY for what, mark in one.said.items()}
    return said | {f"{what} of {one.words}": mark for one in ACCUSERS for what, mark in one.marks.items()}


def found_in(read: str, marks: dict[str, str]) -> list[str]:
    """What of these is to be seen, by its name alone."""
    return [what for what, mark in marks.items() if mark.casefold() in read.casefold()]


def test_a_supporter_reads_nothing_of_any_reporter(walked: Walked, who_they_are: dict[str, str]) -> None:
    messages = walked.messages["tono"]
    assert walked.tickets[RATNA.name] in messages
    assert found_in(messages, who_they_are | _words() | {"answer": ANSWERED, "number": walked.tickets[WATI.name]}) == []


def test_a_supporter_hears_of_every_milestone(walked: Walked) -> None:
    news = re.findall(
        rf"Kabar laporan {walked.tickets[RATNA.name]} yang Anda dukung: ([^.]+)\.", walked.messages["tono"]
    )
    assert {"Sedang dikerjakan", "Sudah dijawab"} <= set(news)


def test_a_group_knows_nothing_of_a_secret_case(walked: Walked) -> None:
    marks = {**WATI.said, **WATI.told, "name": WATI.name, "number": walked.tickets[WATI.name]}
    assert found_in(walked.messages["group"], marks | {"chat": walked.chats[WATI.name]}) == []


def test_a_group_reads_words_and_a_name_only_where_it_was_given(walked: Walked, who_they_are: dict[str, str]) -> None:
    messages = walked.messages["group"]
    shown = {"name": RATNA.name, "words": RATNA.words, "words of another": SARI.words}
    assert found_in(messages, shown) == list(shown)
    others = {what: mark for what, mark in who_they_are.items() if what != f"name of {RATNA.name}"}
    assert found_in(messages, others) == []


def test_an_agencys_own_system_reads_what_its_group_does_and_the_place(
    walked: Walked, who_they_are: dict[str, str]
) -> None:
    told = walked.messages["system"]
    shown = {"words": RATNA.words, "words of another": SARI.words, "name": RATNA.name}
    assert found_in(told, shown) == list(shown)
    chats = {what: mark for what, mark in who_they_are.items() if what.startswith("chat")}
    hidden = {**WATI.said, **WATI.told, "name": WATI.name, "name of another": SARI.name, "answer": ANSWERED}
    assert found_in(told, hidden | chats | {"number": walked.tickets[WATI.name]}) == []


def test_a_verifier_knows_nothing_of_a_secret_case(walked: Walked, who_they_are: dict[str, str]) -> None:
    messages = walked.messages["verifier"]
    of_the_secret = {**WATI.said, "number": walked.tickets[WATI.name]}
    of_anybody = {what: mark for what, mark in who_they_are.items() if RATNA.name not in what}
    assert found_in(messages, of_the_secret | of_anybody) == []


def test_a_stranger_reads_nothing_of_any_reporter_on_any_page(walked: Walked, who_they_are: dict[str, str]) -> None:
    pages = walked.pages["stranger"]
    assert len(pages) > 20
    marks = who_they_are | _words() | {"answer": ANSWERED}
    assert {path: found for path, read in pages.items() if (found := found_in(read, marks))} == {}


def test_the_number_of_a_secret_case_opens_what_an_unknown_one_does(walked: Walked) -> None:
    pages, secret = walked.pages["stranger"], walked.tickets[WATI.name]
    public = walked.tickets[RATNA.name]
    assert public in pages[f"/t/{public}"]
    assert secret not in pages[f"/t/{secret}"]


def test_a_trainer_reads_what_was_told_and_of_whom_nothing(walked: Walked, who_they_are: dict[str, str]) -> None:
    pages = walked.pages["trainer"]
    assert RATNA.words in pages["/trainer"]
    marks = who_they_are | dict(WATI.said) | {"answer": ANSWERED}
    assert {path: found for path, read in pages.items() if (found := found_in(read, marks))} == {}
    assert not [path for path in pages if "/trainer" in path and walked.tickets[WATI.name] in pages[path]]


OPEN_ONES = (RATNA, SARI)


@pytest.mark.parametrize(("who", "hers"), [("liaison", MARKED), ("auditor", OPEN_ONES), ("moderator", OPEN_ONES)])
def test_an_officer_reads_the_cases_that_are_hers_and_where_and_not_whose_they_are(
    walked: Walked, who_they_are: dict[str, str], who: str, hers: tuple[Marked, ...]
) -> None:
    pages = walked.pages[who]
    shown = {marked.name: pages[f"/desk/cases/{walked.tickets[marked.name]}"] for marked in MARKED}
    assert {name for name, marked in BY_NAME.items() if marked.words in shown[name]} == {one.name for one in hers}
    assert RATNA.name in shown[RATNA.name]
    others = {what: mark for what, mark in who_they_are.items() if what != f"name of {RATNA.name}"}
    found = {path.partition("?")[0]: found for path, read in pages.items() if (found := found_in(read, others))}
    assert found == {f"/desk/cases/{walked.tickets[marked.name]}": list(marked.told) for marked in hers}


def test_a_list_of_the_desk_tells_nothing_of_a_secret_case_but_that_it_is_there(walked: Walked) -> None:
    secret = walked.tickets[WATI.name]
    desk = {path: read for path, read in walked.pages["liaison"].items() if path.startswith("/desk")}
    lists = {path: read for path, read in desk.items() if secret not in path and secret in read}
    assert lists
    assert {path: found for path, read in lists.items() if (found := found_in(read, dict(WATI.said)))} == {}


def test_what_an_officer_calls_a_part_of_her_list_is_read_by_her_alone(walked: Walked) -> None:
    read = {who for who, pages in walked.pages.items() if any(FILTER in page for page in pages.values())}
    assert read == {"liaison"}


def test_a_moderator_sees_the_answer_that_the_detector_held_and_nobody_else_does(walked: Walked) -> None:
    held = "/desk/publications?state=held"
    assert ANSWERED in walked.pages["moderator"][held]
    assert [who for who, pages in walked.pages.items() if who != "moderator" and ANSWERED in pages[held]] == []


def test_a_digest_tells_a_group_nothing_of_a_secret_case(walked: Walked, who_they_are: dict[str, str]) -> None:
    digests = [text for text in walked.messages["group"].split("\n") if walked.tickets[SARI.name] in text]
    assert digests
    assert found_in("\n".join(digests), {**WATI.said, **WATI.told, "number": walked.tickets[WATI.name]}) == []


@pytest.mark.parametrize("who", ["auditor", "moderator"])
def test_who_does_not_hold_a_secret_case_does_not_find_that_it_is_there(walked: Walked, who: str) -> None:
    secret, asked = walked.tickets[WATI.name], f"/cek of {WATI.name}"
    read = {path: page for path, page in walked.pages[who].items() if secret not in path and path != asked}
    assert [path for path, page in read.items() if secret in page] == []
    assert WATI.words not in walked.pages[who][asked]


@pytest.mark.parametrize("who", ["elsewhere", "admin", PROVIDERS])
def test_an_officer_of_another_agency_and_an_admin_read_no_case(
    walked: Walked, who_they_are: dict[str, str], who: str
) -> None:
    marks, secret = who_they_are | _words() | {"answer": ANSWERED}, walked.tickets[WATI.name]
    desk = {path: read for path, read in walked.pages[who].items() if path.startswith("/desk")}
    assert len(desk) > 10
    assert {path: found for path, read in desk.items() if (found := found_in(read, marks))} == {}
    assert [path for path, read in desk.items() if secret not in path and secret in read] == []


def test_a_mail_says_that_something_waits_and_nothing_of_what_was_told(
    walked: Walked, who_they_are: dict[str, str]
) -> None:
    """Cards of open cases stand in the group; a secret one is hers alone, and the digest names what waits longest."""
    mails = walked.messages["mail"]
    assert MAILED in mails
    assert walked.tickets[SARI.name] in mails
    assert "Ada laporan yang menunggu Anda. Nomor dan isinya hanya ditampilkan di meja petugas." in mails
    marks = who_they_are | _words() | {"answer": ANSWERED, "number of a secret case": walked.tickets[WATI.name]}
    assert found_in(mails, marks) == []


def test_what_accuses_an_agency_is_told_to_its_holder_alone(walked: Walked) -> None:
    """Groups, private chats, digests, mail, an agency's own system, every other door: whoever hears of anything."""
    marks = {**YANTI.said, **YANTI.told, "name": YANTI.name, "number": walked.tickets[YANTI.name]}
    told = {who: found for who, read in walked.messages.items() if (found := found_in(read, marks))}
    assert told == {"holder": [*YANTI.said, "number"]}


@pytest.mark.parametrize("writer", ACCUSERS, ids=lambda writer: writer.words)
def test_what_came_by_another_door_is_told_to_its_holder_and_to_herself_alone(walked: Walked, writer: Writer) -> None:
    """What SMS, WhatsApp, X and mail carry to others, what X shows to everybody, and what goes to SP4N-LAPOR!."""
    number = walked.tickets[writer.words]
    told = {who: found for who, read in walked.messages.items() if (found := found_in(read, _told_of(walked, writer)))}
    assert told == {"holder": ["words", "number"]}
    assert number in walked.own[number]


def test_the_other_doors_carried_what_they_may(walked: Walked) -> None:
    """Else it would be no wonder that nothing was found there."""
    doors = {who: bool(read) for who, read in walked.messages.items() if who.startswith("others by")}
    assert doors == dict.fromkeys(("others by sms", "others by whatsapp", "others by x", "others by email"), True)
    assert found_in(walked.messages["SP4N"], {"words": ABROAD.words, "address": ABROAD.address}) == ["words"]
    assert "pesan langsung" in walked.messages["everybody at X"]


def _told_of(walked: Walked, writer: Writer) -> dict[str, str]:
    return {**writer.marks, "number": walked.tickets[writer.words]}


@pytest.mark.parametrize("writer", ACCUSERS, ids=lambda writer: writer.words)
def test_what_came_by_another_door_is_read_by_its_holder_alone(walked: Walked, writer: Writer) -> None:
    """On every page and in every file: open data, what is published, lists, workbooks; and printed by no command."""
    number, typed = walked.tickets[writer.words], f"/cek of {writer.words}"
    for who, pages in walked.pages.items():
        read = {path.partition("?")[0] for path, page in pages.items() if found_in(page, dict(writer.marks))}
        lists = {path for path, page in pages.items() if number not in path and number in page} - {typed}
        if who == "holder" and not writer.goes_outside:
            assert read == {f"/desk/cases/{number}", f"/desk/cases/{number}/sheet"}
            assert "/desk/search.xlsx" in lists
        else:
            assert (who, read, lists) == (who, set(), set())
    told = {words: found for words, text in walked.printed.items() if (found := found_in(text, dict(writer.marks)))}
    assert told == {}


def test_what_accuses_an_agency_is_read_by_its_holder_alone_on_every_page_and_in_every_file(walked: Walked) -> None:
    """The accused sign in by password and by a provider; examples of answers, lists and workbooks are asked for."""
    number, marks = walked.tickets[YANTI.name], {**YANTI.said, **YANTI.told, "name": YANTI.name}
    typed = f"/cek of {YANTI.name}"
    """What is answered to whoever types the number holds it, whether there is such a case or not."""
    for who, pages in walked.pages.items():
        read = {path for path, page in pages.items() if found_in(page, marks)}
        lists = {path for path, page in pages.items() if number not in path and number in page} - {typed}
        if who == "holder":
            assert {path for path in pages if path.partition("?")[0] == f"/desk/cases/{number}"} <= read
            assert {"/desk", "/desk/queue.xlsx", "/desk/queue.csv", "/desk/search.xlsx"} <= lists
        else:
            assert (who, read, lists) == (who, set(), set())


def test_a_command_prints_where_cases_stand_and_nothing_that_was_told(
    walked: Walked, who_they_are: dict[str, str]
) -> None:
    marks = who_they_are | _words() | {"answer": ANSWERED}
    assert walked.tickets[WATI.name] in walked.printed["case list"]
    assert {words: found for words, read in walked.printed.items() if (found := found_in(read, marks))} == {}


def test_nothing_of_it_is_in_any_log(walked: Walked, who_they_are: dict[str, str]) -> None:
    marks = who_they_are | _words() | {"answer": ANSWERED} | {f"number {n}": t for n, t in walked.tickets.items()}
    marks |= {"address of an officer": MAILED, "secret of the provider": SECRET}
    written = all_that_was_written(walked.folder)
    assert "turn_worked" in written
    assert found_in(written, marks) == []


def test_numbers_say_nothing_of_anybody(walked: Walked, who_they_are: dict[str, str]) -> None:
    metrics = walked.pages["stranger"]["/metrics"]
    assert "lapor_" in metrics
    marks = who_they_are | _words() | {f"number {n}": t for n, t in walked.tickets.items()}
    assert found_in(metrics, marks) == []
