"""Where a message may be cut in two besides what sets its parts apart itself."""

from __future__ import annotations

import pytest

from bot.understanding.matters import likely_parts


@pytest.mark.parametrize(
    ("text", "second", "is_marked"),
    [
        ("lampu gang mati sama sampah tidak diangkut", "sampah tidak diangkut", False),
        ("jembatan lapuk, beda urusan pupuk belum datang", "pupuk belum datang", True),
        ("lapor dua: wc umum rusak, parkir liar di pasar", "parkir liar di pasar", True),
        ("a) bpjs ibu nonaktif b) kartu keluarga salah", "kartu keluarga salah", True),
    ],
)
def test_a_second_matter_may_begin_here(text: str, second: str, *, is_marked: bool) -> None:
    found = {(one.parts.second, one.is_marked) for one in likely_parts(text)}
    assert (second, is_marked) in found


@pytest.mark.parametrize(
    "text",
    [
        "lampu jalan mati dan makanya gelap",
        "truk besar lewat terus jalannya jadi hancur",
        "nama: warga dan lokasi: gang mawar",
        "lampu mati",
    ],
)
def test_what_follows_from_the_first_is_no_matter_of_its_own(text: str) -> None:
    assert likely_parts(text) == ()
