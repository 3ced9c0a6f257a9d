"""A session to an SMSC: what is delivered is kept before it is answered, what is submitted arrives whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import smpp34

from actions.store.engine.database import Database
from actions.store.messages.costs import billed_since
from bot.channels.declaration import ON
from bot.channels.sms.arrivals import joined_arrival
from bot.channels.sms.incoming import IncomingMessages
from bot.channels.sms.settings import SmsSettings
from bot.channels.sms.smpp.address import read_account
from bot.channels.sms.smpp.gateway import SmppGateway
from bot.configuration.settings import WrongSetting
from bot.messaging.incoming_parts import SqlMessageParts
from bot.messaging.machine_watch import MachineWatch
from bot.messaging.message_receipts import SqlReceipts
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from tests.fakes.smsc import FakeSmsc, parts_of
from tests.integration.sms.open_sms import SITI, OpenSms, sms_over
from tests.patience import PATIENCE_SECONDS
from tests.talks.world import TUESDAY, StandingClock

DIGITS = SITI.removeprefix("+")
LONG = "Jalan di depan SD Negeri 3 berlubang dalam dan sudah dua motor jatuh minggu ini. " * 3


@pytest.fixture
async def smsc() -> AsyncIterator[FakeSmsc]:
    async with FakeSmsc() as listening:
        yield listening


@pytest.fixture
async def sms(database: Database, clock: StandingClock, smsc: FakeSmsc) -> AsyncIterator[OpenSms]:
    async with sms_over(database, clock, dialect="smpp", gateway_url=smsc.url) as opened:
        await smsc.is_bound()
        yield opened


# In -----------------------------------------------------------------------------------------------------------------


async def test_words_are_kept_whoever_spells_the_number(sms: OpenSms, smsc: FakeSmsc) -> None:
    assert await smsc.brings(DIGITS, "lampu mati di jalan provinsi") == [0]
    assert await sms.told() == [(SITI, "lampu mati di jalan provinsi")]


@pytest.mark.parametrize("text", [LONG, "ꦭꦩ꧀ꦥꦸ ꦩꦠꦶ ꦢꦶ ꦝꦺꦥꦤ꧀ ꦥꦱꦂ " * 6])
async def test_a_story_in_parts_is_one_whatever_their_order(sms: OpenSms, smsc: FakeSmsc, text: str) -> None:
    first, *others = parts_of(text)
    for part in (*others, first, *others):
        assert await smsc.brings_part(DIGITS, part) == 0
    assert await sms.told() == [(SITI, text.strip())]


async def test_the_same_words_twice_are_two_messages_once_the_first_is_known_to_be_answered(
    sms: OpenSms, smsc: FakeSmsc
) -> None:
    await smsc.brings(DIGITS, "1")
    await sms.sends("Halo")
    await smsc.has(1)
    await smsc.brings(DIGITS, "2")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(await sms.told()) < 3:
            await smsc.brings(DIGITS, "1")
            await asyncio.sleep(0.1)
    assert [text for _, text in await sms.told()] == ["1", "2", "1"]


async def is_cut_off(sms: OpenSms, smsc: FakeSmsc) -> None:
    """The connection is lost, as when the process is killed, and there is another."""
    binds, gateway = smsc.binds, sms.opened.channel.gateway
    gateway._session.writer.transport.abort()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while smsc.binds == binds or not gateway._session:
            await asyncio.sleep(0.02)


async def test_an_answer_that_was_lost_brings_no_second_message(sms: OpenSms, smsc: FakeSmsc) -> None:
    for _ in range(2):
        await smsc.brings(DIGITS, "lampu mati")
        await is_cut_off(sms, smsc)
    assert await sms.told() == [(SITI, "lampu mati")]


@pytest.mark.parametrize(("sender", "ton"), [("TELKOMSEL", 5), ("1708", 3), ("81234567890", 6), ("628123", 1)])
async def test_machines_are_answered_to_the_smsc_and_never_else(
    sms: OpenSms, smsc: FakeSmsc, sender: str, ton: int
) -> None:
    assert await smsc.brings_part(sender, parts_of("Selamat, Anda menang!")[0], ton) == 0
    assert await sms.told() == []


async def test_what_the_database_does_not_take_is_brought_again(sms: OpenSms, smsc: FakeSmsc) -> None:
    async with sms.database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE inbox RENAME TO elsewhere")
    assert await smsc.brings(DIGITS, "lampu mati") == [0x64]
    async with sms.database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO inbox")
    assert await smsc.brings(DIGITS, "lampu mati") == [0]
    assert await sms.told() == [(SITI, "lampu mati")]


# Out ----------------------------------------------------------------------------------------------------------------


async def test_a_long_answer_is_joined_by_the_phone(sms: OpenSms, smsc: FakeSmsc) -> None:
    await sms.sends(LONG)
    parts = await smsc.has(2)
    assert [(one.part.total, one.part.number) for one in parts if one.part] == [(2, 1), (2, 2)]
    assert len({one.part.reference for one in parts if one.part}) == 1
    assert ("".join(one.text for one in parts), parts[0].to, parts[0].coding) == (LONG, DIGITS, 0)


async def test_no_more_wait_for_an_answer_than_the_window_lets(database: Database, clock: StandingClock) -> None:
    async with FakeSmsc() as smsc:
        smsc.holds = True
        async with sms_over(database, clock, dialect="smpp", gateway_url=f"{smsc.url}&window=2") as sms:
            await smsc.is_bound()
            halo = OutboxMessage(OutboxMessageKind.MESSAGE, "Halo")
            sending = asyncio.gather(*(sms.opened.channel.send(f"+62812340000{n}", halo) for n in range(5)))
            await smsc.has_held(2)
            await smsc.brings(DIGITS, "lampu mati")
            assert await smsc.has_held(2) == 2
            await smsc.lets_go()
            assert len({*await sending}) == 5


async def test_letters_that_gsm_lacks_are_sent_as_they_are(sms: OpenSms, smsc: FakeSmsc) -> None:
    await sms.sends("“ꦱꦸꦫꦠ” 🙏🏽")
    assert [(one.text, one.coding) for one in await smsc.has(1)] == [("“ꦱꦸꦫꦠ” 🙏🏽", 8)]


async def test_a_message_that_was_throttled_halfway_goes_on_where_it_stopped(
    sms: OpenSms, smsc: FakeSmsc, clock: StandingClock
) -> None:
    await sms.sends("Halo")
    smsc.refuses = [smpp34.ESME_RTHROTTLED]
    await sms.sends(LONG)
    assert (await sms.outbox())[-1] == ("new", "")
    clock.passes(timedelta(minutes=1))
    await sms.sends(chat="+6281200000000")
    assert "".join(one.text for one in smsc.submitted[1:]) == LONG
    assert (await sms.outbox())[-1] == ("sent", "")


async def test_a_number_that_does_not_exist_is_given_up(sms: OpenSms, smsc: FakeSmsc) -> None:
    smsc.refuses = [smpp34.ESME_RINVDSTADR]
    await sms.sends("Halo", "Apa kabar")
    assert (await sms.outbox(), smsc.asked) == ([("failed", ""), ("failed", "")], 1)


async def test_nothing_is_sent_without_a_session_and_all_of_it_after(database: Database, clock: StandingClock) -> None:
    smsc = FakeSmsc()
    async with sms_over(database, clock, dialect="smpp", gateway_url=smsc.url) as sms:
        await sms.sends("Halo")
        assert await sms.outbox() == [("new", "")]
        async with smsc:
            await smsc.is_bound()
            clock.passes(timedelta(minutes=1))
            await sms.sends(chat="+6281200000000")
            assert [one.text for one in smsc.submitted] == ["Halo"]


# Receipts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("DELIVRD", ("sent", "delivered")),
        ("UNDELIV", ("failed", "failed")),
        ("EXPIRED", ("failed", "expired")),
        ("ACCEPTD", ("sent", "")),
    ],
)
async def test_a_receipt_reaches_the_outbox(sms: OpenSms, smsc: FakeSmsc, state: str, told: tuple[str, str]) -> None:
    await sms.sends("Halo")
    assert await smsc.receipt("smsc-1", state) == 0
    assert await sms.outbox() == [told]


async def test_a_message_is_delivered_once_all_its_parts_are(sms: OpenSms, smsc: FakeSmsc) -> None:
    await sms.sends(LONG)
    await smsc.receipt("smsc-1", "DELIVRD")
    assert await sms.outbox() == [("sent", "")]
    await smsc.receipt("smsc-2", "DELIVRD")
    assert await sms.outbox() == [("sent", "delivered")]


async def test_a_receipt_may_be_quicker_than_what_it_is_for(sms: OpenSms, smsc: FakeSmsc) -> None:
    await smsc.receipt("smsc-1", "DELIVRD")
    await sms.sends("Halo")
    assert await sms.outbox() == [("sent", "delivered")]


async def test_a_number_that_fails_for_a_week_is_left_alone_until_it_writes(
    sms: OpenSms, smsc: FakeSmsc, clock: StandingClock
) -> None:
    await sms.sends("Halo")
    await smsc.receipt("smsc-1", "UNDELIV")
    clock.passes(timedelta(days=6))
    await sms.sends("Masih di sana?")
    await smsc.receipt("smsc-2", "UNDELIV")
    clock.passes(timedelta(days=1))
    await sms.sends("Halo lagi")
    assert smsc.asked == 2
    await smsc.brings(DIGITS, "saya di sini")
    await sms.sends("Halo terakhir")
    assert [one.text for one in smsc.submitted] == ["Halo", "Masih di sana?", "Halo terakhir"]


# The session --------------------------------------------------------------------------------------------------------


async def test_a_session_that_ends_is_begun_again(database: Database, clock: StandingClock) -> None:
    smsc = FakeSmsc()
    async with smsc:
        opened = sms_over(database, clock, dialect="smpp", gateway_url=smsc.url)
        sms = await opened.__aenter__()
        assert sms.opened.state() is not None
        session = await smsc.is_bound()
        await session.unbind()
        while smsc.binds < 2:
            await asyncio.sleep(0.02)
        assert await smsc.brings(DIGITS, "halo") == [0]
        assert sms.opened.state() == ON
        await opened.__aexit__(None, None, None)


async def test_an_smsc_that_is_away_is_asked_later_each_time(database: Database, clock: StandingClock) -> None:
    pauses = list[float]()

    async def counts(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 9:
            raise asyncio.CancelledError

    parts = SqlMessageParts(database, "sms", clock, lambda: None, joined_arrival)
    receipts = SqlReceipts(database, "sms", clock)
    gateway = SmppGateway(FakeSmsc().url, IncomingMessages(parts, clock), receipts, counts)
    with pytest.raises(asyncio.CancelledError):
        await gateway.run()
    assert pauses == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]


async def test_an_smsc_that_is_away_is_said(database: Database, clock: StandingClock) -> None:
    async with sms_over(database, clock, dialect="smpp", gateway_url=FakeSmsc().url) as sms:
        while sms.opened.state().name != "unreachable":
            await asyncio.sleep(0.02)
        assert not sms.opened.state().is_well


@pytest.mark.parametrize("url", ["smpp://host", "smpp://u:p@host:x", "smpp://u:p@host?window=0", "http://gateway"])
def test_an_address_that_names_no_account_is_refused(url: str) -> None:
    with pytest.raises((WrongSetting, ValueError), match="LAPOR_SMS_GATEWAY_URL"):
        read_account(SmsSettings(_env_file=None, sms_dialect="smpp", sms_gateway_url=url).url)


def test_smpp_needs_no_secret_and_an_address() -> None:
    assert SmsSettings(_env_file=None, sms_dialect="smpp", sms_gateway_url="smpp://u:p@h:1").is_wanted()
    with pytest.raises(WrongSetting, match="LAPOR_SMS_GATEWAY_URL"):
        SmsSettings(_env_file=None, sms_dialect="smpp").is_wanted()


def test_a_dialect_alone_is_half_a_door() -> None:
    with pytest.raises(WrongSetting, match="LAPOR_SMS_SECRET"):
        SmsSettings(_env_file=None, sms_dialect="kannel").is_wanted()


# What it costs, and who is heard ------------------------------------------------------------------------------------


async def test_each_part_that_was_sent_is_counted_in_its_month(
    sms: OpenSms, smsc: FakeSmsc, clock: StandingClock
) -> None:
    await sms.sends("Halo", LONG)
    smsc.refuses = [smpp34.ESME_RINVDSTADR]
    await sms.sends("Halo", chat="+6281200000000")
    clock.passes(timedelta(days=31))
    await sms.sends("Halo lagi")
    async with sms.database.reading() as connection:
        billed = await billed_since(connection, "2026-01")
    assert [(one.channel, one.month, one.kind, one.units) for one in billed] == [
        ("sms", "2026-12", "part", 1),
        ("sms", "2026-11", "part", 3),
    ]


def test_an_automatic_reply_is_told_from_a_person() -> None:
    watch, reply = MachineWatch(), "Terima kasih, pesan Anda kami terima"
    heard = list[bool]()
    for number in range(6):
        at = TUESDAY + timedelta(minutes=number)
        for text in (reply, "1"):
            heard.append(watch.is_machine(SITI, text, f"{number}", at))
            watch.was_kept(SITI, text, f"{number}", at)
    assert heard == [False] * 6 + [True, False] * 3
    assert not watch.is_machine(SITI, reply, "0", TUESDAY + timedelta(hours=2))


async def test_a_press_whose_answer_was_never_known_to_arrive_is_one_again_later(
    sms: OpenSms, smsc: FakeSmsc, clock: StandingClock
) -> None:
    for minutes in (0, 5, 10):
        clock.passes(timedelta(minutes=minutes))
        await smsc.brings(DIGITS, "1")
        await is_cut_off(sms, smsc)
    assert await sms.told() == [(SITI, "1"), (SITI, "1")]
