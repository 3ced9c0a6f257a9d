"""A report by e-mail over real servers: a mail in, the card out, "kirim" as an answer, and its status."""

from __future__ import annotations

import pytest

from tests.talks.acts import OfficeActs, Says
from tests.talks.database import office_acts
from tests.talks.mail import DRAFT_LINK, SITI, MailStage, a_mail
from tests.talks.plain_text import CODE
from tests.talks.talk_file import Settings
from tests.talks.world import World, tickets

TICKET = tickets()[0]
STORY = "lampu jalan di petung mati sudah seminggu"


async def test_a_mail_is_answered_with_the_card_and_kirim_files_it() -> None:
    stage = MailStage(World(Settings()))
    await stage.opens()
    try:
        [card] = await stage.plays([Says(STORY)])
        assert "Petung" in card.text
        assert card.labels[0] == "Kirim"
        filed = await stage.plays([Says("kirim")])
        assert TICKET in filed[0].text
        assert "Halaman laporan Anda, hanya untuk Anda: http" in filed[0].text
        [case] = await stage.cases()
        assert (case.channel, case.reporter) == ("email", f"email:{SITI}")
        [status] = await stage.plays([Says(TICKET)])
        assert f"{TICKET} · Diteruskan ke instansi" in status.text
        assert all("\\Seen" in flags for flags in await stage.side.imap.flags())
    finally:
        await stage.closes()


@pytest.mark.thorough
async def test_the_first_answer_to_a_report_has_the_link_to_its_page_and_no_later_one_of_it_has() -> None:
    stage = MailStage(World(Settings()))
    await stage.opens()
    try:
        for words in ("halo", STORY, "tiangnya juga miring", "kirim"):
            await stage.plays([Says(words)])
        mails = stage.side.smtp.mails(SITI)
        linked = [DRAFT_LINK.findall(mail.get_content()) for mail in mails]
        assert [len(found) for found in linked] == [0, 1, 0, 0]
        assert SITI not in linked[1][0]
        card, choices = mails[1].get_content().split(linked[1][0])
        assert ("Kategori: Penerangan jalan" in card, "1) Kirim" in choices) == (True, True)
    finally:
        await stage.closes()


@pytest.mark.thorough
async def test_a_forged_sender_deletes_nothing_and_the_digits_go_to_the_true_address_alone() -> None:
    stage = MailStage(World(Settings()), sends_codes_back=False)
    await stage.opens()
    try:
        await stage.plays([Says(STORY)])
        await stage.plays([Says("kirim")])
        for words in ("hapus data saya", "1"):
            forged = a_mail(words, reply_to="jahat@lain.test", message_id=f"<{words[0]}@lain.test>")
            stage.side.smtp.envelopes.clear()
            await stage.side.imap.brings(forged.as_bytes())
            await stage.side.imap.is_read()
            [asked] = await stage.plays([])
        assert [one.rcpt_tos for one in stage.side.smtp.envelopes] == [[SITI]]
        [digits] = CODE.findall(asked.text)
        assert [case.reporter for case in await stage.cases()] == [f"email:{SITI}"]
        [told] = await stage.plays([Says(digits)])
        assert told.text.startswith("Data Anda sudah dihapus.")
    finally:
        await stage.closes()


@pytest.mark.thorough
async def test_an_answer_to_a_notice_is_about_its_case() -> None:
    world = World(Settings())
    stage = MailStage(world)
    await stage.opens()
    try:
        await stage.plays([Says(STORY)])
        await stage.plays([Says("kirim")])
        await office_acts(world, stage.database, OfficeActs("petugas", "tanya", TICKET, "Berapa tiang yang mati?"))
        [asked] = await stage.plays([])
        assert "Berapa tiang yang mati?" in asked.text
        [notice] = stage.side.smtp.mails(SITI)[-1:]
        assert (notice["Subject"], TICKET in notice["Reply-To"]) == (f"Layanan LAPOR: {TICKET}", True)
        [told] = await stage.plays([Says("tiga tiang berurutan")])
        assert told.text.startswith(f"Terima kasih. Jawaban Anda untuk laporan {TICKET} sudah kami teruskan.")
    finally:
        await stage.closes()
