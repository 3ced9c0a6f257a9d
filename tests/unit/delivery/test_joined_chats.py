"""One person in two chats: they are joined by a code and a yes, see each other's cases, and are parted again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Status
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.handling import case_saying_files
from actions.store.engine.database import Database
from actions.store.engine.tables import dialogues, files, outbox
from actions.store.messages.joined_chats import join_codes, joined_chats, others_of
from actions.store.training.turn_samples import turn_samples
from bot.conversation.events import SentPhoto
from bot.conversation.screen import line
from bot.messaging.outbox_message import MARK, OutboxMessage, OutboxMessageKind
from bot.messaging.records import read_outgoing
from bot.services.retention_sweep import RetentionSweep
from tests.fakes.channels import RememberingChannel
from tests.talks.world import declared
from tests.unit.delivery.case_office import VERA, CaseOffice, liaison
from tests.unit.delivery.town import Town

CODE = re.compile(r"gabung (\d{4} \d{4})")


@dataclass(slots=True)
class Doors:
    """A citizen in several channels, over one database, and the office that works on her cases."""

    database: Database
    office: CaseOffice = field(init=False)
    towns: dict[str, Town] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """With an office."""
        self.office = CaseOffice(self.database)

    def town(self, channel: str) -> Town:
        """What works the turns of a channel."""
        if channel not in self.towns:
            self.towns[channel] = Town(self.database, RememberingChannel(channel))
        self.towns[channel].now = self.office.clock()
        return self.towns[channel]

    async def says(self, channel: str, text: str, chat: str = "siti") -> list[str]:
        """She writes there; returns what she is answered there."""
        return [one.text for one in await self.hears(channel, text, chat)]

    async def hears(self, channel: str, text: str, chat: str = "siti") -> list[OutboxMessage]:
        """The same with the buttons."""
        town = self.town(channel)
        before = len(await self.read(channel, chat))
        self.office.clock.now += timedelta(seconds=1)
        town.now = self.office.clock()
        await town.arrives(town.said(text, chat, update_id=f"{channel}.{chat}.{town.count}.{before}"))
        await town.works()
        return (await self.read(channel, chat))[before:]

    async def presses(self, channel: str, press: str, chat: str = "siti") -> list[str]:
        """She presses a button that stands there."""
        town = self.town(channel)
        before = len(await self.read(channel, chat))
        self.office.clock.now += timedelta(seconds=1)
        town.now = self.office.clock()
        await town.arrives(town.pressed(press, chat, update_id=f"{channel}.{chat}.p{town.count}.{before}"))
        await town.works()
        return [one.text for one in (await self.read(channel, chat))[before:]]

    async def presses_shown(self, channel: str) -> None:
        """She presses the first button of the last message there."""
        shown = (await self.read(channel))[-1].rows[0][0]
        await self.presses(channel, shown.press.rpartition(MARK)[0])

    async def read(self, channel: str, chat: str = "siti") -> list[OutboxMessage]:
        """Everything that waits in a chat of a channel, answers to presses left out."""
        query = select(outbox.c.message).where(outbox.c.chat == chat, outbox.c.channel == channel)
        async with self.database.reading() as connection:
            rows = (await connection.execute(query.order_by(outbox.c.id))).scalars().all()
        messages = [read_outgoing(row) for row in rows if row != "{}"]
        return [message for message in messages if message.kind is not OutboxMessageKind.ANSWER]

    async def code_of(self, channel: str, chat: str = "siti") -> str:
        """She asks for a code there."""
        [shown] = await self.says(channel, "/gabung", chat)
        return CODE.findall(shown)[0]

    async def are_joined(self, first: str = "telegram", second: str = "whatsapp") -> None:
        """She has joined two of her chats: the first showed the code."""
        code = await self.code_of(first)
        await self.says(second, f"gabung {code}")
        await self.says(first, "ya, gabungkan")

    async def others(self, channel: str = "telegram", chat: str = "siti") -> list[str]:
        """The channels that this chat is joined with."""
        async with self.database.reading() as connection:
            return [one.channel for one in await others_of(connection, (channel, chat))]

    async def files(self, channel: str = "telegram", **changes: Any) -> Case:
        """She has reported something there."""
        return await self.office.files(reporter=f"{channel}:siti", channel=channel, **changes)

    async def case(self, ticket: str) -> Case:
        """A case as it stands now."""
        async with self.database.reading() as connection:
            case = await SqlCaseBook(connection).by_ticket(ticket)
        assert case
        return case


@pytest.fixture
def doors(database: Database) -> Doors:
    """She has written nowhere yet."""
    return Doors(database)


# Joining and parting -------------------------------------------------------------------------------------------


async def test_a_code_that_is_typed_in_the_other_chat_and_confirmed_in_the_first_joins_them(doors: Doors) -> None:
    code = await doors.code_of("telegram")
    [typed] = await doors.says("whatsapp", f"gabung {code}")
    assert await doors.others() == []
    asked = (await doors.read("telegram"))[-1]
    number = re.findall(r"Angka di sini: (\d\d)", typed)[0]
    assert f"diketik di WhatsApp, dan di sana tertulis angka {number}." in asked.text
    assert "bisa membaca, menjawab, dan menarik laporan Anda" in asked.text
    assert [button.words for row in asked.rows for button in row] == ["Ya, gabungkan", "Jangan gabungkan"]
    assert (await doors.says("telegram", "ya, gabungkan"))[0].startswith(
        "Sudah digabung dengan percakapan di WhatsApp."
    )
    assert (await doors.read("whatsapp"))[-1].text.startswith("Sudah digabung dengan percakapan di Telegram.")
    assert (await doors.others(), await doors.others("whatsapp")) == (["whatsapp"], ["telegram"])


async def test_her_button_confirms_as_her_words_do(doors: Doors) -> None:
    code = await doors.code_of("telegram")
    await doors.says("whatsapp", f"/gabung {code}")
    async with doors.database.reading() as connection:
        typed = (await connection.execute(select(join_codes.c.typed_at))).scalar_one()
    await doors.presses("telegram", f"join-yes:{int(typed.timestamp())}")
    assert await doors.others() == ["whatsapp"]


async def test_a_code_is_kept_nowhere_in_words(doors: Doors) -> None:
    code = await doors.code_of("telegram")
    async with doors.database.reading() as connection:
        kept = (await connection.execute(select(join_codes.c.digest))).scalar_one()
    assert code.replace(" ", "") not in kept
    assert not (await doors.read("telegram"))[-1].is_kept


async def test_reports_of_both_are_listed_in_each_with_where_they_are_from(doors: Doors) -> None:
    first, second = await doors.files("telegram"), await doors.files("whatsapp")
    await doors.are_joined()
    for channel in ("telegram", "whatsapp"):
        told = await doors.says(channel, "/laporanku")
        assert told[0].startswith("Digabung dengan: ")
        assert all(case.ticket in told[1] for case in (first, second))


async def test_what_she_does_in_one_is_done_to_a_report_of_the_other(doors: Doors) -> None:
    case = await doors.files("telegram")
    await doors.are_joined()
    await doors.presses("whatsapp", f"withdraw:{case.ticket}")
    await doors.presses("whatsapp", f"withdraw-yes:{case.ticket}")
    after = await doors.case(case.ticket)
    assert (after.status, after.reporter, after.channel) == (Status.WITHDRAWN, "telegram:siti", "telegram")


@pytest.mark.parametrize("words", ["/pisah", "pisahkan", "unlink"])
async def test_parted_each_has_its_own_reports_alone(doors: Doors, words: str) -> None:
    case = await doors.files("telegram")
    await doors.are_joined()
    assert "Sudah dipisahkan dari: WhatsApp" in (await doors.says("telegram", words))[0]
    assert "sudah dipisahkan dari: Telegram" in (await doors.read("whatsapp"))[-1].text
    assert await doors.others("whatsapp") == []
    assert case.ticket not in " ".join(await doors.says("whatsapp", "/laporanku"))
    await doors.presses("whatsapp", f"withdraw-yes:{case.ticket}")
    assert (await doors.case(case.ticket)).status is not Status.WITHDRAWN
    async with doors.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(joined_chats))).scalar_one() == 0


async def test_three_chats_are_joined_and_one_parted_leaves_the_others_joined(doors: Doors) -> None:
    await doors.are_joined("telegram", "whatsapp")
    await doors.are_joined("telegram", "web")
    assert await doors.others("web") == ["telegram", "whatsapp"]
    await doors.says("whatsapp", "pisahkan")
    assert (await doors.others("web"), await doors.others("whatsapp")) == (["telegram"], [])


# Notices -------------------------------------------------------------------------------------------------------


async def test_a_notice_comes_to_the_chat_in_which_she_wrote_last_and_is_answered_there(doors: Doors) -> None:
    case = await doors.files("telegram")
    await doors.are_joined()
    await doors.says("whatsapp", "halo")
    before = len(await doors.read("telegram"))
    await doors.office.does(case.ticket, CaseAction.ASK, VERA, words="Di dekat pasar yang mana?")
    assert len(await doors.read("telegram")) == before
    assert "Di dekat pasar yang mana?" in (await doors.read("whatsapp"))[-1].text
    await doors.presses_shown("whatsapp")
    await doors.says("whatsapp", "pasar petung sebelah timur")
    assert (await doors.case(case.ticket)).status is not Status.NEEDS_INFO


async def test_of_mere_progress_she_reads_in_the_chat_in_which_she_wrote_last(doors: Doors) -> None:
    case = await doors.files("whatsapp")
    await doors.are_joined("whatsapp", "x")
    await doors.says("x", "halo")
    before = len(await doors.read("whatsapp"))
    await doors.office.does(case.ticket, CaseAction.ACCEPT, liaison(case.agency))
    assert (await doors.read("x"))[-1].text == f"Kabar laporan {case.ticket}: Sedang dikerjakan."
    assert len(await doors.read("whatsapp")) == before


async def test_what_another_system_says_of_her_case_comes_there_too(doors: Doors) -> None:
    case = await doors.files("whatsapp")
    await doors.are_joined("whatsapp", "x")
    await doors.says("x", "halo")
    lines = [line("notice-hidden", ticket=case.ticket)]
    async with doors.database.writing() as connection:
        told = await doors.office.notices.tell_reporter(connection, case, "there", lines, doors.office.clock())
    assert told == {("x", "siti")}
    assert (await doors.read("x"))[-1].is_notice


async def test_a_reminder_that_reached_her_there_counts(doors: Doors) -> None:
    case = await doors.files("telegram")
    await doors.are_joined()
    await doors.says("whatsapp", "halo")
    await doors.office.does(case.ticket, CaseAction.ASK, VERA, words="Di mana?")
    async with doors.database.writing() as connection:
        await connection.execute(outbox.update().values(state="sent"))
        book = SqlCaseBook(connection)
        assert await book.count_delivered(await doors.case(case.ticket), [(await doors.case(case.ticket)).version]) == 1


# Secrets -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("held", [{"secret": True}, {"sensitive": True}])
async def test_a_secret_report_is_seen_and_told_only_where_it_was_filed(doors: Doors, held: dict[str, bool]) -> None:
    case = await doors.files("telegram", **held)
    await doors.are_joined()
    assert case.ticket not in " ".join(await doors.says("whatsapp", "/laporanku"))
    assert "tidak ditemukan" in (await doors.says("whatsapp", case.ticket))[0]
    before = len(await doors.read("whatsapp"))
    await doors.office.does(case.ticket, CaseAction.ASK, VERA, words="Siapa saksinya?")
    assert len(await doors.read("whatsapp")) == before
    assert "Siapa saksinya?" in (await doors.read("telegram"))[-1].text


async def test_she_opens_what_is_secret_only_from_where_it_was_filed_and_closes_it_again(doors: Doors) -> None:
    case = await doors.files("telegram", secret=True)
    await doors.are_joined()
    await doors.says("whatsapp", "perlihatkan yang rahasia")
    assert case.ticket not in " ".join(await doors.says("whatsapp", "/laporanku"))
    await doors.presses("telegram", "join-secret")
    assert case.ticket in " ".join(await doors.says("whatsapp", "/laporanku"))
    await doors.says("telegram", "sembunyikan yang rahasia")
    assert case.ticket not in " ".join(await doors.says("whatsapp", "/laporanku"))


async def test_an_officer_and_a_trainer_see_nothing_of_it(doors: Doors) -> None:
    case = await doors.files("telegram")
    before = await doors.case(case.ticket)
    await doors.are_joined()
    assert await doors.case(case.ticket) == before
    async with doors.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(turn_samples))).scalar_one() == 0


# Forgetting ----------------------------------------------------------------------------------------------------


async def test_deleting_covers_this_chat_alone_says_so_and_parts_it(doors: Doors) -> None:
    hers, other = await doors.files("telegram"), await doors.files("whatsapp")
    await doors.are_joined()
    [asked] = await doors.says("telegram", "hapus data saya")
    assert asked.startswith("Hapus data Anda dari percakapan ini?")
    await doors.says("telegram", "ya, hapus semuanya")
    assert "Data dari sana masih ada" in (await doors.read("telegram"))[-1].text
    assert await doors.others("whatsapp") == []
    assert (await doors.case(other.ticket)).reporter == "whatsapp:siti"
    assert (await doors.case(hers.ticket)).reporter != "telegram:siti"


async def test_a_file_sent_from_another_chat_stays_with_the_case_and_names_her_no_more(doors: Doors) -> None:
    case = await doors.files("telegram")
    await doors.are_joined()
    town = doors.town("whatsapp")
    await doors.says("whatsapp", "halo")
    await doors.office.does(case.ticket, CaseAction.ASK, VERA, words="Ada fotonya?")
    await doors.presses_shown("whatsapp")
    town.now = doors.office.clock()
    sent = SentPhoto(id="s1", at=town.now, kind="photo", file_id="lubang")
    await town.arrives(town.arrival(sent, update_id="wa.photo"))
    await town.works()
    await doors.says("whatsapp", "ini fotonya")
    await doors.says("whatsapp", "hapus data saya")
    await doors.says("whatsapp", "ya, hapus semuanya")
    async with doors.database.reading() as connection:
        owners = list(
            (
                await connection.execute(
                    select(case_saying_files.c.chat, files.c.chat).join(
                        files, files.c.file_id == case_saying_files.c.file_id
                    )
                )
            ).all()
        )
    assert len(owners) == 1
    assert owners[0][0] == owners[0][1] != "siti"


async def test_of_joined_chats_in_which_nobody_writes_for_a_year_nothing_is_kept(doors: Doors) -> None:
    await doors.are_joined()
    doors.office.clock.now += timedelta(days=400)
    retention = declared().regency.retention
    await RetentionSweep(doors.database, doors.office.clock, retention, ("web",)).sweep()
    async with doors.database.reading() as connection:
        counts = [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (joined_chats, join_codes, dialogues)
        ]
    assert counts == [0, 0, 0]


# Attacks -------------------------------------------------------------------------------------------------------


async def test_a_code_is_typed_once(doors: Doors) -> None:
    code = await doors.code_of("telegram")
    await doors.says("whatsapp", f"gabung {code}", "siti")
    assert "tidak cocok" in (await doors.says("web", f"gabung {code}", "thief"))[0]
    await doors.says("telegram", "ya, gabungkan")
    assert await doors.others("web", "thief") == []


async def test_a_thief_who_types_it_first_is_named_to_her_and_has_nothing_when_she_says_no(doors: Doors) -> None:
    code = await doors.code_of("telegram")
    await doors.says("web", f"gabung {code}", "thief")
    assert "diketik di Web" in (await doors.read("telegram"))[-1].text
    await doors.presses("telegram", "join-no")
    assert "tidak disetujui" in (await doors.read("web", "thief"))[-1].text
    await doors.says("telegram", "ya, gabungkan")
    assert await doors.others() == []


async def test_nobody_but_the_chat_that_showed_the_code_can_confirm(doors: Doors) -> None:
    code = await doors.code_of("telegram")
    await doors.says("web", f"gabung {code}", "thief")
    assert "Tidak ada yang menunggu" in (await doors.says("web", "ya, gabungkan", "thief"))[0]
    assert await doors.others() == []


@pytest.mark.parametrize("late_at", ["typed", "confirmed"])
async def test_after_ten_minutes_neither_code_nor_yes_counts(doors: Doors, late_at: str) -> None:
    code = await doors.code_of("telegram")
    if late_at == "typed":
        doors.office.clock.now += timedelta(minutes=11)
    await doors.says("whatsapp", f"gabung {code}")
    if late_at == "confirmed":
        doors.office.clock.now += timedelta(minutes=11)
    await doors.says("telegram", "ya, gabungkan")
    assert await doors.others() == []


async def test_an_older_button_confirms_no_newer_request(doors: Doors) -> None:
    code = await doors.code_of("telegram")
    await doors.says("whatsapp", f"gabung {code}")
    await doors.says("telegram", "jangan gabungkan")
    await doors.says("web", f"gabung {await doors.code_of('telegram')}", "thief")
    await doors.presses("telegram", "join-yes:1")
    assert await doors.others() == []


async def test_few_wrong_codes_are_taken_from_a_chat(doors: Doors) -> None:
    code = await doors.code_of("telegram")
    told = [(await doors.says("web", f"gabung 0000 000{n}", "thief"))[0] for n in range(7)]
    assert told[-1].startswith("Kode sudah beberapa kali dicoba")
    assert (await doors.says("web", f"gabung {code}", "thief"))[0].startswith("Kode sudah beberapa kali dicoba")


async def test_few_codes_a_day_are_shown(doors: Doors) -> None:
    told = [(await doors.says("telegram", "/gabung"))[0] for _ in range(6)]
    assert [bool(CODE.search(one)) for one in told] == [True] * 5 + [False]


async def test_its_own_code_joins_a_chat_with_nothing(doors: Doors) -> None:
    code = await doors.code_of("telegram")
    assert "Kode itu dari percakapan ini" in (await doors.says("telegram", f"gabung {code}"))[0]


async def test_a_chat_that_is_joined_is_not_taken_over_by_another_code(doors: Doors) -> None:
    await doors.are_joined()
    code = await doors.code_of("web")
    assert "sudah digabung" in (await doors.says("whatsapp", f"gabung {code}"))[0]


@pytest.mark.parametrize("forged", ["sms", "email"])
async def test_in_a_forged_name_no_code_can_be_typed(doors: Doors, forged: str) -> None:
    code = await doors.code_of("telegram", "thief")
    assert "kode tidak bisa diketik" in (await doors.says(forged, f"gabung {code}"))[0]
    await doors.says("telegram", "ya, gabungkan", "thief")
    assert await doors.others(forged) == []


async def test_by_sms_the_yes_counts_only_with_the_six_digits_that_were_sent_to_the_number(doors: Doors) -> None:
    code = await doors.code_of("sms")
    await doors.says("telegram", f"gabung {code}")
    assert "balas: ya, gabungkan" in (await doors.read("sms"))[-1].text
    [digits] = await doors.says("sms", "ya, gabungkan")
    assert await doors.others("sms") == []
    await doors.says("sms", re.findall(r"^\d{6}$", digits, re.MULTILINE)[0])
    assert await doors.others("sms") == ["telegram"]
    assert "balas 6 angka" in (await doors.says("sms", "perlihatkan yang rahasia"))[0]
