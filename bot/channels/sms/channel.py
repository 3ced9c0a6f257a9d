"""Sends by the gateway, part by part. A message of several parts that fails is sent whole again."""

from dataclasses import dataclass

from aiohttp import ClientConnectorError, ClientError, ClientSession, ConnectionTimeoutError

from bot.channels.sms.segments import in_gsm, segments
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.ports import Impossible, NeverAgain, NotNow, SendingFailed

CHANNEL, SECRET_HEADER, NUMBER_IS_GONE = "sms", "X-Sms-Secret", 410


@dataclass(frozen=True, slots=True)
class SmsChannel:
    """A `Channel` of short texts. No typing, no edits. Its `session` sends the secret in `SECRET_HEADER`."""

    session: ClientSession
    url: str
    name: str = CHANNEL
    plain: bool = True

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send the words, then a line for each button that has a number."""
        buttons = [f"{button.number}) {button.words}" for row in outgoing.rows for button in row if button.number]
        for text in segments(in_gsm("\n".join([outgoing.text, *buttons]))):
            if outgoing.kind is not OutboxMessageKind.ANSWER:
                await self._post({"to": chat, "text": text})
        return ""

    async def show_typing(self, chat: str) -> None:
        """A phone shows nothing."""

    async def _post(self, message: dict[str, str]) -> None:
        try:
            async with self.session.post(self.url, json=message, allow_redirects=False) as answer:
                if answer.status not in range(200, 300):
                    raise failure(answer.status, answer.headers.get("Retry-After", ""))
        except (ClientError, OSError) as error:
            raise NotNow(1.0, everybody=isinstance(error, ClientConnectorError | ConnectionTimeoutError)) from None


def failure(status: int, wait: str) -> SendingFailed:
    """What a gateway's refusal means; a wrong secret or address (401 to 405) is everybody's trouble."""
    if status in {400, 413, 422}:
        return Impossible(f"the gateway says {status}")
    if status == NUMBER_IS_GONE:
        return NeverAgain("the number is gone")
    if status in {401, 403, 404, 405, 429}:
        return NotNow(float(wait) if wait.isdecimal() else 30.0, everybody=True, asked=wait.isdecimal())
    return NotNow(1.0)
