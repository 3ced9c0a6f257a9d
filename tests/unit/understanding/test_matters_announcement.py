"""What is said before several matters and tells nothing goes; what tells stays, in her own words."""

import pytest

from bot.understanding.matters.announcement import without_announcement


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("permisi bu, saya mau ngomong dua hal: got mampet di petung", "got mampet di petung"),
        ("selamat pagi pak camat, mau lapor 2 hal nih pak lampu jalan mati", "lampu jalan mati"),
        ("assalamualaikum. numpang lapor, air ledeng keruh", "air ledeng keruh"),
        ("nuwun sewu, dalan nang sotek rusak", "dalan nang sotek rusak"),
        ("ada dua lubang di jalan provinsi", "ada dua lubang di jalan provinsi"),
        ("di petung ada dua masalah: lampu mati terus", "di petung ada dua masalah: lampu mati terus"),
        ("mau lapor, sampah", "mau lapor, sampah"),
        ("jalan rusak, mau lapor dua hal", "jalan rusak, mau lapor dua hal"),
    ],
)
def test_only_what_tells_nothing_goes(text: str, left: str) -> None:
    assert without_announcement(text) == left
