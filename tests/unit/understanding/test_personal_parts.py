"""What is proposed to be covered is what would be masked."""

from __future__ import annotations

from bot.understanding.normalise import mask, personal_parts


def test_each_part_stands_in_the_text_once_in_the_list() -> None:
    text = "Pak Udin, telp 081234567890, dan Pak Udin lagi"
    assert personal_parts(text) == ("Udin", "081234567890")


def test_where_nothing_is_masked_nothing_is_proposed() -> None:
    text = "Jalan berlubang di depan pasar"
    assert (mask(text), personal_parts(text)) == (text, ())
