"""Makes the bot object: where Telegram is, how long to wait for it, and over which connections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from telegram import Bot, InputFile, TelegramObject
from telegram.error import TelegramError

from bot.channels.telegram.aiohttp_request import AiohttpRequest

PARALLEL_SENDS = 30
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
TELEGRAM = "https://api.telegram.org"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

type Json = dict[str, Any]

NO_PREVIEW: Json = {"is_disabled": True}
NOTHING_MORE: Mapping[str, object] = {}


class LaporBot(Bot):
    """python-telegram-bot's `Bot`, with calls of its own where the library makes an object of every answer.

    It refuses an answer as a whole, with an error that is none of Telegram's, over a member that a Bot API server of
    another version leaves out: a message that has arrived would be sent again. Making the object also takes a third of
    the time of a call.
    """

    async def send_text(
        self, chat: str, text: str, keyboard: TelegramObject | None = None, more: Mapping[str, object] = NOTHING_MORE
    ) -> str:
        """Send plain text, without a preview of its links, and return the id of the message.

        `more`: what else is asked of Telegram, as sendMessage names it.

        Raises:
            TelegramError: Telegram refused, could not be reached, or answered with something else.
        """
        asked: Json = {"chat_id": chat, "text": text, "reply_markup": keyboard, "link_preview_options": NO_PREVIEW}
        answer = await self._post("sendMessage", asked | dict(more))
        return str(answer.get("message_id", 0)) if isinstance(answer, dict) else "0"

    async def send_known_photo(
        self, chat: str, file_id: str, caption: str, more: Mapping[str, object] = NOTHING_MORE
    ) -> str:
        """Send a photo that this bot has received before, and return the id of the message.

        Raises:
            TelegramError: Telegram refused, could not be reached, or answered with something else.
        """
        asked: Json = {"chat_id": chat, "photo": file_id, "caption": caption}
        answer = await self._post("sendPhoto", asked | dict(more))
        return str(answer.get("message_id", 0)) if isinstance(answer, dict) else "0"

    async def send_new_document(self, chat: str, name: str, content: bytes, caption: str) -> str:
        """Send a file under this name, and return the id of the message. It cannot be passed on.

        Raises:
            TelegramError: Telegram refused, could not be reached, or answered with something else.
        """
        file = InputFile(content, filename=name, attach=False)
        asked: Json = {"chat_id": chat, "document": file, "caption": caption, "protect_content": True}
        answer = await self._post("sendDocument", asked)
        return str(answer.get("message_id", 0)) if isinstance(answer, dict) else "0"

    async def open_topic(self, chat: str, name: str) -> int:
        """Open a topic in a group that has topics, and return its number.

        Raises:
            TelegramError: Telegram refused, could not be reached, or answered with something else.
        """
        answer = await self._post("createForumTopic", {"chat_id": chat, "name": name})
        return int(answer.get("message_thread_id", 0)) if isinstance(answer, dict) else 0

    async def turn_topic(self, chat: str, thread: int, *, is_open: bool) -> None:
        """Close a topic, or open it again. Whoever may manage topics writes in a closed one all the same.

        Raises:
            TelegramError: Telegram refused, could not be reached, or answered with something else.
        """
        method = "reopenForumTopic" if is_open else "closeForumTopic"
        await self._post(method, {"chat_id": chat, "message_thread_id": thread})

    async def edit_text(
        self,
        chat: str,
        message_id: str,
        text: str,
        buttons: TelegramObject | None = None,
        more: Mapping[str, object] = NOTHING_MORE,
    ) -> None:
        """Put a text and its buttons in the place of those that a message has.

        `more`: what else is asked of Telegram, as editMessageText names it.

        Raises:
            TelegramError: Telegram refused, could not be reached, or answered with something else.
        """
        asked: Json = {"chat_id": chat, "message_id": int(message_id), "text": text, "reply_markup": buttons}
        await self._post("editMessageText", asked | {"link_preview_options": NO_PREVIEW} | dict(more))

    async def fetch_updates(self, offset: int, wait_seconds: int, kinds: tuple[str, ...]) -> list[Json]:
        """Updates from `offset` on as Telegram wrote them, at most 100; confirms all below `offset`.

        `Bot.get_updates` fails as a whole, for ever and with the citizens' words in the log, over one update
        that it cannot read.

        Args:
            offset: the first update that is wanted; 0 for the oldest that is not confirmed.
            wait_seconds: how long Telegram may wait for one to come.
            kinds: of update, as `allowed_updates` names them.

        Raises:
            TelegramError: Telegram refused, could not be reached, or answered with something else.
        """
        asked: Json = {"offset": offset, "timeout": wait_seconds, "allowed_updates": list(kinds)}
        answer = await self._post("getUpdates", asked, read_timeout=READ_SECONDS + wait_seconds)
        if not isinstance(answer, list) or not all(_is_update(update) for update in answer):
            raise TelegramError("the answer holds no updates")
        return answer

    async def webhook_url(self) -> str:
        """Where updates are posted; "" when no webhook stands.

        Raises:
            TelegramError: Telegram refused, could not be reached, or answered with something else.
        """
        return await self._member("getWebhookInfo", {}, "url")

    async def path_of_file(self, file_id: str) -> str:
        """Where a file lies: below the address of files, as a whole address, or on the disk of a server of our own.

        Raises:
            TelegramError: Telegram refused, could not be reached, or answered with something else.
        """
        return await self._member("getFile", {"file_id": file_id}, "file_path")

    async def _member(self, method: str, asked: Json, name: str) -> str:
        answer = await self._post(method, asked)
        if not isinstance(answer, dict):
            raise TelegramError(f"the answer to {method} is none")
        return str(answer.get(name) or "")


def _is_update(answered: object) -> bool:
    return isinstance(answered, dict) and isinstance(answered.get("update_id"), int)


def make_bot(token: str, api_url: str | None = None) -> LaporBot:
    """The bot, not yet connected: `initialize()` opens its connections, `shutdown()` closes them.

    Args:
        token: as @BotFather gave it.
        api_url: base before `/bot<token>/`; Telegram's own when None.
    """
    base = (api_url or TELEGRAM).rstrip("/")
    proxy = _proxy_for(base)
    return LaporBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=_request(PARALLEL_SENDS, proxy),
        get_updates_request=_request(1, proxy),
    )


def _request(connections: int, proxy: str | None) -> AiohttpRequest:
    return AiohttpRequest(connections=connections, connect=CONNECT_SECONDS, read=READ_SECONDS, proxy=proxy)


def _proxy_for(base: str) -> str | None:
    """The proxy that the environment names (HTTPS_PROXY, NO_PROXY); offices often have no other way out."""
    address = urlsplit(base)
    direct = address.hostname in LOOPBACK or proxy_bypass(address.netloc)
    return None if direct else getproxies().get(address.scheme)
