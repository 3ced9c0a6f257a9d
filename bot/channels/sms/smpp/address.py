"""An account at an operator, as LAPOR_SMS_GATEWAY_URL names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from bot.configuration.settings import WrongSetting

PORT: Final = 2775
WINDOW: Final = 10


@dataclass(frozen=True, slots=True)
class SmppAccount:
    """`smpp://user:password@host:port`, with `?from=1708&window=10` where the operator wants it.

    Attributes:
        source: the number or name that answers come from; "" leaves it to the operator.
        window: so many messages may wait for the operator's answer.
    """

    host: str
    port: int
    user: str
    password: str
    source: str = ""
    window: int = WINDOW


def read_account(url: str) -> SmppAccount:
    """The account that an address names.

    Raises:
        WrongSetting: it names none.
    """
    try:
        parts = urlsplit(url)
        given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        window, port = int(given.get("window", WINDOW)), parts.port or PORT
    except ValueError:
        window, port = 0, 0
    if not port or not parts.hostname or not parts.username or window < 1:
        raise WrongSetting("LAPOR_SMS_GATEWAY_URL must be smpp://user:password@host:port; mend it in .env")
    user, password = unquote(parts.username), unquote(parts.password or "")
    return SmppAccount(parts.hostname, port, user, password, given.get("from", ""), window)
