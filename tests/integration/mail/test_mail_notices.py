"""Officers without Telegram are told by mail: once, whatever happens on the way, and never what was reported."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.officer_handlers import Wish
from actions.people.roles import REPORTER, Actor, Role
from actions.store.engine.tables import outbox
from actions.store.messages.messages import put_in_outbox
from actions.store.people.mail import AddressState, kept_addresses
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.records import write_outgoing
from bot.officers.digest import Digests
from tests.fakes.mail_server import a_mail_server
from tests.integration.mail.conftest import ADDRESS, MailBureau
from tests.integration.officers.bureau import ROADS, STORY
from tests.integration.officers.test_officers_digest import EIGHT

RINA = "rina@dinas.test"
NAME = "Sukarsih Wulandari"


def everything(mail: EmailMessage) -> str:
    return f"{mail.as_string()}\n{mail.get_content()}"


async def states(office: MailBureau) -> list[str]:
    query = select(outbox.c.state).where(outbox.c.channel == "email").order_by(outbox.c.id)
    async with office.bureau.database.reading() as connection:
        return list((await connection.execute(query)).scalars())


async def test_a_case_is_told_once_with_its_number_and_the_desk_and_nothing_of_what_it_says(office: MailBureau) -> None:
    await office.officer("Rina", RINA, agency=ROADS)
    case = await office.bureau.files(name=NAME)
    [mail] = await office.hears(RINA)
    assert mail["Subject"] == f"{case.ticket}: menunggu Anda"
    assert f"http://127.0.0.1:8080/desk/cases/{case.ticket}" in mail.get_content()
    assert (mail["Auto-Submitted"], mail["From"].addresses[0].addr_spec) == ("auto-generated", ADDRESS)
    assert not [one for one in (STORY, "pasar", NAME, "Jalan") if one in everything(mail)]
    wish = Wish(ticket=case.ticket, command=CaseCommand(action=CaseAction.ACCEPT), who=Actor(Role.LIAISON, "1", ROADS))
    await office.bureau.does(wish)
    assert await office.hears(RINA) == []


async def test_what_the_reporter_says_is_said_to_have_come_and_not_what(office: MailBureau) -> None:
    await office.officer("Rina", RINA, agency=ROADS)
    case = await office.bureau.files()
    await office.hears(RINA)
    command = CaseCommand(action=CaseAction.ADD, words="lubangnya makin dalam")
    await office.bureau.does(Wish(ticket=case.ticket, command=command, who=REPORTER, reporter=case.reporter))
    [mail] = await office.hears(RINA)
    assert case.ticket in mail.get_content()
    assert "makin dalam" not in everything(mail)


async def test_of_a_secret_case_not_even_the_number_is_written(office: MailBureau) -> None:
    await office.officer("Rina", RINA, agency="inspektorat")
    case = await office.bureau.files(secret=True)
    [mail] = await office.hears(RINA)
    assert case.ticket not in everything(mail)
    assert mail.get_content().rstrip().splitlines()[0].startswith("Ada laporan yang menunggu Anda.")
    assert "http://127.0.0.1:8080/desk" in mail.get_content().split()


@pytest.mark.thorough
async def test_whoever_a_case_is_given_to_is_told_and_reminded_at_most_three_times_a_month(office: MailBureau) -> None:
    ade = await office.officer("Ade", "ade@dinas.test", Role.AGENCY_ADMIN, agency=ROADS)
    rina = await office.officer("Rina", RINA, agency=ROADS)
    case = await office.bureau.files()
    await office.hears(RINA)
    command = CaseCommand(action=CaseAction.ASSIGN, assignee=str(rina.id))
    await office.bureau.does(
        Wish(ticket=case.ticket, command=command, who=Actor(Role.AGENCY_ADMIN, str(ade.id), ROADS))
    )
    [mail] = await office.hears(RINA)
    assert f"Laporan {case.ticket} sekarang ditugaskan kepada Anda." in mail.get_content()
    await office.bureau.passes(30)
    reminders = await office.hears(RINA)
    assert 1 <= len(reminders) <= 3
    assert all(case.ticket in one.get_content() for one in reminders)


async def test_the_digest_comes_once_a_working_day_in_numbers(office: MailBureau) -> None:
    await office.officer("Rina", RINA, agency=ROADS)
    await office.officer("Vera", "vera@kantor.test", Role.VERIFIER)
    bureau = office.bureau
    bureau.world.clock.now = EIGHT - timedelta(days=1)
    case = await bureau.files()
    await bureau.files("dia minta uang di kantor itu", secret=True)
    await office.hears(RINA)
    bureau.world.clock.now = EIGHT
    for _ in range(2):
        await Digests(bureau.database, bureau.service.officers_service, bureau.world.clock, lambda _: None).look()
    [mail] = await office.hears(RINA)
    assert "1 laporan belum dijawab" in mail.get_content()
    assert case.ticket in mail.get_content()
    assert not [one for one in (STORY, "minta uang") if one in everything(mail)]
    assert [one["Subject"] for one in await office.hears("vera@kantor.test") if "menunggu," in one["Subject"]] == []


async def test_an_officer_with_telegram_gets_no_mail(office: MailBureau) -> None:
    citizen = await office.bureau.officer("Ade", agency=ROADS)
    await office.bureau.files()
    assert len(office.bureau.news(citizen.private)) == 1
    assert await states(office) == []


async def test_a_server_that_says_later_is_asked_later_and_takes_it_once(office: MailBureau) -> None:
    await office.officer("Rina", RINA, agency=ROADS)
    office.server.refuses[RINA] = ["451 4.7.1 greylisted", "451 4.7.1 greylisted"]
    await office.bureau.files()
    heard = [len(await office.hears(RINA))]
    for pause in (10, 100, 400):
        office.now += pause
        heard.append(len(await office.hears(RINA)))
    assert (sum(heard), heard[0]) == (1, 0)
    assert await states(office) == ["sent"]


async def test_an_address_that_is_gone_is_marked_and_written_to_no_more(office: MailBureau) -> None:
    rina = await office.officer("Rina", RINA, agency=ROADS)
    office.server.refuses[RINA] = ["550 5.1.1 no such user"]
    await office.bureau.files()
    await office.bureau.files()
    assert await office.hears(RINA) == []
    async with office.bureau.database.reading() as connection:
        kept = (await kept_addresses(connection))[rina.id]
    assert (kept.state, set(await states(office))) == (AddressState.RETURNED, {"failed"})
    await office.bureau.files()
    assert len(await states(office)) == 2


async def test_one_mail_that_is_not_wanted_marks_nobody(office: MailBureau) -> None:
    rina = await office.officer("Rina", RINA, agency=ROADS)
    office.server.refuses[RINA] = ["550 5.7.1 policy"]
    office.server.at_data = ["554 5.6.0 not like this"]
    for _ in range(3):
        await office.bureau.files()
    assert len(await office.hears(RINA)) == 1
    async with office.bureau.database.reading() as connection:
        assert (await kept_addresses(connection))[rina.id].state is AddressState.CONFIRMED


async def test_a_server_that_is_away_stops_everybody_and_is_said_to_be_away(office: MailBureau) -> None:
    await office.officer("Rina", RINA, agency=ROADS)
    async with a_mail_server() as gone:
        office.channel.server = type(office.channel.server)("127.0.0.1", gone.port, "", "", is_tls=False)
    await office.bureau.files()
    await office.sends()
    assert (office.channel.state.name, office.channel.state.is_well) == ("unreachable", False)
    async with a_mail_server(gone.port) as back:
        office.now += 60
        await office.sends()
        assert len(back.mails(RINA)) == 1
    assert office.channel.state.is_well


async def test_a_mail_that_is_sent_again_has_the_same_id_and_no_line_of_a_header_is_slipped_in(
    office: MailBureau,
) -> None:
    message = OutboxMessage(OutboxMessageKind.MESSAGE, "isi", topic="LP-1\r\nBcc: semua@lain.test", name="officer.1")
    ids = [await office.channel.send(RINA, message) for _ in range(2)]
    assert ids[0] == ids[1]
    assert office.channel.writer.is_ours(ids[0], RINA)
    assert not office.channel.writer.is_ours(ids[0], "lain@dinas.test")
    [mail, _] = office.server.mails(RINA)
    assert (mail["Bcc"], mail["Subject"], mail["Message-ID"]) == (None, "LP-1 Bcc: semua@lain.test", ids[0])


async def test_an_address_of_which_no_mail_can_be_made_holds_up_nobody(office: MailBureau) -> None:
    await office.officer("Rina", RINA, agency=ROADS)
    row = {"channel": "email", "chat": "a\r\nBcc: b@c.test", "ref": "x", "edits": ""}
    message = write_outgoing(OutboxMessage(OutboxMessageKind.MESSAGE, "x"))
    async with office.bureau.database.writing() as connection:
        await put_in_outbox(connection, [{**row, "message": message, "created_at": office.bureau.world.clock()}])
    await office.bureau.files()
    assert len(await office.hears(RINA)) == 1
    assert [one for one in office.server.envelopes if "b@c.test" in one.rcpt_tos] == []
