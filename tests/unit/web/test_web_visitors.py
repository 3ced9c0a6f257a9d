from __future__ import annotations

import pytest

from bot.channels.web.visitors import Visitors

OURS, THEIRS = Visitors(b"ours"), Visitors(b"theirs")


def test_a_cookie_of_ours_is_read() -> None:
    visitor = OURS.new()
    assert OURS.read(OURS.cookie(visitor)) == visitor


def test_every_visitor_is_another() -> None:
    assert len({OURS.new() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "",
        ".",
        "x",
        "AAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA",
        THEIRS.cookie("AAAAAAAAAAAAAAAAAAAAAA"),
        OURS.cookie("short"),
        OURS.cookie("AAAAAAAAAAAAAAAAAAAAA/"),
        OURS.cookie("AAAAAAAAAAAAAAAAAAAAAA") + "x",
        "ümlaut.\udcff",
    ],
)
def test_any_other_cookie_is_nobodys(cookie: str | None) -> None:
    assert OURS.read(cookie) is None


def test_a_talks_name_does_not_open_it() -> None:
    visitor = OURS.new()
    assert OURS.talk(visitor) not in OURS.cookie(visitor)
    assert OURS.talk(visitor) != OURS.talk(OURS.new())
