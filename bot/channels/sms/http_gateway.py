"""A gateway that is asked by HTTP: sends a text piece by piece, and says what its refusals mean."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from aiohttp import ClientConnectorError, ClientError, ClientSession, ConnectionTimeoutError
from yarl import URL

from bot.channels.sms.channel import SentSms
from bot.channels.sms.dialects.dialect import Dialect, OutgoingSms
from bot.messaging.ports import Impossible, NeverAgain, NotNow, SendingFailed

SECRET_HEADER: Final = "X-Sms-Secret"  # noqa: S105 - its name
NUMBER_IS_GONE: Final = 410
LONGEST_NAME: Final = 64
ANSWER_LETTERS: Final = 1_000


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """A `Gateway`. Its `session` sends the secret in `SECRET_HEADER`.

    Attributes:
        url: where an SMS is sent.
        receipts_url: of this service, with the secret.
    """

    session: ClientSession
    dialect: Dialect
    url: str
    receipts_url: str

    async def send(self, chat: str, text: str) -> SentSms:
        """Send the pieces in order. Where one fails, all are sent again."""
        pieces, names = self.dialect.pieces(text), list[str]()
        for piece in pieces:
            sms = OutgoingSms(chat, piece, secrets.token_hex(8), self.receipts_url)
            names.append(self.dialect.part_name(sms, await self._ask(sms))[:LONGEST_NAME])
        return SentSms(tuple(name for name in names if name))

    async def _ask(self, sms: OutgoingSms) -> str:
        asked = self.dialect.request(self.url, sms)
        headers = {"Content-Type": f"{asked.content_type}; charset=utf-8"} if asked.body is not None else {}
        data = asked.body.encode() if asked.body is not None else None
        try:
            async with self.session.request(
                asked.method, URL(asked.url, encoded=True), data=data, headers=headers, allow_redirects=False
            ) as answer:
                if answer.status not in range(200, 300):
                    raise failure(answer.status, answer.headers.get("Retry-After", ""), self.dialect)
                told: bytes = await answer.content.read(ANSWER_LETTERS)
                return told.decode("utf-8", "replace")
        except (ClientError, OSError) as error:
            raise NotNow(1.0, everybody=isinstance(error, ClientConnectorError | ConnectionTimeoutError)) from None


def failure(status: int, wait: str, dialect: Dialect) -> SendingFailed:
    """What a gateway's refusal means; a wrong secret or address is everybody's trouble."""
    if status in {400, 413, 422}:
        return Impossible(f"the gateway says {status}")
    if status == NUMBER_IS_GONE:
        return NeverAgain("the number is gone")
    if status in dialect.refused_for_all:
        return NotNow(float(wait) if wait.isdecimal() else 30.0, everybody=True, asked=wait.isdecimal())
    return NotNow(1.0)
