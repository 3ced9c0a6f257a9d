"""What each of Telegram's errors means for the outbox."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.aiohttp_request import Unreached
from bot.channels.telegram.refusals import as_sending_failed
from bot.messaging.ports import Impossible, NeverAgain, NotNow

SECRET = "700123:secret lampu mati"


@pytest.mark.parametrize(
    ("error", "seconds", "everybody"),
    [
        (RetryAfter(17), 17, False),
        (RetryAfter(timedelta(seconds=2.5)), 2.5, False),
        (TimedOut(SECRET), 1, False),
        (NetworkError(SECRET), 1, False),
        (Conflict(SECRET), 1, False),
        (TelegramError(SECRET), 1, False),
        (Unreached(SECRET), 1, True),
        (InvalidToken(SECRET), 30, True),
    ],
)
def test_what_may_go_better_later_is_kept(error: TelegramError, seconds: float, *, everybody: bool) -> None:
    failure = as_sending_failed(error)
    assert isinstance(failure, NotNow)
    assert (failure.seconds, failure.everybody) == (seconds, everybody)
    assert SECRET not in str(failure)


@pytest.mark.parametrize(
    "error",
    [
        Forbidden("Forbidden: bot was blocked by the user"),
        Forbidden("Forbidden: user is deactivated"),
        BadRequest("Bad Request: chat not found"),
        BadRequest("Bad Request: PEER_ID_INVALID"),
        ChatMigrated(-100501),
    ],
)
def test_a_closed_chat_is_given_up(error: TelegramError) -> None:
    assert isinstance(as_sending_failed(error), NeverAgain)


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("message text is empty", "the text is empty"),
        ("MESSAGE_TOO_LONG", "the text is too long"),
        ("BUTTON_DATA_INVALID", "the buttons are not valid"),
        (f"something about {SECRET}", "the request is not valid"),
    ],
)
def test_a_message_that_can_never_be_sent_says_why_in_our_words(description: str, reason: str) -> None:
    failure = as_sending_failed(BadRequest(f"Bad Request: {description}"))
    assert isinstance(failure, Impossible)
    assert str(failure) == reason
