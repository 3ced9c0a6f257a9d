"""What a form says, as arrivals."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from bot.channels.web.arrivals import PostedFile, PostedMessage, PostSender, arrivals_of, clean, page_token, place_of
from bot.channels.web.visitors import Visitors
from bot.conversation.events import Pressed, Said, SentPhoto, SharedPlace

VISITORS, VISITOR = Visitors(b"a key for tests"), "v" * 22
SIRI = PostSender(VISITOR, 100, datetime(2026, 11, 24, tzinfo=UTC), "id", partial(VISITORS.update_id, VISITOR))
PHOTO, OTHER = PostedFile("photo", "web-1", "d1"), PostedFile("video", "web-2", "d2")
TOKEN = "jabcdefgh12345"


def kinds(posted: PostedMessage) -> list[type]:
    return [type(arrival.event) for arrival in arrivals_of(posted, SIRI)]


def test_words_are_said() -> None:
    [arrival] = arrivals_of(PostedMessage(TOKEN, "jalan rusak"), SIRI)
    assert arrival.event == Said(id=TOKEN, at=SIRI.at, language="id", text="jalan rusak", ref=TOKEN)
    assert (arrival.channel, arrival.chat, arrival.update_id) == ("web", VISITOR, VISITORS.update_id(VISITOR, TOKEN))


def test_the_name_of_what_was_said_does_not_tell_who_said_it() -> None:
    [arrival] = arrivals_of(PostedMessage(TOKEN, "jalan rusak"), SIRI)
    assert VISITOR not in arrival.update_id
    assert arrival.update_id != Visitors(b"another key").update_id(VISITOR, TOKEN)


def test_words_with_files_are_the_caption_of_the_first() -> None:
    arrivals = arrivals_of(PostedMessage(TOKEN, "jalan rusak", files=(PHOTO, OTHER)), SIRI)
    said = [(a.event.id, a.event.kind, a.event.caption) for a in arrivals if isinstance(a.event, SentPhoto)]
    assert said == [(TOKEN, "photo", "jalan rusak"), (f"{TOKEN}-1", "video", "")]
    assert [arrival.sequence for arrival in arrivals] == [100, 101]


def test_everything_of_one_form_arrives_in_order() -> None:
    assert kinds(PostedMessage(TOKEN, "x", "send@d~m", (1.0, 2.0))) == [Said, SharedPlace, Pressed]
    assert kinds(PostedMessage(TOKEN, "x", "send@d~m", (1.0, 2.0), (PHOTO,))) == [SentPhoto, SharedPlace, Pressed]


def test_nothing_is_nothing() -> None:
    assert PostedMessage().is_empty
    assert arrivals_of(PostedMessage(), SIRI) == []


def test_names_fit_into_buttons_and_rows() -> None:
    posted = PostedMessage(page_token(), "x", "send", (1.0, 2.0), (PHOTO,) * 10)
    for arrival in arrivals_of(posted, SIRI):
        assert len(arrival.event.id) <= 22
        assert len(arrival.update_id) <= 64


@pytest.mark.parametrize("token", ["", "jshort", "JABCDEFGH", "jabc defgh", "j" * 40, "../../etc", "xabcdefghij"])
def test_a_token_of_no_script_of_ours_is_not_used(token: str) -> None:
    names = {arrivals_of(PostedMessage(token, "x"), SIRI)[0].event.id for _ in range(3)}
    assert len(names) == 3
    assert token not in names


def test_a_pages_token_counts_with_what_was_said() -> None:
    token = page_token()
    first, again, other = (arrivals_of(PostedMessage(token, text), SIRI)[0].update_id for text in ("a", "a", "b"))
    assert first == again != other


def test_text_is_made_fit_for_every_database() -> None:
    assert clean(" a\0\r\nb\rc\udcff ") == "a\nb\nc?"


@pytest.mark.parametrize(
    ("lat", "lon", "place"),
    [
        ("-1.25", "116.5", (-1.25, 116.5)),
        ("-1,25", "116,5", (-1.25, 116.5)),
        ("91", "0", None),
        ("0", "-181", None),
        ("nan", "0", None),
        ("inf", "0", None),
        ("", "1", None),
        ("a", "b", None),
    ],
)
def test_a_position_is_on_this_earth(lat: str, lon: str, place: tuple[float, float] | None) -> None:
    assert place_of(lat, lon) == place
