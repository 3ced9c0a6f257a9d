"""What is wanted of a report in words of her own, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.understanding.cues import follows_up, wish


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("mau dirahasiakan aja", "secret"),
        ("tolong laporan ini dirahasiakan ya pak", "secret"),
        ("bisa dirahasiakan", "secret"),
        ("please keep it secret", "secret"),
        ("rahasia ya pak, jangan sampai bocor", "secret"),
        ("jangan kasih tau siapa2 ya", "secret"),
        ("ga usah dirahasiakan", "publish"),
        ("jangan sebut nama saya", "drop-name"),
        ("nama saya jangan disebut ya", "drop-name"),
        ("anonim aja min", "drop-name"),
        ("saya ga mau nama saya ada", "drop-name"),
        ("mau pakai nama saya", "name"),
        ("saya mau tambah foto", "photo"),
        ("mau kirim foto bukti", "photo"),
        ("I want to add a photo", "photo"),
        ("saya mau nambahin keterangan", "more"),
        ("mau ganti tempat", "change-place"),
        ("lokasinya salah min", "change-place"),
        ("salah kategori", "change-category"),
        ("mau edit tulisannya", "change-story"),
        ("mau ralat laporan saya", "change"),
        ("kirim laporan sekarang", "send"),
        ("langsung kirim aja pak", "send"),
    ],
)
def test_what_she_wants_done(text: str, verb: str) -> None:
    assert wish(text) == verb


@pytest.mark.parametrize(
    "text",
    [
        "bisa dirahasiakan?",
        "bisa kirim",
        "tolong perbaiki",
        "tolong segera diperbaiki pak",
        "mohon kirim petugas",
        "pegawai ganti nama penerima bantuan",
        "tempat sampahnya penuh",
        "rahasia umum kalau di situ ada pungli",
        "minta tambah lampu jalan",
        "alamat rumah saya di gang melati",
        "jenis pupuknya salah",
        "jangan sampai ada korban lagi",
        "tidak ada yang tahu",
        "tidak ada yang tahu kapan airnya jalan",
        "",
    ],
)
def test_what_is_part_of_a_story(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "kok lama amat",
        "kapan diperbaiki?",
        "kapan ditangani pak",
        "belum ada yang datang",
        "blm diperbaiki juga sampai sekarang",
        "kok belum ada kabar",
        "sudah seminggu ga ada kabar",
        "gimana kelanjutannya",
        "udah diperbaiki belum",
        "kapan petugasnya datang",
        "bisa tambah foto?",
        "ada kabar?",
        "saya mau nambahin keterangan",
    ],
)
def test_what_is_about_a_report_that_was_sent(text: str) -> None:
    assert follows_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "lampu jalan belum diperbaiki",
        "bantuan belum datang",
        "kapan bansos cair",
        "lama antri di puskesmas",
        "belum ada air",
    ],
)
def test_what_may_be_another_report(text: str) -> None:
    assert not follows_up(text)
