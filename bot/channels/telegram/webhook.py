"""Updates that Telegram posts: the secret, the body, and where to post. The route itself is the app's."""

from __future__ import annotations

import json
import re
from datetime import datetime
from hmac import compare_digest

from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from bot.channels.declaration import CannotStart
from bot.channels.telegram.incoming import arrival_of_json
from bot.channels.telegram.start import KINDS, NOT_ACCEPTED
from bot.messaging.ports import Arrival

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
MOST_CONNECTIONS = 40


class BadBody(Exception):
    """What was posted is no update."""


async def set_webhook(bot: Bot, url: str, secret: str) -> None:
    """Have updates posted to `url`, each with `secret` in its header. What waits is delivered, not dropped.

    Raises:
        CannotStart: the token, the address or the secret cannot be used.
        TelegramError: Telegram could not be asked; it keeps the updates for a day meanwhile.
    """
    if not SECRET.fullmatch(secret):
        raise CannotStart(
            "LAPOR_TELEGRAM_WEBHOOK_SECRET must be 1 to 256 letters, digits, _ or -: make one with "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(32))'`."
        )
    try:
        await bot.set_webhook(
            url,
            secret_token=secret,
            allowed_updates=KINDS,
            max_connections=MOST_CONNECTIONS,
            drop_pending_updates=False,
        )
    except InvalidToken:
        raise CannotStart(NOT_ACCEPTED) from None
    except BadRequest:
        raise CannotStart(
            "Telegram does not take the webhook's address: LAPOR_PUBLIC_URL must begin with https:// and be "
            "reachable from the internet on port 443, 80, 88 or 8443."
        ) from None


def check_secret(header: str | None, secret: str) -> bool:
    """Whether a request carries the secret; takes the same time however much of it is right.

    Without a secret nobody carries it.
    """
    given = (header or "").encode("utf-8", "surrogateescape")
    return compare_digest(given, secret.encode()) and bool(secret)


def arrivals_of_body(body: bytes, bot: Bot | None, now: datetime) -> Arrival | None:
    """The arrival in a posted update; None for one that concerns nobody here, which is to be acknowledged.

    Raises:
        BadBody: it is not a JSON object.
    """
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise BadBody("no JSON") from None
    if not isinstance(raw, dict):
        raise BadBody("no JSON object")
    return arrival_of_json(raw, bot, now)
