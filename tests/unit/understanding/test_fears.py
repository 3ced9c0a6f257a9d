"""Being afraid to report, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.understanding.cues import fears


@pytest.mark.parametrize(
    "text",
    [
        "hmm kok saya takut ya kalo ketahuan",
        "saya mau lapor tapi takut ketahuan",
        "takut dimarahin pak kades nih",
        "Jujur saya tidak berani lapor, pak",
        "aku takut nanti dipersulit ngurus surat",
        "tapi khawatir nama saya disebut",
        "kalau ketahuan gimana?",
        "ntar kalo saya ketahuan gimana dong",
        "takut orangnya tau saya yang lapor",
        "takut euy",
        "saya takut pak",
        "I'm scared they will find out",
        "but i am afraid to report this",
    ],
)
def test_who_is_afraid_of_being_found_out(text: str) -> None:
    assert fears(text)


@pytest.mark.parametrize(
    "text",
    [
        "takut roboh jembatannya pak",
        "anak-anak takut lewat situ kalau malam",
        "warga takut banjir lagi",
        "saya takut digigit anjing liar di gang itu",
        "jalan rusak tapi saya takut dimarahi pak rt kalau lapor",
        "takut ketahuan, bendahara desa menyembunyikan kuitansi pembelian semen bulan lalu",
        "kalau hujan jalan ini ketahuan lubangnya",
        "kami khawatir dengan kondisi tiang listrik yang miring",
    ],
)
def test_what_people_fear_of_a_thing_is_part_of_the_story(text: str) -> None:
    assert not fears(text)


def test_words_said_again_and_again_are_read_in_no_time() -> None:
    assert not fears("takut " + "so ya nih saya " * 300 + "1")
    assert not fears("tapi i'm saya " * 300 + "1")
