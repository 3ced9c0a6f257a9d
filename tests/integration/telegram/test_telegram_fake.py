"""The fake Telegram refuses what the real one refuses, in its words, and people behave as people do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.fakes.telegram import FakeTelegram

type Json = dict[str, Any]


class Caller:
    """Calls the Bot API without any library between."""

    def __init__(self, telegram: FakeTelegram, session: ClientSession) -> None:
        self.telegram = telegram
        self.session = session

    async def __call__(self, method: str, token: str = "", **given: Any) -> Json:
        url = f"{self.telegram.url}/bot{token or self.telegram.token}/{method}"
        async with self.session.post(url, json=given) as answer:
            document: Json = await answer.json()
            assert answer.status == document.get("error_code", 200)
            return document

    async def refused(self, method: str, **given: Any) -> tuple[int, str]:
        """The status and description of a call that is refused."""
        document = await self(method, **given)
        return document["error_code"], document["description"]


@asynccontextmanager
async def calling() -> AsyncIterator[Caller]:
    async with FakeTelegram() as telegram, ClientSession() as session:
        yield Caller(telegram, session)


@pytest.mark.parametrize(
    ("token", "method", "status"),
    [("1:wrong", "getMe", 401), ("rubbish", "getMe", 404), ("", "getRich", 404)],
)
async def test_who_may_call_what(token: str, method: str, status: int) -> None:
    async with calling() as call:
        assert (await call(method, token))["error_code"] == status


SEND = "sendMessage"
EDIT = "editMessageText"


@pytest.mark.parametrize(
    ("method", "given", "description"),
    [
        (SEND, {"chat_id": 1, "text": "x"}, "Bad Request: chat not found"),
        (SEND, {"text": " \n"}, "Bad Request: message text is empty"),
        (SEND, {"text": "😀" * 2049}, "Bad Request: message is too long"),
        (SEND, {"text": "x", "reply_markup": "{"}, "Bad Request: can't parse reply markup JSON object"),
        (EDIT, {"text": "x", "message_id": 999}, "Bad Request: message to edit not found"),
        (EDIT, {"text": "x"}, "Bad Request: message identifier is not specified"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            "Bad Request: query is too old and response timeout",
        ),
        ("getFile", {"file_id": "x"}, "Bad Request: wrong file_id or the file is temporarily unavailable"),
        (
            "setWebhook",
            {"url": "http://lapor.example"},
            "Bad Request: bad webhook: An HTTPS URL must be provided",
        ),
        ("sendChatAction", {"action": "dancing"}, "Bad Request: wrong parameter action in request"),
    ],
)
async def test_what_is_refused(method: str, given: Json, description: str) -> None:
    async with calling() as call:
        siti = call.telegram.citizen()
        await siti.says("/start")
        status, words = await call.refused(method, **{"chat_id": siti.id, **given})
        assert status == 400
        assert words.startswith(description)


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "Kirim", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "Kirim", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "Kirim"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "Salin", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "Buka", "url": "http://127.0.0.1/t"},
            "inline keyboard button URL 'http://127.0.0.1/t' is invalid",
        ),
    ],
)
async def test_which_buttons_are_refused(button: Json, description: str) -> None:
    async with calling() as call:
        siti = call.telegram.citizen()
        await siti.says("/start")
        _, words = await call.refused(SEND, chat_id=siti.id, text="x", reply_markup={"inline_keyboard": [[button]]})
        assert words.startswith(f"Bad Request: {description}")


async def test_only_what_changes_is_edited_and_only_the_bots_own() -> None:
    async with calling() as call:
        siti = call.telegram.citizen()
        hers = await siti.says("/start")
        sent = (await call(SEND, chat_id=siti.id, text="x"))["result"]["message_id"]
        assert "message is not modified" in str(await call(EDIT, chat_id=siti.id, message_id=sent, text="x"))
        assert "message can't be edited" in str(await call(EDIT, chat_id=siti.id, message_id=hers, text="y"))
        assert (await call(EDIT, chat_id=siti.id, message_id=sent, text="y"))["ok"]


async def test_the_bot_may_not_write_first_nor_to_who_blocked_it() -> None:
    async with calling() as call:
        siti = call.telegram.citizen()
        assert (await call.refused(SEND, chat_id=siti.id, text="x"))[0] == 403
        await siti.says("/start")
        assert (await call(SEND, chat_id=siti.id, text="x"))["ok"]
        await siti.blocks_bot()
        assert await call.refused(SEND, chat_id=siti.id, text="x") == (
            403,
            "Forbidden: bot was blocked by the user",
        )


async def test_updates_come_again_until_they_are_confirmed() -> None:
    async with calling() as call:
        siti = call.telegram.citizen()
        await siti.says("satu")
        await siti.says("dua")
        first, second = (update["update_id"] for update in (await call("getUpdates"))["result"])
        assert len((await call("getUpdates", offset=first))["result"]) == 2
        assert [one["update_id"] for one in (await call("getUpdates", offset=second))["result"]] == [second]
        assert (await call("getUpdates", offset=second + 1))["result"] == []
        assert (await call("getUpdates", offset=0))["result"] == []


async def test_the_newer_of_two_pollers_ends_the_older() -> None:
    async with calling() as call:
        older = asyncio.create_task(call("getUpdates", timeout=10))
        while not call.telegram.world.updates.polled:
            await asyncio.sleep(0)
        newer = asyncio.create_task(call("getUpdates", timeout=10))
        assert (await older)["error_code"] == 409
        await call.telegram.citizen().says("satu")
        assert len((await newer)["result"]) == 1


async def test_nobody_polls_beside_a_webhook() -> None:
    async with calling() as call:
        await call("setWebhook", url="https://lapor.example/telegram")
        assert (await call.refused("getUpdates"))[0] == 409
        await call("deleteWebhook")
        assert (await call("getUpdates"))["ok"]


async def test_files_can_be_fetched_by_their_id() -> None:
    async with calling() as call:
        siti = call.telegram.citizen()
        await siti.sends_photo("ini", b"a photo of a hole")
        photo = (await call("getUpdates"))["result"][0]["message"]["photo"][-1]
        path = (await call("getFile", file_id=photo["file_id"]))["result"]["file_path"]
        base = f"{call.telegram.url}/file/bot{call.telegram.token}"
        async with call.session.get(f"{base}/{path}") as answer:
            assert await answer.read() == b"a photo of a hole"
        async with call.session.get(f"{base}/photos/none.jpg") as answer:
            assert answer.status == 404
        await siti.sends_document(size=30 * 1024 * 1024)
        large = (await call("getUpdates"))["result"][-1]["message"]["document"]["file_id"]
        assert await call.refused("getFile", file_id=large) == (400, "Bad Request: file is too big")


async def test_a_citizen_presses_what_she_sees() -> None:
    async with calling() as call:
        siti = call.telegram.citizen()
        await siti.says("/start")
        for data in ("old", "new"):
            button = {"text": "✅ Kirim", "callback_data": data}
            await call(SEND, chat_id=siti.id, text=data, reply_markup={"inline_keyboard": [[button]]})
        await siti.presses("Kirim")
        await siti.presses("✅ Kirim", message_id=siti.screen[-2].message_id)
        await call(SEND, chat_id=siti.id, text="?", reply_markup={"keyboard": [["Lewati"]]})
        await siti.presses("Lewati")
        with pytest.raises(LookupError):
            await siti.presses("Lewati")
        updates = (await call("getUpdates"))["result"]
        assert [one["callback_query"]["data"] for one in updates if "callback_query" in one] == ["new", "old"]
        assert updates[-1]["message"]["text"] == "Lewati"


async def test_people_send_all_that_people_send() -> None:
    async with calling() as call:
        siti = call.telegram.citizen()
        first = await siti.says("/status@LaporBot dan @LaporBot")
        await siti.edits(first, "jalan rusak")
        await siti.sends_album(2, "dua foto")
        await siti.sends_voice()
        await siti.sends_video()
        await siti.sends_sticker()
        await siti.shares_place(-1.3, 116.6)
        group = call.telegram.group()
        await siti.adds_bot(group)
        await siti.says("halo", chat=group, reply_to=await siti.says("x", chat=group))
        updates = (await call("getUpdates"))["result"]
        kinds = [kind for update in updates for kind in update if kind != "update_id"]
        assert kinds == [
            "message",
            "edited_message",
            *["message"] * 6,
            "my_chat_member",
            "message",
            "message",
        ]
        assert [entity["type"] for entity in updates[0]["message"]["entities"]] == ["bot_command", "mention"]


async def test_too_much_for_one_chat_is_refused() -> None:
    async with calling() as call:
        siti = call.telegram.citizen()
        await siti.says("/start")
        call.telegram.limit_sending(1)
        assert (await call(SEND, chat_id=siti.id, text="x"))["ok"]
        refused = await call(SEND, chat_id=siti.id, text="x")
        assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 1})
