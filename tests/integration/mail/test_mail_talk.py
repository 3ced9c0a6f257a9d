"""A report by e-mail over real servers: a mail in, the card out, "kirim" as an answer, and its status."""

from __future__ import annotations

from tests.talks.acts import Says
from tests.talks.mail import SITI, MailStage
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
