"""What Telegram posts: the secret and the body."""

from __future__ import annotations

import json

import pytest

from bot.channels.telegram.webhook import BadBody, arrivals_of_body, check_secret
from bot.conversation.events import Said
from tests.unit.channels.bot_api import NOW, SENT, said, update


@pytest.mark.parametrize(
    ("header", "secret", "right"),
    [
        ("abc-123", "abc-123", True),
        ("abc-124", "abc-123", False),
        ("abc", "abc-123", False),
        ("ébc\udcff", "abc-123", False),
        ("", "abc-123", False),
        (None, "abc-123", False),
        ("", "", False),
        (None, "", False),
    ],
)
def test_only_the_secret_opens(header: str | None, secret: str, *, right: bool) -> None:
    assert check_secret(header, secret) == right


def test_a_body_is_an_arrival() -> None:
    arrival = arrivals_of_body(json.dumps(update("message", said("jalan rusak"))).encode(), None, NOW)
    assert arrival is not None
    assert arrival.event == Said(id="trs", at=SENT, name="Siti Aminah", language="id", text="jalan rusak", ref="7")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_update_is_refused(body: bytes) -> None:
    with pytest.raises(BadBody):
        arrivals_of_body(body, None, NOW)


@pytest.mark.parametrize("body", [b"{}", b'{"update_id": 5, "news": {}}', b'{"update_id": 5, "message": 7}'])
def test_a_body_that_concerns_nobody_is_nothing(body: bytes) -> None:
    assert arrivals_of_body(body, None, NOW) is None
