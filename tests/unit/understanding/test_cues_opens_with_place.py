"""Words that begin with where something is, as they are written by who was asked for it."""

from __future__ import annotations

import pytest

from bot.understanding.cues import opens_with_place


@pytest.mark.parametrize(
    "text",
    [
        "belakang pasar sebelah warung bu siti",
        "di rumah saya yang cat hijau",
        "jalan menuju kebun sawit pak haji",
        "Sepanjang jalan dari pasar sampai pelabuhan",
        "sekolah anak saya yang dekat sungai",
        "loket pembayaran yang lama",
        "next to the old school",
    ],
)
def test_where_it_is(text: str) -> None:
    assert opens_with_place(text)


@pytest.mark.parametrize(
    "text",
    [
        "pak rt minta uang 50 ribu buat surat domisili",
        "air pdam mati dari kemarin",
        "jembatan juga mau roboh pak",
        "bansos saya tidak pernah keluar",
        "",
    ],
)
def test_what_happens(text: str) -> None:
    assert not opens_with_place(text)
