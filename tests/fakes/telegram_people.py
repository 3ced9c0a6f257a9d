"""The people of the fake Telegram: what a test lets them do, and what they hear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram_chats import ChatLine, FakeChat, Meaning
from tests.fakes.telegram_content import caption as captioned
from tests.fakes.telegram_content import entities, file, membership
from tests.fakes.telegram_rules import BLOCKED, KICKED
from tests.fakes.telegram_world import World
from tests.patience import PATIENCE_SECONDS

type Json = dict[str, Any]


@dataclass
class Citizen:
    """Somebody with a phone. Every act comes to the bot as one update; most return the id of the message.

    `chat` where an act takes one: the group that it happens in; her private chat with the bot otherwise.
    """

    world: World
    user: Json
    private: FakeChat

    @property
    def id(self) -> int:
        """Her id, which is also that of her private chat."""
        return int(self.user["id"])

    async def says(self, text: str, *, chat: FakeChat | None = None, reply_to: int | None = None) -> int:
        """Write words; commands and mentions are marked as Telegram marks them."""
        content: Json = {"text": text}
        if found := entities(text):
            content["entities"] = found
        return await self.sends(content, chat=chat, reply_to=reply_to)

    async def sends(self, content: Json, *, chat: FakeChat | None = None, reply_to: int | None = None) -> int:
        """Send a message with these members, as the Bot API names them."""
        chat = chat or self._started()
        message = {**self._envelope(chat), **content}
        if reply_to is None:
            reply_to = content.get("message_thread_id")  # whatever is written in a topic answers its beginning
        if reply_to is not None:
            message["reply_to_message"] = earlier = chat.messages[reply_to]
            if thread := earlier.get("message_thread_id"):
                message |= {"message_thread_id": thread, "is_topic_message": True}
        chat.add(message)
        self.world.updates.add("message", message)
        return int(message["message_id"])

    async def sends_photo(
        self, caption: str = "", content: bytes = b"a small photo", *, album: str | None = None
    ) -> int:
        """Send a photo in two sizes, the larger of which is the file."""
        small = self.world.store_file("photo", content[:4], "jpg")
        large = self.world.store_file("photo", content, "jpg")
        sizes = [file(small, width=90, height=67), file(large, width=1280, height=960)]
        group = {"media_group_id": album} if album else {}
        return await self.sends({"photo": sizes, **captioned(caption), **group})

    async def sends_album(self, photos: int, caption: str = "") -> list[int]:
        """Send photos as one album; the words stand with the first."""
        album = str(self.world.number())
        words = [caption] + [""] * (photos - 1)
        return [await self.sends_photo(below, album=album) for below in words]

    async def sends_document(self, caption: str = "", content: bytes = b"a document", size: int | None = None) -> int:
        """Send a file."""
        stored = self.world.store_file("document", content, "pdf", size)
        return await self.sends({"document": file(stored, file_name="surat.pdf"), **captioned(caption)})

    async def sends_voice(self, content: bytes = b"a voice") -> int:
        """Send a voice message."""
        return await self.sends({"voice": file(self.world.store_file("voice", content, "oga"), duration=3)})

    async def sends_video(self, caption: str = "", content: bytes = b"a video") -> int:
        """Send a video."""
        video = file(self.world.store_file("video", content, "mp4"), width=640, height=480, duration=5)
        return await self.sends({"video": video, **captioned(caption)})

    async def sends_sticker(self) -> int:
        """Send a sticker."""
        sticker = file(self.world.store_file("sticker", b"a sticker", "webp"), width=512, height=512)
        more = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
        return await self.sends({"sticker": {**sticker, **more}})

    async def shares_place(self, lat: float, lon: float) -> int:
        """Send a pin."""
        self.private.letters = []
        return await self.sends({"location": {"latitude": lat, "longitude": lon}})

    async def presses(self, label: str, *, message_id: int | None = None) -> str:
        """Press the button with this label in the newest message that has it, or in that message.

        A button where the letters are is said instead. Returns the id of the press ("" for one that is said).

        Raises:
            LookupError: there is no such button to be seen.
        """
        found = self.private.button(label, message_id)
        if found and "callback_data" in found[1]:
            return await self.presses_data(found[1]["callback_data"], message_id=found[0])
        below = self.private.letters_button(label)
        if found or below is None or below.get("request_location"):
            seen = [line.labels for line in self.private.screen if line.labels]
            raise LookupError(f"[{label}] is not there to be pressed, but copied, shared, or not at all: {seen}")
        self.private.letters = []
        await self.says(label)
        return ""

    async def copies(self, label: str) -> str:
        """The text that the button with this label copies; the bot hears nothing of it."""
        found = self.private.button(label)
        if found is None:
            raise LookupError(f"no button [{label}]")
        return str(found[1]["copy_text"]["text"])

    async def presses_data(self, data: str, *, message_id: int, chat: FakeChat | None = None) -> str:
        """Press a button with this data in that message, whether or not there is one."""
        chat = chat or self.private
        query = str(40_000_000_000 + self.world.number())
        self.world.waiting_presses.add(query)
        message = chat.messages.get(message_id, {"message_id": message_id, "date": 0, "chat": chat.as_json()})
        press = {"id": query, "from": self.user, "message": message, "chat_instance": "1", "data": data}
        self.world.updates.add("callback_query", press)
        return query

    async def edits(self, message_id: int, text: str, *, chat: FakeChat | None = None) -> None:
        """Change the words of an earlier message, or those below its file."""
        chat = chat or self.private
        before = chat.messages[message_id]
        changed = {**before, "edit_date": self.world.now(), "text" if "text" in before else "caption": text}
        chat.add(changed)
        self.world.updates.add("edited_message", changed)

    async def blocks_bot(self) -> None:
        """Nothing that the bot sends arrives any more."""
        self.private.closed = BLOCKED
        self._becomes(self.private, "member", "kicked")

    async def unblocks_bot(self) -> None:
        """It arrives again."""
        self.private.closed = None
        self._becomes(self.private, "kicked", "member")

    async def adds_bot(self, group: FakeChat) -> None:
        """Bring the bot into a group."""
        group.closed = None
        self._becomes(group, "left", "member")

    async def removes_bot(self, group: FakeChat) -> None:
        """Put the bot out of a group."""
        group.closed = KICKED
        self._becomes(group, "member", "kicked")

    async def hears(self, timeout: float = PATIENCE_SECONDS, quiet: float = 0.15) -> list[Meaning]:
        """What the bot sent or edited in her private chat since this was last asked."""
        return await self.private.hears(timeout, quiet)

    @property
    def transcript(self) -> list[tuple[str, list[str]]]:
        """All that the bot sent or edited in her private chat, with the labels of the buttons."""
        return self.private.transcript

    @property
    def screen(self) -> list[ChatLine]:
        """Her private chat as it reads now."""
        return self.private.screen

    def _started(self) -> FakeChat:
        if self.private.closed is not BLOCKED:
            self.private.closed = None
        return self.private

    def _envelope(self, chat: FakeChat) -> Json:
        return {
            "message_id": self.world.number(),
            "from": self.user,
            "chat": chat.as_json(),
            "date": self.world.now(),
        }

    def _becomes(self, chat: FakeChat, before: str, after: str) -> None:
        change = {
            "chat": chat.as_json(),
            "from": self.user,
            "date": self.world.now(),
            "old_chat_member": membership(self.world.bot, before),
            "new_chat_member": membership(self.world.bot, after),
        }
        self.world.updates.add("my_chat_member", change)
