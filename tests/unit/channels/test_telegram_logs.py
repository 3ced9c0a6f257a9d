"""No token in the log."""

from __future__ import annotations

import logging

from bot.channels.telegram.logs import WithoutToken


def test_a_token_never_reaches_the_log() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "GET %s", ("/bot1:abc/getMe",), None)
    assert WithoutToken("1:abc").filter(record)
    assert record.getMessage() == "GET /bot<token>/getMe"
